"""Copied code: the share of lines that lie in a window of six lines found elsewhere as well."""

import re
from collections import defaultdict

from tidy_tree import Finding

WINDOW = 6
MAX_PERCENT = {"code": 2.0, "tests": 5.0}
_IGNORED = re.compile(r"^(#.*|using .*;|(inline )?namespace .*|extern \"\" \{|[{}()\[\];,]*|"
                      r"(public|private|protected):)$")


def meaningful_lines(source):
    """(line number, normalised text) of lines that say something."""
    found = []
    for number, line in enumerate(source.code.splitlines(), 1):
        text = re.sub(r"\s+", " ", line).strip()
        if not _IGNORED.match(text):
            found.append((number, text))
    return found


def duplicated(sources):
    """(lines counted, lines in copies, [(path, line, path, line, copied lines)])."""
    windows = defaultdict(list)
    lines = {}
    for source in sources:
        kept = lines[source.path] = meaningful_lines(source)
        for start in range(len(kept) - WINDOW + 1):
            key = tuple(text for _, text in kept[start:start + WINDOW])
            windows[key].append((source.path, start))
    copied, pairs = set(), {}
    for places in windows.values():
        # A run of alike lines overlaps itself; a copy begins where the other one has ended.
        apart = [p for p in places[1:] if p[0] != places[0][0] or p[1] - places[0][1] >= WINDOW]
        if not apart:
            continue
        for path, start in [places[0]] + apart:
            copied.update((path, start + offset) for offset in range(WINDOW))
        for path, start in apart:
            pair = (places[0][0], path, start - places[0][1])
            first = pairs.setdefault(pair, [places[0][1], start, 0])
            first[2] += 1
    clones = [(a, lines[a][first][0], b, lines[b][second][0], count + WINDOW - 1)
              for (a, b, _), (first, second, count) in pairs.items()]
    clones.sort(key=lambda clone: -clone[4])
    return sum(len(kept) for kept in lines.values()), len(copied), clones


def check_duplication(tree):
    findings, seen = [], 0
    groups = {"code": [s for s in tree.cpp() if not s.is_test],
              "tests": [s for s in tree.cpp() if s.is_test]}
    for name, sources in groups.items():
        total, copied, clones = duplicated(sources)
        seen += len(sources)
        percent = 100.0 * copied / total if total else 0.0
        print(f"duplication: {name}: {copied} of {total} lines, {percent:.1f} %, "
              f"at most {MAX_PERCENT[name]:.0f} %")
        if percent > MAX_PERCENT[name]:
            findings += [Finding(a, at, f"{count} lines again at {b}:{there}; give them one home")
                         for a, at, b, there, count in clones[:40]]
    return findings, seen
