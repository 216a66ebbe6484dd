#include "config/scenario_parts.hpp"
#include "config/suggest.hpp"
#include "config/values.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

const std::vector<std::string> kKeys{"earned",   "balance", "balances", "lapsed", "offers",
                                     "accepted", "hints",   "notices",  "refused"};

class ExpectReader {
 public:
  ExpectReader(Reading& in, const engine::ProgramSpec& program) : in_(in) {
    for (const auto& rule : program.rules) rules_.push_back(rule.id);
    for (const auto& currency : program.terms.currencies) currencies_.push_back(currency.name);
    for (int kind = 0; kind < kNoticeKinds; ++kind) {
      kinds_.emplace_back(name_of(static_cast<NoticeKind>(kind)));
    }
  }

  Expect read(const Node& node) {
    if (!expect_mapping(in_, node, "expect", "{ earned: { base: 12 }, balance: 12 }")) return {};
    refuse_unknown_keys(in_, node, "`expect`", kKeys);
    Expect expect;
    if (const Node* earned = node.find("earned")) {
      if (expect_mapping(in_, *earned, "earned", "{ base: 12 }")) {
        expect.earned = {points_by(*earned, rules_, "rule"), in_.place(*earned)};
      }
    }
    read_balance(node, expect);
    if (const Node* lapsed = node.find("lapsed")) expect.lapsed = by_currency(*lapsed, "lapsed");
    expect.offers = names(node, "offers", rules_, "rule");
    expect.accepted = names(node, "accepted", rules_, "rule");
    expect.hints = names(node, "hints", rules_, "rule");
    expect.notices = names(node, "notices", kinds_, "kind of notice");
    if (const Node* refused = node.find("refused")) {
      if (auto text = read_word(in_, *refused, "refused")) {
        expect.refused = {std::move(*text), in_.place(*refused)};
      }
    }
    return expect;
  }

 private:
  void read_balance(const Node& node, Expect& expect) {
    const Node* one = node.find("balance");
    const Node* all = node.find("balances");
    if (one != nullptr && all != nullptr) {
      in_.problem(*all, "two_things",
                  "`balance` is there already; write all currencies as `balances: { points: 12 }`");
    }
    if (one != nullptr) expect.balance = by_currency(*one, "balance");
    if (one == nullptr && all != nullptr) expect.balance = by_currency(*all, "balances");
  }

  /// 12 means the program's first currency.
  std::optional<Expected<PointsByName>> by_currency(const Node& node, const char* key) {
    if (node.is_mapping()) {
      return Expected<PointsByName>{points_by(node, currencies_, "points currency"),
                                    in_.place(node)};
    }
    const auto points = read_integer(in_, node, key);
    if (!points) return std::nullopt;
    return Expected<PointsByName>{{{currencies_.front(), *points}}, in_.place(node)};
  }

  void check(Mark mark, const std::string& name, const std::vector<std::string>& known,
             const char* what) {
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    in_.problem(
        mark, "unknown_name",
        "the program has no " + std::string(what) + " `" + name + "`" + did_you_mean(name, known));
  }

  PointsByName points_by(const Node& node, const std::vector<std::string>& known,
                         const char* what) {
    PointsByName points;
    for (const Member& member : node.members) {
      check(member.mark, member.key, known, what);
      if (const auto value = read_integer(in_, member.value, member.key)) {
        points[member.key] = *value;
      }
    }
    return points;
  }

  std::optional<Expected<Names>> names(const Node& expect, const char* key,
                                       const std::vector<std::string>& known, const char* what) {
    const Node* node = expect.find(key);
    if (node == nullptr || !expect_list(in_, *node, key, "[…], or [] for none")) {
      return std::nullopt;
    }
    Expected<Names> names{{}, in_.place(*node)};
    for (const Node& item : node->items) {
      auto name = read_word(in_, item, key);
      if (!name) continue;
      check(item.mark, *name, known, what);
      names.value.push_back(std::move(*name));
    }
    return names;
  }

  Reading& in_;
  std::vector<std::string> rules_;
  std::vector<std::string> currencies_;
  std::vector<std::string> kinds_;
};

}  // namespace

Expect read_expect(Reading& in, const Node& node, const engine::ProgramSpec& program) {
  return ExpectReader(in, program).read(node);
}

}  // namespace accrue::config
