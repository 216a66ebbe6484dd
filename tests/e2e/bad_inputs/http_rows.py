"""Requests that are no proper HTTP, or that the API does not take. Each row: name, bytes to send
(None for the rest: send no more, keep the connection), status, place, cure. `GOOD` is a whole sale
that would be posted if its head were in order."""
GOOD = (b'{"id":"http-bad","type":"sale","member_id":"M1","time":"2026-01-03T10:11:12Z",'
        b'"currency":"GBP","lines":[{"sku":"A","quantity":1,"unit_price":"5.00"}]}')
JSON = b"Content-Type: application/json\r\n"
HOST = b"Host: localhost\r\n"


def head(line, *fields):
    return line + b"\r\n" + b"".join(fields) + b"\r\n"


def post(*fields, body=GOOD, path=b"/v1/transactions", length=None):
    size = b"Content-Length: %d\r\n" % (len(body) if length is None else length)
    return head(b"POST " + path + b" HTTP/1.1", HOST, JSON, *fields, size) + body


def chunked(body, *fields):
    return head(b"POST /v1/transactions HTTP/1.1", HOST, JSON,
                b"Transfer-Encoding: chunked\r\n", *fields) + body


CHUNK = b"%x\r\n%s\r\n" % (len(GOOD), GOOD)

