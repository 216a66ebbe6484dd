"""Transactions, events and members that are not as they must be. Each row: name, method, path,
body, status, pointer, cure. `line()` is for what stands in the first line of the sale."""
import json

SALE = {"id": "json-bad", "type": "sale", "member_id": "M1", "time": "2026-01-03T10:11:12Z",
        "store": "S1", "terminal": "T1", "currency": "GBP",
        "lines": [{"sku": "A", "category": "c", "quantity": 1, "unit_price": "5.00"}],
        "tenders": [{"type": "card", "amount": "5.00"}]}
EVENT = {"id": "json-bad", "type": "review", "member_id": "M1", "time": "2026-01-03T10:11:12Z"}
MEMBER = {"id": "json-bad", "time": "2026-01-03T10:11:12Z"}
RETURN = {"id": "json-bad", "type": "return", "of": "bought", "member_id": "M1",
          "time": "2026-01-04T10:11:12Z", "lines": [{"line": 1, "quantity": 1}]}


def changed(base, **changes):
    """`base` with fields changed; None leaves the field out."""
    return {name: value for name, value in {**base, **changes}.items() if value is not None}


def sale(name, place, cure, status=422, **changes):
    return (name, "POST", "/v1/transactions", changed(SALE, **changes), status, place, cure)


def line(name, field, cure, **changes):
    place = "/lines/0/" + field if field else "/lines/0"
    first = changed(SALE["lines"][0], **changes)
    return sale(name, place, cure, lines=[first])


def back(name, place, cure, **changes):
    return (name, "POST", "/v1/transactions", changed(RETURN, **changes), 422, place, cure)


def event(name, place, cure, **changes):
    return (name, "POST", "/v1/events", changed(EVENT, **changes), 422, place, cure)


def member(name, place, cure, **changes):
    return (name, "PUT", "/v1/members/M1", changed(MEMBER, **changes), 422, place, cure)


def raw(name, body, status, place, cure):
    return (name, "POST", "/v1/transactions", body, status, place, cure)


TEXT = json.dumps(SALE)

