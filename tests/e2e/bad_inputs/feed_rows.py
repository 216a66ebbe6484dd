"""Lines of feed files that cannot be read. Each row: name, text, the line it is told at (counted
within the text, from 0), place, cure. None as name: fine, and recorded."""
import json

SALE = {"id": "feed-bad", "type": "sale", "member_id": "M1", "time": "2026-01-03T10:11:12Z",
        "currency": "GBP", "lines": [{"sku": "A", "quantity": 1, "unit_price": "5.00"}]}


def sale(**changes):
    return json.dumps({name: value for name, value in {**SALE, **changes}.items()
                       if value is not None})


NDJSON = [
    (None, sale(id="feed-1"), 0, "", ""),
    ("no JSON", "until here it was fine", 0, "byte 1", "valid JSON"),
    ("half a line", sale()[:40], 0, "", "ends in the middle"),
    ("two in one line", sale() + sale(), 0, "byte", "send one value"),
    ("no currency", sale(currency=None), 0, "/currency", "a sale needs currency"),
    ("price is a number", sale(lines=[{"sku": "A", "quantity": 1, "unit_price": 5}]), 0,
     "/lines/0/unit_price", 'write "5" as a string'),
    (None, sale(id="feed-2"), 0, "", ""),
    ("id taken", sale(id="feed-1", store="S9"), 0, "feed-1", "new id"),
    ("return of no sale", sale(type="return", of="never", currency=None,
                               lines=[{"line": 1, "quantity": 1}]), 0, "/of", "send it first"),
    ("invalid UTF-8", b'{"id":"\xff"}', 0, "byte 8", "UTF-8"),
    ("line of 4.5 MiB", '{"id":"%s"}' % ("a" * 4718592), 0, "", "4 MiB"),
    ("an array", "[]", 0, "", "write an object here"),
    (None, sale(id="feed-3"), 0, "", ""),
]

CSV_HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
WHEN = "2011-03-01 10:00:00"
CSV = [
    (None, "1,A,Mug,1,%s,5.00,M1,UK" % WHEN, 0, "", ""),
    ("quantity is a word", "2,A,Mug,one,%s,5.00,M1,UK" % WHEN, 0, "/rows/0/Quantity",
     "decimal number"),
    ("date of another format", "3,A,Mug,1,03/01/2011,5.00,M1,UK", 0, "/rows/0/InvoiceDate",
     "%Y-%m-%d %H:%M:%S"),
    ("price with a comma", '4,A,Mug,1,%s,"5,00",M1,UK' % WHEN, 0, "/rows/0/UnitPrice",
     "decimal number"),
    ("too few columns", "5,A,Mug,1", 0, "/rows/0", "8"),
    ("id with a blank", "6 b,A,Mug,1,%s,5.00,M1,UK" % WHEN, 0, "/rows/0/InvoiceNo", "A-Z a-z"),
    ("second row wrong", "7,A,Mug,1,{0},5.00,M1,UK\n7,B,Mug,1,{0},free,M1,UK".format(WHEN), 0,
     "/rows/1/UnitPrice", "decimal number"),
    ("rows of two members", "8,A,Mug,1,{0},5.00,M1,UK\n8,B,Mug,1,{0},5.00,M2,UK".format(WHEN), 0,
     "/rows/1/CustomerID", "one"),
    ("text behind a quote", '9,"A"b,Mug,1,%s,5.00,M1,UK' % WHEN, 0, "quote", "quote"),
    (None, "10,A,Mug,1,%s,5.00,M1,UK" % WHEN, 0, "", ""),
]
