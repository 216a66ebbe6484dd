#include "cli/verification.hpp"

#include "cli/console.hpp"
#include "ledger/books.hpp"
#include "ledger/state_hash.hpp"
#include "outbox/deliveries.hpp"
#include "outbox/outbox.hpp"
#include "vault/key_file.hpp"

#include <unistd.h>
#include <optional>

namespace accrue::cli {
namespace {

std::string number(std::uint64_t value) { return grouped(static_cast<std::int64_t>(value)); }
std::string number(Seq seq) { return number(value_of(seq)); }

class Verifier {
 public:
  Verifier(pipeline::DataFolder data, const DataOptions& options)
      : data_(std::move(data)), options_(options) {}

  /// The ledger before what it follows from, so that a running daemon cannot put it ahead.
  Result<Verification> run() {
    if (auto done = note(look_at_ledger()); !done) return done.error();
    if (auto done = note(look_at_deliveries()); !done) return done.error();
    if (auto done = note(look_at_journal()); !done) return done.error();
    if (found_.has_ledger && !found_.journal.damage) {
      if (auto done = note(compare()); !done) return done.error();
    }
    return std::move(found_);
  }

 private:
  /// What is damaged or missing is a finding and ends one look; other errors end them all.
  Result<void> note(const Result<void>& looked) {
    if (looked) return ok();
    const Error& error = looked.error();
    if (error.code != ErrorCode::corrupt && error.code != ErrorCode::not_found) return error;
    found_.findings.push_back(error.message);
    return ok();
  }

  Result<void> look_at_ledger() {
    auto store = open_ledger(data_, options_);
    if (!store) {
      if (auto keys = note(look_at_vault(nullptr)); !keys) return keys;
      return store.error();
    }
    // One snapshot, so that a running daemon cannot move the ledger between two looks.
    auto txn = store.value()->read();
    if (!txn) return txn.error();
    if (auto looked = note(look_at_books(txn.value())); !looked) return looked;
    return look_at_vault(&txn.value());
  }

  Result<void> look_at_books(const store::Txn& txn) {
    auto reached = ledger::applied(txn);
    if (!reached) return reached.error();
    found_.applied = reached.value().seq;
    auto settled = outbox::settled_until(txn);
    if (!settled) return settled.error();
    settled_ = settled.value();
    auto audit = ledger::audit(txn);
    if (!audit) return audit.error();
    found_.audit = std::move(audit.value());
    for (const std::string& finding : found_.audit.findings) found_.findings.push_back(finding);
    auto hash = ledger::state_hash(txn, data_.journal());
    found_.has_ledger = true;
    if (hash) {
      found_.hash = std::move(hash.value());
    } else {
      unhashed_ = hash.error();
    }
    return ok();
  }

  /// Every key, and whether those are there that the ledger's contact data was sealed with.
  Result<void> look_at_vault(const store::Txn* books) {
    const auto path = data_.vault() / "keys.dat";
    auto keys = vault::KeyFile::look(path);
    const bool missing = !keys && keys.error().code == ErrorCode::not_found;
    if (!keys && !missing) return keys.error();
    if (keys) found_.keys = keys.value()->keys();
    if (books == nullptr) return ok();
    std::uint64_t sealed = 0;
    std::optional<Error> failed;
    auto scanned = ledger::each_member(*books, [&](const ledger::Member& member) {
      if (member.sealed_contact.empty()) return true;
      auto key =
          keys ? keys.value()->find(member.id) : Result<std::optional<vault::Key>>(std::nullopt);
      if (!key) failed = key.error();
      if (key && !key.value()) ++sealed;
      return !failed;
    });
    if (failed) return *failed;
    if (!scanned) return scanned;
    if (sealed > 0) {
      found_.findings.push_back("the contact data of " + number(sealed) +
                                (sealed == 1 ? " member" : " members") +
                                " cannot be read: the keys are not in " + path.string() +
                                "; restore that file from a backup");
    }
    return ok();
  }

  Result<void> look_at_deliveries() {
    auto log = journal::verify(data_.deliveries());
    if (!log && log.error().code == ErrorCode::not_found) log = journal::Report{};
    if (!log) return log.error();
    if (log.value().damage) return *log.value().damage;
    found_.deliveries = log.value().records;
    auto read = outbox::replay_deliveries(data_.deliveries(), Seq::none,
                                          [](const outbox::Outcome&) { return ok(); });
    if (!read) return read;
    if (settled_ > log.value().last) {
      found_.findings.push_back("the deliveries log ends with record " + number(log.value().last) +
                                ", but the ledger has settled notices up to its record " +
                                number(settled_) + "; restore " + data_.deliveries().string() +
                                " from a backup");
    }
    return ok();
  }

  Result<void> look_at_journal() {
    Progress progress("journal");
    auto journal = journal::verify(data_.journal(), [&](std::uint64_t done, std::uint64_t total) {
      progress.show(done, total);
    });
    if (!journal) return journal.error();
    found_.journal = std::move(journal.value());
    if (found_.journal.damage) return *found_.journal.damage;
    const std::uint64_t records = found_.journal.records;
    if (records > 0) found_.first = Seq{value_of(found_.journal.last) - records + 1};
    return ok();
  }

  /// The ledger against the journal it follows from.
  Result<void> compare() {
    const Seq last = found_.journal.last;
    if (found_.applied > last) {
      found_.findings.push_back("the ledger is posted up to record " + number(found_.applied) +
                                ", but the journal ends with " + number(last) +
                                ": restore the journal from a backup");
      return ok();
    }
    if (found_.applied < last) {
      found_.notes.push_back(number(value_of(last) - value_of(found_.applied)) +
                             " records of the journal are not in the ledger yet: accrued posts "
                             "them as it runs, or when it starts");
    }
    if (found_.first > Seq{1}) return compare_part();
    if (unhashed_) return *unhashed_;
    const Scratch scratch(data_.root / (".verify-" + std::to_string(getpid())));
    auto rebuilt = build_ledger(data_, scratch.path(), found_.applied, options_);
    if (!rebuilt) return rebuilt.error();
    auto hash = hash_of(*rebuilt.value(), data_);
    if (!hash) return hash.error();
    if (hash.value() != found_.hash) {
      found_.findings.push_back("the ledger is not what the journal gives (state hash " +
                                found_.hash + ", rebuilt " + hash.value() +
                                "): run accrue rebuild");
    }
    return ok();
  }

  Result<void> compare_part() {
    if (next_after(found_.applied) < found_.first) {
      found_.findings.push_back("the ledger is posted up to record " + number(found_.applied) +
                                " and the journal begins with " + number(found_.first) +
                                ": put the segments between back, from a backup");
    }
    found_.notes.push_back("the journal begins with record " + number(found_.first) +
                           ", its older segments are elsewhere: it was checked from there, and the "
                           "ledger was not compared with what all of it gives");
    return ok();
  }

  pipeline::DataFolder data_;
  const DataOptions& options_;
  Seq settled_ = Seq::none;  ///< Of the deliveries log, as the ledger says.
  std::optional<Error> unhashed_;  ///< Why there is no hash, which may be the journal's fault.
  Verification found_;
};

}  // namespace

Result<Verification> verify_data(const DataOptions& options) {
  auto data = find_data(options);
  if (!data) return data.error();
  return Verifier(std::move(data.value()), options).run();
}

}  // namespace accrue::cli
