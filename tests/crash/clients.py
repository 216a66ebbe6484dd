"""Clients that post through crashes: each sends a transaction again, with the same body, until it
is acknowledged, and remembers what it was told."""
import http.client
import json
import threading
import time

LOST = (OSError, http.client.HTTPException, EOFError)
TOLD = ("seq", "points", "balances")  # What an answer must say again, for ever.


def told(answer):
    return {name: answer[name] for name in TOLD}


class Client(threading.Thread):
    """Base of a client: follows the daemon through its lives."""

    def __init__(self, lives, patience_s):
        super().__init__(daemon=True)
        self.lives, self.patience_s = lives, patience_s
        self.life, self.connection = 0, None
        self.acknowledged = {}  # By id.
        self.failure = None

    def run(self):
        try:
            self.work()
        except BaseException as failure:  # Told to the test, which fails with it.
            self.failure = failure
        finally:
            if self.connection:
                self.connection.close()

    def attempt(self, act):
        """act(connection, repeated) until it is not cut off."""
        repeated = False
        while True:
            if self.connection is None:
                self.life, port = self.lives.after(self.life, self.patience_s)
                self.connection = http.client.HTTPConnection("127.0.0.1", port,
                                                             timeout=self.patience_s)
            try:
                return act(self.connection, repeated)
            except LOST:
                self.connection.close()
                self.connection = None
                repeated = True

    def note(self, answer, repeated):
        known = self.acknowledged.get(answer["id"])
        if known is not None or answer["status"] == "duplicate":
            assert repeated and answer["status"] == "duplicate", answer
            assert known is None or known == told(answer), (known, answer)
        else:
            assert answer["status"] == "posted", answer
        self.acknowledged[answer["id"]] = told(answer)


class Poster(Client):
    """Posts single transactions on one keep-alive connection, one after the other."""

    def __init__(self, lives, patience_s, bodies):
        super().__init__(lives, patience_s)
        self.bodies = bodies

    def work(self):
        for body in self.bodies:
            self.attempt(lambda connection, repeated: self.post(connection, body, repeated))

    def post(self, connection, body, repeated):
        while True:
            connection.request("POST", "/v1/transactions", body,
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 503:
                break
            time.sleep(0.02)
        assert answer.status == 200, (answer.status, text)
        self.note(json.loads(text), repeated)


class BatchPoster(Client):
    """Posts NDJSON batches; each line of an answer counts as soon as it is read."""

    def __init__(self, lives, patience_s, batches):
        super().__init__(lives, patience_s)
        self.batches = batches

    def work(self):
        for batch in self.batches:
            self.attempt(lambda connection, repeated: self.post(connection, batch, repeated))

    def post(self, connection, batch, repeated):
        connection.request("POST", "/v1/transactions", b"".join(batch),
                           {"Content-Type": "application/x-ndjson"})
        answer = connection.getresponse()
        assert answer.status == 200, (answer.status, answer.read())
        for _ in batch:
            line = answer.readline()
            if not line.endswith(b"\n"):
                raise EOFError("cut off")
            self.note(json.loads(line), repeated)
        assert answer.read() == b""


def by_member(lines, shares):
    """Lines in `shares` lists: those of one member in one, in order; anonymous ones anywhere."""
    lists = [[] for _ in range(shares)]
    for number, line in enumerate(lines):
        member = json.loads(line).get("member_id")
        place = number if member is None else sum(member.encode())
        lists[place % shares].append(line)
    return lists


def in_batches(lines, size):
    return [lines[at:at + size] for at in range(0, len(lines), size)]
