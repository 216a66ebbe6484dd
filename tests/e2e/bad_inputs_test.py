"""Bad input changes nothing and is told what is wrong with it: tables of inputs in bad_inputs/,
each with the status it must get, the place its answer must name, and the cure it must give.
`--show` prints every answer, to be read by people."""
import glob
import json
import os
import shutil
import string
import sys
import tempfile
import unittest

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__))]

from harness import ACCRUE, ACCRUED, BUILD, Daemon, csv_feed, ndjson_feed  # noqa: E402
from bad_inputs import (asking, feed_rows, http_rows, json_rows, program_rows,  # noqa: E402
                        start_rows)
from bad_inputs.asking import Guard, expect, lines_of, run, sale_of_five, wait_until  # noqa: E402

PLUGINS = os.path.join(BUILD, "plugins")
WRONG_DOORS = os.path.join(BUILD, "tests", "unit", "host", "plugins")
UNRULY = os.path.join(BUILD, "tests", "e2e", "bad_inputs", "plugins", "rule_unruly.so")


def write_program(folder, changes):
    """The good program with some files changed."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in {**program_rows.GOOD, **changes}.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(text if isinstance(text, bytes) else text.encode())


class OnADaemon(unittest.TestCase):
    """Rows that are sent to a running daemon; nothing they do may leave a trace."""

    LIMITS = {"http": {"header_s": 1, "body_s": 1}}
    # What returns may name, and what must not be named.
    BOUGHT = [{**sale_of_five("bought"), "lines": [{"sku": "B", "quantity": 3,
                                                    "unit_price": "2.00"}]},
              {**sale_of_five("brought-back"), "type": "return",
               "lines": [{"sku": "C", "quantity": 1, "unit_price": "1.00"}]}]

    def setUp(self):
        self.daemon = Daemon(settings=self.LIMITS).start()
        self.addCleanup(self.daemon.close)
        for transaction in self.BOUGHT:
            self.assertEqual(200, self.daemon.call("POST", "/v1/transactions", transaction)[0])
        self.guard = Guard(self.daemon)

    def test_http(self):
        for name, sent, status, place, cure in http_rows.ROWS:
            with self.subTest(name):
                expect(self, name, asking.ask_raw(self.daemon.port, sent), status, place, cure)
                self.guard.check(self)
        self.guard.check_state(self, self.BOUGHT)

    def test_json(self):
        for name, method, path, body, status, place, cure in json_rows.ROWS:
            with self.subTest(name):
                got, answer = self.daemon.call(method, path, body)
                expect(self, name, (got, lines_of(answer)), status, place, cure)
                self.guard.check(self)
        self.guard.check_state(self, self.BOUGHT)

    def test_batch(self):
        rows = json_rows.BATCH
        status, text = self.daemon.call("POST", "/v1/transactions",
                                        "\n".join(row[1] for row in rows), "application/x-ndjson")
        self.assertEqual(200, status)
        answers = [json.loads(line) for line in text.splitlines()]
        self.assertEqual(len(rows), len(answers))
        for number, ((name, _, status, place, cure), answer) in enumerate(zip(rows, answers), 1):
            with self.subTest(name or "good line %d" % number):
                if name is None:
                    self.assertEqual(status, answer["status"])
                    continue
                lines = ["line %d %s" % (answer["line"], line) for line in
                         lines_of(answer["problem"])]
                self.assertEqual(number, answer["line"])
                expect(self, name, (answer["status"], lines), status, place, cure)


class Starting(unittest.TestCase):
    """Starts that are refused: exit code, place, cure, and nothing recorded."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="accrue-bad-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.words = {"DATA": os.path.join(self.folder, "data"), "PLUGINS": PLUGINS,
                      "PROGRAM": os.path.join(self.folder, "program"),
                      "CONFIG": os.path.join(self.folder, "accrued.yaml")}
        write_program(self.words["PROGRAM"], {})
        self.write_settings("")

    def write_settings(self, text):
        whole = text if "$" in text else start_rows.BASE + text
        with open(self.words["CONFIG"], "w") as out:
            out.write(string.Template(whole).substitute(self.words))

    def fill(self, text):
        return string.Template(text).substitute(self.words)

    def refuse(self, name, place, cure):
        answer = run(ACCRUED, "--config", self.words["CONFIG"])
        expect(self, name, answer, 78, place, cure)
        if os.path.exists(os.path.join(self.words["DATA"], "ledger")):
            found = run(ACCRUE, "summary", "--data", self.words["DATA"], "--json",
                        "--allow-any-filesystem")
            self.assertEqual(0, json.loads("".join(found[1]))["transactions"], found)

    def test_settings(self):
        for name, text, place, cure in start_rows.SETTINGS:
            with self.subTest(name):
                self.write_settings(text)
                self.refuse(name, place, cure)

    def test_plugins(self):
        for name, wrong, place, cure in start_rows.PLUGINS:
            with self.subTest(name):
                self.words["PLUGINS"] = self.plugins_with(os.path.join(WRONG_DOORS, wrong))
                self.write_settings("")
                self.refuse(name, place, cure)

    def plugins_with(self, *files):
        folder = tempfile.mkdtemp(dir=self.folder)
        for source in [*glob.glob(PLUGINS + "/*.so"), *files]:
            shutil.copy(source, folder)
        return folder

    def test_plugin_files(self):
        folder = self.words["PLUGINS"] = self.plugins_with()
        self.write_settings("")
        wrong = os.path.join(folder, "rule_zzz.so")
        with open(wrong, "w") as out:
            out.write("#!/bin/sh\n")
        self.refuse("no library", wrong, "build it again")
        shutil.copy(os.path.join(PLUGINS, "rule_expiry.so"), wrong)
        self.refuse("plugin twice", "rule_zzz.so", "remove one")
        os.chmod(wrong, 0o777)
        self.refuse("world-writable", wrong, "chmod o-w")
        os.remove(wrong)
        os.symlink(os.path.join(PLUGINS, "rule_expiry.so"), wrong)
        self.refuse("a link", wrong, "put the plugin itself there")
        os.remove(wrong)
        os.chmod(folder, 0o777)
        self.refuse("world-writable folder", folder, "chmod o-w")

    def test_command_lines(self):
        for program, rows in ((ACCRUE, start_rows.TOOL), (ACCRUED, start_rows.DAEMON)):
            for name, arguments, code, place, cure in rows:
                with self.subTest(os.path.basename(program) + ": " + name):
                    answer = run(program, *[self.fill(a) for a in arguments])
                    expect(self, name, answer, code, self.fill(place), cure)


