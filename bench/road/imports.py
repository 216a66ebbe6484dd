"""import: many transactions until the last one is posted. restart: after a kill, and from the
journal alone."""
import os
import shutil
import time

from figures import Figures
from shop import DiskUse, Shop, harness, run_road, say

POSTED = 'accrue_transactions_total{type="sale",result="posted"}'


def by_batches(options, figures):
    shop = Shop(options, options.members, options.rules).start()
    try:
        disk = DiskUse(shop)
        begun = time.monotonic()
        shop.load("--batch", "--connections", options.batches, "--count", options.count)
        answered = time.monotonic() - begun
        shop.wait_no_lag()
        figures.add("batches", options.count / (time.monotonic() - begun), "/s")
        figures.add("batches: until all is answered", answered, "s")
        disk.add_to(figures)
        shop.add_memory(figures)
    finally:
        shop.close()


def by_feed(options, figures, file):
    """From the start of the daemon."""
    shop = Shop(options, options.members, options.rules, feeds=[
        {"name": "import", "plugin": "file", "path": file, "codec": "json",
         "quiet_ms": 0}])
    try:
        begun = time.monotonic()
        shop.start()
        harness.wait_until(lambda: shop.metric(POSTED) == options.count, "the feed's end", 0.1)
        shop.wait_no_lag()
        figures.add("file feed", options.count / (time.monotonic() - begun), "/s")
    finally:
        shop.close()


def import_all(options):
    figures = Figures("import, %d transactions, %d members, %d rules" % (
        options.count, options.members, options.rules))
    os.makedirs(options.data, exist_ok=True)
    file = os.path.join(os.path.abspath(options.data), "import-%d.ndjson" % os.getpid())
    try:
        drawn = ("--zipf", options.zipf) if options.zipf else ()
        run_road("--write", file, "--count", options.count, "--members", options.members, *drawn)
        for run in range(options.runs):
            say("run %d" % (run + 1))
            by_batches(options, figures)
            by_feed(options, figures, file)
    finally:
        if os.path.exists(file):
            os.remove(file)
    for name in ("batches", "file feed"):
        if options.peer:
            figures.ratio(name + " / PostgreSQL", figures.median(name) / options.peer, 10)
        if options.lmdb:
            figures.ratio(name + " / bare LMDB loop", figures.median(name) / options.lmdb, 0.8)
    return [figures]


def kill_with_backlog(options, shop, figures):
    """Leaves what kill -9 leaves when the poster is a full backlog behind: a journal with all that
    was answered, and a ledger as it was so many transactions before. A load alone cannot be relied
    on to let the poster fall so far behind, so the ledger of before is kept and put back."""
    ledger, before = os.path.join(shop.data, "ledger"), os.path.join(shop.folder, "before")
    shop.stop()
    shutil.copytree(ledger, before)
    shop.start()
    shop.load("--batch", "--connections", options.batches, "--count", options.backlog)
    shop.kill()
    shutil.rmtree(ledger)
    os.rename(before, ledger)
    begun = time.monotonic()
    shop.start()
    figures.add("ready after kill", time.monotonic() - begun, "s")
    figures.add("unposted when ready", shop.lag())
    figures.add("until all is posted", shop.wait_no_lag(), "s")


def rebuild(shop, figures):
    begun = time.monotonic()
    shop.data_tool("rebuild")
    took = time.monotonic() - begun
    figures.add("rebuild", took, "s")
    figures.add("rebuild, records", shop.data_tool("summary")["transactions"] / took, "/s")


def restart(options):
    figures = Figures("restart, %d transactions, %d members, %d rules" % (
        options.count, options.members, options.rules))
    shop = Shop(options, options.members, options.rules).start()
    try:
        shop.enrol()
        for run in range(options.runs):
            say("kill %d" % (run + 1))
            kill_with_backlog(options, shop, figures)
        rest = options.count - (shop.next_receipt - 1)
        if rest > 0:
            shop.load("--batch", "--connections", options.batches, "--count", rest)
            shop.wait_no_lag()
        shop.stop()
        for run in range(options.runs):
            say("rebuild %d" % (run + 1))
            rebuild(shop, figures)
        say("verify")
        shop.data_tool("verify")
    finally:
        shop.close()
    figures.ratio("ready, s", figures.median("ready after kill"), 2, at_most=True)
    if options.lmdb:
        figures.ratio("rebuild / bare LMDB loop", figures.median("rebuild, records") / options.lmdb,
                      0.8)
    return [figures]
