#include "cli/console.hpp"
#include "cli/data_folder.hpp"

#include <boost/json.hpp>

#include <cstdio>

namespace accrue::cli {
namespace {

struct Found {
  ledger::Member member;
  ledger::Statement statement;
};

Result<Found> find(const MemberOptions& options) {
  auto id = MemberId::parse(options.id);
  if (!id) return id.error();
  auto data = find_data(options.data);
  if (!data) return data.error();
  auto store = open_ledger(data.value(), options.data);
  if (!store) return store.error();
  auto txn = store.value()->read();
  if (!txn) return txn.error();
  auto member = ledger::find_member(txn.value(), id.value());
  if (!member) return member.error();
  if (!member.value()) return Error{ErrorCode::not_found, "there is no member " + options.id};
  auto archive = ledger::Archive::open(data.value().journal());
  if (!archive) return archive.error();
  auto statement = archive.value()->statement(member.value()->last_entry,
                                              static_cast<std::size_t>(options.entries));
  if (!statement) return statement.error();
  return Found{std::move(*member.value()), std::move(statement.value())};
}

boost::json::object json_of(const Found& found) {
  boost::json::object balances;
  for (const ledger::Balance& balance : found.member.balances) {
    balances[balance.currency] = boost::json::object{
        {"available", balance.available().count()}, {"issued", balance.issued.count()},
        {"redeemed", balance.redeemed.count()},     {"expired", balance.expired.count()},
        {"reversed", balance.reversed.count()},     {"deficit", balance.deficit.count()}};
  }
  boost::json::array entries;
  for (const ledger::Entry& entry : found.statement.entries) {
    boost::json::array awards;
    for (const Award& award : entry.decision.awards) {
      awards.push_back(boost::json::object{
          {"rule", award.rule}, {"points", award.points.count()}, {"reason", award.reason}});
    }
    entries.push_back(boost::json::object{{"seq", value_of(entry.seq)},
                                          {"id", entry.id.text()},
                                          {"type", name_of(entry.type)},
                                          {"time", format_timestamp(entry.time)},
                                          {"awards", std::move(awards)}});
  }
  return {{"id", found.member.id.text()},
          {"enrolled_at", format_timestamp(found.member.enrolled_at)},
          {"entries_in_all", found.member.entries},
          {"balances", std::move(balances)},
          {"lots", found.member.lots.size()},
          {"entries", std::move(entries)}};
}

void print(const Found& found) {
  const ledger::Member& member = found.member;
  std::printf("member %s, enrolled %s, %s entries\n", member.id.text().c_str(),
              format_timestamp(member.enrolled_at).c_str(),
              grouped(static_cast<std::int64_t>(member.entries)).c_str());
  for (const ledger::Balance& balance : member.balances) {
    std::printf("  %-12s %s available (issued %s, taken back %s, redeemed %s, lapsed %s)\n",
                balance.currency.c_str(), grouped(balance.available().count()).c_str(),
                grouped(balance.issued.count()).c_str(), grouped(balance.reversed.count()).c_str(),
                grouped(balance.redeemed.count()).c_str(),
                grouped(balance.expired.count()).c_str());
  }
  for (const ledger::Lot& lot : member.lots) {
    if (lot.expires_at) {
      std::printf("  %s %s lapse %s\n", grouped(lot.remaining.count()).c_str(),
                  lot.currency.c_str(), format_timestamp(*lot.expires_at).c_str());
    }
  }
  for (const ledger::Entry& entry : found.statement.entries) {
    std::printf("  %10llu  %s  %-7s %s\n", static_cast<unsigned long long>(value_of(entry.seq)),
                format_timestamp(entry.time).c_str(), std::string(name_of(entry.type)).c_str(),
                entry.id.text().c_str());
    for (const Award& award : entry.decision.awards) {
      std::printf("              %+lld %s by %s: %s\n",
                  static_cast<long long>(award.points.count()), award.currency.c_str(),
                  award.rule.c_str(), award.reason.c_str());
    }
  }
}

}  // namespace

int show_member(const MemberOptions& options) {
  auto found = find(options);
  if (!found) {
    return complain(found.error(), options.data.json,
                    found.error().code == ErrorCode::not_found ? kFound : kUnable);
  }
  if (options.data.json) {
    std::printf("%s\n", boost::json::serialize(json_of(found.value())).c_str());
  } else {
    print(found.value());
  }
  return kFine;
}

}  // namespace accrue::cli
