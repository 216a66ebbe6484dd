"""Starts real daemons for end-to-end tests: own data folder, free port, loopback only.

Environment: ACCRUE_BUILD, the build folder; ACCRUE_DATA, where the real year lies (default
../shared/data beside the checkout).
"""
import http.client
import json
import lzma
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.environ.get("ACCRUE_BUILD", os.path.join(ROOT, "build", "release"))
DATA = os.environ.get("ACCRUE_DATA", os.path.join(ROOT, "..", "shared", "data"))
ACCRUED = os.path.join(BUILD, "bin", "accrued")
ACCRUE = os.path.join(BUILD, "bin", "accrue")
# Sanitized daemons are slower; waits are generous because a pass never depends on them.
PATIENCE_S = float(os.environ.get("ACCRUE_PATIENCE_S", "300"))

# The real year's known figures, for rules/giftshop.
YEAR = {"member_sales": 18536, "member_returns": 3654, "members": 4372, "issued": 8752353,
        "reversed": 472599, "outstanding": 8279754, "below_zero": 30,
        "14646": 278747, "17850": 5277, "12346": 0}


def year_ndjson():
    """Path of the real year as NDJSON; made once a machine. None when the data is missing."""
    script = os.path.join(DATA, "online_retail_to_ndjson.py")
    if not os.path.exists(script):
        return None
    path = os.path.join(tempfile.gettempdir(), "accrue-year-%d.ndjson" % os.getuid())
    if not os.path.exists(path):
        part = "%s.%d" % (path, os.getpid())
        subprocess.run([sys.executable, script, "--zone", "Z", "-o", part], check=True,
                       stderr=subprocess.DEVNULL)
        os.rename(part, path)
    return path


def year_csv():
    """Path of the real year as the retailer's CSV; None when the data is missing."""
    packed = os.path.join(DATA, "online_retail", "online_retail.csv.xz")
    if not os.path.exists(packed):
        return None
    path = os.path.join(tempfile.gettempdir(), "accrue-year-%d.csv" % os.getuid())
    if not os.path.exists(path):
        part = "%s.%d" % (path, os.getpid())
        with lzma.open(packed) as source, open(part, "wb") as target:
            shutil.copyfileobj(source, target)
        os.rename(part, path)
    return path


def needs_year(test):
    return unittest.skipUnless(year_ndjson(), "LEFT OUT: the real year is not in " + DATA)(test)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(look, what, pause_s=0.02):
    """What look() gives once it is true; fails saying `what`: text, or a function making it."""
    deadline = time.time() + PATIENCE_S
    while True:
        found = look()
        if found:
            return found
        if time.time() > deadline:
            raise AssertionError("not within %.0f s: %s" % (
                PATIENCE_S, what() if callable(what) else what))
        time.sleep(pause_s)


