#include "cli/console.hpp"
#include "cli/data_folder.hpp"
#include "engine/worth.hpp"
#include "ledger/audit.hpp"
#include "pipeline/program_loader.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>

namespace accrue::cli {
namespace {

struct TopMember {
  std::string id;
  std::int64_t points = 0;
};

struct Summary {
  ledger::Totals totals;
  std::uint64_t below_zero = 0;
  std::uint64_t records = 0;
  std::uint64_t notices_pending = 0;
  std::uint64_t notices_dead = 0;
  std::vector<TopMember> top;  ///< By the first currency of the ledger.
  std::shared_ptr<const engine::RuleSet> rules;
};

Result<void> read_top(const store::Txn& txn, std::size_t count, Summary& summary) {
  if (summary.totals.currencies.empty()) return ok();
  const std::string& currency = summary.totals.currencies.front().currency;
  return ledger::each_member(txn, [&](const ledger::Member& member) {
    summary.top.push_back({member.id.text(), member.available(currency).count()});
    const auto better = [](const TopMember& a, const TopMember& b) {
      return a.points != b.points ? a.points > b.points : a.id < b.id;
    };
    if (summary.top.size() >= count * 2 + 64) {
      std::sort(summary.top.begin(), summary.top.end(), better);
      summary.top.resize(count);
    }
    return true;
  });
}

Result<Summary> summarise(const SummaryOptions& options) {
  auto data = find_data(options.data);
  if (!data) return data.error();
  auto store = open_ledger(data.value(), options.data);
  if (!store) return store.error();
  auto txn = store.value()->read();
  if (!txn) return txn.error();
  auto audit = ledger::audit(txn.value());
  if (!audit) return audit.error();
  Summary summary;
  summary.totals = audit.value().totals;
  summary.below_zero = audit.value().members_below_zero;
  summary.records = audit.value().entries;
  auto pending = txn.value().count(store::Table::outbox);
  if (!pending) return pending.error();
  summary.notices_pending = pending.value();
  auto dead = txn.value().count(store::Table::dead);
  if (!dead) return dead.error();
  summary.notices_dead = dead.value();
  const auto top = static_cast<std::size_t>(options.top);
  if (auto read = read_top(txn.value(), top, summary); !read) return read.error();
  std::sort(summary.top.begin(), summary.top.end(), [](const TopMember& a, const TopMember& b) {
    return a.points != b.points ? a.points > b.points : a.id < b.id;
  });
  summary.top.resize(std::min(summary.top.size(), top));
  if (!options.program.empty()) {
    ConsoleLog log;
    auto loader = pipeline::ProgramLoader::open(options.plugins, log);
    if (!loader) return loader.error();
    auto rules = loader.value()->load(options.program);
    if (!rules) return rules.error();
    summary.rules = std::move(rules.value());
  }
  return summary;
}

std::string value_of(const Summary& summary, const std::string& currency, Points points) {
  if (!summary.rules) return {};
  const ProgramTerms& terms = summary.rules->terms();
  for (const PointsCurrency& known : terms.currencies) {
    if (known.name != currency || !known.spendable) continue;
    const Money money = engine::worth(points, known, terms.currency);
    return money.to_string(terms.currency) + " " + std::string(terms.currency.code());
  }
  return {};
}

std::string counted(std::uint64_t number) { return grouped(static_cast<std::int64_t>(number)); }

void print_line(const char* name, const std::string& value) {
  std::printf("  %-22s %18s\n", name, value.c_str());
}

void print_points(const Summary& summary, const ledger::Balance& sum) {
  const auto line = [&](const char* name, Points points) {
    const std::string value = value_of(summary, sum.currency, points);
    std::printf("  %-22s %18s  %s\n", (std::string(name) + " " + sum.currency).c_str(),
                grouped(points.count()).c_str(), value.c_str());
  };
  line("issued", sum.issued);
  line("taken back", sum.reversed);
  line("redeemed", sum.redeemed);
  line("lapsed", sum.expired);
  line("outstanding", sum.available());
}

void print(const Summary& summary, double seconds) {
  const ledger::Totals& totals = summary.totals;
  print_line("transactions", counted(summary.records));
  print_line("members", counted(totals.members));
  print_line("  below zero", counted(summary.below_zero));
  print_line("sales", counted(totals.sales));
  print_line("  of members", counted(totals.member_sales));
  print_line("returns", counted(totals.returns));
  print_line("  of members", counted(totals.member_returns));
  print_line("events", counted(totals.events));
  print_line("member changes", counted(totals.member_changes));
  print_line("ticks (time passing)", counted(totals.ticks));
  for (const ledger::Balance& sum : totals.currencies) print_points(summary, sum);
  print_line("offers made", counted(totals.offers_made));
  print_line("offers accepted", counted(totals.offers_accepted));
  print_line("notices", counted(totals.notices));
  print_line("  waiting", counted(summary.notices_pending));
  print_line("  given up", counted(summary.notices_dead));
  if (seconds > 0) {
    print_line("transactions/s",
               grouped(static_cast<std::int64_t>(static_cast<double>(summary.records) / seconds)));
  }
  std::printf("  top members\n");
  for (const TopMember& member : summary.top)
    print_line(("    " + member.id).c_str(), grouped(member.points));
}

void print_json(const Summary& summary) {
  const ledger::Totals& totals = summary.totals;
  boost::json::object points;
  for (const ledger::Balance& sum : totals.currencies) {
    points[sum.currency] = boost::json::object{{"issued", sum.issued.count()},
                                               {"reversed", sum.reversed.count()},
                                               {"redeemed", sum.redeemed.count()},
                                               {"expired", sum.expired.count()},
                                               {"outstanding", sum.available().count()}};
  }
  boost::json::array top;
  for (const TopMember& member : summary.top) {
    top.push_back(boost::json::object{{"id", member.id}, {"points", member.points}});
  }
  const boost::json::object report{{"transactions", summary.records},
                                   {"members", totals.members},
                                   {"members_below_zero", summary.below_zero},
                                   {"sales", totals.sales},
                                   {"anonymous_sales", totals.anonymous_sales},
                                   {"member_sales", totals.member_sales},
                                   {"returns", totals.returns},
                                   {"member_returns", totals.member_returns},
                                   {"events", totals.events},
                                   {"member_changes", totals.member_changes},
                                   {"ticks", totals.ticks},
                                   {"points", std::move(points)},
                                   {"offers_made", totals.offers_made},
                                   {"offers_accepted", totals.offers_accepted},
                                   {"offers_lapsed", totals.offers_lapsed},
                                   {"notices", totals.notices},
                                   {"notices_pending", summary.notices_pending},
                                   {"notices_dead", summary.notices_dead},
                                   {"top", std::move(top)}};
  std::printf("%s\n", boost::json::serialize(report).c_str());
}

}  // namespace

int summary(const SummaryOptions& options) {
  auto found = summarise(options);
  if (!found) return complain(found.error(), options.data.json);
  if (options.data.json) {
    print_json(found.value());
  } else {
    print(found.value(), options.seconds);
  }
  return kFine;
}

}  // namespace accrue::cli
