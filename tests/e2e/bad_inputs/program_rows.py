"""Programs that are not as they must be. Each row: name, file, its text, place
(line:column, in that file), cure. What a row does not write is as in GOOD."""
GOOD = {
    "program.yaml": "program: shop\ncurrency: GBP\nzone: UTC\n"
                    "currencies:\n  points: { value: 0.01 }\n"
                    "lanes: [ { base: stack }, { bonus: best } ]\n",
    "base.yaml": "rules:\n  - id: base\n    type: earning.spend\n    award: 1\n    per: 1.00\n",
}


def rule(name, text, place, cure):
    """One more rule in a file of its own."""
    return (name, "more.yaml", "rules:\n  - id: more\n" + text, place, cure)


def spend(name, text, place, cure):
    return rule(name, "    type: earning.spend\n    award: 1\n    per: 1.00\n" + text, place, cure)


def program(name, old, new, place, cure):
    text = GOOD["program.yaml"]
    assert old in text
    return (name, "program.yaml", text.replace(old, new), place, cure)


ROWS = [
    # YAML's traps.
    ("tab as indentation", "more.yaml", "rules:\n\t- id: more\n", "2:2", "no tabs"),
    ("bracket left open", "more.yaml", "rules: [ { id: more\n", "", "brackets"),
    ("file that says nothing", "more.yaml", "# later\n", "1:1", "begin it with a key"),
    ("a list where keys belong", "more.yaml", "- id: more\n", "1:1", "mapping"),
    ("invalid UTF-8", "more.yaml", b"rules:\n  - id: caf\xe9\n", "2:12", "UTF-8"),
    ("second document", "more.yaml", "rules: []\n---\nrules: []\n", "2:1", "one document"),
    spend("anchor and alias", "    title: &t one\n    lane: *t\n", "6:12", "write values out"),
    spend("tag", "    title: !secret one\n", "6:12", "tags"),
    spend("key twice", "    award: 2\n", "6:5", "keep one of the two"),
    spend("Norway", "    currency: no\n", "6:15", "points"),
    rule("yes is no boolean", "    type: earning.threshold\n    spend: 5.00\n    award: 1\n"
         "    each: yes\n", "6:11", "write true or false"),
    rule("octal", "    type: earning.spend\n    award: 010\n    per: 1.00\n", "4:12",
         "without leading zeros"),
    rule("float where an integer is meant", "    type: earning.spend\n    award: 1.0\n"
         "    per: 1.00\n", "4:12", "1"),
    rule("exponent", "    type: earning.spend\n    award: 1e3\n    per: 1.00\n", "4:12",
     "plain digits"),
    rule("underscore", "    type: earning.spend\n    award: 1_000\n    per: 1.00\n", "4:12",
         "whole number"),
    spend("sixty-based time", "    when: { time: 17:00 }\n", "6:19", '"17:00-20:00"'),
    spend("quote left open", '    title: "one point a pound\n  - id: bonus\n'
          '    type: earning.item\n    title: "bonus"\n', "6:12", "close it, or use |"),
    spend("text on two lines", "    title: one point\n      a pound\n", "6:12", "use |"),
    spend("nested too deep", "    title: " + "[" * 40 + "]" * 40 + "\n", "", "flatten"),
    # What the words mean.
    spend("unknown key", "    awrd: 2\n", "6:5", "did you mean `award`"),
    rule("unknown rule type", "    type: earning.spnd\n", "3:11", "did you mean `earning.spend`"),
    ("no type", "more.yaml", "rules:\n  - id: more\n", "2:5", "`type: earning.spend`"),
    ("no id", "more.yaml", "rules:\n  - type: earning.spend\n    award: 1\n    per: 1.00\n",
     "2:5", "give the rule a name"),
    ("id taken", "more.yaml", GOOD["base.yaml"], "2:9", "give this rule another"),
    ("rules is no list", "more.yaml", "rules: base\n", "1:8", "- id: base"),
    rule("key missing", "    type: earning.spend\n    award: 1\n", "2:5", "per"),
    rule("nothing for nothing", "    type: earning.spend\n    award: 0\n    per: 1.00\n", "4:12",
         "1 to 1000000"),
    rule("award beyond all", "    type: earning.spend\n    award: 99999999999999999999\n"
         "    per: 1.00\n", "4:12", "a number of 1 to 1000000000"),
    rule("per nothing", "    type: earning.spend\n    award: 1\n    per: 0\n", "5:10", "above 0"),
    spend("unknown rounding", "    round: dwn\n", "6:12", "did you mean `down`"),
    spend("unknown lane", "    lane: bnous\n", "6:11", "did you mean `bonus`"),
    spend("weekday in full", "    when: { weekday: [tuesday] }\n", "6:23", "did you mean `tue`"),
    spend("weekday unknown clause", "    when: { wekday: [tue] }\n", "6:13",
          "did you mean `weekday`"),
    spend("until before from", "    active: { from: 2026-03-31, until: 2026-01-01 }\n", "6:40",
          "later day"),
    spend("a day that is not", "    active: { from: 2026-02-30 }\n", "6:21",
          "there is no 30 February 2026"),
    rule("two settings that cannot be: the first", "    type: up_sell.threshold\n"
         "    spend: 10.001\n    near: 0\n    award: 1\n", "4:12", ""),
    rule("two settings that cannot be: the second", "    type: up_sell.threshold\n"
         "    spend: 10.001\n    near: 0\n    award: 1\n", "5:11", "above 0"),
    spend("attribute that no member has", "    when: { member: { Tier: gold } }\n", "6:23",
          "small letters"),
    spend("limit of nothing", "    limit: { member: { per: month } }\n", "6:22", "points:"),
    spend("limit of 0", "    limit: { member: { points: 0 } }\n", "6:32", "1 to"),
    spend("items empty", "    items: { sku: [] }\n", "6:19", "at least one"),
    rule("builds on a rule that is not", "    type: earning.multiply\n    of: bsae\n"
         "    factor: 2\n    lane: bonus\n", "4:9", "did you mean `base`"),
    rule("period of no length", "    type: expiry.rolling\n    after: 12 mouths\n", "4:12",
         "30 days"),
    program("money unknown", "GBP", "QQQ", "2:11", "ISO 4217"),
    program("zone unknown", "UTC", "Europe/Londn", "3:7", "Europe/London"),
    program("lane twice", "{ bonus: best }", "{ base: best }", "6:29", "another name"),
    program("lane policy unknown", "bonus: best", "bonus: bst", "6:36", "did you mean `best`"),
    program("currency without a name", "points:", "Points!:", "5:3", "small letters"),
    program("value below nothing", "0.01", "-0.01", "5:20", "0 to 1000000"),
    program("program without currencies", "currencies:\n  points: { value: 0.01 }\n", "",
            "1:1", "currencies: { points"),
    program("returns unknown", "lanes:", "returns: { spent_points: forgive }\nlanes:", "6:26",
            "allow_negative"),
    program("no language", "lanes:", "notices: { language: xx-yy-zz-invalid!! }\nlanes:", "6:22",
            "is no language tag"),
    ("file nobody reads", "more.yml", "rules: []\n", "", "ends in .yaml"),
    rule("two days that are not", "    type: expiry.calendar\n"
         '    month_day: ["12-31", "02-30", "1-1"]\n', "4:16", "'1-1' is no day"),
    ("template without a subject", "templates/en/offer_made.mustache", "Hello {{#name}}\n", "1:1",
     "begin with a line `Subject:"),
]

# Mistakes of several phases in one folder: what cannot be read, what a plugin refuses, what stands
# in the wrong order, what notices lack; and everything that is told, in order.
SEVERAL = {
    "a.yaml": "rules:\n  - id: nothing\n    type: earning.spend\n    award: 1\n    per: 0\n"
              "  - id: year\n    type: expiry.calendar\n    month_day: [\"02-30\", \"1-1\"]\n"
              "  - id: odd\n    type: earning.spend\n    award: 1\n    per: 1\n    prr: 2\n",
    "b.yaml": "rules:\n  - id: twice\n    type: earning.multiply\n    of: more\n    factor: 2\n"
              "  - id: more\n    type: earning.spend\n    award: 1\n    per: 1\n"
              "  - id: thrice\n    type: earning.multiply\n    lane: bonus\n    of: odd\n"
              "    factor: 3\n",
    "templates/en/offer_made.mustache": "Hello\n",
}
TOLD = [("a.yaml:5:10", "above 0"), ("a.yaml:8:16", "'02-30' is no day"),
        ("a.yaml:8:16", "'1-1' is no day"), ("a.yaml:13:5", "`prr`"),
        ("b.yaml:2:5", "must come first"), ("templates/en/offer_made.mustache:1:1", "Subject:")]
