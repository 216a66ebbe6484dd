"""growth: many more members. rules: many more rules."""
import subprocess
import sys
import time

from figures import Figures
from posts import closed, measured
from shop import Shop, harness, say

FEW_RULES, MANY_RULES, MOST_RULES = 10, 1000, 10000


def growth(options):
    figures = Figures("growth, %d rules" % options.rules)
    for count in (options.few_members, options.many_members):
        shop = Shop(options, count, options.rules).start()
        try:
            shop.enrol()
            part = Figures("%d members" % count)
            for _ in range(options.runs):
                found = shop.load(*closed(options))
                shop.wait_no_lag()
                part.add_times("posts", found["posts"])
                found = shop.load("--batch", "--connections", options.batches, *measured(options))
                shop.wait_no_lag()
                part.add_times("batches", found["batch"])
                shop.add_memory(part)
        finally:
            shop.close()
        for name, values in part.series.items():
            for value in values:
                figures.add("%s, %s" % (part.title, name), value, part.units[name])
    few, many = ("%d members, " % count for count in (options.few_members, options.many_members))
    for name in ("posts", "batches"):
        figures.ratio("%s, many members / few" % name,
                      figures.median(many + name) / figures.median(few + name), 0.5)
    figures.ratio("memory - limit, MiB", figures.median(many + "memory") - options.cache_mb, 200,
                  at_most=True)
    figures.ratio("memory without files - limit, MiB",
                  figures.median(many + "memory: without files") - options.cache_mb, 200,
                  at_most=True)
    return [figures]


def run_rules(options, figures, count):
    """The same ten everyday rules each time; all others are offers on something else."""
    shop = Shop(options, options.members, count, everyday=FEW_RULES).start()
    name = "%d rules" % count
    try:
        shop.enrol()
        for _ in range(options.runs):
            made, took = shop.decisions()
            found = shop.load("--batch", "--connections", options.batches, *measured(options))
            shop.wait_no_lag()
            made_then, took_then = shop.decisions()
            figures.add(name + ": decision", (took_then - took) / (made_then - made) * 1e6, "us")
            figures.add(name + ": batches", found["batch"]["per_second"], "/s")
    finally:
        shop.close()
    return figures.median(name + ": decision")


def check_seconds(options, count):
    """How long `accrue check` takes: the process, its plugins, reading and compiling the rules."""
    shop = Shop(options, 1, count)
    try:
        begun = time.monotonic()
        done = subprocess.run([harness.ACCRUE, "check", shop.program], capture_output=True,
                              text=True)
        took = time.monotonic() - begun
    finally:
        shop.close()
    if done.returncode != 0:
        sys.exit("accrue check: %s%s" % (done.stdout, done.stderr))
    return took


def rules(options):
    figures = Figures("rules, %d members" % options.members)
    say("%d rules" % FEW_RULES)
    few = run_rules(options, figures, FEW_RULES)
    say("%d rules" % MANY_RULES)
    many = run_rules(options, figures, MANY_RULES)
    for _ in range(options.runs):
        figures.add("%d rules: load and compile" % MOST_RULES, check_seconds(options, MOST_RULES),
                    "s")
    figures.ratio("decision, %d rules / %d" % (MANY_RULES, FEW_RULES), many / few, 3, at_most=True)
    figures.ratio("%d rules: load and compile, s" % MOST_RULES,
                  figures.median("%d rules: load and compile" % MOST_RULES), 2, at_most=True)
    return [figures]
