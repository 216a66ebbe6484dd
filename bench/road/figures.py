"""Figures of several runs: medians, a table, ratios against what must be shown."""
import json
import statistics


class Figures:
    """Series by name, in the order they came."""

    def __init__(self, title):
        self.title, self.series, self.units = title, {}, {}
        self.ratios = []

    def add(self, name, value, unit=""):
        self.series.setdefault(name, []).append(value)
        self.units[name] = unit

    def add_times(self, name, stream):
        """Throughput and waiting of one of road's streams."""
        self.add(name, stream["per_second"], "/s")
        for share, label in (("p50", "p50"), ("p99", "p99"), ("p999", "p99.9"), ("max", "max")):
            self.add("%s: %s" % (name, label), stream["latency_us"][share] / 1000, "ms")

    def median(self, name):
        return statistics.median(self.series[name])

    def ratio(self, name, value, wanted, at_most=False):
        """`wanted` is what must be shown; it is told, not enforced."""
        met = value <= wanted if at_most else value >= wanted
        self.ratios.append((name, value, "%s %g" % ("<=" if at_most else ">=", wanted), met))

    def show(self):
        print("\n%s: medians of %d runs (lowest to highest)" % (
            self.title, max(map(len, self.series.values()))))
        width = max(map(len, list(self.series) + [name for name, *_ in self.ratios]))
        for name, values in self.series.items():
            print("  %-*s %14s %-3s (%s to %s)" % (
                width, name, readable(statistics.median(values)), self.units[name],
                readable(min(values)), readable(max(values))))
        for name, value, wanted, met in self.ratios:
            print("  %-*s %14s     wanted %s: %s" % (width, name, readable(value), wanted,
                                                     "yes" if met else "NO"))

    def as_dict(self):
        return {"title": self.title, "runs": self.series, "units": self.units,
                "medians": {name: self.median(name) for name in self.series},
                "ratios": {name: value for name, value, *_ in self.ratios}}


def readable(value):
    if abs(value) >= 1000 or value == int(value):
        return "{:,.0f}".format(value)
    return "{:,.3f}".format(value) if abs(value) < 10 else "{:,.1f}".format(value)


def write_json(path, figures):
    with open(path, "w") as out:
        json.dump([each.as_dict() for each in figures], out, indent=2)
        out.write("\n")
