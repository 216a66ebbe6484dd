#include "config/program_file.hpp"

#include "config/suggest.hpp"
#include "config/templates.hpp"
#include "config/values.hpp"
#include "config/yaml_reader.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

constexpr std::size_t kMostCurrencies = 16;

const std::vector<std::string> kKeys{"program", "currency", "zone",    "currencies",
                                     "lanes",   "returns",  "members", "notices"};

template <class List>
bool has_name(const List& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&](const auto& item) { return item.name == name; });
}

class ProgramReader {
 public:
  explicit ProgramReader(Reading& in) : in_(in) {}

  ProgramFile read(const Node& top) {
    refuse_unknown_keys(in_, top, "program.yaml", kKeys);
    if (const Node* name = required(top, "program", "program: grocer")) {
      file_.spec.terms.name = read_name(in_, *name, "program").value_or("");
    }
    if (const Node* code = required(top, "currency", "currency: GBP")) money(*code);
    if (const Node* zone = required(top, "zone", "zone: Europe/London")) find(*zone);
    if (const Node* list = required(top, "currencies", "currencies: { points: { value: 0.01 } }")) {
      currencies(*list);
    }
    lanes(top.find("lanes"));
    if (const Node* returns = top.find("returns")) terms_of_returns(*returns);
    if (const Node* members = top.find("members")) terms_of_members(*members);
    if (const Node* notices = top.find("notices")) terms_of_notices(*notices);
    return std::move(file_);
  }

 private:
  const Node* required(const Node& top, const char* key, const char* example) {
    const Node* value = top.find(key);
    if (value == nullptr) {
      in_.problem(top, "missing_key",
                  "`" + std::string(key) + "` is missing; write for instance `" + example + "`");
    }
    return value;
  }

  void money(const Node& node) {
    const auto code = read_word(in_, node, "currency");
    if (!code) return;
    const auto currency = Currency::parse(*code);
    if (currency) {
      file_.spec.terms.currency = currency.value();
    } else {
      in_.problem(node, "unknown_money", currency.error().message);
    }
  }

  void find(const Node& node) {
    const auto name = read_word(in_, node, "zone");
    if (!name) return;
    auto zone = find_zone(*name);
    if (!zone) {
      in_.problem(node, "unknown_zone", zone.error().message);
      return;
    }
    file_.spec.zone = std::move(zone.value());
    file_.spec.terms.zone = file_.spec.zone.get();
  }

  void currencies(const Node& node) {
    if (!expect_mapping(in_, node, "currencies", "{ points: { value: 0.01 } }")) return;
    file_.currencies_known = true;
    if (node.members.empty() || node.members.size() > kMostCurrencies) {
      in_.problem(node, "out_of_range",
                  "write 1 to 16 points currencies, such as `points: { value: 0.01 }`");
    }
    for (const Member& member : node.members) {
      if (!is_name(member.key)) {
        in_.problem(member.mark, "bad_name",
                    "\"" + member.key + "\" is no name; use 1 to 48 small letters, digits and -");
      }
      file_.spec.terms.currencies.push_back(currency(member));
    }
  }

  PointsCurrency currency(const Member& member) {
    PointsCurrency currency;
    currency.name = member.key;
    if (member.value.is_empty()) return currency;
    if (!expect_mapping(in_, member.value, member.key, "{ value: 0.01 }")) return currency;
    refuse_unknown_keys(in_, member.value, "a points currency", {"value", "spendable"});
    if (const Node* spendable = member.value.find("spendable")) {
      currency.spendable = read_boolean(in_, *spendable, "spendable").value_or(true);
    }
    if (const Node* value = member.value.find("value")) {
      currency.value = read_decimal(in_, *value, "value", {0, 1'000'000}).value_or(Decimal());
    }
    return currency;
  }

  void lanes(const Node* node) {
    if (node == nullptr) {
      file_.spec.lanes = {{"base", engine::LanePolicy::stack}};
      file_.lanes_known = true;
      return;
    }
    if (!expect_list(in_, *node, "lanes", "[ { base: stack }, { bonus: best } ]")) return;
    for (const Node& item : node->items) lane(item);
    file_.lanes_known = !file_.spec.lanes.empty();
    if (node->items.empty()) {
      in_.problem(*node, "out_of_range", "write at least one lane, such as `{ base: stack }`");
    }
  }

