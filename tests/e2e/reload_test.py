"""The program is exchanged while the daemon runs: by signal, by call, by watching its files. A bad
program is refused with its place and the old one goes on; one that watches more sees the past."""
import os
import shutil
import signal
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import *  # noqa: E402,F403

CROSS_SELL = """rules:
  - id: biscuits-with-tea
    type: cross_sell.bought_without
    title: Biscuits for tea drinkers
    bought: { sku: TEA1 }
    without: { category: biscuits }
    within: 90 days
    offer: { award: 50, on: { category: biscuits }, valid: 14 days, message: 50 points on biscuits }
"""


def sale(number, member="M1", sku="A", category="bakery", time="2026-01-06T10:00:00Z"):
    return {"id": "T-%d" % number, "type": "sale", "member_id": member, "time": time,
            "currency": "GBP",
            "lines": [{"sku": sku, "category": category, "quantity": 1, "unit_price": "10.00"}]}


class Reload(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)
        self.program = os.path.join(self.daemon.folder, "program")
        shutil.copytree(self.daemon.program, self.program)
        self.daemon.program = self.program
        self.number = 0

    def write(self, text, name="base.yaml"):
        with open(os.path.join(self.program, name), "w") as out:
            out.write(text)

    def change(self, old, new):
        """Changes base.yaml as an editor does: whole, or not at all."""
        path = os.path.join(self.program, "base.yaml")
        with open(path) as rules:
            text = rules.read()
        self.assertIn(old, text)
        with open(path + ".part", "w") as out:
            out.write(text.replace(old, new))
        os.rename(path + ".part", path)

    def rules(self):
        status, card = self.daemon.call("GET", "/v1/rules")
        self.assertEqual(200, status)
        return card

    def wait_reloads(self, result, count):
        series = 'accrue_rule_set_reloads_total{result="%s"}' % result
        wait_until(lambda: self.daemon.metric(series) == count, series)

    def check_in_force(self, award):
        """The rule set told gives so much for 10.00, and its entry names it; so do the metrics."""
        card = self.rules()
        self.number += 1
        status, answer = self.daemon.call("POST", "/v1/transactions", sale(self.number))
        self.assertEqual(200, status)
        self.assertEqual({"points": {"earned": award}}, answer["points"])
        entry = wait_until(lambda: self.entry(answer["seq"]), "the entry is not posted")
        self.assertEqual(card["hash"], entry["rule_set"])
        shown = [line for line in self.daemon.call("GET", "/metrics")[1].splitlines()
                 if line.startswith("accrue_rule_set_info{")]
        self.assertEqual(['accrue_rule_set_info{program="giftshop",hash="%s"} 1' % card["hash"]],
                         shown)
        return card["hash"]

    def entry(self, seq):
        status, entry = self.daemon.call("GET", "/v1/entries/%d" % seq)
        return entry if status == 200 else None

    def test_by_call(self):
        self.daemon.start()
        old = self.check_in_force(10)
        self.change("award: 1", "award: 2")
        self.assertEqual(old, self.rules()["hash"], "nothing changes before it is asked for")
        status, card = self.daemon.call("POST", "/v1/rules/reload")
        self.assertEqual((200, self.rules()["hash"]), (status, card["hash"]))
        new = self.check_in_force(20)
        self.assertNotEqual(old, new)
        # The same program again is the same rule set.
        self.change("award: 2", "award: 1")
        self.assertEqual(200, self.daemon.call("POST", "/v1/rules/reload")[0])
        self.assertEqual(old, self.check_in_force(10))
        self.wait_reloads("ok", 2)

    def test_a_bad_program_is_refused_with_all_its_places(self):
        self.daemon.start()
        old = self.check_in_force(10)
        self.change("award: 1\n    per: 1.00", "award: many\n    pre: 1.00")
        status, problem = self.daemon.call("POST", "/v1/rules/reload")
        self.assertTrue(400 <= status < 500, (status, problem))
        self.assertEqual(status, problem["status"])
        places = [(error["pointer"], error["detail"]) for error in problem["errors"]]
        told = " ".join(place for place, _ in places)
        self.assertIn("base.yaml:5:12", told)  # Of the value `many`.
        self.assertIn("base.yaml:6:5", told)   # Of the key `pre`.
        self.assertTrue(any("`per`" in detail for _, detail in places), places)
        self.assertEqual(old, self.check_in_force(10))
        self.wait_reloads("failed", 1)
        self.wait_reloads("ok", 0)

    def test_by_signal(self):
        self.daemon.start()
        old = self.check_in_force(10)
        self.change("award: 1", "award: 3")
        self.daemon.process.send_signal(signal.SIGHUP)
        wait_until(lambda: self.rules()["hash"] != old, "the signal brings no new rule set")
        new = self.check_in_force(30)
        self.change("award: 3", "award: [3]")
        self.daemon.process.send_signal(signal.SIGHUP)
        self.wait_reloads("failed", 1)
        self.assertIn("base.yaml:5:12", self.daemon.log_text())
        self.assertEqual(new, self.check_in_force(30))

    def test_by_watching_the_files(self):
        self.daemon.settings = {"program": {"watch": True}}
        self.daemon.start()
        old = self.check_in_force(10)
        self.change("award: 1", "award: 4")
        wait_until(lambda: self.rules()["hash"] != old, "the change is not noticed")
        new = self.check_in_force(40)
        self.change("award: 4", "award: four")
        self.wait_reloads("failed", 1)
        self.assertEqual(new, self.check_in_force(40))
        # A file that comes is a change, too; the bad one was tried once and not again.
        self.change("award: four", "award: 4")
        self.wait_reloads("ok", 2)
        self.write(CROSS_SELL, "offers.yaml")
        wait_until(lambda: len(self.rules()["rules"]) == 2, "the new file is not noticed")
        self.wait_reloads("failed", 1)

    def test_a_change_while_the_daemon_was_down_counts_from_its_start(self):
        self.daemon.start()
        old = self.check_in_force(10)
        self.assertEqual(0, self.daemon.stop())
        self.change("award: 1", "award: 5")
        self.daemon.start()
        self.assertNotEqual(old, self.check_in_force(50))

    def offers_after(self, number, member, **more):
        status, answer = self.daemon.call("POST", "/v1/transactions", sale(number, member, **more))
        self.assertEqual(200, status)
        return [offer["rule"] for offer in answer["offers"]]

    def test_a_rule_that_watches_more_sees_what_was_bought_before_it_came(self):
        self.daemon.start()
        tea = dict(sku="TEA1", category="tea")
        for number, (member, more) in enumerate([
                ("drinker", dict(time="2026-01-06T10:00:00Z", **tea)),
                ("long-ago", dict(time="2025-09-01T10:00:00Z", **tea)),
                ("eater", dict(time="2026-01-06T10:00:00Z", **tea)),
                ("eater", dict(time="2026-01-07T10:00:00Z", category="biscuits")),
                ("other", dict(time="2026-01-06T10:00:00Z"))]):
            self.assertEqual([], self.offers_after(100 + number, member, **more))
        self.write(CROSS_SELL, "offers.yaml")
        status, card = self.daemon.call("POST", "/v1/rules/reload")
        self.assertEqual(200, status, card)
        # Nobody buys tea now: only the past can tell.
        later = dict(time="2026-02-01T10:00:00Z")
        self.assertEqual(["biscuits-with-tea"], self.offers_after(201, "drinker", **later))
        self.assertEqual([], self.offers_after(202, "long-ago", **later))
        self.assertEqual([], self.offers_after(203, "eater", **later))
        self.assertEqual([], self.offers_after(204, "other", **later))
        self.check_rebuilt()
        # What was watched is still known after a rebuild and a start.
        self.daemon.start()
        self.assertEqual([], self.offers_after(301, "eater", time="2026-02-02T10:00:00Z"))
        self.assertEqual(["biscuits-with-tea"],
                         self.offers_after(302, "drinker", time="2026-02-16T10:00:00Z"))
        self.check_rebuilt()

    def check_rebuilt(self):
        self.assertEqual(0, self.daemon.stop())
        before = self.daemon.data_tool("verify")
        self.assertEqual([], before["findings"])
        shutil.rmtree(os.path.join(self.daemon.data, "ledger"))
        self.assertEqual(before["state_hash"], self.daemon.data_tool("rebuild")["state_hash"])
        self.assertEqual(before, self.daemon.data_tool("verify"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
