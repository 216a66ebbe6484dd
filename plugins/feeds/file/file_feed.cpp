#include "watched_feed.hpp"

#include <array>

namespace {

constexpr std::array<accrue_setting, 6> kSettings{{
    {"", "path", ACCRUE_TEXT, 1, "", "", "",
     "A file, or a folder whose files are read one after the other.", 0, 0},
    {"", "pattern", ACCRUE_TEXT, 0, "*", "", "", "Which names of a folder count: \"*.ndjson*\".", 0,
     0},
    {"", "done", ACCRUE_TEXT, 0, "done", "", "",
     "The subfolder to which finished files of a folder are moved.", 0, 0},
    {"", "poll_ms", ACCRUE_INTEGER, 0, "500", "", "milliseconds",
     "How often the feed looks for something new.", 1, 3'600'000},
    {"", "quiet_ms", ACCRUE_INTEGER, 0, "2000", "", "milliseconds",
     "A file that has not changed for so long is whole: its sender has finished.", 0, 3'600'000},
    {"", "follow", ACCRUE_BOOLEAN, 0, "", "", "",
     "Keep watching when all is read. Without it: yes for a folder, no for a file.", 0, 0},
}};

}  // namespace

ACCRUE_PLUGIN(ACCRUE_FEED, accrue::Feed, accrue::file_feed::FileFeed, "file", "1.0",
              "Reads files of transactions, plain, gzip or zstd, and remembers how far it came.",
              kSettings);
