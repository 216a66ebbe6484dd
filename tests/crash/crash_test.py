"""kill -9 at random moments loses nothing, repeats nothing, and changes nothing.

The suite's short form; scripts/crash is the long one. ACCRUE_SEED: other moments (default: 1).
"""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))
import kill_runs  # noqa: E402
from harness import needs_year  # noqa: E402

SEED = os.environ.get("ACCRUE_SEED", "1")


class Crash(unittest.TestCase):
    @needs_year
    def test_the_year_through_the_file_feed(self):
        kill_runs.play_feed(8, SEED)

    @needs_year
    def test_the_year_in_single_posts(self):
        kill_runs.play_posts(8, SEED)

    @needs_year
    def test_the_year_in_batches(self):
        kill_runs.play_batch(4, SEED)

    def test_a_grocers_year_with_lapses_offers_and_notices(self):
        kill_runs.play_grocer(8, SEED)


if __name__ == "__main__":
    unittest.main(verbosity=2)
