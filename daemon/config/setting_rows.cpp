#include "config/daemon_settings.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

constexpr std::int64_t kMiB = 1024 * 1024;
constexpr std::int64_t kManyBytes = 4096 * kMiB;

constexpr accrue_setting text(const char* key, const char* value, const char* help) {
  return {"", key, ACCRUE_TEXT, 0, value, "", "", help, 0, 0};
}

constexpr accrue_setting flag(const char* key, const char* value, const char* help) {
  return {"", key, ACCRUE_BOOLEAN, 0, value, "", "", help, 0, 0};
}

constexpr accrue_setting number(const char* key, const char* value, const char* unit,
                                std::int64_t least, std::int64_t most, const char* help) {
  return {"", key, ACCRUE_INTEGER, 0, value, "", unit, help, least, most};
}

constexpr accrue_setting choice(const char* key, const char* value, const char* words,
                                const char* help) {
  return {"", key, ACCRUE_CHOICE, 0, value, words, "", help, 0, 0};
}

constexpr accrue_setting kRows[] = {
    text("data.folder", "/var/lib/accrue", "Where journal, ledger and vault lie."),
    text("program.folder", "/etc/accrue/program", "The loyalty program: program.yaml and rules."),
    flag("program.watch", "false", "Reload the program when its files change."),
    text("plugins.folder", "/usr/lib/accrue/plugins", "Where plugins are loaded from."),
    text("http.listen", "127.0.0.1:8080", "Address and port of the API."),
    text("http.api_keys", "",
         "File with the SHA-256 of each API key; required when listening beyond loopback."),
    // No codec decodes more than 4 MiB at a time.
    number("http.transaction_bytes", "1048576", "bytes", 1024, 4 * kMiB,
           "Largest body of one transaction, or line of a batch."),
    number("http.batch_bytes", "67108864", "bytes", 1024, kManyBytes,
           "Largest body of a batch, which is read as a stream."),
    number("http.header_bytes", "8192", "bytes", 512, kMiB, "Largest request line and headers."),
    number("http.header_fields", "64", "fields", 8, 1000, "Most header fields of a request."),
    number("http.connections", "4096", "connections", 1, 100'000,
           "Most connections; at the limit the oldest idle one is closed."),
    number("http.header_s", "10", "seconds", 1, 3600, "Time for the headers of a request."),
    number("http.body_s", "30", "seconds", 1, 3600, "Time for the body of a request."),
    number("http.write_s", "10", "seconds", 1, 3600, "Time for a peer to take an answer."),
    number("http.idle_s", "60", "seconds", 1, 86'400, "Time a connection may say nothing."),
    number("journal.segment_mb", "256", "MiB", 1, 16'384, "Size of a journal file."),
    flag("journal.pack", "true", "Pack journal files that are full and posted, with zstd."),
    number("store.map_gb", "64", "GiB", 1, 16'384,
           "Most the ledger may grow to; address space only, not disk."),
    flag("store.allow_any_filesystem", "false",
         "Start on a file system the ledger is not known to be safe on."),
    number("members.cache_mb", "256", "MiB", 1, 1'048'576, "Memory for members in use."),
    number("road.queue", "4096", "transactions", 1, 1'000'000,
           "Transactions waiting to be decided before senders are told `full`."),
    number("road.group_max", "512", "transactions", 1, 100'000,
           "Most transactions made durable with one sync."),
    number("road.unposted_max", "50000", "transactions", 1000, 10'000'000,
           "Transactions in the journal and not yet in the ledger before senders wait."),
    choice("ticks.source", "wall", "wall|feed",
           "Whose time makes points lapse: the system clock's, or the transactions' own."),
    choice("log.level", "info", "debug|info|warning|error", "Least important line that is logged."),
};

}  // namespace

std::span<const accrue_setting> setting_rows() { return kRows; }

std::string settings_help() {
  std::size_t widest = 0;
  for (const accrue_setting& row : kRows) widest = std::max(widest, std::string(row.key).size());
  std::string help;
  for (const accrue_setting& row : kRows) {
    const std::string key = row.key;
    const std::string value = row.default_value;
    help += "  " + key + std::string(widest + 2 - key.size(), ' ') + row.help;
    if (row.type == ACCRUE_CHOICE) help += " One of " + std::string(row.choices) + ".";
    help += " Default: " + (value.empty() ? "none" : value);
    help += (*row.unit != '\0' ? " " + std::string(row.unit) : "") + ".\n";
  }
  return help;
}

}  // namespace accrue::config
