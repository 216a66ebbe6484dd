"""The real year, and a generated grocer's, played by a daemon that is killed again and again; see
scripts/crash. Each run ends with the books compared to those of a daemon that nobody disturbed."""
import argparse
import glob
import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "e2e"))
sys.path.insert(0, os.path.dirname(__file__))
import clients  # noqa: E402
from harness import *  # noqa: E402,F403
from moments import JournalTail, Lives, Moments  # noqa: E402

YEAR_RECORDS = 25900
CONNECTIONS = 8
# So that the journal has many files, and most of them are packed while the daemon is killed.
SMALL_SEGMENTS = {"journal": {"segment_mb": 1}}
check = unittest.TestCase()
undisturbed_year = []


def undisturbed_hash():
    """State hash of the year through the file feed, without a kill; worked out once."""
    if not undisturbed_year:
        daemon = Daemon(feeds=[ndjson_feed(year_ndjson())])
        try:
            daemon.start()
            daemon.wait_posted(YEAR_RECORDS)
            check.assertEqual(0, daemon.stop())
            assert_year(check, daemon)
            undisturbed_year.append(daemon.state_hash())
        finally:
            daemon.close()
    return undisturbed_year[0]


def verify(daemon, expected_hash, records=None):
    report = daemon.data_tool("verify")
    check.assertEqual([], report["findings"])
    check.assertEqual(expected_hash, report["state_hash"])
    if records:
        check.assertEqual(records, report["records"])


def check_books(daemon, expected_hash, records=None):
    """The stopped daemon's books are sound, as expected, and can be made anew from the journal."""
    verify(daemon, expected_hash, records)
    shutil.rmtree(os.path.join(daemon.data, "ledger"))
    check.assertEqual(expected_hash, daemon.data_tool("rebuild")["state_hash"])
    verify(daemon, expected_hash, records)


def wait_packed(daemon):
    """Until files of the journal are packed, so that what follows reads them."""
    packed = os.path.join(daemon.data, "journal", "*.journal.zst")
    wait_until(lambda: glob.glob(packed), "packing")


def finish_year(daemon):
    daemon.wait_posted(YEAR_RECORDS)
    wait_packed(daemon)
    check.assertEqual(0, daemon.stop())
    assert_year(check, daemon)
    check_books(daemon, undisturbed_hash(), YEAR_RECORDS)
    assert_year(check, daemon)


def play_feed(kills, seed):
    """The file feed: nobody is there to send anything again."""
    daemon = Daemon(feeds=[ndjson_feed(year_ndjson())], settings=SMALL_SEGMENTS)
    tail = JournalTail(daemon.data)
    try:
        Moments(kills, seed, YEAR_RECORDS, "feed").run(daemon, tail.newest)
        finish_year(daemon)
    finally:
        tail.close()
        daemon.close()


class LivesOf(Moments):
    """Moments that tell clients where each life listens."""

    def __init__(self, lives, *arguments):
        super().__init__(*arguments)
        self.lives = lives

    def start(self, daemon):
        super().start(daemon)
        self.lives.begin(daemon.port)


def play_clients(name, kills, seed, make_clients):
    daemon = Daemon(settings=SMALL_SEGMENTS)
    lives = Lives()
    with open(year_ndjson(), "rb") as year:
        lines = year.readlines()
    senders = make_clients(lives, lines)

    def acknowledged():
        for sender in senders:
            if sender.failure:
                raise sender.failure
        return sum(len(sender.acknowledged) for sender in senders)

    try:
        for sender in senders:
            sender.start()
        LivesOf(lives, kills, seed, YEAR_RECORDS, name).run(daemon, acknowledged)
        lives.end()
        for sender in senders:
            sender.join()
        check.assertEqual(YEAR_RECORDS, acknowledged())
        repeat_all(daemon, lines, senders)
        finish_year(daemon)
    finally:
        lives.end()
        daemon.close()


def repeat_all(daemon, lines, senders):
    """Every acknowledged POST, sent again, is a duplicate and tells what was told."""
    known = {}
    for sender in senders:
        known.update(sender.acknowledged)
    check.assertEqual(YEAR_RECORDS, len(known))
    check.assertEqual(YEAR_RECORDS, len({answer["seq"] for answer in known.values()}))
    connection = daemon.connect()
    for line in lines:
        status, answer = daemon.call("POST", "/v1/transactions", line, connection=connection)
        check.assertEqual((200, "duplicate"), (status, answer["status"]), answer)
        check.assertEqual(known[answer["id"]], clients.told(answer))
    connection.close()


def play_posts(kills, seed):
    """Single POSTs on several connections at once."""
    play_clients("posts", kills, seed, lambda lives, lines: [
        clients.Poster(lives, PATIENCE_S, share)
        for share in clients.by_member(lines, CONNECTIONS)])


def play_batch(kills, seed):
    """NDJSON batches of 500 lines."""
    play_clients("batch", kills, seed, lambda lives, lines: [
        clients.BatchPoster(lives, PATIENCE_S, clients.in_batches(lines, 500))])


GROCER = {"transactions": 6000, "members": 300, "days": 500, "seed": 5}