class Programs(unittest.TestCase):
    """Programs with a mistake: refused by `accrue check`, and by a daemon that goes on."""

    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)
        self.daemon.program = os.path.join(self.daemon.folder, "program")
        write_program(self.daemon.program, {})
        self.daemon.start()
        self.guard = Guard(self.daemon)

    def test_programs(self):
        rules = self.daemon.call("GET", "/v1/rules")
        for name, file, text, place, cure in program_rows.ROWS:
            with self.subTest(name):
                write_program(self.daemon.program, {file: text})
                where = file + ":" + place if place else file
                answer = run(ACCRUE, "check", self.daemon.program)
                expect(self, name, answer, 1, where, cure)
                status, answer = self.daemon.call("POST", "/v1/rules/reload")
                expect(self, name, (status, lines_of(answer)), 422, where, cure)
                self.assertEqual(rules, self.daemon.call("GET", "/v1/rules"))
                self.guard.check(self)
        write_program(self.daemon.program, {})
        self.guard.check_state(self, program=self.daemon.program)

    def test_all_mistakes_are_told_in_one_run(self):
        write_program(self.daemon.program, program_rows.SEVERAL)
        code, said = run(ACCRUE, "check", self.daemon.program)
        self.assertEqual(1, code, said)
        self.assertEqual(len(program_rows.TOLD) + 1, len(said), said)
        for line, (place, words) in zip(said, program_rows.TOLD):
            self.assertTrue(line.startswith(self.daemon.program + "/" + place + ": "), line)
            self.assertIn(words, line)
        self.assertEqual("accrue: %s has 6 problems" % self.daemon.program, said[-1])


class Feeds(unittest.TestCase):
    """Lines a file feed cannot read: kept in quarantine with line and reason, the rest recorded."""

    def play(self, feed, header, rows):
        lines, wanted = list(header), []
        for row in rows:
            wanted.append((len(lines) + 1 + row[2], row))
            lines += [part if isinstance(part, bytes) else part.encode()
                      for part in (row[1].split("\n") if isinstance(row[1], str) else [row[1]])]
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"\n".join(line if isinstance(line, bytes) else line.encode()
                                  for line in lines) + b"\n")
            file.flush()
            daemon = Daemon(feeds=[{**feed, "path": file.name}])
            self.addCleanup(daemon.close)
            daemon.write_config()
            code, said = run(ACCRUED, "--config", daemon.config, "--until-fed")
        self.assertEqual(0, code, said)
        found = daemon.data_tool("summary")
        self.assertEqual(sum(1 for row in rows if row[0] is None), found["transactions"])
        kept = {}
        for path in glob.glob(daemon.data + "/**/quarantine/*.ndjson", recursive=True):
            with open(path) as lines:
                kept = {entry["line"]: entry for entry in map(json.loads, lines)}
        for line, (name, _, _, place, cure) in wanted:
            if name is not None:
                with self.subTest(name):
                    self.assertIn(line, kept)
                    entry = kept.pop(line)
                    texts = [entry["reason"]] + ["%s: %s" % (p["pointer"], p["detail"])
                                                 for p in entry["problems"]]
                    expect(self, name, ("quarantine", texts), "quarantine", place, cure)
        self.assertEqual({}, kept)

    def test_ndjson(self):
        self.play(ndjson_feed(""), [], feed_rows.NDJSON)

    def test_csv(self):
        self.play(csv_feed(""), [feed_rows.CSV_HEADER], feed_rows.CSV)


