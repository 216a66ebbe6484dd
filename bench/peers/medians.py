#!/usr/bin/env -S python3 -B
"""Runs a bench that prints one JSON object several times and prints the median of every number.

    medians.py [--runs 5] [--json] [--name NAME] -- COMMAND...
"""

import argparse
import json
import statistics
import subprocess
import sys


def numbers(value, path=""):
    """{"a.b[0].c": 1.5, …} of everything in a JSON value that is a number."""
    if isinstance(value, dict):
        parts = [(f"{path}.{key}" if path else key, part) for key, part in value.items()]
    elif isinstance(value, list):
        parts = [(f"{path}[{name_of(part, place)}]", part) for place, part in enumerate(value)]
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        return {path: value}
    else:
        return {}
    found = {}
    for name, part in parts:
        found.update(numbers(part, name))
    return found


def name_of(part, place):
    """What tells the parts of a list apart: their own names, where they have some."""
    if not isinstance(part, dict):
        return place
    own = [str(part[key]) for key in ("engine", "rules", "group") if key in part]
    return " ".join(own) or place


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--name", help="what to call it")
    parser.add_argument("command", nargs="+")
    chosen = parser.parse_args()
    runs = [run(chosen.command) for _ in range(chosen.runs)]
    series = {}
    for one in runs:
        for name, number in numbers(one).items():
            series.setdefault(name, []).append(number)
    name = chosen.name or runs[0].get("bench", chosen.command[0])
    if chosen.json:
        print(json.dumps({"bench": name, "runs": chosen.runs, "medians": {
            key: statistics.median(found) for key, found in series.items()}}))
        return
    print(f"{name}: medians of {chosen.runs} runs (least, most)")
    for key, found in series.items():
        median = statistics.median(found)
        spread = "" if min(found) == max(found) else f"  ({min(found):,g}, {max(found):,g})"
        print(f"  {key:<50} {median:>14,g}{spread}")


if __name__ == "__main__":
    main()
