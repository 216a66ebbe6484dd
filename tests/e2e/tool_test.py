"""What the tool tells of settings and data folders is what the daemon does with them, and looking
changes nothing."""
import glob
import json
import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import *  # noqa: E402,F403


def sale(name, member="M1", time="2026-01-06T10:00:00Z", description="Mug"):
    return {"id": name, "type": "sale", "member_id": member, "time": time, "currency": "GBP",
            "lines": [{"sku": "A", "quantity": 1, "unit_price": "10.00",
                       "description": description}]}


def tool(*arguments):
    """Exit code and all that was said."""
    done = subprocess.run([ACCRUE, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class WithDaemon(unittest.TestCase):
    options = {}

    def setUp(self):
        self.daemon = Daemon(**self.options)
        self.addCleanup(self.daemon.close)
        self.data = self.daemon.data

    def post(self, transaction):
        status, answer = self.daemon.call("POST", "/v1/transactions", transaction)
        self.assertEqual(200, status, answer)
        return answer

    def files(self):
        return sorted(path for path in glob.glob(self.data + "/**", recursive=True)
                      if not path.endswith("lock.mdb"))

    def on_data(self, command):
        return tool(command, "--data", self.data, "--allow-any-filesystem")

    def verify(self, code, *words):
        """Looks, sees that looking changed nothing, and gives what was said."""
        before = self.files()
        found, said = self.on_data("verify")
        self.assertEqual(code, found, said)
        self.assertEqual(before, self.files())
        for word in words:
            self.assertIn(word, said)
        return said


class Settings(WithDaemon):
    def test_what_a_start_would_refuse_is_told_beforehand(self):
        incoming = os.path.join(self.daemon.folder, "in")
        os.mkdir(incoming)
        notices = os.path.join(self.daemon.folder, "notices.ndjson")
        self.daemon.feeds = [{"name": "tills", "plugin": "file", "path": incoming, "codec": {
            "plugin": "csv", "currency": "GBP", "zone": "Mars", "columns": {
                name: name for name in ("id", "time", "sku", "quantity", "unit_price")}}}]
        self.daemon.notifiers = [
            {"name": "shop", "plugin": "webhook", "url": "https://a.example", "secret": "abc"},
            {"name": "log", "plugin": "log", "path": notices}]
        self.daemon.write_config()
        plugins = os.path.join(BUILD, "plugins")
        code, said = tool("check", "--config", self.daemon.config, "--plugins", plugins)
        self.assertEqual(1, code, said)
        lines = said.splitlines()
        self.assertEqual(3, len(lines), said)
        place = self.daemon.config + ":1:"
        self.assertTrue(lines[0].startswith(place) and "feed tills: " in lines[0], said)
        self.assertIn("Mars", lines[0])
        self.assertTrue(lines[1].startswith(place) and "notifier shop: " in lines[1], said)
        self.assertIn("whsec_", lines[1])
        self.assertEqual("accrue: %s has 2 problems" % self.daemon.config, lines[2])
        self.assertFalse(os.path.exists(notices) or os.path.exists(self.data))
        self.daemon.start(wait=False)
        self.assertEqual(78, self.daemon.process.wait(timeout=PATIENCE_S))
        self.assertIn("whsec_", self.daemon.log_text())
        # Mended, both take them.
        self.daemon.feeds[0]["codec"]["zone"] = "Europe/London"
        self.daemon.notifiers.pop(0)
        self.daemon.write_config()
        code, said = tool("check", "--config", self.daemon.config, "--plugins", plugins)
        self.assertEqual((0, self.daemon.config + " is fine\n"), (code, said))
        self.assertFalse(os.path.exists(notices))

    def test_settings_and_program_are_told_in_one_run(self):
        self.daemon.settings = {"http": {"listen": "nowhere"}}
        self.daemon.write_config()
        code, said = tool("check", self.daemon.folder, "--config", self.daemon.config,
                          "--plugins", os.path.join(BUILD, "plugins"))
        self.assertEqual(1, code, said)
        self.assertIn("`http.listen`", said)
        self.assertIn("program.yaml: the file is missing", said)

    def test_a_variable_that_sets_nothing_is_warned_of(self):
        os.environ["ACCRUE_HTTP_LISTN"] = "127.0.0.1:1"
        self.addCleanup(os.environ.pop, "ACCRUE_HTTP_LISTN")
        self.daemon.start()
        self.assertIn("ACCRUE_HTTP_LISTN sets nothing; did you mean `ACCRUE_HTTP_LISTEN`",
                      self.daemon.log_text())


class Sizes(WithDaemon):
    options = {"settings": {"http": {"transaction_bytes": 4194304}}}

    def test_a_transaction_may_be_as_long_as_the_settings_say(self):
        self.daemon.start()
        lines = sale("T-1", description="x" * 200)["lines"] * 6000
        long = dict(sale("T-1"), lines=lines)
        self.assertGreater(len(json.dumps(long)), 1_500_000)
        self.assertEqual("posted", self.post(long)["status"])
        self.assertEqual("duplicate", self.post(long)["status"])

    def test_a_time_may_be_written_finer_than_it_is_kept(self):
        self.daemon.start()
        seq = self.post(sale("T-1", time="2026-11-22T06:09:55.832483+00:00"))["seq"]
        entry = self.daemon.call("GET", "/v1/entries/%d" % seq)[1]
        self.assertEqual("2026-11-22T06:09:55.832Z", entry["time"])


class Verify(WithDaemon):
    def recorded(self, sales=3):
        self.daemon.start()
        status, answer = self.daemon.call("PUT", "/v1/members/M1", {
            "id": "P-1", "time": "2026-01-06T09:00:00Z", "contact": {"email": "a@b.example"}})
        self.assertEqual(200, status, answer)
        for number in range(sales):
            self.post(sale("T-%d" % number))
        self.end_posted(sales + 1)

    def end_posted(self, records):
        self.daemon.wait_posted(records)
        wait_until(lambda: self.daemon.data_tool("summary")["notices_pending"] == 0,
                   "the notices do not go out")
        self.assertEqual(0, self.daemon.stop())

    def change(self, path, at, byte=b"\xff"):
        with open(path, "r+b") as file:
            file.seek(at)
            file.write(byte)

    def test_a_missing_ledger_is_told_and_not_made(self):
        self.recorded()
        os.remove(self.data + "/ledger/data.mdb")
        said = self.verify(1, "WRONG: the ledger is missing", "accrue rebuild",
                           "journal: 4 records")
        self.assertNotIn("as it should be", said)
        self.assertEqual(2, self.on_data("summary")[0])
        self.assertFalse(os.path.exists(self.data + "/ledger/data.mdb"))
        self.assertEqual(0, self.on_data("rebuild")[0])
        self.verify(0, "posted up to record 4 of 4", "as it should be")

    def test_a_ledger_behind_its_journal_is_no_damage(self):
        self.recorded()
        shutil.copytree(self.data + "/ledger", self.daemon.folder + "/earlier")
        self.daemon.start()
        self.post(sale("T-9"))
        self.daemon.stop()
        shutil.rmtree(self.data + "/ledger")
        os.rename(self.daemon.folder + "/earlier", self.data + "/ledger")
        self.verify(0, "posted up to record 4 of 5", "note: 1 records of the journal are not in")
        self.daemon.start()
        self.daemon.stop()
        self.verify(0, "posted up to record 5 of 5")

    def test_keys_that_are_gone_or_damaged_are_found(self):
        self.recorded()
        keys = self.data + "/vault/keys.dat"
        self.verify(0, "vault: 1 keys")
        with open(keys, "rb") as file:
            kept = file.read()
        self.change(keys, 3)
        self.verify(1, "WRONG: " + keys, "restore it from a backup")
        os.remove(keys)
        self.verify(1, "the contact data of 1 member cannot be read", keys)
        with open(keys, "wb") as out:
            out.write(kept)
        os.chmod(keys, 0o600)
        self.verify(0)

    def test_a_damaged_log_of_deliveries_is_found(self):
        self.daemon.program = os.path.join(ROOT, "rules", "grocer")
        self.daemon.notifiers = [{"name": "log", "plugin": "log",
                                  "path": os.path.join(self.daemon.folder, "notices")}]
        self.recorded()
        # A second group: damage to the newest one could be a torn write.
        self.daemon.start()
        self.post(sale("T-9"))
        self.end_posted(6)
        log, = glob.glob(self.data + "/deliveries/*.journal")
        said = self.verify(0)
        self.assertNotIn("deliveries: 0", said)
        self.change(log, 70)
        self.verify(1, "WRONG: ", log, "backup")
        shutil.rmtree(self.data + "/deliveries")
        self.verify(1, "WRONG: the deliveries log ends with record 0")

    def test_a_journal_may_have_its_oldest_segments_elsewhere(self):
        self.daemon.settings = {"journal": {"segment_mb": 1, "pack": False}}
        self.daemon.start()
        lines = [json.dumps(sale("T-%d" % number, description="x" * 240))
                 for number in range(6000)]
        status, text = self.daemon.call("POST", "/v1/transactions", "\n".join(lines),
                                        "application/x-ndjson")
        self.assertEqual((200, 6000), (status, text.count('"posted"')))
        self.daemon.stop()
        first, second, *_ = sorted(glob.glob(self.data + "/journal/*.journal"))
        os.rename(first, self.daemon.folder + "/moved.journal")
        begin = "{:,}".format(int(os.path.basename(second).split(".")[0]))
        self.verify(0, "note: the journal begins with record " + begin, "posted up to record 6,000")
        before = self.files()
        code, said = self.on_data("rebuild")
        self.assertEqual(2, code, said)
        self.assertIn("put them back first", said)
        self.assertEqual(before, self.files())
        os.rename(self.daemon.folder + "/moved.journal", first)
        self.assertEqual(0, self.on_data("rebuild")[0])
        self.assertNotIn("note:", self.verify(0))


class Summary(WithDaemon):
    def test_its_transactions_are_the_sum_of_their_kinds(self):
        self.daemon.start()
        self.post(sale("T-1"))
        self.daemon.call("PUT", "/v1/members/M1", {
            "id": "P-1", "time": "2026-01-06T11:00:00Z", "language": "en"})
        self.daemon.call("POST", "/v1/events", {
            "id": "E-1", "type": "review", "member_id": "M1", "time": "2026-01-06T12:00:00Z"})
        self.daemon.stop()
        found = self.daemon.data_tool("summary")
        kinds = ("sales", "returns", "events", "member_changes", "ticks")
        self.assertEqual(found["transactions"], sum(found[kind] for kind in kinds), found)
        said = self.on_data("summary")[1]
        shown = {line[2:24].strip(): line[24:].strip() for line in said.splitlines()}
        self.assertEqual("1", shown["member changes"])
        self.assertIn("ticks (time passing)", shown)


if __name__ == "__main__":
    unittest.main(verbosity=2)
