// The contract of rule plugins: a set of rule types that turn one rule of a program file into a
// Rule, and rules that propose awards, expiry dates and offers. The core owns what all rules share
// (when, items, except, limit, active, lane, currency); a rule owns its own settings and
// arithmetic.
#pragma once

#include <accrue/decision.hpp>
#include <accrue/member_view.hpp>
#include <accrue/settings.hpp>
#include <accrue/transaction.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace accrue {

/// One currency of points in a program.
struct PointsCurrency {
  std::string name;
  bool spendable = true;
  Decimal value;  ///< Money value of one point, in units of the program's currency.
};

/// What a rule may rely on of its program. Outlives every rule compiled for it.
struct ProgramTerms {
  std::string name;
  Currency currency;
  const Zone* zone = nullptr;
  std::vector<PointsCurrency> currencies;  ///< At least one; the first is the default.
};

/// One rule as its author wrote it, without the shared clauses.
struct RuleSpec {
  std::string id;
  std::string type;          ///< Within the plugin: "spend" of "earning.spend".
  std::string currency;      ///< Points currency of its awards.
  const Settings& settings;  ///< Checked against the plugin's settings table for this type.
  const ProgramTerms& program;
};

/// When a rule is asked.
enum class Stage : std::uint8_t {
  earn,    ///< For each transaction of its types: awards.
  expire,  ///< For each lot about to be opened: when it lapses. The first rule that answers wins.
  inactivity,  ///< For each sale, return or event: when everything lapses without another.
  offer,       ///< After all awards: offers and hints.
};

/// A question about the member's past that the core keeps an answer to.
struct Watch {
  ItemFilter items;
  Period horizon;
  /// True when the rule proposes nothing to a member who has never bought these goods, this
  /// transaction included: it is not asked then.
  bool needed = false;
};

struct RuleTraits {
  Stage stage = Stage::earn;
  std::vector<TransactionType> types{TransactionType::sale};
  std::string of;  ///< Id of a rule that must have been evaluated before, or empty.
  std::vector<Watch> watches;
  /// Names of the events it is for: it is not asked about anything else. Empty: it does not say.
  std::vector<std::string> events;
  /// True when it proposes nothing where its item clauses let no line through: it is not asked
  /// then, and costs nothing when a basket holds none of its goods.
  bool needs_lines = false;
  /// Stage expire: true when it answers alike for all that a transaction earns in its currency,
  /// whichever rule gave it and however much: it is asked once then, not for each award.
  bool is_same_for_all = false;
  /// True when a return without its sale takes back what this rule would give for the goods.
  bool mirrors_returns = false;
};

/// A lot that is about to be opened.
struct Issue {
  std::string_view rule;
  std::string_view currency;
  Points points;
  Timestamp valid_from{};
};

/// All that a rule may look at. Valid during the call only.
struct Situation {
  const Transaction& transaction;
  const MemberView& member;
  const ProgramTerms& program;
  LocalTime local_time;
  /// Lines that the rule's item clauses let through, as indices into transaction.lines.
  std::span<const std::uint32_t> lines;
  /// Sum of their amounts. On a return, of goods that came back: positive.
  Money amount;
  /// Awards of this transaction so far, in lane order.
  std::span<const Award> awards;
  /// For each watch: latest purchase before this transaction, and whether this one buys.
  std::span<const std::optional<Timestamp>> last_bought;
  std::span<const std::uint8_t> buys_now;
  /// Stage expire only.
  const Issue* issue = nullptr;
};

struct ProposedAward {
  Points points;  ///< 1 to Points::kMax; 0 is no award.
  std::string reason;
  /// One for each of situation.lines, summing to points. Empty: shared by amount.
  std::vector<std::int64_t> by_line;
};

struct ProposedExpiry {
  std::optional<Timestamp> at;  ///< Nothing: never.
  std::vector<Period> remind;   ///< How long before.
};

struct ProposedHint {
  Points award;
  Money short_by;
  std::string message;
};

/// What a rule wants. The core checks it like outside input: an absurd proposal costs the rule its
/// award and is counted as a fault of the plugin.
struct Proposal {
  std::optional<ProposedAward> award;
  std::optional<ProposedExpiry> expiry;
  std::optional<OfferTerms> offer;
  std::optional<ProposedHint> hint;
};

class Rule {
 public:
  virtual ~Rule() = default;

  virtual const RuleTraits& traits() const = 0;

  /// Called by the sequencer's thread, once for each transaction of the rule's types that its
  /// shared clauses let through. Must not block, and must answer alike for alike arguments: no
  /// clock, no randomness, no state. May be called from other threads for quotes and tests. The
  /// arguments stay the core's. An exception costs this proposal and is counted.
  virtual void evaluate(const Situation& situation, Proposal& proposal) const = 0;
};

class RuleTypes {
 public:
  virtual ~RuleTypes() = default;

  /// Called when a program is loaded or checked, on any one thread. The plugin keeps nothing of
  /// `spec` but copies, and a pointer to spec.program where it needs one. An error refuses the
  /// whole program; its problems name places (Settings::place).
  virtual Result<std::unique_ptr<Rule>> compile(const RuleSpec& spec) = 0;
};

}  // namespace accrue