class Daemon:
    """One accrued and its data folder."""

    def __init__(self, program="rules/giftshop", feeds=(), notifiers=(), settings=None):
        self.folder = tempfile.mkdtemp(prefix="accrue-e2e-")
        self.data = os.path.join(self.folder, "data")
        self.config = os.path.join(self.folder, "accrued.json")
        self.program = os.path.join(ROOT, program)
        self.feeds, self.notifiers = list(feeds), list(notifiers)
        self.settings = settings or {}
        self.process = None
        self.port = None

    def write_config(self):
        # YAML is a superset of JSON: json.dumps writes a settings file.
        settings = {"data": {"folder": self.data}, "program": {"folder": self.program},
                    "plugins": {"folder": os.path.join(BUILD, "plugins")},
                    "http": {"listen": "127.0.0.1:0"}, "ticks": {"source": "feed"},
                    "store": {"map_gb": 8, "allow_any_filesystem": True},
                    "feeds": self.feeds, "notifiers": self.notifiers}
        for section, values in self.settings.items():
            settings.setdefault(section, {}).update(values)
        with open(self.config, "w") as out:
            json.dump(settings, out)

    def start(self, wait=True):
        self.write_config()
        self.log_path = os.path.join(self.folder, "log.%f" % time.time())
        with open(self.log_path, "w") as log:
            self.process = subprocess.Popen([ACCRUED, "--config", self.config], stderr=log,
                                            stdout=subprocess.DEVNULL)
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self):
        deadline = time.time() + PATIENCE_S
        while time.time() < deadline:
            text = self.log_text()
            for line in text.splitlines():
                if " ready on 127.0.0.1:" in line:
                    self.port = int(line.rsplit(":", 1)[1])
                    return
            if self.process.poll() is not None:
                raise AssertionError("accrued ended with %d: %s" % (self.process.returncode, text))
            time.sleep(0.005)
        raise AssertionError("accrued is not ready: " + self.log_text())

    def log_text(self):
        with open(self.log_path) as log:
            return log.read()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE_S)
        return self.process.returncode if self.process else None

    def close(self):
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)

    def call(self, method, path, body=None, kind="application/json", connection=None, key=None):
        """Status and decoded JSON (text of any other kind)."""
        own = connection or self.connect()
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        headers = {"Content-Type": kind} if body is not None else {}
        if key is not None:
            headers["Authorization"] = "Bearer " + key
        own.request(method, path, body, headers)
        answer = own.getresponse()
        text = answer.read().decode()
        if connection is None:
            own.close()
        is_json = answer.getheader("Content-Type") in ("application/json",
                                                       "application/problem+json")
        return answer.status, json.loads(text) if is_json else text

    def metric(self, series):
        """Value of a series, written as /metrics writes it; None when it is not shown."""
        for line in self.call("GET", "/metrics")[1].splitlines():
            name, _, value = line.rpartition(" ")
            if name == series:
                return float(value)
        return None

    def tool(self, *arguments, check=True):
        done = subprocess.run([ACCRUE, *arguments], capture_output=True, text=True)
        if check and done.returncode != 0:
            raise AssertionError("accrue %s: %s%s" % (" ".join(arguments), done.stdout,
                                                      done.stderr))
        return done

    def data_tool(self, command, *arguments, check=True):
        done = self.tool(command, "--data", self.data, "--json", "--allow-any-filesystem",
                         *arguments, check=check)
        return json.loads(done.stdout)

    def state_hash(self):
        return self.tool("verify", "--data", self.data, "--allow-any-filesystem",
                         "--hash-only").stdout.strip()

    def wait_posted(self, records):
        """Until the ledger holds at least so many entries."""
        def look():
            if os.path.isdir(os.path.join(self.data, "ledger")):
                found = self.data_tool("summary", check=False)
                if found.get("transactions", 0) >= records:
                    return found
            return None
        return wait_until(look, lambda: "the ledger does not reach %d entries: %s" % (
            records, self.log_text()), pause_s=0.1)


def assert_year(test, daemon):
    """The ledger holds exactly the known year."""
    found = daemon.data_tool("summary", "--top", "5000")
    points = found["points"]["points"]
    top = {member["id"]: member["points"] for member in found["top"]}
    shown = {"below_zero": found["members_below_zero"]}
    shown.update((name, found[name]) for name in ("member_sales", "member_returns", "members"))
    shown.update((name, points[name]) for name in ("issued", "reversed", "outstanding"))
    shown.update((member, top[member]) for member in ("14646", "17850", "12346"))
    test.assertEqual(YEAR, shown)


def ndjson_feed(path):
    return {"name": "year", "plugin": "file", "path": path, "codec": "json"}


def csv_feed(path):
    return {"name": "year", "plugin": "file", "path": path, "codec": {
        "plugin": "csv", "currency": "GBP", "zone": "UTC", "time_format": "%Y-%m-%d %H:%M:%S",
        "return_prefix": "C", "member_suffix_strip": ".0",
        "columns": {"id": "InvoiceNo", "member_id": "CustomerID", "time": "InvoiceDate",
                    "sku": "StockCode", "description": "Description", "quantity": "Quantity",
                    "unit_price": "UnitPrice", "store": "Country"}}}


__all__ = [name for name in dir() if not name.startswith("_")]
