#include "journal/verify.hpp"
#include "cli/console.hpp"
#include "cli/data_folder.hpp"
#include "ledger/audit.hpp"
#include "ledger/state_hash.hpp"

#include <unistd.h>
#include <boost/json.hpp>

#include <cstdio>
#include <system_error>

namespace accrue::cli {
namespace {

struct Verification {
  journal::Report journal;
  ledger::Audit audit;
  Seq applied = Seq::none;
  std::string hash;
  std::string rebuilt_hash;
  std::vector<std::string> findings;
};

/// Folder that is removed when it is done with.
class Scratch {
 public:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// One snapshot, so that a running daemon cannot move the ledger between two looks.
Result<void> look_at_ledger(store::Environment& store, Verification& found) {
  auto txn = store.read();
  if (!txn) return txn.error();
  auto reached = ledger::applied(txn.value());
  if (!reached) return reached.error();
  found.applied = reached.value().seq;
  auto audit = ledger::audit(txn.value());
  if (!audit) return audit.error();
  found.audit = std::move(audit.value());
  found.findings = found.audit.findings;
  auto hash = ledger::state_hash(txn.value());
  if (!hash) return hash.error();
  found.hash = std::move(hash.value());
  return ok();
}

Result<Verification> verify_all(const DataOptions& options) {
  auto data = find_data(options);
  if (!data) return data.error();
  Verification found;
  auto store = open_ledger(data.value(), options);
  if (!store) return store.error();
  if (auto looked = look_at_ledger(*store.value(), found); !looked) return looked.error();
  {
    Progress progress("journal");
    auto journal = journal::verify(
        data.value().journal(),
        [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); });
    if (!journal) return journal.error();
    found.journal = std::move(journal.value());
  }
  if (found.journal.damage) {
    found.findings.push_back(found.journal.damage->message);
    return found;
  }
  if (found.applied > found.journal.last) {
    found.findings.push_back("the ledger is posted further than the journal reaches");
    return found;
  }
  const Scratch scratch(data.value().root / (".verify-" + std::to_string(getpid())));
  auto rebuilt = build_ledger(data.value(), scratch.path(), found.applied, options);
  if (!rebuilt) return rebuilt.error();
  auto hash = hash_of(*rebuilt.value());
  if (!hash) return hash.error();
  found.rebuilt_hash = std::move(hash.value());
  if (found.rebuilt_hash != found.hash) {
    found.findings.push_back("the ledger is not what the journal gives (state hash " + found.hash +
                             ", rebuilt " + found.rebuilt_hash + "): run accrue rebuild");
  }
  return found;
}

void print(const Verification& found, bool json) {
  if (json) {
    boost::json::array findings(found.findings.begin(), found.findings.end());
    const boost::json::object report{{"records", found.journal.records},
                                     {"segments", found.journal.segments},
                                     {"applied", value_of(found.applied)},
                                     {"members", found.audit.members},
                                     {"lots", found.audit.lots},
                                     {"members_below_zero", found.audit.members_below_zero},
                                     {"state_hash", found.hash},
                                     {"chain", to_hex(found.journal.chain)},
                                     {"findings", std::move(findings)}};
    std::printf("%s\n", boost::json::serialize(report).c_str());
    return;
  }
  std::printf("journal: %s records in %s segments, checksums and hash chain right\n",
              grouped(static_cast<std::int64_t>(found.journal.records)).c_str(),
              grouped(static_cast<std::int64_t>(found.journal.segments)).c_str());
  std::printf("ledger: posted up to %s; %s members, %s lots\n",
              grouped(static_cast<std::int64_t>(value_of(found.applied))).c_str(),
              grouped(static_cast<std::int64_t>(found.audit.members)).c_str(),
              grouped(static_cast<std::int64_t>(found.audit.lots)).c_str());
  std::printf("state hash %s\n", found.hash.c_str());
  for (const std::string& finding : found.findings) std::printf("WRONG: %s\n", finding.c_str());
  if (found.findings.empty()) std::printf("everything is as it should be\n");
}

int print_hash(const DataOptions& options) {
  auto data = find_data(options);
  if (!data) return complain(data.error(), options.json);
  auto store = open_ledger(data.value(), options);
  if (!store) return complain(store.error(), options.json);
  auto hash = hash_of(*store.value());
  if (!hash) return complain(hash.error(), options.json);
  std::printf("%s\n", hash.value().c_str());
  return kFine;
}

}  // namespace

int verify(const DataOptions& options) {
  if (options.hash_only) return print_hash(options);
  auto found = verify_all(options);
  if (!found) {
    return complain(found.error(), options.json,
                    found.error().code == ErrorCode::corrupt ? kFound : kUnable);
  }
  print(found.value(), options.json);
  return found.value().findings.empty() ? kFine : kFound;
}

}  // namespace accrue::cli
