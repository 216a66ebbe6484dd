"""What operators and tills rely on from day to day: keys and scopes, answers given twice, returns
of a named sale, contact data that lies nowhere in clear, an end that loses nothing."""
import base64
import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(__file__))
from harness import *  # noqa: E402,F403


def sale(name, lines=((1, "10.00"),), member="M1", time="2026-01-06T10:00:00Z"):
    return {"id": name, "type": "sale", "member_id": member, "time": time, "currency": "GBP",
            "lines": [{"sku": "A", "quantity": quantity, "unit_price": price}
                      for quantity, price in lines]}


def goods_return(name, of, lines, member="M1"):
    return {"id": name, "type": "return", "member_id": member, "time": "2026-01-07T10:00:00Z",
            "of": of, "lines": [{"line": line, "quantity": quantity} for line, quantity in lines]}


class WithDaemon(unittest.TestCase):
    settings = None

    def setUp(self):
        self.daemon = Daemon(settings=self.settings)
        self.addCleanup(self.daemon.close)

    def post(self, transaction, key=None):
        return self.daemon.call("POST", "/v1/transactions", transaction, key=key)

    def balance(self, member="M1"):
        card = self.daemon.call("GET", "/v1/members/" + member)[1]
        return card["balances"]["points"]["available"]


class Keys(WithDaemon):
    SCOPES = ("till", "marketer", "admin")

    def setUp(self):
        super().setUp()
        path = os.path.join(self.daemon.folder, "keys")
        with open(path, "w") as out:
            out.write("# who may call\n\n")
            for scope in self.SCOPES:
                digest = hashlib.sha256(("key-of-" + scope).encode()).hexdigest()
                out.write("%s %s the %s\n" % (digest, scope, scope))
        self.daemon.settings = {"http": {"api_keys": path}}

    def statuses(self, method, path, body=None):
        """By scope; None is a call without a key."""
        return {scope: self.daemon.call(method, path, body, key=scope and "key-of-" + scope)[0]
                for scope in (None,) + self.SCOPES}

    def test_each_scope_may_do_its_own_work(self):
        self.daemon.start()
        till = {None: 401, "till": 200, "marketer": 403, "admin": 200}
        marketer = {None: 401, "till": 403, "marketer": 200, "admin": 200}
        both = {None: 401, "till": 200, "marketer": 200, "admin": 200}
        self.assertEqual(till, self.statuses("POST", "/v1/transactions", sale("T-1")))
        self.assertEqual(till, self.statuses("PUT", "/v1/members/M1", {
            "id": "P-1", "time": "2026-01-06T10:00:00Z", "language": "en"}))
        self.assertEqual(both, self.statuses("POST", "/v1/quotes", sale("Q-1")))
        self.assertEqual(both, self.statuses("GET", "/v1/members/M1"))
        self.assertEqual(marketer, self.statuses("GET", "/v1/rules"))
        self.assertEqual(marketer, self.statuses("POST", "/v1/rules/reload"))
        self.assertEqual({200}, set(self.statuses("GET", "/livez").values()))
        self.assertEqual({200}, set(self.statuses("GET", "/readyz").values()))

    def test_a_wrong_key_is_told_so_and_does_nothing(self):
        self.daemon.start()
        for key in ("key-of-tilL", "key-of-til", "x" * 4000):
            status, problem = self.post(sale("T-1"), key=key)
            self.assertEqual((401, "urn:accrue:problem:unknown_key"), (status, problem["type"]))
        self.assertEqual("posted", self.post(sale("T-1"), key="key-of-till")[1]["status"])

    def refused_start(self, http):
        """What accrued says as it refuses to start with exit code 78, for good."""
        self.daemon.settings = {"http": http}
        self.daemon.start(wait=False)
        self.assertEqual(78, self.daemon.process.wait(timeout=PATIENCE_S))
        return self.daemon.log_text()

    def test_keys_are_required_beyond_loopback(self):
        for listen in ("0.0.0.0:0", "[::]:0", "192.0.2.1:0"):
            told = self.refused_start({"listen": listen})
            self.assertIn("http.listen", told)
            self.assertIn("http.api_keys", told)
            self.assertFalse(os.path.exists(self.daemon.data), "a refused start leaves nothing")

    def test_a_useless_keys_file_refuses_the_start_line_by_line(self):
        path = os.path.join(self.daemon.folder, "bad-keys")
        with open(path, "w") as out:
            out.write("# keys\nabc till shop\n%s cashier shop\n" % ("0" * 64))
        told = self.refused_start({"api_keys": path})
        self.assertIn(path + ":2", told)
        self.assertIn(path + ":3", told)
        self.assertIn("missing-keys", self.refused_start(
            {"api_keys": os.path.join(self.daemon.folder, "missing-keys")}))


