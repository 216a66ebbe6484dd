#!/usr/bin/env python3
"""Writes a loyalty program of any number of rules for the grocer whose sales `road` sends.

    make_program.py --rules 1000 --out FOLDER

The first 20 rules are a program as a grocer has one: everyday points, bonuses by weekday, tier,
goods and basket, events, lapsing, cross-sell and up-sell; of the first 10 at most 5 give points to
one basket. Every further rule is an offer on other goods, at other shops, or in other weeks, as
they pile up in a chain: one in five names goods that are sold, but in one shop alone, so that even
of 10,000 rules hardly one more concerns a basket.
"""
import argparse
import os
import sys

GOODS = 200  # The catalogue of `accrue generate` has a few more.
STORES = 40  # road's shops are S001 to S040.
RULES_A_FILE = 1000  # A file has at most 1 MiB.

PROGRAM = """\
program: bench-grocer
currency: GBP
zone: Europe/London
currencies:
  points: { value: 0.01 }
  status: { spendable: false }
lanes: [ { base: stack }, { bonus: best }, { partner: stack } ]
returns: { spent_points: allow_negative }
members: { unknown: enrol }
notices: { milestones: [500, 1000, 5000], language: en }
"""

EVERYDAY = """\
  - id: base
    type: earning.spend
    award: 1
    per: 1.00
    except: { category: [tobacco, gift-card] }
  - id: points-lapse
    type: expiry.rolling
    after: 12 months
    round_up_to: month
    remind: [30 days, 7 days]
  - id: coffee-extra
    type: earning.item
    lane: partner
    items: { category: coffee }
    award: 5
    limit: { campaign: { points: 1000000000, per: year } }
  - id: tuesday-double
    type: earning.multiply
    lane: bonus
    of: base
    factor: 2
    when: { weekday: tue, time: "17:00-20:00", tier: [gold, silver] }
    limit: { member: { points: 500, per: month } }
  - id: big-shop
    type: earning.threshold
    lane: bonus
    spend: 40.00
    award: 50
    except: { category: [tobacco, gift-card] }
  - id: sign-up
    type: earning.event
    event: sign_up
    award: 100
    once: true
  - id: review
    type: earning.event
    event: review
    award: 20
    limit: { member: { times: 2, per: month } }
  - id: biscuits-with-tea
    type: cross_sell.bought_without
    bought: { sku: [TEA1, TEA2] }
    without: { category: biscuits }
    within: 90 days
    offer:
      award: 50
      on: { category: biscuits }
      valid: 14 days
      message: 50 points on your next biscuits
  - id: reach-25
    type: up_sell.threshold
    spend: 25.00
    near: 3.00
    award: 25
    message: 25 points for a basket of £25
    except: { category: [tobacco, gift-card] }
  - id: fish-friday
    type: earning.item
    lane: partner
    items: { category: fish }
    award: 10
    when: { weekday: fri }
  - id: status-points
    type: earning.spend
    currency: status
    award: 1
    per: 1.00
    except: { category: [tobacco, gift-card] }
  - id: status-lapse
    type: expiry.calendar
    currency: status
    month_day: "12-31"
    remind: 30 days
  - id: idle
    type: expiry.inactivity
    after: 9 months
    remind: 30 days
  - id: weekend-half-more
    type: earning.multiply
    lane: bonus
    of: base
    factor: 1.5
    when: { weekday: [sat, sun] }
  - id: gold-double
    type: earning.multiply
    lane: bonus
    of: base
    factor: 2
    when: { tier: gold }
  - id: own-brand
    type: earning.item
    lane: partner
    items: { sku: [OWN_BRAND] }
    award: 2
  - id: fresh-extra
    type: earning.item
    lane: partner
    items: { category: fresh }
    award: 1
    when: { time: "07:00-12:00" }
    limit: { member: { points: 50, per: week } }
  - id: opening-week
    type: earning.threshold
    lane: bonus
    spend: 20.00
    award: 40
    each: true
    when: { store: S003, from: 2026-03-03, until: 2026-03-09 }
    limit: { campaign: { times: 10000 } }
  - id: christmas
    type: earning.multiply
    lane: bonus
    of: base
    factor: 3
    items: { category: seasonal }
    active: { from: 2026-12-01, until: 2026-12-24 }
  - id: sauce-with-pasta
    type: cross_sell.bought_without
    bought: { category: pasta }
    without: { category: tins }
    within: 30 days
    offer:
      award: 20
      on: { category: tins }
      valid: 7 days
      message: 20 points on your next tin of tomatoes
"""

