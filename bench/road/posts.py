"""road: single sales, batches and reads, beside the server that does nothing."""
import json
import threading
import time

from figures import Figures
from shop import DiskUse, IdleServer, Shop, Watch, say


class Freshness(threading.Thread):
    """A member who buys and at once asks what she has, until told to stop: she must be told what
    the answer to her sale said. Used in a with statement."""

    def __init__(self, shop, pause_s):
        super().__init__(daemon=True)
        self.shop, self.pause_s, self.over = shop, pause_s, threading.Event()
        self.asked = self.stale = 0
        self.failure = None

    def run(self):
        connection = self.shop.connect()
        try:
            while not self.over.wait(self.pause_s):
                self.ask(connection)
        except Exception as failure:  # Told by __exit__.
            self.failure = failure
        connection.close()

    def ask(self, connection):
        sale = {"id": "FRESH-%d" % time.time_ns(), "type": "sale", "member_id": "F0000001",
                "time": "2026-06-16T12:00:00+01:00", "store": "S001", "terminal": "T01",
                "currency": "GBP", "lines": [{"sku": "TEA1", "category": "tea", "quantity": 1,
                                              "unit_price": "2.79"}]}
        _, answer = self.shop.call("POST", "/v1/transactions", json.dumps(sale),
                                   connection=connection)
        _, member = self.shop.call("GET", "/v1/members/F0000001", connection=connection)
        told, seen = (where["balances"]["points"]["available"] for where in (answer, member))
        self.asked += 1
        self.stale += told != seen

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()
        if self.failure:
            raise self.failure


def measured(options):
    return ("--seconds", options.seconds, "--warmup", options.warmup)


def closed(options):
    return ("--posts", "--connections", options.connections, *measured(options))


def mixed(options):
    return ("--mixed", "--connections", options.readers, "--rate", options.sales_beside_reads,
            *measured(options))


def add_use(figures, name, found):
    figures.add(name + ": CPU of the daemon", found["daemon"]["cpu_seconds"] / found["seconds"],
                "cores")
    figures.add(name + ": CPU of road", found["own_cpu_seconds"] / found["seconds"], "cores")


def run_posts(options, shop, figures):
    """Single sales, as fast as they go and at half that rate."""
    for name in ("posts", "half rate"):
        load = closed(options)
        if name == "half rate":
            load += ("--rate", max(1, round(figures.series["posts"][-1] / 2)))
        with Watch(shop.lag) as watch:
            found = shop.load(*load)
        figures.add_times(name, found["posts"])
        if name == "half rate":
            late = found["posts"]["lateness_us"]["p99"]
            figures.add("half rate: sent late, p99", late / 1000, "ms")
        add_use(figures, name, found)
        figures.add(name + ": poster lag, most", max(watch.seen, default=0))
        figures.add(name + ": until all is posted", shop.wait_no_lag(), "s")


def run_batches(options, shop, figures):
    found = shop.load("--batch", "--connections", options.batches, *measured(options))
    figures.add_times("batches", found["batch"])
    add_use(figures, "batches", found)
    figures.add("batches: until all is posted", shop.wait_no_lag(), "s")


def run_reads(options, shop, figures):
    with Freshness(shop, 0.05) as fresh:
        found = shop.load(*mixed(options))
    figures.add_times("reads", found["reads"])
    figures.add_times("sales beside them", found["sales"])
    figures.add("reads: own sale asked for", fresh.asked)
    figures.add("reads: of these stale", fresh.stale)
    shop.wait_no_lag()


def run_idle(options, figures):
    with IdleServer() as idle:
        members = ("--members", options.members)
        found = idle.load(*closed(options), *members)
        figures.add_times("idle server, posts", found["posts"])
        found = idle.load(*mixed(options), *members)
        figures.add_times("idle server, reads", found["reads"])


def add_ratios(options, figures):
    median = figures.median
    if options.peer:
        figures.ratio("posts / PostgreSQL", median("posts") / options.peer, 4)
    figures.ratio("posts / idle server", median("posts") / median("idle server, posts"), 0.45)
    figures.ratio("posts: p99, ms", median("posts: p99"), 5, at_most=True)
    figures.ratio("half rate: p99, ms", median("half rate: p99"), 2, at_most=True)
    figures.ratio("reads / idle server", median("reads") / median("idle server, reads"), 0.7)
    figures.ratio("sales beside reads / wanted rate",
                  median("sales beside them") / options.sales_beside_reads, 0.99)
    figures.ratio("reads: p99, ms", median("reads: p99"), 2, at_most=True)
    figures.ratio("stale reads", sum(figures.series["reads: of these stale"]), 0, at_most=True)
    figures.ratio("bytes on disk a transaction", median("disk: together"), 600, at_most=True)


def road(options):
    figures = Figures("road, %d members, %d rules, %d connections" % (
        options.members, options.rules, options.connections))
    shop = Shop(options, options.members, options.rules).start()
    try:
        shop.enrol()
        for run in range(options.runs):
            say("run %d" % (run + 1))
            disk = DiskUse(shop)
            run_posts(options, shop, figures)
            run_batches(options, shop, figures)
            disk.add_to(figures)
            run_reads(options, shop, figures)
            run_idle(options, figures)
            shop.add_memory(figures)
    finally:
        shop.close()
    add_ratios(options, figures)
    return [figures]