ROWS = [
    ("no HTTP at all", b"HELLO SHOP\r\n\r\n", 400, "request line", "GET /readyz HTTP/1.1"),
    ("a method and nothing else", b"GET\r\n\r\n", 400, "request line", "GET /readyz HTTP/1.1"),
    ("TLS on a plain port", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400,
     "request line", "GET /readyz HTTP/1.1"),
    ("HTTP/2 without being asked", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP",
     "speak HTTP/1.1"),
    ("blank within the path", head(b"GET /v1/members/M 1 HTTP/1.1", HOST), 505, "path", "%20"),
    ("no Host", head(b"GET /readyz HTTP/1.1"), 400, "Host", "send one Host field"),
    ("two Hosts", head(b"GET /readyz HTTP/1.1", HOST, HOST), 400, "Host", "once"),
    ("folded header line", post(b"X-Till: one\r\n two\r\n"), 400, "header field", "on one line"),
    ("bare line feeds", b"GET /readyz HTTP/1.1\nHost: localhost\n\n", 400, "header lines",
     "CR LF"),
    ("blank before the colon", head(b"GET /readyz HTTP/1.1", b"Host : localhost\r\n"), 400,
     "header field", "blank before the colon"),
    ("NUL in a header", post(b"X-Till: a\0b\r\n"), 400, "header field",
     "without control characters"),
    ("header of 9 KiB", head(b"GET /readyz HTTP/1.1", HOST, b"X-Till: " + b"a" * 9216 + b"\r\n"),
     431, "request line", "at most 8192 bytes"),
    ("65 header fields", head(b"GET /readyz HTTP/1.1", HOST, *[b"X-%d: a\r\n" % i
                                                               for i in range(65)]),
     431, "header fields", "at most 64"),
    ("endless request line", b"GET /" + b"a" * 10000, 431, "request line",
     "at most 8192 bytes"),
    ("chunk extension", chunked(b"5;till=3\r\n{\"id\"\r\n0\r\n\r\n"), 400, "chunk",
     "without extensions"),
    ("chunk size that is no number", chunked(b"zz\r\n" + GOOD + b"\r\n0\r\n\r\n"), 400, "chunk",
     "hexadecimal"),
    ("chunk longer than said", chunked(b"5\r\n" + GOOD + b"\r\n0\r\n\r\n"), 400, "chunk",
     "hexadecimal"),
    ("fields behind the chunks", chunked(CHUNK + b"0\r\nX-Till: 1\r\n\r\n"), 400,
     "behind a chunked body", "send no fields"),
    ("chunks and a length", chunked(CHUNK + b"0\r\n\r\n", b"Content-Length: 5\r\n"), 400,
     "Content-Length", "not beside Transfer-Encoding"),
    ("gzip as transfer encoding", head(b"POST /v1/transactions HTTP/1.1", HOST, JSON,
                                       b"Transfer-Encoding: gzip, chunked\r\n") + CHUNK,
     400, "transfer encoding", "chunked"),
    ("two lengths", post(b"Content-Length: 3\r\n"), 400, "Content-Length", "once"),
    ("length that is no number", head(b"POST /v1/transactions HTTP/1.1", HOST, JSON,
                                      b"Content-Length: +5\r\n") + b"12345",
     400, "Content-Length", "whole number"),
    ("length beyond all", head(b"POST /v1/transactions HTTP/1.1", HOST, JSON,
                               b"Content-Length: 99999999999999999999999\r\n") + GOOD,
     400, "Content-Length", "whole number"),
    ("length over the limit", post(length=2_000_000, body=b""), 413, "body", "1048576 bytes"),
    ("body over the limit, in chunks", chunked(b"".join(b"10000\r\n" + b" " * 65536 + b"\r\n"
                                                        for _ in range(17))),
     413, "body", "1048576 bytes"),
    ("Content-Encoding", post(b"Content-Encoding: gzip\r\n"), 415, "Content-Type",
     "without Content-Encoding"),
    ("form instead of JSON", head(b"POST /v1/transactions HTTP/1.1", HOST,
                                  b"Content-Type: application/x-www-form-urlencoded\r\n",
                                  b"Content-Length: 4\r\n") + b"id=1",
     415, "Content-Type", "application/json, or application/x-ndjson"),
    ("no media type", head(b"POST /v1/events HTTP/1.1", HOST, b"Content-Length: 2\r\n") + b"{}",
     415, "Content-Type", "application/json"),
    ("batch of quotes", head(b"POST /v1/quotes HTTP/1.1", HOST,
                             b"Content-Type: application/x-ndjson\r\n",
                             b"Content-Length: %d\r\n" % len(GOOD)) + GOOD,
     415, "Content-Type", "application/json"),
    ("expects something unknown", post(b"Expect: a-receipt\r\n"), 417, "Expect", "100-continue"),
    ("wrong method", head(b"DELETE /v1/transactions HTTP/1.1", HOST), 405, "path", "takes POST"),
    ("reading where one writes", head(b"GET /v1/transactions HTTP/1.1", HOST), 405,
     "path", "takes POST"),
    ("PATCH of a member", head(b"PATCH /v1/members/M1 HTTP/1.1", HOST), 405,
     "path", "takes GET, HEAD, PUT"),
    ("path that does not exist", head(b"GET /v1/customers/M1 HTTP/1.1", HOST), 404,
     "path", "API description"),
    ("path that tries to leave", head(b"GET /v1/../../etc/passwd HTTP/1.1", HOST), 404, "path",
     "API description"),
    ("member id with a blank", head(b"GET /v1/members/M%201 HTTP/1.1", HOST), 400, "id",
     "A-Z a-z 0-9"),
    ("broken percent escape", head(b"GET /v1/members/M%2 HTTP/1.1", HOST), 400, "%",
     "two hexadecimal digits"),
    ("entry number that is none", head(b"GET /v1/entries/first HTTP/1.1", HOST), 400,
     "sequence number", "whole number from 1"),
    ("page too long", head(b"GET /v1/members/M1/entries?limit=500 HTTP/1.1", HOST), 400, "?limit",
     "1 to 200"),
    ("unknown parameter", head(b"GET /v1/members/M1/entries?page=2 HTTP/1.1", HOST), 400,
     "?page", "limit and cursor"),
    ("half a head, then silence", b"POST /v1/transactions HTT", 408, "header", "within 1 s"),
    ("half a body, then silence", post(length=len(GOOD) + 9), 408, "body", "within 1 s"),
]
