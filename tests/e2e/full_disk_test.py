"""A disk that fills up, truly: a small file system of its own, in a mount namespace that ends with
the test. New sales are refused with 507, everything else goes on, and nothing acknowledged is lost.
Needs root for the mount; left out, and said so, without.
"""
import os
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import *  # noqa: E402,F403

MEBIBYTE = 1 << 20
NAMESPACE = "ACCRUE_FULL_DISK_NAMESPACE"
LEFT_OUT = os.environ.get(NAMESPACE) != "1" and \
    "LEFT OUT: mounting a small file system needs root and unshare(1)"


def sale(number):
    return {"id": "T-%d" % number, "type": "sale", "member_id": "M%d" % (number % 50),
            "time": "2026-01-06T10:00:00Z", "currency": "GBP",
            "lines": [{"sku": "SKU-%d" % line, "quantity": 1, "unit_price": "3.50",
                       "description": "goods of line %d" % line} for line in range(8)]}


@unittest.skipIf(LEFT_OUT, LEFT_OUT)
class FullDisk(unittest.TestCase):
    MIB = 24

    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)
        os.mkdir(self.daemon.data)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dm" % self.MIB, "tmpfs",
                        self.daemon.data], check=True)
        self.addCleanup(subprocess.run, ["umount", "-l", self.daemon.data], check=False)
        self.recorded = []
        self.statuses = set()
        self.next = 0
        self.lock = threading.Lock()

    def path(self, name):
        return os.path.join(self.daemon.data, name)

    def take_space(self, name, leave):
        """A file of somebody else's, after which `leave` bytes are free."""
        space = os.statvfs(self.daemon.data)
        with open(self.path(name), "wb") as out:
            os.posix_fallocate(out.fileno(), 0, max(
                4096, space.f_bavail * space.f_frsize - leave))

    def sell(self, connection):
        with self.lock:
            number = self.next
            self.next += 1
        status = self.daemon.call("POST", "/v1/transactions", sale(number),
                                  connection=connection)[0]
        with self.lock:
            self.statuses.add(status)
            if status == 200:
                self.recorded.append(number)
        return status

    def sell_until_refused(self):
        """Four tills at once, each until it has been refused twenty times in a row."""
        def till():
            connection, refused = self.daemon.connect(), 0
            while refused < 20:
                refused = refused + 1 if self.sell(connection) == 507 else 0
            connection.close()
        tills = [threading.Thread(target=till) for _ in range(4)]
        for thread in tills:
            thread.start()
        for thread in tills:
            thread.join()

    def assert_reading_goes_on(self):
        self.assertIsNone(self.daemon.process.poll(), self.daemon.log_text())
        self.assertEqual(200, self.daemon.call("GET", "/v1/members/M0")[0])
        self.assertEqual(200, self.daemon.call("GET", "/v1/members/M0/entries")[0])
        self.assertEqual(200, self.daemon.call("POST", "/v1/quotes", sale(self.next))[0])
        self.assertEqual(200, self.daemon.call("GET", "/livez")[0])

    def wait_recording(self):
        def look():
            self.assertIsNone(self.daemon.process.poll(), self.daemon.log_text())
            connection = self.daemon.connect()
            status = self.sell(connection)
            connection.close()
            return status == 200
        wait_until(look, "no sale is recorded though there is space", pause_s=0.1)

    def assert_nothing_lost(self):
        """Every acknowledged sale is there, before and after a restart, and the books are sound."""
        def repeat():
            wait_until(lambda: self.daemon.call("GET", "/readyz")[0] == 200, "not ready")
            for first in range(0, len(self.recorded), 1000):
                numbers = self.recorded[first:first + 1000]
                body = "".join(json.dumps(sale(number)) + "\n" for number in numbers)
                status, text = self.daemon.call("POST", "/v1/transactions", body,
                                                kind="application/x-ndjson")
                self.assertEqual(200, status)
                told = [json.loads(line).get("status") for line in text.splitlines()]
                self.assertEqual(["duplicate"] * len(numbers), told)
        repeat()
        self.assertEqual(0, self.daemon.stop(), self.daemon.log_text())
        self.daemon.data_tool("verify")
        self.daemon.start()
        repeat()

    def test_new_sales_are_refused_and_reading_goes_on_until_there_is_space(self):
        self.take_space("ballast", self.MIB * MEBIBYTE * 3 // 4)
        self.daemon.start()
        self.sell_until_refused()
        self.assertEqual({200, 507}, self.statuses)
        self.assertGreater(len(self.recorded), 100)
        self.assert_reading_goes_on()
        # What was recorded is known, room or not.
        status, answer = self.daemon.call("POST", "/v1/transactions", sale(self.recorded[0]))
        self.assertEqual((200, "duplicate"), (status, answer.get("status")))
        os.remove(self.path("ballast"))
        self.wait_recording()
        self.assert_nothing_lost()

    def sell_batches(self, ended):
        """Much at once, so that much is on its way whenever the disk fills up."""
        while not ended.is_set():
            numbers = range(self.next, self.next + 1000)
            self.next += 1000
            body = "".join(json.dumps(sale(number)) + "\n" for number in numbers)
            status, text = self.daemon.call("POST", "/v1/transactions", body,
                                            kind="application/x-ndjson")
            self.assertEqual(200, status)
            for line in text.splitlines():
                answer = json.loads(line)
                if answer.get("status") == "posted":
                    self.recorded.append(int(answer["id"][2:]))
                else:
                    self.statuses.add(answer.get("problem", answer).get("status"))
            if 507 in self.statuses:
                time.sleep(0.1)

    def test_somebody_else_may_fill_the_disk_while_much_is_on_its_way(self):
        self.take_space("ballast", self.MIB * MEBIBYTE * 3 // 4)
        self.daemon.start()
        self.wait_recording()
        self.daemon.call("GET", "/v1/members/M0/entries")  # Waits until it is posted.
        ended = threading.Event()
        self.addCleanup(ended.set)
        batches = threading.Thread(target=self.sell_batches, args=(ended,),
                                   daemon=True)
        batches.start()
        for turn in range(5):
            before = len(self.recorded)
            time.sleep(0.05 + 0.013 * turn)
            self.daemon.process.send_signal(signal.SIGSTOP)
            self.take_space("hog", 2 * MEBIBYTE)  # Some of what is kept for what is on its way.
            self.daemon.process.send_signal(signal.SIGCONT)
            wait_until(lambda: 507 in self.statuses, "nothing is refused on a full disk")
            time.sleep(0.5)
            self.assert_reading_goes_on()
            os.remove(self.path("hog"))
            space = os.statvfs(self.daemon.data)
            if space.f_bavail < space.f_blocks // 4 + 512:
                break  # Full of sales by now.
            wait_until(lambda: len(self.recorded) > before, "nothing is recorded any more")
            self.statuses.discard(507)
        ended.set()
        batches.join()
        os.remove(self.path("ballast"))
        self.assertLessEqual(self.statuses, {200, 507})
        self.assert_nothing_lost()

    def test_what_packing_gives_back_is_for_sales(self):
        self.take_space("ballast", self.MIB * MEBIBYTE * 3 // 4)
        self.daemon.settings = {"journal": {"segment_mb": 1, "pack": False}}
        self.daemon.start()
        self.sell_until_refused()
        self.assertEqual(0, self.daemon.stop(), self.daemon.log_text())
        self.daemon.settings["journal"]["pack"] = True
        self.daemon.start()
        self.wait_recording()
        self.assert_nothing_lost()

    def test_a_full_disk_ends_in_peace(self):
        self.take_space("ballast", self.MIB * MEBIBYTE * 3 // 4)
        self.daemon.start()
        self.sell_until_refused()
        self.take_space("hog", 0)
        self.assertEqual(0, self.daemon.stop(), self.daemon.log_text())
        os.remove(self.path("ballast"))
        os.remove(self.path("hog"))
        self.daemon.start()
        self.assert_nothing_lost()


class TinyDisk(FullDisk):
    MIB = 8


class SmallDisk(FullDisk):
    MIB = 40


if __name__ == "__main__":
    if LEFT_OUT and os.geteuid() == 0:
        probe = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
                               capture_output=True)
        if probe.returncode == 0:
            os.environ[NAMESPACE] = "1"
            os.execvp("unshare", ["unshare", "-m", sys.executable] + sys.argv)
    unittest.main(verbosity=2)
