// What a marketer expects of a program: scenarios of a *.test.yaml file, read and checked for
// form; the accrue tool plays them. Move-only because transactions are. Any thread.
#pragma once

#include "engine/program_spec.hpp"

#include <accrue/result.hpp>
#include <accrue/settings.hpp>
#include <accrue/transaction.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace accrue::config {

/// Something expected, and where it was written.
template <class T>
struct Expected {
  T value;
  Place place;
};

using PointsByName = std::map<std::string, std::int64_t>;
using Names = std::vector<std::string>;

/// What a step shall do. A part that was not written is not looked at; a part that was is the
/// whole truth: `earned: { base: 12 }` also says that no other rule gave anything.
struct Expect {
  std::optional<Expected<PointsByName>> earned;   ///< By rule; negative when taken back.
  std::optional<Expected<PointsByName>> balance;  ///< After the step, by points currency: only
                                                  ///< the currencies written are compared.
  std::optional<Expected<PointsByName>> lapsed;   ///< In this step, by points currency (as above).
  std::optional<Expected<Names>> offers;          ///< Rules that made an offer.
  std::optional<Expected<Names>> accepted;        ///< Rules whose offer was accepted.
  std::optional<Expected<Names>> hints;           ///< Rules that gave a hint.
  std::optional<Expected<Names>> notices;         ///< Kinds, one for each notice, in any order.
  std::optional<Expected<std::string>> refused;   ///< Part of the reason, or of a problem's detail.
};

struct Step {
  /// Of the step's type; a step with nothing but a time is a tick.
  Transaction transaction;
  LocalTime at{};
  Expect expect;
  Place place;
};

struct Scenario {
  std::string name;
  std::vector<Step> steps;
  Place place;
};

/// Reads a file with `tests:`. Rule, currency and notice names are checked against the program;
/// local times become instants in its zone. Fails with a Problem for each fault.
Result<std::vector<Scenario>> load_scenarios(const std::filesystem::path& file,
                                             const engine::ProgramSpec& program);

}  // namespace accrue::config