CATEGORIES = ("tea biscuits coffee fresh bakery dairy meat fish frozen tins pasta cereals snacks "
              "confectionery soft-drinks beer-wine-spirits household toiletries baby pets").split()


def ean13(running):
    """Article number of the catalogue's good, as daemon/cli/generate_catalogue.cpp makes it."""
    digits = "50%010d" % (13000000 + running * 37)
    total = sum(int(digit) * (1 if at % 2 == 0 else 3) for at, digit in enumerate(digits))
    return digits + str((10 - total % 10) % 10)


def concern(number):
    """What the offer of this number is about."""
    category = CATEGORIES[number % len(CATEGORIES)]
    kind = number % 5
    if kind == 0:  # Goods that are not sold (any more).
        skus = ", ".join('"%s"' % ean13(100000 + number * 3 + i) for i in range(3))
        return "    items: { sku: [%s] }\n" % skus
    if kind == 1:
        return "    items: { category: range-%05d }\n" % number
    if kind == 2:  # Shops that send no sales.
        return ("    items: { category: %s }\n    when: { store: S%05d }\n" % (
            category, 10000 + number))
    if kind == 3:  # Other weeks.
        day = 1 + number % 28
        month = "%d-%02d" % (2024 + number // 5 % 2, 1 + number % 12)
        return ("    items: { category: %s }\n    active: { from: %s-%02d, until: %s-28 }\n" % (
            category, month, day, month))
    return "    items: { sku: \"%s\" }\n    when: { store: S%03d }\n" % (
        ean13(2 + number // 5 % (GOODS - 2)), 1 + number // 5 % STORES)


def offer(number):
    return ("  - id: offer-%05d\n    type: earning.item\n    lane: partner\n%s    award: %d\n"
            % (number, concern(number), 1 + number % 20))


def rules(count, everyday_count):
    own_brand = ", ".join(['TEA1', 'TEA2'] + ['"%s"' % ean13(i) for i in range(20, 60, 8)])
    everyday = EVERYDAY.replace("OWN_BRAND", own_brand)
    first = ["  - id:" + rule for rule in everyday.split("  - id:")[1:]]
    first = first[:min(count, everyday_count)]
    return first + [offer(number) for number in range(len(first) + 1, count + 1)]


def write_program(folder, count, everyday_count=20):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "program.yaml"), "w", encoding="utf-8") as out:
        out.write(PROGRAM)
    written = rules(count, everyday_count)
    for first in range(0, len(written), RULES_A_FILE):
        name = "rules-%03d.yaml" % (first // RULES_A_FILE)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write("rules:\n" + "\n".join(written[first:first + RULES_A_FILE]))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=20)
    parser.add_argument("--everyday", type=int, default=20,
                        help="how many of them are of the first 20; the rest are offers")
    parser.add_argument("--out", required=True, help="a folder that is empty or not there yet")
    options = parser.parse_args()
    if options.rules < 1:
        sys.exit("make_program.py: --rules needs 1 or more")
    if os.path.isdir(options.out) and os.listdir(options.out):
        sys.exit("make_program.py: %s is not empty" % options.out)
    write_program(options.out, options.rules, options.everyday)


if __name__ == "__main__":
    main()
