#!/usr/bin/env python3
"""Shows each check of tidy.py a small tree that is in order and one that is not: it must be silent
about the first and report the second, at the right place. Arguments: the checks that ctest runs."""

import sys
import unittest
from contextlib import redirect_stdout
from io import StringIO

import tidy
from tidy_text import function_bodies
from tidy_tree import Source, Tree

CTEST_CHECKS = []


def header(body="", comment="// What it is.\n// Any thread.\n"):
    return f"{comment}#pragma once\n{body}"


def findings_of(check, texts):
    with redirect_stdout(StringIO()):
        findings, seen = tidy.CHECKS[check](Tree(texts))
    return [f"{f.path}:{f.line}" for f in findings], seen


class EachCheck(unittest.TestCase):
    covered = set()

    def expect(self, check, good, bad, *places):
        EachCheck.covered.add(check)
        silent, seen = findings_of(check, good)
        self.assertEqual(silent, [], f"{check} complains about a tree that is in order")
        self.assertGreater(seen, 0)
        found, _ = findings_of(check, {**good, **bad})
        self.assertEqual(sorted(found), sorted(places), check)

    def test_layers(self):
        self.expect(
            "layers",
            {"daemon/ledger/post.cpp": '#include "ledger/post.hpp"\n#include "store/table.hpp"\n',
             "plugins/feeds/file/reader.cpp": '#include "reader.hpp"\n#include <accrue/feed.hpp>\n',
             "plugins/codecs/json/a.cpp": '#include "../problems.hpp"\n',
             "plugins/codecs/problems.cpp": '#include "problems.hpp"\n',
             "daemon/main.cpp": '#include "http/server.hpp"\n',
             "language/money.cpp": '#include "table.hpp"\n#include <accrue/money.hpp>\n'},
            {"daemon/ledger/up.cpp": '\n#include "pipeline/desk.hpp"\n',
             "daemon/ledger/sibling.cpp": '#include "outbox/relay.hpp"\n',
             "daemon/util/x.cpp": '#include "util/x.hpp"\n',
             "daemon/ledger/odd.cpp": '#include "../store/table.hpp"\n',
             "plugins/feeds/file/spy.cpp": '#include "ledger/post.hpp"\n',
             "plugins/feeds/file/other.cpp": '#include "../../codecs/json/number.hpp"\n',
             "plugins/feeds/shared.cpp": '#include "file/reader.hpp"\n',
             "include/accrue/bad.hpp": '#include "engine/rule.hpp"\n',
             "language/bad.cpp": '#include "accrue/money.hpp"\n'},
            "daemon/ledger/up.cpp:2", "daemon/ledger/sibling.cpp:1", "daemon/util/x.cpp:1",
            "daemon/ledger/odd.cpp:1", "plugins/feeds/file/spy.cpp:1",
            "plugins/feeds/file/other.cpp:1", "plugins/feeds/shared.cpp:1",
            "include/accrue/bad.hpp:1", "language/bad.cpp:1")

    def test_links(self):
        self.expect(
            "links",
            {"daemon/ledger/CMakeLists.txt": "accrue_library(ledger LINKS accrue_store)\n",
             "daemon/store/CMakeLists.txt": "accrue_library(store LINKS accrue_digest)\n",
             "daemon/ledger/post.cpp": '#include "store/table.hpp"\n#include "digest/crc.hpp"\n'},
            {"daemon/config/CMakeLists.txt": "accrue_library(config LINKS accrue_ledger)\n",
             "daemon/ledger/scan.cpp": '#include "journal/reader.hpp"\n'},
            "daemon/config/CMakeLists.txt:1", "daemon/ledger/scan.cpp:1")

    def test_owners(self):
        self.expect(
            "owners",
            {"daemon/store/env.cpp": "#include <lmdb.h>\n",
             "daemon/log.cpp": "#include <spdlog/spdlog.h>\n",
             "plugins/notifiers/webhook/sign.cpp": "#include <openssl/hmac.h>\n"},
            {"daemon/ledger/env.cpp": "#include <lmdb.h>\n",
             "daemon/http/a.cpp": "#include <yaml-cpp/yaml.h>\n#include <spdlog/spdlog.h>\n",
             "daemon/cli/b.cpp": "#include <boost/beast/http.hpp>\n#include <boost/dll.hpp>\n",
             "language/c.cpp": "#include <openssl/evp.h>\n#include <prometheus/counter.h>\n",
             "daemon/engine/d.cpp": "#include <mustache.hpp>\n#include <CLI/CLI.hpp>\n"},
            "daemon/ledger/env.cpp:1", "daemon/http/a.cpp:1", "daemon/http/a.cpp:2",
            "daemon/cli/b.cpp:1", "daemon/cli/b.cpp:2", "language/c.cpp:1", "language/c.cpp:2",
            "daemon/engine/d.cpp:1", "daemon/engine/d.cpp:2")

    def test_sizes(self):
        self.expect(
            "sizes",
            {f"daemon/store/f{i}.cpp": "int x;\n" * 20 for i in range(40)}
            | {"tests/unit/store/t.cpp": "int x;\n" * 500},
            {"daemon/store/long.cpp": "int x;\n" * 401, "tests/unit/store/u.cpp": "int x;\n" * 501},
            "daemon/store/long.cpp:401", "tests/unit/store/u.cpp:501")
        self.expect("sizes", {"daemon/a.cpp": "int x;\n" * 120},
                    {f"daemon/m{i}.cpp": "int x;\n" * 121 for i in range(3)}, "(all sources):0")
        self.expect("sizes", {f"daemon/a{i}.cpp": "int x;\n" * 10 for i in range(9)},
                    {"daemon/b.cpp": "int x;\n" * 301}, "(all sources):0")

    def test_functions(self):
        body = "  step();\n"
        self.expect(
            "functions",
            {"daemon/a.cpp": "int f() {\n" + body * 68 + "}\n",
             "daemon/t.cpp": "constexpr int kTable[] = {\n" + "  1,\n" * 90 + "};\nint g() {}\n",
             "daemon/c.cpp": "class C {\n public:\n" + "  int f() { return 1; }\n" * 90 + "};\n"},
            {"daemon/b.cpp": "namespace x {\nint f() {\n" + body * 69 + "}\n}\n",
             "daemon/d.cpp": "D::D(int n)\n    : n_{n},\n      m_{n} {\n" + body * 69 + "}\n",
             "daemon/e.cpp": "template <class T>\nT e(T t) {\n" + body * 69 + "}\n"},
            "daemon/b.cpp:2", "daemon/d.cpp:3", "daemon/e.cpp:2")

    def test_columns(self):
        self.expect("columns", {"daemon/a.cpp": "x" * 100 + "\n"},
                    {"daemon/b.cpp": "\n" + "x" * 101 + "\n"}, "daemon/b.cpp:2")

    def test_words(self):
        good = {
            "daemon/clock.cpp": "auto t = std::chrono::system_clock::now();\n",
            "daemon/engine/a.cpp": "// a new double of it; throw it away\nA(const A&) = delete;\n"
                                   "auto s = \"throw new float\"; int million = 1'000'000;\n",
            "daemon/host/door.cpp": "auto* p = new Plugin();\n",
            "daemon/store/made.cpp": "return std::unique_ptr<Env>(new Env(path));\n"
                                    "std::shared_ptr<A<B>> a(\n    new A<B>);\n",
            "daemon/cli/out.cpp": "std::cout << 1;\n",
            "tests/a_test.cpp": "std::this_thread::sleep_for(1ms); double x = 1;\n"}
        bad_lines = {
            "daemon/engine/clock.cpp": "auto t = std::chrono::system_clock::now();",
            "daemon/store/new.cpp": "auto* p = new Thing();",
            "daemon/store/delete.cpp": "void f() { delete thing; }",
            "daemon/store/cout.cpp": "void f() { std::cout << 1; }",
            "include/accrue/money.hpp": "double amount = 0;",
            "plugins/rules/earning/spend.cpp": "float share = 0;",
            "daemon/outbox/detach.cpp": "void f() { thread.detach(); }",
            "daemon/outbox/sleep.cpp": "void f() { std::this_thread::sleep_for(1ms); }",
            "daemon/outbox/throw.cpp": "void f() { throw 1; }",
            "daemon/outbox/assert.cpp": "void f() { assert(true); }",
            "daemon/outbox/name.hpp": "class RelayManager;",
            "daemon/outbox/names.cpp": "struct JournalImpl {};",
            "daemon/outbox/space.hpp": "using namespace std;",
            "docs/notes.md": "TO" + "DO: write this"}
        self.expect("words", good, {path: f"\n{line}\n" for path, line in bad_lines.items()},
                    *(f"{path}:2" for path in bad_lines))

    def test_headers(self):
        self.expect(
            "headers",
            {"daemon/store/a.hpp": header(), "include/accrue/abi.h":
             "/* The door. */\n#ifndef ACCRUE_ABI_H\n#define ACCRUE_ABI_H\n#endif\n"},
            {"daemon/store/silent.hpp": header(comment=""),
             "daemon/store/open.hpp": "// What it is.\nint x;\n",
             "daemon/store/chatty.hpp": header(comment="// More.\n" * 9)},
            "daemon/store/silent.hpp:1", "daemon/store/open.hpp:1", "daemon/store/chatty.hpp:9")

    def test_duplication(self):
        def distinct(name, count):
            return "".join(f"int {name}_{i} = {i};\n" for i in range(count))
        copy = "".join(f"call_step_{i}(with, arguments);\n" for i in range(8))
        self.expect(
            "duplication",
            {"daemon/a.cpp": distinct("a", 50), "daemon/b.cpp": distinct("b", 50),
             "tests/a.cpp": distinct("c", 100) + "\n#include <x>\n}\n}\n" * 9},
            {"daemon/c.cpp": distinct("d", 20) + copy,
             "daemon/d.cpp": distinct("e", 10) + "// other words\n" + copy.replace(" ", "   ")},
            "daemon/c.cpp:21")
        self.expect("duplication", {"tests/a.cpp": distinct("a", 200)},
                    {"tests/b.cpp": copy * 2}, "tests/b.cpp:1")

    def test_architecture(self):
        self.expect("architecture",
                    {"docs/ARCHITECTURE.md": "`daemon/store/` keeps tables.\n",
                     "daemon/store/a.cpp": ""},
                    {"daemon/vault/a.cpp": ""}, "docs/ARCHITECTURE.md:1")
        missing, _ = findings_of("architecture", {"daemon/store/a.cpp": ""})
        self.assertEqual(missing, ["docs/ARCHITECTURE.md:1"])

    def test_doc_links(self):
        self.expect("doc_links",
                    {"docs/A.md": "[b](B.md#part) [web](https://example.com) [here](#part)\n",
                     "docs/B.md": "[tree](../daemon)\n", "daemon/a.cpp": ""},
                    {"docs/C.md": "\n[gone](D.md)\n"}, "docs/C.md:2")

    def test_zz_every_check_was_shown_a_violation_and_is_run_by_ctest(self):
        self.assertEqual(EachCheck.covered, set(tidy.CHECKS))
        self.assertEqual(CTEST_CHECKS, list(tidy.CHECKS))


class Reading(unittest.TestCase):
    def test_comments_and_literals_are_blanked_and_lines_stay(self):
        source = Source("a.cpp", 'int a = 1\'000; // new\n/* throw\n*/ auto s = R"(new\n)"; b\n')
        self.assertEqual(source.code, 'int a = 1\'000; \n\n auto s = "\n"; b\n')

    def test_a_lambda_belongs_to_its_function(self):
        code = ("void f() {\n  auto g = [&](int x) {\n    return x;\n  };\n}\n"
                "int h() { return 1; }\n")
        self.assertEqual(function_bodies(code), [(1, 5), (6, 6)])

    def test_an_empty_tree_is_nothing_to_look_at(self):
        for name in set(tidy.CHECKS) - {"architecture"}:
            self.assertEqual(findings_of(name, {}), ([], 0), name)


if __name__ == "__main__":
    CTEST_CHECKS = sys.argv[1:] or list(tidy.CHECKS)
    unittest.main(argv=sys.argv[:1])
