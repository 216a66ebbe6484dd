#!/usr/bin/env python3
"""Writes the rules of ../rules.md, any number of them: as JSON for the JavaScript engines, and as a
program for accrue with a test of the basket's points.

    make_rules.py --rules 20 [--json FILE] [--program FOLDER]
"""

import argparse
import json
import os

NO_SPEND = {"category": ["tobacco", "gift-card"]}

# Amounts are pence, times minutes of the day, dates yyyymmdd; from and until are both included.
BASE = [
    {"id": "base", "type": "spend", "award": 1, "per": 100},
    {"id": "status", "type": "spend", "award": 1, "per": 100, "currency": "status"},
    {"id": "gold-double", "type": "multiply", "of": "base", "factor": 2,
     "when": {"tier": ["gold"]}},
    {"id": "tuesday-double", "type": "multiply", "of": "base", "factor": 2,
     "when": {"weekday": ["tue"], "time": [1020, 1200], "tier": ["silver", "gold"]}},
    {"id": "saturday", "type": "spend", "award": 1, "per": 200,
     "when": {"weekday": ["sat"], "store": ["S001", "S002"]}},
    {"id": "reach-50", "type": "threshold", "spend": 5000, "award": 100},
    {"id": "reach-100", "type": "threshold", "spend": 10000, "award": 150},
    {"id": "each-20", "type": "threshold", "spend": 2000, "award": 5, "each": True},
    {"id": "coffee", "type": "item", "category": "coffee", "award": 5},
    {"id": "tea", "type": "item", "category": "tea", "award": 2},
    {"id": "tea-of-the-month", "type": "item", "sku": "TEA1", "award": 10},
    {"id": "fruit", "type": "item", "category": "fruit", "award": 1,
     "when": {"store": ["S001", "S002"]}},
    {"id": "early-bread", "type": "item", "category": "bakery", "award": 3,
     "when": {"time": [420, 600]}},
    {"id": "fish-friday", "type": "item", "category": "fish", "award": 4,
     "when": {"weekday": ["fri"]}},
    {"id": "christmas", "type": "multiply", "of": "base", "factor": 3, "category": "seasonal",
     "when": {"from": 20261201, "until": 20261224}},
    {"id": "opening-week", "type": "threshold", "spend": 2000, "award": 40, "each": True,
     "when": {"store": ["S099"], "from": 20260302, "until": 20260308}},
    {"id": "pet-club", "type": "item", "category": "pet", "award": 2,
     "when": {"newsletter": True}},
    {"id": "sign-up", "type": "event", "event": "sign_up", "award": 100},
    {"id": "review", "type": "event", "event": "review", "award": 20},
    {"id": "points-lapse", "type": "lapse"},
]

BASKET = {
    "type": "sale", "store": "S001", "local": "2026-01-10T09:30:00", "weekday": "sat",
    "minute": 570, "day": 20260110,
    "member": {"tier": "gold", "newsletter": True},
    "lines": [
        {"sku": "COF1", "category": "coffee", "quantity": 2, "unit_price": 375},
        {"sku": "BRD2", "category": "bakery", "quantity": 3, "unit_price": 120},
        {"sku": "APL1", "category": "fruit", "quantity": 5, "unit_price": 45},
        {"sku": "BEEF", "category": "meat", "quantity": 1, "unit_price": 4280},
    ],
}
# By hand, in ../rules.md.
POINTS = {"base": 56, "gold-double": 56, "saturday": 28, "reach-50": 100, "each-20": 10,
          "coffee": 10, "fruit": 5, "early-bread": 9}
STATUS = {"status": 56}


def further(number):
    rule = {"id": f"item-{number}", "type": "item", "sku": f"SKU{number}", "award": 1 + number % 7}
    when = {}
    if number % 3 == 0:
        when["store"] = [f"S{number % 100:03}", "S001"]
    if number % 4 == 0:
        month = 1 + number % 12
        when["from"], when["until"] = 20260001 + 100 * month, 20260021 + 100 * month
    if when:
        rule["when"] = when
    return rule


