"""A folder of transaction files: plain, gzip and Zstandard, in the order of their names, each moved
away when all of it is settled; bad lines put aside with their place; nothing lost or repeated."""
import gzip
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import *  # noqa: E402,F403


def sale(name, member="M1", price="10.00"):
    return json.dumps({
        "id": name, "type": "sale", "member_id": member, "time": "2026-01-06T10:00:00Z",
        "currency": "GBP", "lines": [{"sku": "A", "quantity": 1, "unit_price": price}]})


class Folder(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)
        self.folder = os.path.join(self.daemon.folder, "tills")
        os.mkdir(self.folder)
        self.daemon.feeds = [{"name": "tills", "plugin": "file", "path": self.folder,
                              "codec": "json", "poll_ms": 20, "quiet_ms": 200}]

    def put(self, name, lines):
        """As a till does: written under another name, then renamed."""
        data = "".join(line + "\n" for line in lines).encode()
        if name.endswith(".gz"):
            data = gzip.compress(data)
        if name.endswith(".zst"):
            data = subprocess.run(["zstd", "-q", "-c"], input=data, check=True,
                                  stdout=subprocess.PIPE).stdout
        path = os.path.join(self.folder, name)
        with open(path + ".part", "wb") as out:
            out.write(data)
        os.rename(path + ".part", path)

    def listed(self, *below):
        folder = os.path.join(self.folder, *below)
        names = os.listdir(folder) if os.path.isdir(folder) else []
        return sorted(name for name in names if os.path.isfile(os.path.join(folder, name)))

    def wait_done(self, *names):
        wait_until(lambda: self.listed("done") == sorted(names),
                   lambda: "%s, done %s: %s" % (self.listed(), self.listed("done"),
                                                self.daemon.log_text()))

    def settled(self):
        """Messages of the feed in this process, by result."""
        return {result: self.daemon.metric(
            'accrue_feed_messages_total{feed="tills",result="%s"}' % result)
            for result in ("posted", "duplicate", "rejected")}

    def sources(self):
        return {result: self.daemon.metric(
            'accrue_feed_sources_total{feed="tills",result="%s"}' % result)
            for result in ("finished", "failed")}

    def ids(self, count):
        """Ids in the order of everything."""
        self.daemon.wait_posted(count)
        return [self.daemon.call("GET", "/v1/entries/%d" % seq)[1]["id"]
                for seq in range(1, count + 1)]

    def quarantine(self, name):
        path = os.path.join(self.daemon.data, "feeds", "tills", "quarantine", name + ".ndjson")
        if not os.path.exists(path):
            return []
        with open(path) as lines:
            return [json.loads(line) for line in lines]

    def test_files_are_taken_in_the_order_of_their_names_however_they_are_packed(self):
        self.put("2026-01-03.ndjson", [sale("C-1"), sale("C-2")])
        self.put("2026-01-02.ndjson.zst", [sale("B-1"), sale("B-2")])
        self.put("2026-01-01.ndjson.gz", [sale("A-1"), sale("A-2")])
        with open(os.path.join(self.folder, "2026-01-00.ndjson.tmp"), "w") as unfinished:
            unfinished.write(sale("never"))
        self.daemon.start()
        self.wait_done("2026-01-01.ndjson.gz", "2026-01-02.ndjson.zst", "2026-01-03.ndjson")
        self.assertEqual(["A-1", "A-2", "B-1", "B-2", "C-1", "C-2"], self.ids(6))
        self.assertEqual(["2026-01-00.ndjson.tmp"], self.listed())
        # One that comes later is noticed.
        self.put("2026-01-04.ndjson.gz", [sale("D-1")])
        wait_until(lambda: "2026-01-04.ndjson.gz" in self.listed("done"), "the new file waits")
        self.assertEqual({"posted": 7, "duplicate": 0, "rejected": 0}, self.settled())

    def test_bad_lines_go_to_quarantine_and_the_rest_posts(self):
        bad = [sale("X-2", price="ten"), "{\"id\":", sale("X 4")]
        self.put("a.ndjson", [sale("X-1"), bad[0], bad[1], bad[2], "", sale("X-5")])
        self.daemon.start()
        self.wait_done("a.ndjson")
        self.assertEqual(["X-1", "X-5"], self.ids(2))
        kept = self.quarantine("a.ndjson")
        self.assertEqual([(2, bad[0]), (3, bad[1]), (4, bad[2])],
                         [(line["line"], line["raw"]) for line in kept])
        self.assertEqual("/lines/0/unit_price", kept[0]["problems"][0]["pointer"])
        self.assertTrue(kept[0]["reason"])
        self.assertEqual("not_json", kept[1]["problems"][0]["code"])
        self.assertEqual("/id", kept[2]["problems"][0]["pointer"])
        self.assertEqual({"posted": 2, "duplicate": 0, "rejected": 3}, self.settled())
        for line in (2, 3, 4):
            self.assertIn("a.ndjson:%d: " % line, self.daemon.log_text())

    def test_a_damaged_file_is_put_aside_with_the_reason(self):
        whole = gzip.compress("\n".join(sale("Y-%d" % n) for n in range(3000)).encode())
        with open(os.path.join(self.folder, "a.ndjson.gz"), "wb") as out:
            out.write(whole[:len(whole) // 2])
        self.put("b.ndjson", [sale("Z-1")])
        self.daemon.start()
        self.wait_done("b.ndjson")
        self.assertEqual(["a.ndjson.gz"], self.listed("failed"))
        told = self.quarantine("a.ndjson.gz")[-1]
        self.assertEqual(0, told["message"])
        self.assertIn("cut off", told["reason"])
        wait_until(lambda: self.sources() == {"finished": 1, "failed": 1}, "files are not counted")
        before = int(self.settled()["posted"])
        self.assertEqual(["Y-%d" % n for n in range(before - 1)] + ["Z-1"], self.ids(before))

    def test_a_sender_that_writes_in_place_loses_no_line(self):
        self.daemon.feeds[0]["quiet_ms"] = 1000
        self.daemon.start()
        whole = [sale("S-%d" % number) + "\n" for number in range(10)]
        with open(os.path.join(self.folder, "slow.ndjson"), "w") as out:
            for number, line in enumerate(whole):
                cut = len(line) if number % 2 else 40  # Every other line in two pieces.
                for piece in (line[:cut], line[cut:]):
                    out.write(piece)
                    out.flush()
                    time.sleep(0.15)
        self.wait_done("slow.ndjson")
        self.assertEqual(["S-%d" % number for number in range(10)], self.ids(10))
        self.assertEqual([], self.quarantine("slow.ndjson"))
        self.assertEqual({"posted": 10, "duplicate": 0, "rejected": 0}, self.settled())

    def up(self):
        return self.daemon.metric('accrue_feed_up{feed="tills"}')

    def block(self):
        """Nothing can be moved to done/, not even by root."""
        self.daemon.feeds[0]["pattern"] = "*.ndjson"
        with open(os.path.join(self.folder, "done"), "w"):
            pass

    def test_a_feed_that_met_an_error_goes_on_when_that_is_over(self):
        self.block()
        self.put("a.ndjson", [sale("E-1")])
        self.daemon.start()
        wait_until(lambda: self.up() == 0, "nobody is told that the feed is held up", 0.1)
        self.assertEqual(1, self.daemon.log_text().count("feed tills is held up"))
        self.assertIn(os.path.join(self.folder, "done"), self.daemon.log_text())
        os.remove(os.path.join(self.folder, "done"))
        self.put("b.ndjson", [sale("E-2")])
        self.wait_done("a.ndjson", "b.ndjson")
        wait_until(lambda: self.up() == 1, "it is still shown as held up", 0.1)
        self.assertEqual(["E-1", "E-2"], self.ids(2))
        self.assertIn("feed tills goes on", self.daemon.log_text())

    def until_fed(self):
        self.daemon.write_config()
        return subprocess.run([ACCRUED, "--config", self.daemon.config, "--until-fed"],
                              capture_output=True, text=True, timeout=PATIENCE_S)

    def test_until_fed_says_what_could_not_be_fed(self):
        self.block()
        self.put("a.ndjson", [sale("E-1")])
        ran = self.until_fed()
        self.assertEqual(74, ran.returncode, ran.stderr)
        self.assertIn("feed tills: ", ran.stderr.splitlines()[-1])
        os.remove(os.path.join(self.folder, "done"))
        ran = self.until_fed()
        self.assertEqual(0, ran.returncode, ran.stderr)
        self.assertEqual(["a.ndjson"], self.listed("done"))

    def test_a_restart_shows_how_far_the_feed_had_come(self):
        self.put("a.ndjson", [sale("P-%d" % number) for number in range(7)])
        self.daemon.start()
        self.wait_done("a.ndjson")
        self.assertEqual(0, self.daemon.stop())
        self.daemon.start()
        self.assertEqual(7, self.daemon.metric('accrue_feed_position{feed="tills"}'))

    def play_with(self, interrupt):
        """Three files with bad lines in between; the daemon is interrupted in the middle."""
        lines = [sale("N-%05d" % number, "M%d" % (number % 7)) for number in range(30000)]
        bad = {50: "not json", 15000: sale("bad", price="1e3"), 29990: "[]"}
        for at, line in bad.items():
            lines[at] = line
        files = ("1.ndjson", "2.ndjson.gz", "3.ndjson.zst")
        for number, name in enumerate(files):
            self.put(name, lines[number * 10000:(number + 1) * 10000])
        self.daemon.start()
        for reached in (2000, 9000, 14000, 21000):
            wait_until(lambda: self.before + self.settled()["posted"] >= reached, "no progress",
                       0.005)
            interrupt()
            self.daemon.start()
        self.wait_done(*files)
        good = [json.loads(line)["id"] for at, line in enumerate(lines) if at not in bad]
        self.assertEqual(len(good), self.daemon.wait_posted(len(good))["transactions"])
        for at in (0, 49, 50, 9999, 14998, 14999, 20000, len(good) - 1):
            entry = self.daemon.call("GET", "/v1/entries/%d" % (at + 1))[1]
            self.assertEqual(good[at], entry["id"])
        kept = [(name, line["line"], line["raw"])
                for name in files for line in self.quarantine(name)]
        self.assertEqual([("1.ndjson", 51, bad[50]), ("2.ndjson.gz", 5001, bad[15000]),
                          ("3.ndjson.zst", 9991, bad[29990])], kept)
        self.assertEqual(0, self.daemon.stop())
        self.assertEqual([], self.daemon.data_tool("verify")["findings"])

    before = 0  # Entries of earlier processes.

    def remember(self):
        self.before = self.daemon.data_tool("verify")["records"]

    def test_a_stop_in_the_middle_neither_loses_nor_repeats(self):
        def stop():
            self.assertEqual(0, self.daemon.stop())
            self.remember()
        self.play_with(stop)

    def test_a_kill_in_the_middle_neither_loses_nor_repeats(self):
        def kill():
            self.daemon.kill()
            self.remember()
        self.play_with(kill)


if __name__ == "__main__":
    unittest.main(verbosity=2)