ROWS = [
    raw("nothing", "", 400, "", "send one JSON object"),
    raw("no JSON", "id=1&type=sale", 400, "byte 1", "valid JSON"),
    raw("cut off", TEXT[:-5], 400, "", "ends in the middle"),
    raw("two at once", TEXT + TEXT, 400, "byte %d" % (len(TEXT) + 1), "send one value"),
    raw("a list", "[%s]" % TEXT, 422, "", "write an object here, not an array"),
    raw("comma behind the last", TEXT[:-1] + ",}", 400, "byte %d" % (len(TEXT) + 1), "valid JSON"),
    raw("single quotes", TEXT.replace('"', "'"), 400, "byte 2", "valid JSON"),
    raw("invalid UTF-8", TEXT.encode().replace(b'"S1"', b'"\xff\xfe"'), 400, "byte", "UTF-8"),
    raw("raw NUL", TEXT.replace('"S1"', '"S\x001"'), 400, "byte", "control character"),
    raw("too deep", '{"id":' + "[" * 20 + "]" * 20 + "}", 400, "byte", "16 levels"),
    raw("field twice", TEXT[:-1] + ',"id":"other"}', 400, "/id", "write it once"),
    raw("field twice in a line", TEXT.replace('"sku": "A"', '"sku": "A", "sku": "B"'), 400,
        "/lines/0/sku", "write it once"),
    raw("byte order mark and garbage", b"\xef\xbb\xbfx", 400, "byte", "valid JSON"),
    sale("unknown field", "/member", "did you mean 'member_id'", member="M1"),
    sale("field of another type", "/event", "a sale has no event; leave it out", event="review"),
    sale("no id", "/id", "a sale needs id", id=None),
    sale("id is a number", "/id", 'write "7" as a string', id=7),
    sale("id with a blank", "/id", "A-Z a-z 0-9", id="a b"),
    sale("id too long", "/id", "1 to 64 characters", id="a" * 65),
    sale("no type", "/type", "write sale, return, event or member", type=None),
    sale("unknown type", "/type", "write sale, return, event or member", type="refund"),
    sale("type is a list", "/type", "write a string here, not an array", type=["sale"]),
    sale("member id is a number", "/member_id", 'write "17850" as a string', member_id=17850),
    sale("member id is empty", "/member_id", "1 to 64 characters", member_id=""),
    sale("no time", "/time", "a sale needs time", time=None),
    sale("time without offset", "/time", "2026-01-03T10:11:12+00:00",
         time="2026-01-03T10:11:12"),
    sale("time as shops write it", "/time", "2026-01-03T10:11:12+00:00", time="3/1/2026 10:11"),
    sale("a day that is not", "/time", "there is no 30 February 2026",
         time="2026-02-30T10:11:12Z"),
    sale("an hour that is not", "/time", "there is no hour 24", time="2026-01-03T24:00:00Z"),
    sale("a leap second", "/time", "there is no second 60", time="2026-01-03T10:11:60Z"),
    sale("time as seconds", "/time", "2026-01-03T10:11:12+00:00", time=1767434472),
    sale("store is true", "/store", "not true or false", store=True),
    sale("store is empty", "/store", "leave the field out", store=""),
    sale("store with NUL", "/store", "control character", store="S\0"),
    sale("terminal too long", "/terminal", "64 characters", terminal="T" * 65),
    sale("no currency", "/currency", "a sale needs currency", currency=None),
    sale("currency is a sign", "/currency", 'ISO 4217', currency="£"),
    sale("currency in small letters", "/currency", '"GBP"', currency="gbp"),
    sale("currency of the past", "/currency", "ISO 4217", currency="DEM"),
    sale("no lines", "/lines", "a sale needs lines", lines=None),
    sale("empty lines", "/lines", "write at least one", lines=[]),
    sale("lines is an object", "/lines", "write an array", lines={"sku": "A"}),
    sale("line is a string", "/lines/0", "write an object", lines=["A"]),
    sale("too many lines", "/lines", "write at most 10000", lines=[SALE["lines"][0]] * 10001),
    line("no sku", "sku", "every line needs its sku", sku=None),
    line("sku is a number", "sku", 'write "4006381333931" as a string', sku=4006381333931),
    line("category is empty", "category", "leave the field out", category=""),
    line("description with a line break", "description", "control character", description="a\nb"),
    line("no quantity", "quantity", "every line needs its quantity", quantity=None),
    line("quantity is a fraction", "quantity", 'write "1.5" as a string', quantity=1.5),
    line("quantity is text", "quantity", "decimal number", quantity="two"),
    line("quantity with seven decimals", "quantity", "at most six decimals", quantity="0.1234567"),
    line("quantity beyond all", "quantity", "beyond 9000000000000", quantity=9000000000001),
    line("no price", "unit_price", "every line needs its unit_price", unit_price=None),
    line("price is a number", "unit_price", 'write "5" as a string', unit_price=5),
    line("price with a comma", "unit_price", "decimal number", unit_price="5,00"),
    line("price with a sign of money", "unit_price", "decimal number", unit_price="£5.00"),
    line("amount with three decimals", "amount", "at most 2 decimals", amount="5.001"),
    line("amount beyond all", "amount", "beyond", amount="99999999999999999"),
    line("price times quantity beyond all", "", "1000000000000000",
         unit_price="9000000000000", quantity=9000000000000),
    line("unknown field in a line", "price", "did you mean 'unit_price'", price="5.00"),
    line("line number on a sale", "line", "return that names its sale", line=1),
    raw("quantity is 10.0", TEXT.replace('"quantity": 1', '"quantity": 10.0'), 422,
        "/lines/0/quantity", 'write "10.0" as a string'),
    raw("quantity is 1e3", TEXT.replace('"quantity": 1', '"quantity": 1e3'), 422,
        "/lines/0/quantity", "plain digits"),
    raw("quantity beyond 64 bits", TEXT.replace('"quantity": 1', '"quantity": 1' + "0" * 30), 422,
        "/lines/0/quantity", "beyond 9000000000000"),
    sale("tender without type", "/tenders/0/type", "needs", tenders=[{"amount": "5.00"}]),
    sale("tender amount is a number", "/tenders/0/amount", 'write "5" as a string',
         tenders=[{"type": "card", "amount": 5}]),
    sale("return with both signs", "/lines/1/quantity", "send goods that were sold as a sale",
         type="return", lines=[SALE["lines"][0], {**SALE["lines"][0], "quantity": -1}]),
    sale("return of nothing", "/lines/0/quantity", "quantity of 0", type="return",
         lines=[{**SALE["lines"][0], "quantity": 0}]),
    back("of a sale that is not", "/of", "send it first", of="never"),
    back("of a return", "/of", "name the sale", of="brought-back"),
    back("of another member's sale", "/member_id", "another member", member_id="M2"),
    back("more than was bought", "/lines/0", "send no more than that",
         lines=[{"line": 1, "quantity": 4}]),
    back("a line the sale has not", "/lines/0", 'name one as "line"',
         lines=[{"line": 2, "quantity": 1}]),
    back("line 0", "/lines/0/line", "from 1 to", lines=[{"line": 0, "quantity": 1}]),
    back("without line number", "/lines/0/line", "every line needs its line",
         lines=[{"quantity": 1}]),
    back("one line twice, more in all", "/lines/1", "send no more than that",
         lines=[{"line": 1, "quantity": 2}, {"line": 1, "quantity": 2}]),
    sale("id taken by another", "bought", "give a new transaction a new id", 409, id="bought"),
    event("event without member", "/member_id", "an event needs member_id", member_id=None),
    event("event without type", "/type", "an event needs type", type=None),
    event("event with a basket", "/lines", "an event has no lines", lines=SALE["lines"]),
    event("attribute of a bad name", "/attributes/Star Rating", "a-z 0-9 _",
          attributes={"Star Rating": 5}),
    event("attribute is a fraction", "/attributes/stars", 'write "4.5" as a string',
          attributes={"stars": 4.5}),
    event("attribute is a list", "/attributes/stars", "a string, an integer, true or false",
          attributes={"stars": [4]}),
    member("member without id", "/id", "a member needs id", id=None),
    member("body names another member", "/member_id", "leave member_id out", member_id="M2"),
    member("contact unknown", "/contact/fax", "name email phone address birth_date",
           contact={"fax": "1"}),
    member("e-mail that is none", "/contact/email", "ann@example.org", contact={"email": "ann"}),
    member("birth date in another order", "/contact/birth_date", "1984-02-29",
           contact={"birth_date": "29.02.1984"}),
    member("birthday of no calendar", "/attributes/birthday", "02-29",
           attributes={"birthday": "02-30"}),
    member("language that is none", "/language", '"pt-BR"', language="Portuguese (Brazil)"),
    member("member is no object", "", "write an object here"),
    ("member id is no id", "PUT", "/v1/members/M%2F1", MEMBER, 400, "id", "A-Z a-z 0-9"),
    ("member who is not", "GET", "/v1/members/nobody", None, 404, "member nobody", "there is no"),
    ("entry that is not", "GET", "/v1/entries/999999", None, 404, "entry 999999", "there is no"),
    ("quote of nonsense", "POST", "/v1/quotes", changed(SALE, lines=[]), 422, "/lines",
     "write at least one"),
]
ROWS = [row if row[0] != "member is no object" else row[:3] + ("[]",) + row[4:] for row in ROWS]

# A batch: each line of it, the status of its answer, pointer, cure. None: a line that is fine.
BATCH = [
    (None, TEXT.replace("json-bad", "batch-1"), "posted", "", ""),
    ("no JSON", "{oops}", "refused", "byte 2", "valid JSON"),
    ("no price", TEXT.replace('"unit_price"', '"price"'), "refused", "/lines/0/price",
     "did you mean 'unit_price'"),
    ("id taken", TEXT.replace("json-bad", "bought"), "conflict", "bought", "new id"),
    ("longer than a line may be", '{"id":"%s"}' % ("a" * 1048576), "refused", "line 5",
     "1048576 bytes"),
    ("a list", "[]", "refused", "", "write an object here"),
    (None, TEXT.replace("json-bad", "batch-2"), "posted", "", ""),
]
