// LMDB's limit for the poster: the puts that posting a transaction makes, in the same commit sizes,
// fully synced, with nothing read, decoded, checked or kept beside. Members are loaded before.
//
//   lmdb_puts [--transactions 360000] [--commit 12000] [--members 1000000] [--like DATA] [--json]
#include "shape.hpp"
#include "table_set.hpp"

#include <CLI/CLI.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace bench;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

struct Wanted {
  std::string folder;
  std::string like;
  std::uint64_t transactions = 360'000;
  std::uint64_t commit = 12'000;
  std::uint64_t warmup = 24'000;
  std::string order = "sorted";
  std::uint64_t seed = 1;
  bool json = false;
};

constexpr std::uint64_t kFirstDue = 1'767'225'600'000;  // 2026-01-01, in ms.
constexpr std::uint64_t kDueAfter = 270ull * 86'400'000;

struct Figures {
  double load_seconds = 0;
  double seconds = 0;
  double commit_p50 = 0;
  double commit_max = 0;
  double puts = 0;
  double live_bytes = 0;
  double file_bytes = 0;
};

class Run {
 public:
  Run(const std::string& folder, const Wanted& wanted, const Shape& shape)
      : file_(folder + "/data.mdb"),
        wanted_(wanted),
        shape_(shape),
        tables_(folder),
        random_(wanted.seed),
        due_(shape.members),
        receipts_(shape.tills),
        bytes_(std::max({shape.entry_bytes, shape.member_bytes, shape.lot_bytes, shape.id_bytes}),
               'v') {}

  Figures measure() {
    Figures figures;
    const auto begun = Clock::now();
    load_members();
    for (std::uint64_t done = 0; done < wanted_.warmup; done += wanted_.commit) commit();
    figures.load_seconds = Seconds(Clock::now() - begun).count();
    const auto live = tables_.live_bytes();
    const auto file = on_disk();
    const auto operations = tables_.operations();
    std::vector<double> commits;
    std::uint64_t count = 0;
    for (; count < wanted_.transactions; count += wanted_.commit) {
      const auto from = Clock::now();
      commit();
      commits.push_back(Seconds(Clock::now() - from).count());
      figures.seconds += commits.back();
    }
    std::sort(commits.begin(), commits.end());
    figures.commit_p50 = commits[commits.size() / 2];
    figures.commit_max = commits.back();
    const auto each = [count](std::uint64_t after, std::uint64_t before) {
      return (static_cast<double>(after) - static_cast<double>(before)) /
             static_cast<double>(count);
    };
    figures.puts = each(tables_.operations(), operations);
    figures.live_bytes = each(tables_.live_bytes(), live);
    figures.file_bytes = each(on_disk(), file);
    figures.seconds /= static_cast<double>(count);
    return figures;
  }

 private:
  struct Touched {
    std::uint32_t member;
    std::uint64_t seq;
  };

  std::string_view value(std::size_t size) const {
    return std::string_view(bytes_).substr(0, size);
  }

  std::uint64_t on_disk() const {
    struct ::stat info {};
    return ::stat(file_.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_blocks) * 512 : 0;
  }

  /// Members, what they hold and when something is due for them, in commits of bounded size.
  void load_members() {
    constexpr std::uint32_t kPart = 50'000;
    const auto in_parts = [&](auto&& one) {
      for (std::uint32_t from = 0; from < shape_.members; from += kPart) {
        tables_.begin();
        const auto until = std::min(shape_.members, from + kPart);
        for (std::uint32_t member = from; member < until; ++member) one(member);
        tables_.commit();
      }
    };
    in_parts([&](std::uint32_t member) {
      tables_.put(members, member_key(member), value(shape_.member_bytes), true);
      for (std::uint32_t lot = 0; lot < shape_.lots_held; ++lot)
        tables_.put(lots, lot_key(member, 1 + member, lot), value(shape_.lot_bytes), true);
    });
    if (!shape_.moves_due) return;
    // In order of time, each time a member from somewhere else.
    std::vector<std::uint32_t> shuffled(shape_.members);
    for (std::uint32_t i = 0; i < shape_.members; ++i) shuffled[i] = i;
    std::shuffle(shuffled.begin(), shuffled.end(), random_);
    const std::uint64_t step = kDueAfter / shape_.members;
    in_parts([&](std::uint32_t place) {
      const std::uint32_t member = shuffled[place];
      due_[member] = kFirstDue + place * step;
      tables_.put(due, due_key(due_[member], member), value(4), true);
    });
  }

  void commit() {
    std::uniform_int_distribution<std::uint32_t> any_member(0, shape_.members - 1);
    std::uniform_int_distribution<std::uint32_t> any_till(0, shape_.tills - 1);
    tables_.begin();
    touched_.clear();
    for (std::uint64_t i = 0; i < wanted_.commit; ++i) {
      ++seq_;
      tables_.put(entries, Key().number(seq_, 8), value(shape_.entry_bytes), true);
      const std::uint32_t till = any_till(random_);
      tables_.put(ids, receipt_key(till, ++receipts_[till]), value(shape_.id_bytes));
      touched_.push_back({any_member(random_), seq_});
      if (shape_.names_feed) tables_.put(feeds, Key().text("feed"), value(37));
    }
    if (wanted_.order == "sorted") {
      std::sort(touched_.begin(), touched_.end(), [](const Touched& a, const Touched& b) {
        return a.member != b.member ? a.member < b.member : a.seq < b.seq;
      });
    }
    for (std::size_t i = 0; i < touched_.size(); ++i) {
      const auto [member, seq] = touched_[i];
      for (std::uint32_t lot = 0; lot < shape_.lots_opened; ++lot)
        tables_.put(lots, lot_key(member, seq, lot), value(shape_.lot_bytes));
      // Sorted, a member with several transactions in the commit is written once.
      const bool again = i + 1 < touched_.size() && touched_[i + 1].member == member;
      if (!again) write_member(member, seq);
    }
    tables_.put(meta, Key().text("applied"), value(44));
    tables_.put(meta, Key().text("totals"), value(292));
    tables_.commit();
  }

