"""A real Prometheus, configured as we ship it, scrapes the daemon and finds what it should."""
import os
import shutil
import subprocess
import sys
import urllib.parse
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import *  # noqa: E402,F403

SHIPPED = os.path.join(ROOT, "config", "prometheus")


class Prometheus:
    """Debian's prometheus with scrape.yaml and alerts.yaml as shipped, but for port and pace."""

    def __init__(self, target_port):
        self.folder = tempfile.mkdtemp(prefix="accrue-prometheus-")
        self.port = free_port()
        config = os.path.join(self.folder, "scrape.yaml")
        shutil.copy(os.path.join(SHIPPED, "alerts.yaml"), self.folder)
        with open(os.path.join(SHIPPED, "scrape.yaml")) as shipped:
            text = shipped.read()
        for old, new in (("127.0.0.1:8080", "127.0.0.1:%d" % target_port),
                         ("scrape_interval: 15s", "scrape_interval: 1s"),
                         ("evaluation_interval: 15s", "evaluation_interval: 1s")):
            assert old in text, old
            text = text.replace(old, new)
        with open(config, "w") as out:
            out.write(text)
        self.log_path = os.path.join(self.folder, "log")
        with open(self.log_path, "w") as log:
            self.process = subprocess.Popen(
                ["prometheus", "--config.file=" + config,
                 "--storage.tsdb.path=" + os.path.join(self.folder, "tsdb"),
                 "--web.listen-address=127.0.0.1:%d" % self.port],
                stdout=log, stderr=log)

    def log_text(self):
        with open(self.log_path) as log:
            return log.read()

    def api(self, path):
        """The `data` of an answer; None while it does not answer yet."""
        if self.process.poll() is not None:
            raise AssertionError("prometheus ended: " + self.log_text())
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", "/api/v1/" + path)
            answer = connection.getresponse()
            text = answer.read()
            connection.close()
        except OSError:
            return None
        return json.loads(text)["data"] if answer.status == 200 else None

    def value(self, query):
        data = self.api("query?query=" + urllib.parse.quote(query))
        found = data["result"] if data else []
        return float(found[0]["value"][1]) if len(found) == 1 else None

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE_S)
        shutil.rmtree(self.folder, ignore_errors=True)


class Scraped(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon(program="rules/grocer",
                             notifiers=[{"name": "log", "plugin": "log", "path": "-"}])
        self.addCleanup(self.daemon.close)
        # Series of feeds and notifiers stand at 0 before anything happens; here nothing does.
        empty = os.path.join(self.daemon.folder, "empty.ndjson")
        with open(empty, "w"):
            pass
        self.daemon.feeds = [ndjson_feed(empty)]
        self.daemon.start()

    def post(self, number, quantity, kind="sale"):
        status, _ = self.daemon.call("POST", "/v1/transactions", {
            "id": "T-%d" % number, "type": kind, "member_id": "M1", "currency": "GBP",
            "time": "2026-01-06T10:00:00Z",
            "lines": [{"sku": "A", "category": "bakery", "quantity": quantity,
                       "unit_price": "12.50"}]})
        self.assertEqual(200, status)

    def fill(self):
        for number in range(4):
            self.post(number, 1)
        self.post(3, 1)  # A duplicate.
        self.post(4, 1, "return")
        self.daemon.wait_posted(5)

    def test_a_real_prometheus_finds_the_daemon_its_values_and_our_alerts(self):
        prometheus = Prometheus(self.daemon.port)
        self.addCleanup(prometheus.close)
        self.fill()
        job = '{job="accrue"}'
        for query, expected in (
                ("up" + job, 1),
                ('accrue_transactions_total{type="sale",result="posted"}', 4),
                ('accrue_transactions_total{type="sale",result="duplicate"}', 1),
                ('accrue_transactions_total{type="return",result="posted"}', 1),
                ('accrue_awards_total{rule="base"}', 4),
                ('accrue_points_issued_total{currency="points"}', 48),
                ('accrue_points_reversed_total{currency="points"}', 12),
                ('accrue_points_outstanding{currency="points"}', 36),
                ('accrue_liability_minor_units{currency="GBP"}', 36),
                ("accrue_ready", 1), ("accrue_poster_lag_records", 0), ("accrue_queue_depth", 0),
                ('accrue_feed_messages_total{feed="year",result="posted"}', 0),
                ("accrue_decision_seconds_count", 6),
                ('accrue_rule_set_info{program="grocer"}', 1),
                ("count(accrue_build_info)", 1)):
            seen = []

            def look():
                seen.append(prometheus.value(query))
                return seen[-1] == expected
            wait_until(look, lambda: "%s is %s, not %s" % (query, seen[-1], expected), 0.1)
        self.assertGreater(prometheus.value("accrue_posting_seconds_count"), 0)
        self.assertGreater(prometheus.value("accrue_journal_sync_seconds_count"), 0)
        self.check_alerts(prometheus)

    def check_alerts(self, prometheus):
        def rules():
            data = prometheus.api("rules")
            found = [rule for group in data["groups"] for rule in group["rules"]]
            # "unknown" until it has been evaluated.
            return found if all(rule["health"] != "unknown" for rule in found) else None
        found = wait_until(rules, "the alerts are not evaluated", 0.1)
        with open(os.path.join(SHIPPED, "alerts.yaml")) as shipped:
            written = shipped.read().count("- alert: ")
        self.assertEqual(written, len(found))
        metrics = self.daemon.call("GET", "/metrics")[1]
        for rule in found:
            self.assertEqual(("ok", "inactive"), (rule["health"], rule["state"]), rule)
            for series in self.series_of(rule["query"]):
                self.assertIn("# TYPE %s " % series, metrics)
        # One that should fire does: the daemon goes away.
        self.assertEqual(0, self.daemon.stop())
        wait_until(lambda: any(alert["labels"]["alertname"] == "AccrueDown"
                               for alert in prometheus.api("alerts")["alerts"]),
                   "nobody is told that the daemon is down", 0.1)

    @staticmethod
    def series_of(query):
        words = "".join(c if c.isalnum() or c == "_" else " " for c in query).split()
        return {word for word in words if word.startswith("accrue_")}

    def test_promtool_finds_nothing_wrong_with_the_metrics(self):
        self.fill()
        text = self.daemon.call("GET", "/metrics")[1]
        self.assertGreater(text.count("# TYPE accrue_"), 25)
        checked = subprocess.run(["promtool", "check", "metrics"], input=text, text=True,
                                 capture_output=True)
        self.assertEqual((0, ""), (checked.returncode, checked.stdout + checked.stderr))

    def test_promtool_finds_nothing_wrong_with_the_shipped_files(self):
        for check, name in (("rules", "alerts.yaml"), ("config", "scrape.yaml")):
            checked = subprocess.run(["promtool", "check", check, os.path.join(SHIPPED, name)],
                                     text=True, capture_output=True)
            self.assertEqual(0, checked.returncode, checked.stdout + checked.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
