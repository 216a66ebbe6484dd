#include "cli/console.hpp"
#include "cli/verification.hpp"

#include <boost/json.hpp>

#include <cstdio>

namespace accrue::cli {
namespace {

std::string counted(std::uint64_t number) { return grouped(static_cast<std::int64_t>(number)); }

void print_json(const Verification& found) {
  boost::json::array findings(found.findings.begin(), found.findings.end());
  boost::json::array notes(found.notes.begin(), found.notes.end());
  const boost::json::object report{{"records", found.journal.records},
                                   {"first", value_of(found.first)},
                                   {"segments", found.journal.segments},
                                   {"applied", value_of(found.applied)},
                                   {"members", found.audit.members},
                                   {"lots", found.audit.lots},
                                   {"members_below_zero", found.audit.members_below_zero},
                                   {"state_hash", found.hash},
                                   {"chain", to_hex(found.journal.chain)},
                                   {"keys", found.keys},
                                   {"deliveries", found.deliveries},
                                   {"notes", std::move(notes)},
                                   {"findings", std::move(findings)}};
  std::printf("%s\n", boost::json::serialize(report).c_str());
}

void print(const Verification& found) {
  std::printf("journal: %s records in %s segments%s\n", counted(found.journal.records).c_str(),
              counted(found.journal.segments).c_str(),
              found.journal.damage ? ", then damage" : ", checksums and hash chain right");
  if (found.has_ledger) {
    std::printf("ledger: posted up to record %s of %s; %s members, %s lots\n",
                counted(value_of(found.applied)).c_str(),
                counted(value_of(found.journal.last)).c_str(), counted(found.audit.members).c_str(),
                counted(found.audit.lots).c_str());
  }
  if (!found.hash.empty()) std::printf("state hash %s\n", found.hash.c_str());
  std::printf("vault: %s keys; deliveries: %s records\n", counted(found.keys).c_str(),
              counted(found.deliveries).c_str());
  for (const std::string& note : found.notes) std::printf("note: %s\n", note.c_str());
  for (const std::string& finding : found.findings) std::printf("WRONG: %s\n", finding.c_str());
  if (found.findings.empty()) std::printf("everything is as it should be\n");
}

int print_hash(const DataOptions& options) {
  auto data = find_data(options);
  if (!data) return complain(data.error(), options.json);
  auto store = open_ledger(data.value(), options);
  if (!store) return complain(store.error(), options.json);
  auto hash = hash_of(*store.value(), data.value());
  if (!hash) return complain(hash.error(), options.json);
  std::printf("%s\n", hash.value().c_str());
  return kFine;
}

}  // namespace

int verify(const DataOptions& options) {
  if (options.hash_only) return print_hash(options);
  auto found = verify_data(options);
  if (!found) return complain(found.error(), options.json);
  if (options.json) {
    print_json(found.value());
  } else {
    print(found.value());
  }
  return found.value().findings.empty() ? kFine : kFound;
}

}  // namespace accrue::cli