class Answers(WithDaemon):
    def setUp(self):
        super().setUp()
        self.daemon.start()

    def test_an_id_has_one_answer_for_ever(self):
        status, first = self.post(sale("T-1"))
        self.assertEqual((200, "posted"), (status, first["status"]))
        self.post(sale("T-2"))
        for _ in range(2):
            status, again = self.post(sale("T-1"))
            self.assertEqual((200, "duplicate"), (status, again["status"]))
            self.assertEqual(dict(first, status="duplicate"), again)
            self.assertEqual(0, self.daemon.stop())
            self.daemon.start()
        self.assertEqual(20, self.balance())

    def test_a_statement_shows_what_was_answered_a_moment_ago(self):
        for number in range(300):
            name = "T-%d" % number
            seq = self.post(sale(name, member="M%d" % (number % 7)))[1]["seq"]
            page = self.daemon.call("GET", "/v1/members/M%d/entries?limit=1" % (number % 7))[1]
            self.assertEqual([name], [entry["id"] for entry in page["entries"]])
            status, entry = self.daemon.call("GET", "/v1/entries/%d" % seq)
            self.assertEqual((200, name), (status, entry["id"]))

    def test_another_content_by_a_known_id_is_a_conflict(self):
        self.post(sale("T-1"))
        for other in (sale("T-1", [(2, "10.00")]), sale("T-1", member="M2"),
                      sale("T-1", time="2026-01-06T10:00:01Z")):
            status, problem = self.post(other)
            self.assertEqual((409, "urn:accrue:problem:conflict"), (status, problem["type"]))
            self.assertEqual("/id", problem["errors"][0]["pointer"])
        self.assertEqual(10, self.balance())
        self.assertEqual(404, self.daemon.call("GET", "/v1/members/M2")[0])
        # The same content, written otherwise, is the same.
        text = json.dumps(sale("T-1"), indent=2, sort_keys=True)
        self.assertEqual("duplicate", self.post(text)[1]["status"])

    def test_a_return_takes_back_exactly_what_its_lines_earned(self):
        # 18.69 in all earn 18; 6 of 15.30, then 1 of 3.39.
        self.assertEqual(18, self.earned(sale("T-1", [(6, "2.55"), (1, "3.39")])))
        parts = [goods_return("R-1", "T-1", [(1, 2)]), goods_return("R-2", "T-1", [(2, 1)]),
                 goods_return("R-3", "T-1", [(1, 4)])]
        taken = [self.reversed(part) for part in parts]
        self.assertEqual(18, sum(taken), taken)
        self.assertEqual(0, self.balance())
        self.assertEqual("duplicate", self.post(parts[0])[1]["status"])
        self.assertEqual(0, self.balance())

    def test_more_than_was_bought_cannot_come_back(self):
        self.post(sale("T-1", [(3, "10.00"), (1, "5.00")]))
        self.assertEqual(20, self.reversed(goods_return("R-1", "T-1", [(1, 2)])))
        for name, lines in (("R-2", [(1, 2)]), ("R-3", [(2, 2)]), ("R-4", [(3, 1)]),
                            ("R-5", [(1, 1), (2, 2)])):
            self.refused(goods_return(name, "T-1", lines))
        # A restart remembers what has come back.
        self.assertEqual(0, self.daemon.stop())
        self.daemon.start()
        self.refused(goods_return("R-6", "T-1", [(1, 2)]))
        self.assertEqual(15, self.balance())
        self.assertEqual(10, self.reversed(goods_return("R-7", "T-1", [(1, 1)])))

    def test_a_return_of_an_unknown_or_another_members_sale_is_refused(self):
        self.post(sale("T-1"))
        self.refused(goods_return("R-1", "T-9", [(1, 1)]), "T-9")
        self.refused(goods_return("R-2", "T-1", [(1, 1)], member="M2"))
        self.assertEqual(10, self.balance())

    def earned(self, transaction):
        return self.post(transaction)[1]["points"]["points"]["earned"]

    def reversed(self, transaction):
        status, answer = self.post(transaction)
        self.assertEqual(200, status, answer)
        return answer["points"].get("points", {}).get("reversed", 0)

    def refused(self, transaction, named=""):
        before = self.balance()
        status, problem = self.post(transaction)
        self.assertEqual(422, status, problem)
        self.assertIn(named, json.dumps(problem))
        self.assertEqual(before, self.balance())


