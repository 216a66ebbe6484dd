"""What the bad input tests share: asking, reading answers as lines of text, and a guard that sees
whether anything was recorded that should not have been."""
import json
import socket
import subprocess
import sys
import time

from harness import PATIENCE_S, Daemon

SHOW = "--show" in sys.argv


def sale_of_five(identity, member="M1", **more):
    """Five pounds: five points in rules/giftshop."""
    return {"id": identity, "type": "sale", "member_id": member, "time": "2026-01-03T10:11:12Z",
            "currency": "GBP", "lines": [{"sku": "A", "quantity": 1, "unit_price": "5.00"}], **more}


class Guard:
    """After each bad input: the daemon is ready, and a good sale gets the very next sequence number
    and five points more. At the end: the state is that of a daemon that saw only the good sales."""

    def __init__(self, daemon):
        self.daemon = daemon
        self.sales = []
        answer = self.sell()
        self.seq, self.balance = answer["seq"], answer["balances"]["points"]["available"]

    def sell(self):
        sale = sale_of_five("good-%d" % len(self.sales))
        self.sales.append(sale)
        status, answer = self.daemon.call("POST", "/v1/transactions", sale)
        if status != 200:
            raise AssertionError("a good sale is answered %d: %s" % (status, answer))
        return answer

    def check(self, test):
        test.assertEqual(200, self.daemon.call("GET", "/readyz")[0])
        answer = self.sell()
        self.seq, self.balance = self.seq + 1, self.balance + 5
        test.assertEqual((self.seq, self.balance),
                         (answer["seq"], answer["balances"]["points"]["available"]),
                         "something was recorded")

    def check_state(self, test, before=(), **options):
        """`before`: what the daemon was rightly sent ahead of the guard."""
        twin = Daemon(**options).start()
        try:
            for transaction in [*before, *self.sales]:
                test.assertEqual(200, twin.call("POST", "/v1/transactions", transaction)[0])
            twin.stop()
            self.daemon.stop()
            test.assertEqual(twin.state_hash(), self.daemon.state_hash())
        finally:
            twin.close()


def lines_of(answer):
    """A problem as lines: its detail, then `pointer: detail` for each of its errors."""
    if not isinstance(answer, dict):
        return [str(answer)]
    errors = ["%s: %s" % (error["pointer"], error["detail"]) for error in answer.get("errors", [])]
    return [answer.get("detail", json.dumps(answer))] + errors


def ask_raw(port, sent):
    """Status and lines of the answer to raw bytes; header fields count as lines."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as peer:
        try:
            peer.sendall(sent)
        except ConnectionError:
            pass  # Refused before it had all: the answer is there all the same.
        read = b""
        while b"\r\n\r\n" not in read:
            piece = peer.recv(65536)
            if not piece:
                break
            read += piece
        top, _, body = read.partition(b"\r\n\r\n")
        fields = top.decode().split("\r\n")
        sizes = [int(f.split(":")[1]) for f in fields if f.lower().startswith("content-length:")]
        while sizes and len(body) < sizes[0]:
            body += peer.recv(65536)
    if not top:
        return 0, ["(the connection was closed without an answer)"]
    try:
        text = lines_of(json.loads(body))
    except ValueError:
        text = [body.decode()]
    return int(fields[0].split()[1]), fields[1:] + text


def run(*command):
    """Exit code and lines of what a program said."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, errors="replace")
    return done.returncode, (done.stdout + done.stderr).splitlines()


def wait_until(test, holds):
    deadline = time.time() + PATIENCE_S
    while not holds():
        test.assertLess(time.time(), deadline, "it does not come to hold")
        time.sleep(0.01)


def expect(test, name, answer, status, place, cure):
    """One line of the answer names the place and says what to do."""
    got, lines = answer
    if SHOW:
        print("%-40s %s\n      %s" % (name, got, "\n      ".join(line[:300] for line in lines)))
        return
    test.assertEqual(status, got, lines)
    test.assertTrue(any(place in line and cure in line for line in lines),
                    "no line has %r and %r: %s" % (place, cure, "\n".join(lines)))
