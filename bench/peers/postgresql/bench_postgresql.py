#!/usr/bin/env -S python3 -B
"""The same job done by PostgreSQL: idempotency key, rules, member, entry, lot and outbox in one
stored procedure, driven by pgbench at the client counts given; the best counts.

    bench_postgresql.py [--clients 8,16,32,64,128] [--seconds 20] [--members 1000000] [--json]
    bench_postgresql.py --bulk [--clients 1,2,4,8] [--transactions 500000] [--batch 1000]
"""

import argparse
import glob
import json
import os
import re
import signal
import sys

from books import check_a_sale, check_all
from cluster import Cluster, Trouble

HERE = os.path.dirname(os.path.abspath(__file__))


def numbers(text):
    return [int(part) for part in text.split(",")]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--members", type=int, default=1_000_000)
    add("--tills", type=int, default=800)
    add("--clients", type=numbers, help="tried one after the other")
    add("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="threads of pgbench")
    add("--seconds", type=float, default=20, help="for each client count")
    add("--warmup", type=float, default=10)
    add("--bulk", action="store_true", help="an import: many sales in one statement")
    add("--transactions", type=int, default=500_000, help="of --bulk, for each client count")
    add("--batch", type=int, default=1000, help="sales in one statement of --bulk")
    add("--data", help="folder to make the temporary one in; on the disk that counts")
    add("--set", action="append", default=[], metavar="NAME=VALUE", help="a server setting")
    add("--unix-socket", action="store_true", help="not over TCP")
    add("--json", action="store_true", help="one JSON object instead of lines")
    chosen = parser.parse_args()
    if chosen.clients is None:
        chosen.clients = [1, 2, 4, 8] if chosen.bulk else [8, 16, 32, 64, 128]
    return chosen


class Bench:
    def __init__(self, cluster, chosen):
        self.cluster = cluster
        self.chosen = chosen
        self.posted = 0
        self.receipt = 0
        with open(os.path.join(HERE, "baskets.json"), encoding="utf-8") as file:
            self.baskets = [json.dumps(basket) for basket in json.load(file)]
        self.folder = os.path.join(cluster.folder, "pgbench")
        os.mkdir(self.folder, 0o755)
        if cluster.as_user:
            os.chown(self.folder, cluster.as_user["user"], cluster.as_user["group"])
        for file in ("schema.sql", "rules.sql", "post_sale.sql", "post_sales.sql"):
            cluster.load(os.path.join(HERE, file))

    def script(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def load_members(self):
        self.cluster.sql(f"insert into members (member, tier, newsletter) select m, m % 3, "
                         f"m % 2 = 0 from generate_series(1, {self.chosen.members}) as m")
        check_a_sale(self.cluster, self.baskets[0])
        self.cluster.sql("vacuum analyze")
        self.cluster.sql("checkpoint")

    def pgbench(self, scripts, clients, *more, **values):
        defined = {"clients": clients, **values}
        out = self.cluster.run(
            "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j",
            str(min(self.chosen.jobs, clients)), *(f"-f{path}" for path in scripts),
            *(f"-D{name}={value}" for name, value in defined.items()), *more)
        rate = re.search(r"^tps = ([\d.]+)", out, re.M)
        count = re.search(r"actually processed: (\d+)", out)
        failed = re.search(r"failed transactions: (\d+)", out)
        if not rate or not count or (failed and int(failed.group(1))):
            raise Trouble(f"pgbench did not do its work: {out}")
        return float(rate.group(1)), int(count.group(1))

    def post(self, clients, seconds, *more):
        with open(os.path.join(HERE, "post.sql"), encoding="utf-8") as file:
            text = file.read()
        # A script for each basket; pgbench takes one of them at random.
        scripts = [self.script(f"post_{i}.sql", text.replace(":BASKET", f":basket{i}"))
                   for i in range(len(self.baskets))]
        values = {f"basket{i}": basket for i, basket in enumerate(self.baskets)}
        rate, count = self.pgbench(
            scripts, clients, "-T", str(max(1, round(seconds))), *more,
            tills=max(self.chosen.tills, clients), members=self.chosen.members,
            receipt=self.receipt, **values)
        self.posted += count
        self.receipt += count  # More than any client of this run has numbered.
        return rate

    def latencies(self, clients, seconds):
        """(p50, p99) in ms, from pgbench's own log of each transaction, and the rate beside it."""
        rate = self.post(clients, seconds, "-l", "--log-prefix", os.path.join(self.folder, "log"))
        times = []
        for name in glob.glob(os.path.join(self.folder, "log.*")):
            with open(name, encoding="ascii") as file:
                times += [int(line.split(" ", 3)[2]) for line in file]
            os.remove(name)
        times.sort()
        return times[len(times) // 2] / 1e3, times[len(times) * 99 // 100] / 1e3, rate

    def fill_incoming(self):
        """What will be posted lies in the database already, decoded: none of that is counted."""
        rows = self.chosen.transactions
        values = ", ".join(f"('{basket}'::jsonb)" for basket in self.baskets)
        self.cluster.sql(
            "truncate incoming; with basket as (select row_number() over () - 1 as k, b from "
            f"(values {values}) as v(b)) insert into incoming select n, 'S' || lpad((till / 8)"
            "::text, 3, '0') || '-T' || lpad((till % 8)::text, 2, '0') || '-' || "
            f"lpad((n + {self.receipt})::text, 10, '0'), hashtextextended(b::text, member), "
            "member, 'S' || lpad((till / 8)::text, 3, '0'), timestamptz '2026-01-10 09:30+00' + "
            f"n * interval '1 ms', b from (select n, (random() * {self.chosen.tills - 1})::int "
            f"as till, 1 + floor(random() * {self.chosen.members})::bigint as member from "
            f"generate_series(0, {rows - 1}) as n) as made join basket on k = n % "
            f"{len(self.baskets)} order by n")
        self.receipt += rows
        self.cluster.sql("analyze incoming")

    def import_all(self, clients):
        self.fill_incoming()
        size = self.chosen.batch
        calls = self.chosen.transactions // (clients * size)
        if calls == 0:
            raise Trouble("--transactions must be at least --batch times the clients")
        script = os.path.join(HERE, "bulk.sql")
        copy = self.script("bulk.sql", open(script, encoding="utf-8").read())
        rate, count = self.pgbench([copy], clients, "-t", str(calls), size=size, batch=-1, first=0)
        self.posted += count * size
        return rate * size


def measure(bench, chosen):
    bench.load_members()
    found = {"bench": "postgresql_bulk" if chosen.bulk else "postgresql",
             "version": bench.cluster.sql("show server_version"), "members": chosen.members}
    if chosen.bulk:
        found["batch"] = chosen.batch
        rates = {clients: bench.import_all(clients) for clients in chosen.clients}
    else:
        bench.post(chosen.clients[0], chosen.warmup)
        rates = {clients: bench.post(clients, chosen.seconds) for clients in chosen.clients}
    best = max(rates, key=rates.get)
    found.update(clients={str(count): round(rate) for count, rate in rates.items()},
                 best_clients=best, transactions_per_second=round(rates[best]))
    if not chosen.bulk:
        p50, p99, rate = bench.latencies(best, chosen.seconds)
        found.update(p50_ms=p50, p99_ms=p99, transactions_per_second_while_logging=round(rate))
    check_all(bench.cluster, bench.posted)
    size = bench.cluster.sql("select sum(pg_total_relation_size(oid)) from pg_class where relname "
                             "in ('transactions', 'entries', 'lots', 'outbox')")
    found.update(posted=bench.posted, bytes_per_transaction=round(int(size) / (bench.posted + 2)),
                 checked=True)
    return found


def show(found, chosen):
    if chosen.json:
        print(json.dumps(found))
        return
    print(f"PostgreSQL {found['version']}, {found['members']:,} members, "
          + (f"{chosen.batch} sales a statement" if chosen.bulk else "one call a sale"))
    for clients, rate in found["clients"].items():
        print(f"  {clients:>4} clients: {rate:>9,} transactions/s")
    print(f"best: {found['transactions_per_second']:,} transactions/s "
          f"with {found['best_clients']} clients")
    if not chosen.bulk:
        print(f"latency there: p50 {found['p50_ms']:.2f} ms, p99 {found['p99_ms']:.2f} ms")
    print(f"bytes/transaction: {found['bytes_per_transaction']} in tables and indexes, the log "
          "not counted")
    print(f"checked: {found['posted']:,} posted once each, sums of all tables agree")


def main():
    chosen = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that the cluster is taken down.
    settings = dict(pair.split("=", 1) for pair in chosen.set)
    try:
        with Cluster(chosen.data, settings, chosen.unix_socket) as cluster:
            show(measure(Bench(cluster, chosen), chosen), chosen)
    except Trouble as trouble:
        sys.exit(f"bench_postgresql: {trouble}")


if __name__ == "__main__":
    main()
