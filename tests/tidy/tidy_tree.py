"""The tree as the checks see it: text files by path, and C++ sources with comments and literals
blanked, so that a check for a word does not stumble over a sentence about the word."""

import os
import re
from dataclasses import dataclass
from functools import cached_property

TOP = ("include", "language", "daemon", "plugins", "tests", "bench", "cmake", "scripts", "docs",
       "config", "rules")
TEXT = (".hpp", ".cpp", ".h", ".c", ".py", ".cmake", ".txt", ".md", ".fbs", ".yaml", ".in")
CPP = (".hpp", ".cpp", ".h", ".c")

_LITERALS = re.compile(
    r'R"(?P<mark>[^\s()\\]{0,16})\((?:.|\n)*?\)(?P=mark)"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'"  # not the separator of 1'000
    r"|//(?:\\\n|[^\n])*"
    r"|/\*(?:.|\n)*?\*/")


def _blank(match):
    text = match.group(0)
    kept = '"' if text[0] in "R\"" else ""
    return kept + "\n" * text.count("\n") + kept


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


@dataclass
class Source:
    path: str
    text: str

    @cached_property
    def lines(self):
        return self.text.splitlines()

    @cached_property
    def code(self):
        """The text without comments and with empty literals; lines stay where they are."""
        return _LITERALS.sub(_blank, self.text)

    @cached_property
    def includes(self):
        """(line, header, quoted) for each include."""
        found = []
        for number, line in enumerate(self.lines, 1):
            match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if match:
                found.append((number, match.group(2), match.group(1) == '"'))
        return found

    @property
    def is_cpp(self):
        return self.path.endswith(CPP)

    @property
    def is_header(self):
        return self.path.endswith((".hpp", ".h"))

    @property
    def is_test(self):
        return self.path.startswith(("tests/", "bench/")) or "/test/" in self.path \
            or "/tests/" in self.path

    def under(self, *folders):
        return any(self.path == f or self.path.startswith(f.rstrip("/") + "/") for f in folders)


class Tree:
    """Sources by path. Built from a folder, or from a dictionary in the self-test."""

    def __init__(self, texts, root=None):
        self.sources = {path: Source(path, text) for path, text in sorted(texts.items())}
        self.root = root

    @classmethod
    def read(cls, root):
        texts = {}
        for top in TOP:
            for folder, names, files in os.walk(os.path.join(root, top)):
                names[:] = [n for n in names if n not in ("__pycache__", "generated", "corpus")]
                for name in files:
                    path = os.path.join(folder, name)
                    if os.path.islink(path) or not cls._is_text(path, top):
                        continue
                    with open(path, encoding="utf-8") as file:
                        texts[os.path.relpath(path, root)] = file.read()
        for name in os.listdir(root):
            if name.endswith((".md", ".txt")):
                with open(os.path.join(root, name), encoding="utf-8") as file:
                    texts[name] = file.read()
        return cls(texts, root)

    @staticmethod
    def _is_text(path, top):
        return path.endswith(TEXT) or (top == "scripts" and "." not in os.path.basename(path))

    def cpp(self, *folders):
        return [s for s in self.sources.values()
                if s.is_cpp and (not folders or s.under(*folders))]

    def text(self, path):
        source = self.sources.get(path)
        return None if source is None else source.text

    def exists(self, path):
        if self.root is not None:
            return os.path.exists(os.path.join(self.root, path))
        return path in self.sources or any(p.startswith(path.rstrip("/") + "/")
                                           for p in self.sources)