def grocer_feed(folder):
    path = os.path.join(folder, "grocer.ndjson")
    options = [text for name, value in GROCER.items() for text in ("--" + name, str(value))]
    subprocess.run([ACCRUE, "generate", "--out", path] + options, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return path


def grocer_daemon(feed):
    daemon = Daemon(program="rules/grocer", settings=SMALL_SEGMENTS,
                    feeds=[{"name": "year", "plugin": "file", "path": feed, "codec": "json"}])
    daemon.notifiers = [{"name": "log", "plugin": "log",
                         "path": os.path.join(daemon.folder, "notices.ndjson")}]
    return daemon


def notices_of(daemon):
    """What was told, by notice id; twice is allowed, another thing by the same id is not."""
    notices = {}
    with open(daemon.notifiers[0]["path"]) as lines:
        for line in lines:
            notice = json.loads(line)
            check.assertEqual(notice, notices.setdefault(notice["id"], notice))
    return notices


def told_members(daemon):
    """What was told, in no order. Ids count places in the order of everything, and ticks of
    different members may take their places in any order."""
    return sorted(json.dumps(dict(notice, id=""), sort_keys=True)
                  for notice in notices_of(daemon).values())


def finish_grocer(daemon, records):
    """Until all is posted and told; then what the books hold."""
    daemon.wait_posted(records)
    wait_packed(daemon)
    deadline = time.time() + PATIENCE_S
    while daemon.data_tool("summary")["notices_pending"] > 0:
        check.assertLess(time.time(), deadline, "notices stay in the outbox")
        time.sleep(0.1)
    check.assertEqual(0, daemon.stop())
    summary = daemon.data_tool("summary", "--top", "5000")
    check.assertEqual(0, summary["notices_dead"])
    check.assertEqual(summary["notices"], len(notices_of(daemon)))
    return summary


def grocer_records(feed):
    """How many records the feed makes: played to its end by a daemon that stops by itself."""
    daemon = grocer_daemon(feed)
    try:
        daemon.write_config()
        subprocess.run([ACCRUED, "--config", daemon.config, "--until-fed"], check=True,
                       stderr=subprocess.DEVNULL, timeout=PATIENCE_S)
        return daemon.data_tool("verify")["records"]
    finally:
        daemon.close()


def send_again(daemon, feed):
    """The whole feed as a batch: duplicates all. A member's contact data is the same content only
    if the key that seals it has lived through every crash."""
    daemon.feeds = []
    daemon.start()
    with open(feed, "rb") as lines:
        status, text = daemon.call("POST", "/v1/transactions", lines.read(), "application/x-ndjson")
    check.assertEqual(200, status)
    answers = [json.loads(line) for line in text.splitlines()]
    check.assertEqual([], [answer for answer in answers if answer["status"] != "duplicate"])
    check.assertEqual(0, daemon.stop())


def play_grocer(kills, seed):
    """A generated feed and the program with every rule type: lots lapse, offers are made and taken,
    members are told, contact data is sealed."""
    folder = tempfile.mkdtemp(prefix="accrue-crash-")
    killed = calm = None
    try:
        feed = grocer_feed(folder)
        records = grocer_records(feed)
        killed, calm = grocer_daemon(feed), grocer_daemon(feed)
        tail = JournalTail(killed.data)
        Moments(kills, seed, records, "grocer").run(killed, tail.newest)
        tail.close()
        found = finish_grocer(killed, records)
        calm.start()
        check.assertEqual(finish_grocer(calm, records), found)
        check.assertTrue(told_members(calm) == told_members(killed), "other notices were told")
        for needed in ("ticks", "offers_made", "offers_accepted", "offers_lapsed", "notices"):
            check.assertGreater(found[needed], 20, needed)
        check.assertGreater(found["points"]["points"]["expired"], 0)
        send_again(killed, feed)
        check_books(killed, calm.state_hash(), records)
    finally:
        for daemon in (killed, calm):
            if daemon:
                daemon.close()
        shutil.rmtree(folder, ignore_errors=True)


WAYS = {"feed": play_feed, "posts": play_posts, "batch": play_batch, "grocer": play_grocer}


def main():
    parser = argparse.ArgumentParser(prog="scripts/crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of each way (100)")
    parser.add_argument("--seed", default=str(int(time.time())), help="the same moments again")
    parser.add_argument("--way", choices=[*WAYS, "all"], default="all")
    wanted = parser.parse_args()
    if wanted.kills < 1:
        parser.error("--kills needs at least 1")
    left_out = 0
    for way in WAYS if wanted.way == "all" else [wanted.way]:
        if way != "grocer" and not year_ndjson():
            print("%s: LEFT OUT, the real year is not in %s" % (way, DATA))
            left_out += 1
            continue
        began = time.time()
        WAYS[way](wanted.kills, wanted.seed)
        print("%s: %d kills in %.0f s with seed %s; books sound, as undisturbed, also rebuilt"
              % (way, wanted.kills, time.time() - began, wanted.seed), flush=True)
    return 3 if left_out else 0


if __name__ == "__main__":
    sys.exit(main())
