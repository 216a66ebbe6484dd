"""When a daemon is killed: random moments, the same for the same seed, spread over the whole work
and over the starts in between. Progress is read from the journal itself, so that a fast machine is
killed as often as a slow one."""
import os
import random
import struct
import sys
import threading
import time

HEADER = 64       # Bytes of a segment's header; docs/formats/journal.md.
RECORD_HEAD = 56  # Bytes of a record before its payload.


class JournalTail:
    """Number of the newest record in a data folder's journal, as far as it is written."""

    def __init__(self, data):
        self.folder = os.path.join(data, "journal")
        self.segment, self.name, self.offset, self.last = None, None, HEADER, 0

    def newest(self):
        while True:
            while self.segment is not None and self.step():
                pass
            if not self.open_next():
                return self.last

    def step(self):
        head = os.pread(self.segment, 16, self.offset)
        if len(head) < 16:
            return False
        length, _, number = struct.unpack("<IIQ", head)
        if length == 0 or number != self.last + 1:
            return False
        self.last = number
        self.offset += RECORD_HEAD + (length + 7) // 8 * 8
        return True

    def open_next(self):
        """Goes on to the newest segment when it is another one: those before it may be packed."""
        if not os.path.isdir(self.folder):
            return False
        plain = sorted(name for name in os.listdir(self.folder) if name.endswith(".journal"))
        if not plain or plain[-1] == self.name:
            return False
        self.close()
        self.name = plain[-1]
        try:
            self.segment = os.open(os.path.join(self.folder, self.name), os.O_RDONLY)
        except FileNotFoundError:
            return True  # Packed since it was listed: there is a newer one.
        self.offset, self.last = HEADER, int(self.name.split(".")[0]) - 1
        return True

    def close(self):
        if self.segment is not None:
            os.close(self.segment)
            self.segment = None


class Moments:
    """Kills a daemon `kills` times: three in four when `progress()` passes a random number below
    `total`, one in four while it is starting."""

    def __init__(self, kills, seed, total, name):
        self.random = random.Random("%s %s" % (seed, name))
        self.kills, self.total, self.name = kills, total, name
        self.done = self.at_start = 0
        starts = sum(self.random.random() < 0.25 for _ in range(kills))
        self.start_kills = sorted(self.random.sample(range(kills), starts), reverse=True)
        self.places = sorted((self.random.randrange(1, total) for _ in range(kills - starts)),
                             reverse=True)
        self.start_s = 0.05  # How long a start takes; measured.

    def kill_while_starting(self, daemon):
        """True when this start was one to be killed; the daemon is dead then."""
        if not self.start_kills or self.start_kills[-1] > self.done:
            return False
        self.start_kills.pop()
        time.sleep(self.random.uniform(0, self.start_s))
        self.at_start += 1
        self.kill(daemon)
        return True

    def start(self, daemon):
        """Starts until a start is not killed."""
        while True:
            daemon.start(wait=False)
            if self.kill_while_starting(daemon):
                continue
            began = time.time()
            daemon.wait_ready()
            self.start_s = time.time() - began
            return

    def run(self, daemon, progress):
        """Starts and kills until no kill is left; the daemon runs when this returns."""
        self.start(daemon)
        while self.places:
            place = self.places.pop()
            while progress() < place:
                if daemon.process.poll() is not None:
                    raise AssertionError("accrued ended by itself: " + daemon.log_text())
                time.sleep(0.0005)
            time.sleep(self.random.uniform(0, 0.004))  # Anywhere in what follows.
            self.kill(daemon)
            self.start(daemon)
        self.tell("%d kills, %d of them while starting" % (self.done, self.at_start), last=True)

    def kill(self, daemon):
        daemon.kill()
        self.done += 1
        self.tell("killed %d of %d times" % (self.done, self.kills))

    def tell(self, text, last=False):
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K%s: %s%s" % (self.name, text, "\n" if last else ""))
        elif last:
            sys.stderr.write("%s: %s\n" % (self.name, text))
        sys.stderr.flush()


class Lives:
    """Lets clients wait for the daemon's next life."""

    def __init__(self):
        self.changed = threading.Condition()
        self.number, self.port, self.over = 0, None, False

    def begin(self, port):
        with self.changed:
            self.number, self.port = self.number + 1, port
            self.changed.notify_all()

    def end(self):
        with self.changed:
            self.over = True
            self.changed.notify_all()

    def after(self, number, patience_s):
        """Number and port of a life later than `number`."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.number > number or self.over, patience_s):
                raise AssertionError("the daemon does not come back")
            if self.over and self.number <= number:
                raise AssertionError("the daemon hangs up without being killed")
            return self.number, self.port