  void write_member(std::uint32_t member, std::uint64_t seq) {
    tables_.put(members, member_key(member), value(shape_.member_bytes));
    if (!shape_.moves_due) return;
    tables_.erase(due, due_key(due_[member], member));
    due_[member] = kFirstDue + kDueAfter + seq * 10;
    tables_.put(due, due_key(due_[member], member), value(4));
  }

  std::string file_;
  const Wanted& wanted_;
  const Shape& shape_;
  TableSet tables_;
  std::mt19937_64 random_;
  std::uint64_t seq_ = 0;
  std::vector<std::uint64_t> due_;
  std::vector<std::uint32_t> receipts_;
  std::vector<Touched> touched_;
  std::string bytes_;
};

void print(const Wanted& wanted, const Shape& shape, const Figures& figures) {
  if (wanted.json) {
    std::printf(
        "{\"bench\":\"lmdb_puts\",\"members\":%u,\"commit\":%lu,\"transactions\":%lu,"
        "\"order\":\"%s\",\"entry_bytes\":%zu,\"member_bytes\":%zu,\"lot_bytes\":%zu,"
        "\"lots_opened\":%u,\"puts_per_transaction\":%.2f,\"transactions_per_second\":%.0f,"
        "\"commit_p50_s\":%.3f,\"commit_max_s\":%.3f,\"live_bytes_per_transaction\":%.0f,"
        "\"file_bytes_per_transaction\":%.0f,\"load_s\":%.1f}\n",
        shape.members, wanted.commit, wanted.transactions, wanted.order.c_str(), shape.entry_bytes,
        shape.member_bytes, shape.lot_bytes, shape.lots_opened, figures.puts, 1 / figures.seconds,
        figures.commit_p50, figures.commit_max, figures.live_bytes, figures.file_bytes,
        figures.load_seconds);
    return;
  }
  std::printf("%u members, commits of %lu transactions, members %s within a commit\n",
              shape.members, wanted.commit, wanted.order.c_str());
  std::printf(
      "values: entry %zu, member %zu, lot %zu bytes; %u lots opened; %.2f puts and erases "
      "a transaction\n",
      shape.entry_bytes, shape.member_bytes, shape.lot_bytes, shape.lots_opened, figures.puts);
  std::printf("transactions/s: %.0f\n", 1 / figures.seconds);
  std::printf("a commit: p50 %.3f s, max %.3f s\n", figures.commit_p50, figures.commit_max);
  std::printf("bytes/transaction: %.0f in pages that hold something, %.0f of the file\n",
              figures.live_bytes, figures.file_bytes);
}

void declare(CLI::App& app, Wanted& wanted, Shape& shape) {
  app.add_option("--folder", wanted.folder, "Where to write; on the disk that counts")->take_last();
  app.add_option("--like", wanted.like, "Take value sizes from this data folder");
  app.add_option("--transactions", wanted.transactions)->check(CLI::PositiveNumber);
  app.add_option("--commit", wanted.commit, "Transactions")->check(CLI::Range(1, 60'000));
  app.add_option("--warmup", wanted.warmup, "Transactions before that are not counted");
  app.add_option("--members", shape.members)->check(CLI::Range(1, 9'999'999));
  app.add_option("--tills", shape.tills)->check(CLI::Range(1, 7'999));
  app.add_option("--lots-opened", shape.lots_opened, "Of a transaction");
  app.add_option("--lots-held", shape.lots_held, "Of a member, before the run");
  app.add_option("--moves-due", shape.moves_due, "Whether a member's due time moves");
  app.add_flag("--feed", shape.names_feed, "Also note the feed's position, as a file feed does");
  app.add_option("--order", wanted.order, "Of members in a commit: sorted, or arrival")
      ->check(CLI::IsMember({"sorted", "arrival"}));
  app.add_option("--seed", wanted.seed);
  app.add_flag("--json", wanted.json, "One JSON object instead of lines");
}

}  // namespace

int main(int argc, char** argv) {
  Wanted wanted;
  Shape shape;
  wanted.folder = fs::temp_directory_path().string();
  CLI::App app("Puts into LMDB what posting transactions puts: LMDB's limit for the poster");
  declare(app, wanted, shape);
  CLI11_PARSE(app, argc, argv);
  if (!wanted.like.empty()) take_sizes_from(wanted.like, shape);
  std::string folder = (fs::path(wanted.folder) / "lmdb-puts-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) stop("cannot create a folder in " + wanted.folder);
  const Figures figures = Run(folder, wanted, shape).measure();
  fs::remove_all(folder);
  print(wanted, shape, figures);
}