  void lane(const Node& item) {
    if (!item.is_mapping() || item.members.size() != 1) {
      in_.problem(item, "wrong_type",
                  "a lane is one name with its policy, such as `{ bonus: best }`");
      return;
    }
    const Member& member = item.members.front();
    if (!is_name(member.key)) {
      in_.problem(member.mark, "bad_name",
                  "\"" + member.key + "\" is no name; use 1 to 48 small letters, digits and -");
    }
    if (has_name(file_.spec.lanes, member.key)) {
      in_.problem(member.mark, "duplicate_lane",
                  "there is a lane `" + member.key + "` already; give this one another name");
    }
    const auto policy = read_choice(in_, member.value, member.key, {"stack", "best", "first"});
    file_.spec.lanes.push_back({member.key, static_cast<engine::LanePolicy>(policy.value_or(0))});
  }

  void terms_of_returns(const Node& node) {
    if (!expect_mapping(in_, node, "returns", "{ spent_points: allow_negative }")) return;
    refuse_unknown_keys(in_, node, "`returns`", {"spent_points"});
    const Node* spent = node.find("spent_points");
    if (spent == nullptr) return;
    const auto chosen = read_choice(in_, *spent, "spent_points",
                                    {"only_pending", "within_balance", "allow_negative"});
    if (chosen) file_.spec.spent_points = static_cast<engine::SpentPoints>(*chosen);
  }

  void terms_of_members(const Node& node) {
    if (!expect_mapping(in_, node, "members", "{ unknown: enrol }")) return;
    refuse_unknown_keys(in_, node, "`members`", {"unknown"});
    const Node* unknown = node.find("unknown");
    if (unknown == nullptr) return;
    const auto chosen = read_choice(in_, *unknown, "unknown", {"enrol", "refuse"});
    if (chosen) file_.spec.unknown_members = static_cast<engine::UnknownMember>(*chosen);
  }

  void terms_of_notices(const Node& node) {
    if (!expect_mapping(in_, node, "notices", "{ points_earned: false }")) return;
    refuse_unknown_keys(
        in_, node, "`notices`",
        {"points_earned", "points_lapsed", "offer_made", "milestones", "language", "templates"});
    auto& terms = file_.spec.notices;
    const auto flag = [&](const char* key, bool& into) {
      if (const Node* value = node.find(key)) into = read_boolean(in_, *value, key).value_or(into);
    };
    flag("points_earned", terms.points_earned);
    flag("points_lapsed", terms.points_lapsed);
    flag("offer_made", terms.offer_made);
    if (const Node* list = node.find("milestones")) milestones(*list);
    if (const Node* tag = node.find("language")) language(*tag);
    if (const Node* folder = node.find("templates")) {
      file_.templates = read_name(in_, *folder, "templates").value_or(file_.templates);
    }
  }

  void language(const Node& node) {
    const auto tag = read_word(in_, node, "language");
    if (!tag) return;
    if (is_language(*tag)) {
      file_.spec.notices.language = *tag;
    } else {
      in_.problem(node, "bad_language",
                  "\"" + *tag + "\" is no language tag; write one such as en, de or pt-BR");
    }
  }

  void milestones(const Node& node) {
    if (!expect_list(in_, node, "milestones", "[100, 500]")) return;
    auto& milestones = file_.spec.notices.milestones;
    for (const Node& item : node.items) {
      const auto balance = read_integer(in_, item, "milestones", {1, Points::kMax});
      if (!balance) continue;
      if (!milestones.empty() && *balance <= milestones.back()) {
        in_.problem(item, "not_ascending", "milestones must rise; write the smallest first");
      }
      milestones.push_back(*balance);
    }
  }

  Reading& in_;
  ProgramFile file_;
};

}  // namespace

ProgramFile read_program_file(Reading& in, std::string_view bytes) {
  const auto top = parse_yaml_mapping(in, bytes, "program: grocer");
  if (!top) return {};
  return ProgramReader(in).read(*top);
}

}  // namespace accrue::config
