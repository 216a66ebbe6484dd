#!/usr/bin/env python3
"""Holds the tree in shape: layers, owners of libraries, sizes, words, copies, documents.

    tidy.py [--root FOLDER] [--list] [check…]

Prints one line a finding, `path:line: what, and what to do`, and fails when there is any. There is
no list of exemptions. A check that found nothing to look at has not run, and fails too."""

import argparse
import os
import sys

from tidy_docs import check_architecture, check_doc_links
from tidy_duplication import check_duplication
from tidy_layers import check_layers, check_links, check_owners
from tidy_text import (check_columns, check_functions, check_headers, check_sizes, check_words)
from tidy_tree import Tree

CHECKS = {
    "layers": check_layers,
    "links": check_links,
    "owners": check_owners,
    "sizes": check_sizes,
    "functions": check_functions,
    "columns": check_columns,
    "words": check_words,
    "headers": check_headers,
    "duplication": check_duplication,
    "architecture": check_architecture,
    "doc_links": check_doc_links,
}


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="Holds the tree in shape.")
    parser.add_argument("--root", default=os.path.dirname(os.path.dirname(here)))
    parser.add_argument("--list", action="store_true", help="print the names of the checks")
    parser.add_argument("checks", nargs="*", metavar="check")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(CHECKS))
        return 0
    unknown = set(arguments.checks) - set(CHECKS)
    if unknown:
        parser.error(f"no such check: {', '.join(sorted(unknown))}")
    tree = Tree.read(arguments.root)
    bad = 0
    for name in arguments.checks or CHECKS:
        findings, seen = CHECKS[name](tree)
        if seen == 0:
            print(f"{name}: found nothing to check under {arguments.root}; that is a failure")
            bad += 1
        for finding in findings:
            print(f"{finding} [{name}]")
        bad += len(findings)
        print(f"{name}: {seen} looked at, {len(findings)} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