class PersonalData(WithDaemon):
    CONTACT = {"name": "Zephyrine Quillfeather", "email": "zephyrine@quillfeather.example",
               "phone": "+447700900999", "address": "17 Marmalade Crescent, Wobbleton",
               "birth_date": "1984-02-29"}

    def forms(self):
        """Each planted word as bytes: as it is, and as it would lie in other codings."""
        words = [word for value in self.CONTACT.values() for word in (value, value.split(" ")[0])
                 if len(word) > 4]
        for word in words:
            yield word, word.encode()
            yield word + " in UTF-16", word.encode("utf-16-le")
            yield word + " in hex", word.encode().hex().encode()
            yield word + " in base64", base64.b64encode(word.encode())[:-4]

    def files(self):
        """All the daemon has written, the log too."""
        for folder, _, names in os.walk(self.daemon.folder):
            for name in names:
                path = os.path.join(folder, name)
                if path not in self.sources and os.path.isfile(path):
                    with open(path, "rb") as data:
                        yield path, data.read()

    def found(self):
        forms = list(self.forms())
        return [(path, what) for path, data in self.files() for what, form in forms
                if form in data]

    def test_contact_data_lies_nowhere_in_clear(self):
        self.sources = set()
        feed = os.path.join(self.daemon.folder, "feed.ndjson")
        self.sources.add(feed)
        member = {"id": "P-2", "type": "member", "member_id": "M2", "language": "en",
                  "time": "2026-01-06T10:00:00Z", "contact": self.CONTACT}
        bad = dict(member, id="P-3", member_id="M3", contact=dict(self.CONTACT, birth_date="soon"))
        with open(feed, "w") as out:
            out.write(json.dumps(member) + "\n")
        self.daemon.feeds = [ndjson_feed(feed)]
        self.daemon.notifiers = [{"name": "log", "plugin": "log", "path": os.path.join(
            self.daemon.folder, "notices.ndjson")}]
        self.daemon.program = os.path.join(ROOT, "rules", "grocer")
        self.daemon.start()
        change = {"id": "P-1", "time": "2026-01-06T10:00:00Z", "contact": self.CONTACT}
        status, answer = self.daemon.call("PUT", "/v1/members/M1", change)
        self.assertEqual((200, "posted"), (status, answer["status"]))
        self.assertEqual(422, self.post(bad)[0])
        self.post(sale("T-1", [(1, "20.00")]))
        status, again = self.daemon.call("PUT", "/v1/members/M1", change)
        self.assertEqual((200, "duplicate"), (status, again["status"]), "sealed to the same bytes")
        shown = self.daemon.call("GET", "/v1/members/M1")[1]
        self.assertEqual(sorted(self.CONTACT), sorted(shown["contact_fields"]))
        self.assertNotIn("Zephyrine", json.dumps(shown))
        self.daemon.wait_posted(4)
        self.assertEqual([], self.found())
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(0, self.daemon.stop())
        self.assertEqual([], self.found())
        # Only month and day of the birth date are told to rules.
        self.assertEqual("02-29", shown["attributes"].get("birthday"))