class UnrulyPlugins(unittest.TestCase):
    """Rule types that throw or propose nonsense cost their own proposal and nothing else."""

    KINDS = {"throws": "threw a fit", "throws_a_number": "threw something",
             "negative": "award outside 0 to", "absurd": "award outside 0 to",
             "wrong_sum": "do not sum", "too_many_lines": "other lines",
             "overflowing_lines": "points outside", "long_reason": "over 512 bytes",
             "offer_of_the_past": "over when it is made", "offer_below_zero": "offer outside 1 to"}

    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)
        self.plugins = os.path.join(self.daemon.folder, "plugins")
        os.mkdir(self.plugins)
        for source in [*glob.glob(PLUGINS + "/*.so"), UNRULY]:
            shutil.copy(source, self.plugins)
        self.daemon.settings = {"plugins": {"folder": self.plugins}}
        self.daemon.program = os.path.join(self.daemon.folder, "program")

    def faults(self):
        text = self.daemon.call("GET", "/metrics")[1]
        counts = [line.rsplit(" ", 1)[1] for line in text.splitlines()
                  if line.startswith('accrue_plugin_faults_total{plugin="unruly"')]
        return int(float(counts[0])) if counts else 0

    def test_evaluate(self):
        rules = "".join("  - id: %s\n    type: unruly.%s\n" % (kind.replace("_", "-"), kind)
                        for kind in self.KINDS)
        write_program(self.daemon.program, {"unruly.yaml": "rules:\n" + rules})
        self.daemon.start()
        guard = Guard(self.daemon)
        guard.check(self)  # Five points for five pounds: the base rule's and no other.
        wait_until(self, lambda: self.faults() == 2 * len(self.KINDS))
        for kind, what in self.KINDS.items():
            with self.subTest(kind):
                told = [line for line in self.daemon.log_text().splitlines()
                        if kind.replace("_", "-") in line and what in line]
                self.assertTrue(told, self.daemon.log_text())

    def test_compile(self):
        write_program(self.daemon.program, {})
        self.daemon.start()
        guard = Guard(self.daemon)
        write_program(self.daemon.program, {
            "unruly.yaml": "rules:\n  - id: fit\n    type: unruly.throws_in_compile\n"})
        status, answer = self.daemon.call("POST", "/v1/rules/reload")
        expect(self, "throws in compile", (status, lines_of(answer)), 422, "unruly.yaml:2:5",
               "threw a fit")
        guard.check(self)


class Damage(unittest.TestCase):
    """Data folders in use, or damaged: refused with the place, and not touched."""

    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.close)
        for number in range(50):
            self.daemon.call("POST", "/v1/transactions", sale_of_five("d-%d" % number))

    def contents(self):
        return {path: open(path, "rb").read()
                for path in glob.glob(self.daemon.data + "/journal/*") if os.path.isfile(path)}

    def start_again(self):
        return run(ACCRUED, "--config", self.daemon.config)

    def verify(self):
        return run(ACCRUE, "verify", "--data", self.daemon.data, "--allow-any-filesystem")

    def test_folder_in_use(self):
        before = self.daemon.call("GET", "/v1/members/M1")
        expect(self, "in use", self.start_again(), 75, self.daemon.data, "another")
        answer = run(ACCRUE, "rebuild", "--data", self.daemon.data, "--allow-any-filesystem")
        expect(self, "rebuild in use", answer, 2, self.daemon.data, "another")
        self.assertEqual(before, self.daemon.call("GET", "/v1/members/M1"))

    def test_journal_with_a_flipped_bit(self):
        self.daemon.stop()
        segment = max(self.contents(), key=lambda path: len(self.contents()[path]))
        with open(segment, "r+b") as file:
            middle = len(file.read().rstrip(b"\0")) // 2
            file.seek(middle)
            byte = file.read(1)[0]
            file.seek(middle)
            file.write(bytes([byte ^ 4]))
        before = self.contents()
        expect(self, "start", self.start_again(), 65, os.path.basename(segment), "backup")
        expect(self, "verify", self.verify(), 1, os.path.basename(segment), "backup")
        self.assertEqual(before, self.contents())

    def test_ledger_with_a_flipped_bit(self):
        self.daemon.stop()
        known = self.daemon.state_hash()
        path = os.path.join(self.daemon.data, "ledger", "data.mdb")
        with open(path, "r+b") as file:
            text = file.read()
            # Pages of earlier commits hold it too: nobody knows from outside which one counts.
            file.seek(0)
            file.write(text.replace(b"d-25", b"d-95"))
        expect(self, "verify", self.verify(), 1, "", "accrue rebuild")
        self.daemon.tool("rebuild", "--data", self.daemon.data, "--allow-any-filesystem")
        self.assertEqual(known, self.daemon.state_hash())


if __name__ == "__main__":
    unittest.main(argv=[a for a in sys.argv if a != "--show"])
