#!/usr/bin/env python3
"""Puts load on a daemon of its own, several times, and prints medians and what must be shown.

    bench_road.py road      single sales, batches, reads, beside the server that does nothing
    bench_road.py import    many transactions, by batches and by file feed, until all are posted
    bench_road.py growth    few members and many
    bench_road.py rules     few rules and many
    bench_road.py restart   after kill -9, and `accrue rebuild`

Members are made beforehand by a sale of one line each, posted as NDJSON batches. Everything it
writes goes to a folder of its own below --data, and is removed. Environment: ACCRUE_BUILD, the
build folder.
"""
import argparse
import os
import sys

sys.dont_write_bytecode = True  # Nothing is written into the sources.

import figures
import growth
import imports
import posts
from shop import ROOT

MODES = {"road": posts.road, "import": imports.import_all, "growth": growth.growth,
         "rules": growth.rules, "restart": imports.restart}


def read_options():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=MODES)
    add = parser.add_argument
    add("--runs", type=int, default=5, help="5")
    add("--data", default=os.path.join(ROOT, "run", "bench"),
        help="a folder on a real disk, not in memory (run/bench)")
    add("--json", help="also write all figures to this file")
    add("--members", type=int, default=1_000_000, help="1000000")
    add("--zipf", type=float, default=0, help="draw members by Zipf's law with this exponent")
    add("--rules", type=int, default=20, help="of the program (20)")
    add("--cache-mb", type=int, default=256, help="the daemon's members.cache_mb (256)")
    add("--seconds", type=float, default=10, help="of each measurement (10)")
    add("--warmup", type=float, default=2, help="seconds before it (2)")
    add("--connections", type=int, default=64, help="of single sales (64)")
    add("--batches", type=int, default=4, help="connections of batches (4)")
    add("--readers", type=int, default=64, help="road: connections of reads (64)")
    add("--sales-beside-reads", type=int, default=5000, help="road: a second (5000)")
    add("--count", type=int, default=5_000_000, help="import, restart: transactions (5000000)")
    add("--few-members", type=int, default=100_000, help="growth (100000)")
    add("--many-members", type=int, default=10_000_000, help="growth (10000000)")
    add("--backlog", type=int, default=50_000, help="restart: unposted when killed (50000)")
    add("--peer", type=float, help="transactions/s of PostgreSQL in the same run: prints the ratio")
    add("--lmdb", type=float, help="transactions/s of the bare LMDB loop: prints the ratio")
    return parser.parse_args()


def main():
    options = read_options()
    options.data = os.path.abspath(options.data)
    found = MODES[options.mode](options)
    for each in found:
        each.show()
    if options.json:
        figures.write_json(options.json, found)


if __name__ == "__main__":
    main()