class Occupied(WithDaemon):
    """Starts that fail, and what they tell systemd: what can pass is tried again."""

    def ends_with(self):
        self.daemon.start(wait=False)
        return self.daemon.process.wait(timeout=PATIENCE_S), self.daemon.log_text()

    def test_a_port_in_use_is_worth_another_start(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            self.daemon.settings = {"http": {"listen": "127.0.0.1:%d" % port}}
            code, told = self.ends_with()
            self.assertEqual(75, code, told)
            self.assertIn("127.0.0.1:%d" % port, told)
        self.daemon.start()

    def test_a_notifier_that_cannot_be_made_is_named_with_its_place(self):
        for more in ({}, {"secret_file": "/nowhere"}):
            self.daemon.notifiers = [dict(more, name="shop", plugin="webhook",
                                          url="https://shop.example/")]
            code, told = self.ends_with()
            self.assertEqual(78, code, told)
            self.assertRegex(told, r"accrued\.json:[0-9]+:[0-9]+: ")
            self.assertRegex(told, r"notifier shop: .*secret_file: ")


CAN_MOUNT = os.geteuid() == 0 and subprocess.run(
    ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode == 0


@unittest.skipUnless(CAN_MOUNT, "LEFT OUT: mounting a small file system needs root and unshare(1)")
class FullDisk(WithDaemon):
    """What operators and systemd are told; the data folder is a file system of 24 MiB."""

    def start_with(self, taken_mib, wait=True):
        """With so much of it taken by somebody else."""
        self.daemon.write_config()
        os.makedirs(self.daemon.data)
        self.daemon.log_path = os.path.join(self.daemon.folder, "log")
        self.hog = os.path.join(self.daemon.data, "hog")
        script = ("mount -t tmpfs -o size=24m tmpfs '%s' && head -c %dM /dev/zero >'%s'; "
                  "exec '%s' --config '%s'" % (self.daemon.data, taken_mib, self.hog, ACCRUED,
                                               self.daemon.config))
        with open(self.daemon.log_path, "w") as log:
            self.daemon.process = subprocess.Popen(["unshare", "-m", "sh", "-c", script],
                                                   stderr=log)
        if wait:
            self.daemon.wait_ready()

    def numbers(self):
        return self.daemon.metric("accrue_ready"), self.daemon.metric("accrue_storage_full")

    def test_is_shown_and_logged_once_and_is_over_when_there_is_room(self):
        self.start_with(19)
        wait_until(lambda: self.numbers() == (0, 1), lambda: str(self.numbers()), 0.1)
        self.assertEqual(503, self.daemon.call("GET", "/readyz")[0])
        self.assertEqual(507, self.post(sale("T-1"))[0])
        time.sleep(2.5)
        self.assertEqual(1, self.daemon.log_text().count("storage full"))
        # The file system is seen only by the daemon and what enters its namespace.
        subprocess.run(["nsenter", "-m", "-t", str(self.daemon.process.pid), "rm", self.hog],
                       check=True)
        wait_until(lambda: self.numbers() == (1, 0), lambda: str(self.numbers()), 0.1)
        self.assertIn("there is space again", self.daemon.log_text())
        self.assertEqual(200, self.post(sale("T-1"))[0])

    def test_that_lets_no_start_happen_is_worth_another_one(self):
        self.start_with(25, wait=False)
        code = self.daemon.process.wait(timeout=PATIENCE_S)
        self.assertEqual(74, code, self.daemon.log_text())


class Stopping(WithDaemon):
    """An end by SIGTERM in the middle of work."""

    def test_ends_within_seconds_and_loses_nothing(self):
        self.daemon.start()
        acknowledged, threads = [], []

        def till(number):
            connection = self.daemon.connect()
            try:
                for count in range(1, 1_000_000):
                    name = "T-%d-%d" % (number, count)
                    status, answer = self.daemon.call(
                        "POST", "/v1/transactions", sale(name, member="M%d" % number),
                        connection=connection)
                    if status != 200:
                        self.assertEqual(503, status, answer)
                        return
                    acknowledged.append(answer)
            except (OSError, http.client.HTTPException):
                return

        for number in range(4):
            threads.append(threading.Thread(target=till, args=(number,)))
            threads[-1].start()
        wait_until(lambda: len(acknowledged) > 300, "tills are not answered")
        began = time.time()
        self.assertEqual(0, self.daemon.stop())
        self.assertLess(time.time() - began, 10)
        for thread in threads:
            thread.join()
        report = self.daemon.data_tool("verify")
        self.assertEqual([], report["findings"])
        self.assertGreaterEqual(report["records"], len(acknowledged))
        # Everything journalled is posted at the end: a start finds nothing to catch up on.
        self.assertEqual(report["records"], report["applied"])
        self.daemon.start()
        for answer in acknowledged:
            again = self.post(sale(answer["id"], member=answer["member_id"]))[1]
            self.assertEqual(dict(answer, status="duplicate"), again)

    def test_a_silent_client_does_not_hold_it(self):
        self.daemon.start()
        connection = self.daemon.connect()
        connection.connect()
        connection.sock.sendall(b"POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\n")
        self.addCleanup(connection.close)
        began = time.time()
        self.assertEqual(0, self.daemon.stop())
        self.assertLess(time.time() - began, 10)


if __name__ == "__main__":
    unittest.main(verbosity=2)