def rules_of(count):
    return (BASE + [further(number) for number in range(len(BASE) + 1, count + 1)])[:count]


def expected(rules):
    ids = {rule["id"] for rule in rules}
    return {"points": {rule: points for rule, points in POINTS.items() if rule in ids},
            "status": {rule: points for rule, points in STATUS.items() if rule in ids}}


def pounds(pence):
    return f"{pence // 100}.{pence % 100:02}"


def day(number):
    return f"{number // 10000}-{number // 100 % 100:02}-{number % 100:02}"


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def when_of(when):
    parts = [f"{key}: [{', '.join(when[key])}]" for key in ("weekday", "tier", "store")
             if key in when]
    if "time" in when:
        parts.append(f'time: "{clock(when["time"][0])}-{clock(when["time"][1])}"')
    if "newsletter" in when:
        parts.append("member: { newsletter: true }")
    parts += [f"{key}: {day(when[key])}" for key in ("from", "until") if key in when]
    return "{ " + ", ".join(parts) + " }"


def as_yaml(rule):
    """One rule of an accrue program."""
    kind = "expiry.rolling" if rule["type"] == "lapse" else "earning." + rule["type"]
    lines = [f"- id: {rule['id']}", f"  type: {kind}"]
    if kind == "expiry.rolling":
        lines += ["  after: 12 months", "  round_up_to: month"]
    for key in ("currency", "event", "of", "factor", "award"):
        if key in rule:
            lines.append(f"  {key}: {rule[key]}")
    for key in ("per", "spend"):
        if key in rule:
            lines.append(f"  {key}: {pounds(rule[key])}")
    if rule.get("each"):
        lines.append("  each: true")
    for key in ("category", "sku"):
        if key in rule:
            lines.append(f"  items: {{ {key}: {rule[key]} }}")
    if rule["type"] in ("spend", "threshold"):
        lines.append(f"  except: {{ category: [{', '.join(NO_SPEND['category'])}] }}")
    if "when" in rule:
        lines.append(f"  when: {when_of(rule['when'])}")
    return "".join(f"  {line}\n" for line in lines)


def write_program(folder, rules):
    os.makedirs(folder, exist_ok=True)

    def write(name, text):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    write("program.yaml", "program: peers\ncurrency: GBP\nzone: Europe/London\ncurrencies:\n"
          "  points: { value: 0.01 }\n  status: { spendable: false }\nlanes: [ { all: stack } ]\n")
    for part in range(0, len(rules), 1000):
        write(f"rules-{part // 1000:03}.yaml",
              "rules:\n" + "".join(as_yaml(rule) for rule in rules[part:part + 1000]))
    earned = {rule: points for by_rule in expected(rules).values()
              for rule, points in by_rule.items()}
    goods = ",\n".join(
        f"          {{ sku: {line['sku']}, category: {line['category']}, quantity: "
        f"{line['quantity']}, unit_price: {pounds(line['unit_price'])} }}"
        for line in BASKET["lines"])
    write("rules-000.test.yaml",
          "tests:\n  - name: the basket earns what was worked out by hand\n    steps:\n"
          "      - at: 2026-01-01T00:00:00\n"
          "        member: { attributes: { tier: gold, newsletter: true } }\n"
          f"      - at: {BASKET['local']}\n        sale:\n          store: {BASKET['store']}\n"
          f"          lines: [\n{goods} ]\n        expect: {{ earned: {{ "
          + ", ".join(f"{rule}: {points}" for rule, points in earned.items()) + " } }\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=20)
    parser.add_argument("--json", help="file to write them to, with the basket and its points")
    parser.add_argument("--program", help="folder to write an accrue program to")
    chosen = parser.parse_args()
    rules = rules_of(chosen.rules)
    if chosen.program:
        write_program(chosen.program, rules)
    if chosen.json:
        with open(chosen.json, "w", encoding="utf-8") as file:
            json.dump({"rules": rules, "no_spend": NO_SPEND["category"], "basket": BASKET,
                       "expected": expected(rules)}, file)


if __name__ == "__main__":
    main()
