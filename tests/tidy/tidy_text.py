"""Checks of single files: sizes, function lengths, columns, banned words, how headers begin."""

import re

from tidy_tree import Finding

OURS = ("include", "language", "daemon", "plugins")
MAX_LINES, MAX_TEST_LINES, MAX_MEDIAN, MAX_P95 = 400, 500, 120, 300
MAX_FUNCTION_LINES = 70
MAX_COLUMNS = 100


def _written_by_hand(tree):
    return [s for s in tree.sources.values() if s.is_cpp or s.path.endswith(".py")]


def check_sizes(tree):
    findings, lengths = [], []
    sources = _written_by_hand(tree)
    for source in sources:
        limit = MAX_TEST_LINES if source.is_test else MAX_LINES
        if len(source.lines) > limit:
            findings.append(Finding(source.path, limit + 1, f"{len(source.lines)} lines, at most "
                                    f"{limit}; split it by what its parts are about"))
        if source.is_cpp and not source.is_test:
            lengths.append(len(source.lines))
    lengths.sort()
    if lengths:
        for name, share, limit in (("median", 0.5, MAX_MEDIAN), ("p95", 0.95, MAX_P95)):
            value = lengths[min(len(lengths) - 1, int(share * len(lengths)))]
            if value > limit:
                findings.append(Finding("(all sources)", 0, f"the {name} of file lengths is "
                                        f"{value} lines, at most {limit}"))
    return findings, len(sources)


_SCOPE = re.compile(r"^(?:\w+\s+)*?(namespace|class|struct|union|enum|extern)\b")
_TEMPLATE = re.compile(r"^\s*template\s*<[^;{}]*?>\s*(?=[A-Za-z_\[])")


def _opens_scope(head):
    head = head.strip()
    while True:
        shorter = _TEMPLATE.sub("", head, count=1)
        if shorter == head:
            break
        head = shorter
    head = re.sub(r"\b(alignas|__attribute__)\s*\([^()]*\)|\[\[[^\]]*\]\]", "", head).strip()
    match = _SCOPE.match(head)
    return bool(match) and "(" not in head


def _opens_initializer(head):
    """A table, `kNames = {` or `kNames{`, rather than a body. A body's head has a parameter list,
    or is empty behind a braced member initialiser."""
    head = head.strip()
    return bool(head) and not head.startswith(",") and (head.endswith(("=", "return"))
                                                        or "(" not in head)


def function_bodies(code):
    """(first line, last line) of each outermost function body, by counting braces."""
    code = re.sub(r"^[ \t]*#(?:\\\n|[^\n])*", lambda m: "\n" * m.group(0).count("\n"), code,
                  flags=re.M)
    bodies, stack, head, line = [], [], "", 1
    for char in code:
        if char == "{":
            outer = all(kind == "scope" for kind, _ in stack)
            if outer and _opens_scope(head):
                stack.append(("scope", line))
            elif outer and not _opens_initializer(head):
                stack.append(("body", line))
            else:
                stack.append(("other", line))
            head = ""
        elif char == "}":
            if stack:
                kind, first = stack.pop()
                if kind == "body":
                    bodies.append((first, line))
            head = ""
        elif char == ";":
            head = ""
        else:
            head += char
        line += char == "\n"
        if char == ":" and re.search(r"\b(public|private|protected)\s*:$", head):
            head = ""
    return bodies


def check_functions(tree):
    findings, seen = [], 0
    for source in tree.cpp():
        for first, last in function_bodies(source.code):
            seen += 1
            length = last - first + 1
            if length > MAX_FUNCTION_LINES:
                findings.append(Finding(source.path, first, f"a function of {length} lines, at "
                                        f"most {MAX_FUNCTION_LINES}; name its steps"))
    return findings, seen


def check_columns(tree):
    findings = []
    sources = _written_by_hand(tree)
    for source in sources:
        for number, line in enumerate(source.lines, 1):
            if len(line) > MAX_COLUMNS:
                findings.append(Finding(source.path, number, f"{len(line)} columns, at most "
                                        f"{MAX_COLUMNS}"))
    return findings, len(sources)


MONEY = ("include/accrue", "language", "daemon/engine", "daemon/ledger", "plugins/rules")
DOOR = ("include/accrue/plugin.hpp", "include/accrue/plugin_abi.h", "daemon/host")

