"""Documents in step with the tree: every folder of the daemon is explained, every link leads
somewhere."""

import posixpath
import re

from tidy_tree import Finding

ARCHITECTURE = "docs/ARCHITECTURE.md"
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")


def check_architecture(tree):
    text = tree.text(ARCHITECTURE)
    if text is None:
        return [Finding(ARCHITECTURE, 1, "is missing; it explains every folder of daemon/")], 1
    folders = sorted({p.split("/")[1] for p in tree.sources
                      if p.startswith("daemon/") and p.count("/") >= 2})
    findings = [Finding(ARCHITECTURE, 1, f"says nothing about daemon/{folder}")
                for folder in folders if not re.search(rf"(\bdaemon/|[`\s]){folder}/?[`\s/]", text)]
    return findings, len(folders)


def check_doc_links(tree):
    findings, seen = [], 0
    for source in tree.sources.values():
        if not source.path.endswith(".md"):
            continue
        seen += 1
        for number, line in enumerate(source.lines, 1):
            for target in _LINK.findall(line):
                if re.match(r"[a-z]+:", target) or target.startswith("#"):
                    continue
                path = posixpath.normpath(posixpath.join(posixpath.dirname(source.path),
                                                         target.split("#")[0]))
                if not tree.exists(path):
                    findings.append(Finding(source.path, number, f"{target} leads nowhere"))
    return findings, seen
