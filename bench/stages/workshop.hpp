// What every stage works on: the real plugins, the programs named on the command line, the basket
// of bench/peers/rules.md as a till sends it, a temporary folder on the disk that counts, and a
// journal of sales made once. Opened by main before the benchmarks, which run on one thread.
#pragma once

#include "journal/group.hpp"
#include "pipeline/decider.hpp"
#include "pipeline/program_loader.hpp"
#include "store/environment.hpp"

#include <accrue/codec.hpp>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace bench {

struct Wanted {
  std::string plugins;
  std::vector<std::string> programs;
  std::string folder;
  std::uint32_t members = 100'000;
  std::uint64_t transactions = 120'000;  ///< In the journal that is posted and read.
};

struct Program {
  std::string name;
  std::shared_ptr<const accrue::engine::RuleSet> rules;
};

/// Ends the program with a sentence.
[[noreturn]] void stop(const std::string& why);
template <class Value>
Value must(accrue::Result<Value> result) {
  if (!result) stop(result.error().message);
  return std::move(result.value());
}
inline void must(const accrue::Result<void>& result) {
  if (!result) stop(result.error().message);
}

class Workshop {
 public:
  static void open(const Wanted& wanted);
  static void close();
  static Workshop& get();

  const Wanted& wanted() const { return wanted_; }
  const std::vector<Program>& programs() const { return programs_; }
  const accrue::Codec& codec() const { return *codec_; }
  const std::filesystem::path& folder() const { return folder_; }

  /// The basket as JSON, from the till with that receipt number, for that member.
  static std::string sale(std::uint64_t receipt, std::uint32_t member);
  /// Makes the member gold and a reader of the newsletter.
  static std::string profile(std::uint32_t member);
  static std::string id_of(std::uint64_t receipt);
  static accrue::MemberId member(std::uint32_t number);
  /// Decoded and fingerprinted, as the sequencer takes it.
  accrue::pipeline::Received received(const std::string& json) const;

  /// A member after its profile and three sales.
  accrue::ledger::Member regular(const Program& program) const;
  /// Calls fn with the payload of each of `count` sales of members drawn at random, decided by the
  /// first program, members enrolled on the way.
  void sell(std::uint64_t count, const std::function<void(std::string_view)>& fn) const;

  /// A journal of wanted().transactions sales; made at the first call.
  const std::filesystem::path& journal();
  /// That journal posted; made at the first call.
  std::shared_ptr<accrue::store::Environment> posted();

 private:
  explicit Workshop(const Wanted& wanted);

  class Silent;
  Wanted wanted_;
  std::filesystem::path folder_;
  std::unique_ptr<Silent> log_;
  std::unique_ptr<accrue::pipeline::ProgramLoader> loader_;
  std::vector<Program> programs_;
  std::shared_ptr<accrue::Codec> codec_;
  std::filesystem::path journal_;
  std::shared_ptr<accrue::store::Environment> posted_;
};

}  // namespace bench