# (what, pattern, folders it is banned in, files that may, what to write instead)
BANNED = (
    # A notifier speaks to the world now: receivers check the time a message was signed.
    ("system_clock::now", r"\bsystem_clock\s*::\s*now\b|\bgettimeofday\b|\bstd::time\s*\(", OURS,
     ("daemon/clock.cpp", "plugins/notifiers"), "take the time from daemon/clock.hpp, handed in"),
    # Owned at once, as a private constructor needs it, is not raw: unique_ptr<T>(new T(…)).
    ("raw new", r"(?P<owned>_ptr<[^;{}]*>\s*\w*\s*\(\s*)?(?<!operator )\bnew\s+(\(|[A-Za-z_:])",
     OURS, DOOR, "std::make_unique"),
    ("raw delete", r"(?<!=\s)(?<!operator )\bdelete\b(\s*\[\s*\])?\s*[A-Za-z_(*]", OURS, DOOR,
     "std::unique_ptr"),
    ("std::cout", r"\bstd::(cout|cerr|clog)\b", OURS, ("daemon/cli", "daemon/main.cpp"),
     "the log (daemon/log.hpp), or a value returned to whoever prints"),
    ("floating point", r"\b(double|float)\b", MONEY, (), "Money, Points or Decimal"),
    ("detach", r"(\.|->)detach\s*\(", OURS, (), "a std::jthread that somebody joins"),
    ("sleep", r"\b(sleep_for|sleep_until|usleep|nanosleep)\b", OURS, (),
     "a condition variable's wait_for, so that stopping does not wait"),
    ("throw", r"\bthrow\b", OURS, (), "Result<T>, or ACCRUE_ASSERT for a bug"),
    ("assert", r"(?<![\w.])assert\s*\(", OURS, (), "ACCRUE_ASSERT, which stays on in release"),
    ("a vague type name",
     r"\b(class|struct|enum|union|using|concept)\s+\w*"
     r"(Manager|Helper|Handler|Processor|Utils?|Impl)\b",
     OURS + ("tests", "bench"), (), "the noun of the business that it is"),
    ("using namespace in a header", r"\busing\s+namespace\b", OURS, (),
     "the names you need, one by one"),
)
_NOTE = re.compile(r"\b(%s)\b" % "|".join(("TO" + "DO", "FIX" + "ME", "HA" + "CK")))


def check_words(tree):
    findings = []
    for source in tree.sources.values():
        for number, line in enumerate(source.lines, 1):
            match = _NOTE.search(line)
            if match:
                findings.append(Finding(source.path, number, f"{match.group(0)}: do it, or write "
                                        "an issue"))
    sources = tree.cpp()
    for source in sources:
        for what, pattern, folders, allowed, instead in BANNED:
            if not source.under(*folders) or (allowed and source.under(*allowed)):
                continue
            if "in a header" in what and not source.is_header:
                continue
            for match in re.finditer(pattern, source.code):
                if match.groupdict().get("owned"):
                    continue
                line = source.code.count("\n", 0, match.start()) + 1
                findings.append(Finding(source.path, line, f"{what}; use {instead}"))
    return findings, len(sources)


def check_headers(tree):
    """Each header says at its top what it is, and is guarded."""
    findings = []
    headers = [s for s in tree.cpp(*OURS, "tests", "bench") if s.is_header]
    for source in headers:
        lines = source.lines
        opening = 0
        while opening < len(lines) and lines[opening].startswith(("//", "/*", " *")):
            opening += 1
        if opening == 0:
            findings.append(Finding(source.path, 1, "begin with a comment: what it is, why, which "
                                    "thread may call it"))
        elif opening > 8:
            findings.append(Finding(source.path, 9, f"an opening comment of {opening} lines, at "
                                    "most 8; the rest belongs in docs/"))
        guarded = "#pragma once" in source.text or (
            source.path.endswith(".h") and re.search(r"#ifndef (\w+)\s*\n\s*#define \1\b",
                                                     source.text))
        if not guarded:
            findings.append(Finding(source.path, 1, "write #pragma once (C headers: a guard)"))
    return findings, len(headers)
