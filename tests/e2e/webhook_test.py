"""Webhooks: every notice owed reaches a receiver that was away or failed, signed by Standard
Webhooks 1.0, under one id, whatever dies in between."""
import base64
import hashlib
import hmac
import http.server
import os
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import *  # noqa: E402,F403

KEY = bytes(range(32))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
TOLERANCE_S = 300  # Of Standard Webhooks 1.0.


class Receiver:
    """Listens on one port from open() to close(); answers with `status`. Keeps what it was sent."""

    def __init__(self):
        self.port = free_port()
        self.status = 200
        self.answering = threading.Event()  # Cleared: takes requests and answers none.
        self.answering.set()
        self.server = None
        self.taken, self.failed = [], []  # (headers, body, time) by whether 2xx was answered.

    def open(self):
        receiver = self

        class Answering(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.answering.wait()
                status = receiver.status
                kept = receiver.taken if status == 200 else receiver.failed
                kept.append((dict(self.headers), body, time.time()))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            allow_reuse_address = True
            daemon_threads = True

            def handle_error(self, *_):
                pass  # The daemon was killed while it asked.

        self.server = Server(("127.0.0.1", self.port), Answering)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def ids(self):
        return {headers["webhook-id"] for headers, _, _ in list(self.taken)}


class Webhook(unittest.TestCase):
    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.daemon = Daemon(program="rules/grocer", notifiers=[{
            "name": "hook", "plugin": "webhook", "secret": SECRET, "allow_private": True,
            "url": "http://127.0.0.1:%d/hooks/accrue" % self.receiver.port}])
        self.addCleanup(self.daemon.close)
        self.sales = 0

    def sell(self, count):
        connection = self.daemon.connect()
        for _ in range(count):
            self.sales += 1
            status, answer = self.daemon.call("POST", "/v1/transactions", {
                "id": "T-%d" % self.sales, "type": "sale", "member_id": "M%d" % (self.sales % 5),
                "time": "2026-01-06T10:00:00Z", "currency": "GBP",
                "lines": [{"sku": "TEA1", "category": "tea", "quantity": 1,
                           "unit_price": "10.00"}]}, connection=connection)
            self.assertEqual((200, 10), (status, answer["points"]["points"]["earned"]))
        connection.close()

    def attempts(self, result):
        return self.daemon.metric('accrue_notices_total{notifier="hook",result="%s"}' % result)

    def wait_delivered(self):
        """Until nothing is owed any more; gives how many notices there were."""
        def look():
            summary = self.daemon.data_tool("summary")
            posted = summary["sales"] == self.sales
            return summary if posted and summary["notices_pending"] == 0 else None
        summary = wait_until(look, self.daemon.log_text, pause_s=0.1)
        self.assertEqual(0, summary["notices_dead"])
        return summary["notices"]

    def check_requests(self):
        """Each request is signed, fresh, and says the same whenever its id comes."""
        said = {}
        for headers, body, at in self.receiver.taken + self.receiver.failed:
            name, stamp = headers["webhook-id"], headers["webhook-timestamp"]
            signed = name.encode() + b"." + stamp.encode() + b"." + body
            mac = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
            self.assertEqual("v1," + mac, headers["webhook-signature"])
            self.assertLess(abs(at - int(stamp)), TOLERANCE_S)
            self.assertEqual("application/json", headers["Content-Type"])
            self.assertEqual(body, said.setdefault(name, body))
            notice = json.loads(body)
            self.assertEqual(name, notice["data"]["id"])
            self.assertEqual("notice." + notice["data"]["kind"], notice["type"])
        return [json.loads(body)["data"] for body in said.values()]

    def test_a_receiver_that_was_away_gets_every_notice_across_kills(self):
        self.daemon.start()
        self.sell(40)  # Nobody listens.
        wait_until(lambda: self.attempts("retried") >= 3, "a refused connection is tried again")
        self.receiver.status = 500
        self.receiver.open()
        wait_until(lambda: len(self.receiver.failed) >= 3, "a failing receiver is tried again")
        self.daemon.kill()
        self.daemon.start()
        self.sell(20)
        known = len(self.receiver.failed)
        wait_until(lambda: len(self.receiver.failed) > known, "what was owed is forgotten")
        self.assertEqual([], self.receiver.taken)
        self.receiver.status = 200
        wait_until(lambda: len(self.receiver.taken) >= 5, "nothing is delivered")
        self.daemon.kill()  # Between deliveries, or in one.
        self.daemon.start()
        self.sell(5)
        owed = self.wait_delivered()
        self.assertEqual(owed, len(self.receiver.ids()))
        notices = [notice for notice in self.check_requests()
                   if notice["id"] in self.receiver.ids()]
        earned = [notice["member_id"] for notice in notices if notice["kind"] == "points_earned"]
        self.assertEqual(sorted("M%d" % (number % 5) for number in range(1, 66)), sorted(earned))
        offered = [notice["member_id"] for notice in notices if notice["kind"] == "offer_made"]
        self.assertEqual(["M0", "M1", "M2", "M3", "M4"], sorted(offered))
        # A start owes nothing twice.
        taken = len(self.receiver.taken)
        self.assertEqual(0, self.daemon.stop())
        self.daemon.start()
        self.sell(1)
        wait_until(lambda: len(self.receiver.ids()) == owed + 1, "the next notice")
        self.assertEqual(taken + 1, len(self.receiver.taken))

    def owed(self):
        return self.daemon.metric('accrue_outbox_due{notifier="hook"}')

    def test_a_receiver_that_hangs_shows_what_is_owed_and_delays_no_end(self):
        self.receiver.answering.clear()
        self.addCleanup(self.receiver.answering.set)
        self.receiver.open()
        self.daemon.start()
        self.sell(30)
        pending = self.daemon.wait_posted(30)["notices_pending"]
        self.assertGreaterEqual(pending, 30)
        wait_until(lambda: self.owed() == pending, lambda: "%s of %d" % (self.owed(), pending))
        wait_until(lambda: self.daemon.metric(
            'accrue_outbox_oldest_age_seconds{notifier="hook"}') >= 2, "the oldest has no age")
        began = time.time()
        self.assertEqual(0, self.daemon.stop())
        self.assertLess(time.time() - began, 5)
        self.receiver.answering.set()
        self.daemon.start()
        self.assertEqual(pending, self.wait_delivered())
        wait_until(lambda: self.owed() == 0, "what was delivered still counts")

    def test_410_ends_the_calls_until_a_restart_and_loses_nothing(self):
        self.receiver.status = 410
        self.receiver.open()
        self.daemon.start()
        self.sell(5)
        wait_until(lambda: self.daemon.metric('accrue_notifier_disabled{notifier="hook"}') == 1,
                   "the receiver is not left alone")
        self.sell(5)
        owed = self.daemon.wait_posted(self.sales)["notices_pending"]
        wait_until(lambda: self.owed() == owed, lambda: "%s of %d" % (self.owed(), owed))
        self.assertEqual(1, len(self.receiver.failed))
        self.assertIn("410", self.daemon.log_text())
        self.assertEqual(0, self.daemon.stop())
        self.receiver.status = 200
        self.daemon.start()
        self.assertEqual(owed, self.wait_delivered())
        self.assertEqual(owed, len(self.receiver.ids()))
        self.assertEqual(1, len(self.receiver.failed))
        self.assertEqual(0, self.daemon.metric('accrue_notifier_disabled{notifier="hook"}'))
        self.check_requests()


if __name__ == "__main__":
    unittest.main(verbosity=2)
