"""A daemon to put load on: accrued with a program of make_program.py, members made beforehand and
room on a real disk. Reuses the end-to-end tests' harness.

Environment: ACCRUE_BUILD, the build folder.
"""
import json
import os
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tests", "e2e"), os.path.join(HERE, "programs")]
import harness  # noqa: E402
import make_program  # noqa: E402

harness.PATIENCE_S = 6 * 3600.0  # Ten million members take their time.
ROAD = os.path.join(harness.BUILD, "bench", "road", "road")
IDLE_SERVER = os.path.join(harness.BUILD, "bench", "idle_server", "idle_server")
LAG = "accrue_poster_lag_records"


def run_road(*arguments):
    """What road measured. It must have had no error."""
    done = subprocess.run([ROAD, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit("road %s: exit code %d\n%s%s" % (" ".join(map(str, arguments)), done.returncode,
                                                  done.stdout, done.stderr))
    return json.loads(done.stdout) if done.stdout else None


class Shop(harness.Daemon):
    """accrued, and what its members bought so far."""

    def __init__(self, options, members, rules=20, everyday=20, feeds=()):
        os.makedirs(options.data, exist_ok=True)
        tempfile.tempdir = options.data
        super().__init__(feeds=feeds, settings={
            "store": {"map_gb": 256}, "members": {"cache_mb": options.cache_mb}})
        self.program = os.path.join(self.folder, "program")
        make_program.write_program(self.program, rules, everyday)
        self.options, self.members, self.next_receipt = options, members, 1

    def load(self, *arguments, mix=True):
        """road's figures for a job; receipts and time go on from those before."""
        if mix and self.options.zipf:
            arguments += ("--zipf", self.options.zipf)
        found = run_road("--json", "--port", self.port, "--pid", self.process.pid, "--members",
                         self.members, "--first", self.next_receipt, *arguments)
        self.next_receipt = found["next_first"]
        return found

    def enrol(self):
        """Each member buys one thing, so that all are known. Posted as NDJSON batches."""
        begun = time.monotonic()
        self.load("--batch", "--in-turn", "--lines", 1, "--connections", 4, "--count",
                  self.members, mix=False)
        self.wait_no_lag()
        say("%d members in %.1f s" % (self.members, time.monotonic() - begun))

    def lag(self):
        return self.metric(LAG) or 0

    def wait_no_lag(self):
        """Seconds until the ledger holds all that the journal holds."""
        begun = time.monotonic()
        harness.wait_until(lambda: self.lag() == 0, "posting")
        return time.monotonic() - begun

    def disk(self):
        """Bytes: of the journal that are written, and of both that the disk has given; once all
        but the newest of the journal's files are packed."""
        folder = os.path.join(self.data, "journal")
        harness.wait_until(lambda: len(files(folder, ".journal")) <= 1, "all is packed", 0.2)
        plain, packed = files(folder, ".journal"), files(folder, ".journal.zst")
        ledger = os.path.join(self.data, "ledger", "data.mdb")
        written = sum(map(os.path.getsize, packed)) + sum(map(written_size, plain))
        return {"written": written, "journal": sum(map(allocated, plain + packed)),
                "ledger": allocated(ledger)}

    def add_memory(self, figures):
        """What it holds now. Pages of the ledger's file count as long as they are mapped."""
        memory = {}
        with open("/proc/%d/status" % self.process.pid) as status:
            for line in status:
                name, _, value = line.partition(":")
                if name in ("VmRSS", "RssAnon", "VmHWM"):
                    memory[name] = int(value.split()[0]) / 1024
        figures.add("memory", memory["VmRSS"], "MiB")
        figures.add("memory: without files", memory["RssAnon"], "MiB")
        figures.add("memory: peak", memory["VmHWM"], "MiB")
        figures.add("memory: members cached", self.metric("accrue_members_cached") or 0)

    def decisions(self):
        """How many were made, and how long they took in all."""
        return (self.metric("accrue_decision_seconds_count") or 0,
                self.metric("accrue_decision_seconds_sum") or 0)


def files(folder, ending):
    return sorted(os.path.join(folder, name) for name in os.listdir(folder)
                  if name.endswith(ending))


def allocated(path):
    return os.stat(path).st_blocks * 512


def written_size(path):
    """Up to the last byte that is not zero: the file a journal is written to is longer."""
    block = 1 << 20
    with open(path, "rb") as journal:
        end = os.path.getsize(path)
        while end > 0:
            begin = max(0, end - block)
            journal.seek(begin)
            text = journal.read(end - begin).rstrip(b"\0")
            if text:
                return begin + len(text)
            end = begin
    return 0


class DiskUse:
    """Bytes a transaction, from its making until add_to. Of the journal what is written counts, of
    the ledger what the disk has given."""

    def __init__(self, shop):
        self.shop, self.receipt, self.begin = shop, shop.next_receipt, shop.disk()

    def add_to(self, figures):
        sales, end = self.shop.next_receipt - self.receipt, self.shop.disk()
        parts = {part: (end[part] - self.begin[part]) / sales for part in end}
        figures.add("disk: journal", parts["written"], "B")
        figures.add("disk: journal, allocated", parts["journal"], "B")
        figures.add("disk: ledger", parts["ledger"], "B")
        figures.add("disk: together", parts["written"] + parts["ledger"], "B")


class IdleServer:
    """The do-nothing server; used in a with statement."""

    def __enter__(self):
        self.process = subprocess.Popen([IDLE_SERVER], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def load(self, *arguments):
        return run_road("--json", "--port", self.port, "--pid", self.process.pid, *arguments)


class Watch(threading.Thread):
    """Looks at something now and then until it is left; used in a with statement."""

    def __init__(self, look, pause_s=0.5):
        super().__init__(daemon=True)
        self.look, self.pause_s, self.over = look, pause_s, threading.Event()
        self.seen = []

    def run(self):
        while not self.over.wait(self.pause_s):
            self.seen.append(self.look())

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()


def say(text):
    print("  " + text, file=sys.stderr, flush=True)
