// A program as its authors wrote it, read and checked for form but not yet compiled: what
// daemon/config makes of a program folder and RuleSet::compile takes. Plain values: any thread.
#pragma once

#include <accrue/decision.hpp>
#include <accrue/rule.hpp>
#include <accrue/settings.hpp>

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace accrue::engine {

enum class LanePolicy : std::uint8_t { stack, best, first };

struct Lane {
  std::string name;
  LanePolicy policy = LanePolicy::stack;
};

/// What a return may take when the points have been spent.
enum class SpentPoints : std::uint8_t { only_pending, within_balance, allow_negative };
enum class UnknownMember : std::uint8_t { enrol, refuse };

/// `when:` of a rule. Each part that is written must hold; an empty part always does.
struct When {
  std::vector<int> weekdays;  ///< 1 Monday … 7 Sunday (ISO 8601).
  struct Window {
    std::chrono::minutes from{0}, until{0};  ///< Of the local day; until <= from wraps midnight.
  };
  std::optional<Window> time;
  std::optional<LocalTime> from, until;  ///< Inclusive, exclusive.
  std::vector<std::string> stores;
  std::vector<std::string> tiers;   ///< The member's attribute "tier".
  std::vector<std::string> events;  ///< Names of events.
  std::vector<TransactionType> types;
  /// Member attributes: each named one must equal one of its texts.
  std::vector<std::pair<std::string, std::vector<std::string>>> member;
};

enum class LimitPeriod : std::uint8_t { transaction, day, week, month, quarter, year, ever };

/// `limit:` of a rule, one for each scope written.
struct Limit {
  LimitScope scope = LimitScope::member;
  std::optional<std::int64_t> points;
  std::optional<std::int64_t> times;
  LimitPeriod per = LimitPeriod::ever;
};

struct RuleText {
  std::string id;
  std::string type;  ///< "earning.spend"
  std::string title;
  std::string lane;                  ///< Empty: the first lane.
  std::string currency;              ///< Empty: the program's first.
  std::optional<ItemFilter> items;   ///< `items:`: only these lines.
  std::optional<ItemFilter> except;  ///< `except:`: none of these lines.
  When when;
  std::vector<Limit> limits;
  std::optional<LocalTime> active_from,
      active_until;   ///< Inclusive days: until is the next midnight.
  Settings settings;  ///< The rule's own, checked against its table.
  Place place;
};

/// Words for one kind of notice: mustache.
struct NoticeTemplate {
  std::string subject;
  std::string text;
};

struct NoticeTerms {
  bool points_earned = true;
  bool points_lapsed = true;
  bool offer_made = true;
  std::vector<std::int64_t> milestones;  ///< Balances worth a word, ascending.
  std::string language = "en";           ///< For members who named none.
  /// templates[language][kind]; the default language has all kinds.
  std::map<std::string, std::array<NoticeTemplate, kNoticeKinds>> templates;
};

struct SourceFile {
  std::string name;  ///< Relative to the program folder.
  std::string bytes;
};

struct ProgramSpec {
  ProgramTerms terms;  ///< terms.zone points into `zone`.
  std::shared_ptr<const Zone> zone;
  std::vector<Lane> lanes;  ///< At least one.
  SpentPoints spent_points = SpentPoints::allow_negative;
  UnknownMember unknown_members = UnknownMember::enrol;
  NoticeTerms notices;
  std::vector<RuleText> rules;    ///< In file name order, then as written.
  std::vector<SourceFile> files;  ///< What was read, sorted by name: archived and hashed.
};

}  // namespace accrue::engine
