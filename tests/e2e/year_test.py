"""The real year gives the same books by every way in, and only once."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import *  # noqa: E402,F403


@needs_year
class Year(unittest.TestCase):
    hashes = {}

    def play(self, way, feeds=(), send=None):
        daemon = Daemon(feeds=feeds)
        self.addCleanup(daemon.close)
        daemon.start()
        if send:
            send(daemon)
        daemon.wait_posted(25900)
        daemon.stop()
        assert_year(self, daemon)
        report = daemon.data_tool("verify")
        self.assertEqual([], report["findings"])
        self.assertEqual(25900, report["records"])
        Year.hashes[way] = report["state_hash"]
        return daemon

    def test_ndjson_through_the_file_feed(self):
        self.play("feed", feeds=[ndjson_feed(year_ndjson())])

    def test_csv_through_the_file_feed(self):
        self.play("csv", feeds=[csv_feed(year_csv())])

    def send_batch(self, daemon, path=None):
        with open(path or year_ndjson(), "rb") as body:
            status, text = daemon.call("POST", "/v1/transactions", body.read(),
                                       "application/x-ndjson")
        self.assertEqual(200, status)
        return [json.loads(line) for line in text.splitlines()]

    def test_ndjson_batch_and_the_year_again_changes_nothing(self):
        def twice(daemon):
            self.assertEqual({"posted"}, {answer["status"] for answer in self.send_batch(daemon)})
            daemon.wait_posted(25900)
            before = daemon.state_hash()
            answers = self.send_batch(daemon)
            self.assertEqual(25900, len(answers))
            self.assertEqual({"duplicate"}, {answer["status"] for answer in answers})
            self.assertEqual(before, daemon.state_hash())
        self.play("batch", send=twice)

    def test_single_posts(self):
        def singly(daemon):
            connection = daemon.connect()
            with open(year_ndjson(), "rb") as lines:
                for line in lines:
                    status, answer = daemon.call("POST", "/v1/transactions", line,
                                                 connection=connection)
                    self.assertEqual((200, "posted"), (status, answer["status"]))
        self.play("single", send=singly)

    def test_z_all_ways_end_in_the_same_state(self):
        # Runs last. The CSV's own rows differ in how text is written, not in what was bought.
        same = {Year.hashes[way] for way in ("feed", "batch", "single") if way in Year.hashes}
        self.assertEqual(1, len(same), Year.hashes)


if __name__ == "__main__":
    unittest.main(verbosity=2)
