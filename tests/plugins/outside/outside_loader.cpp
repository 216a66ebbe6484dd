// outside_loader <folder>: admits the plugins of a folder built outside the tree, compiles the rule
// that docs/writing_a_plugin.md shows, and asks it about two sales. Says what it found; exit code 0
// when all is as the document promises.
#include "host/plugin_objects.hpp"
#include "host/plugin_set.hpp"

#include <cstdio>

namespace {

using namespace accrue;

class StderrLog final : public Log {
 public:
  void write(LogLevel, std::string_view line) override {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
  }
};

class BornOnSixthOfJanuary final : public MemberView {
 public:
  const MemberId& id() const override { return id_; }
  bool is_new() const override { return false; }
  Timestamp enrolled_at() const override { return {}; }
  std::optional<Timestamp> last_activity() const override { return std::nullopt; }
  std::optional<AttributeValue> attribute(std::string_view key) const override {
    if (key != "birthday") return std::nullopt;
    return AttributeValue(std::string_view("01-06"));
  }
  Points available(std::string_view) const override { return Points(); }
  bool has_open_offer(std::string_view) const override { return false; }
  std::int64_t times_awarded(std::string_view) const override { return 0; }

 private:
  MemberId id_ = MemberId::trusted("M1");
};

int fail(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return 1;
}

std::int64_t points_at(const Rule& rule, const ProgramTerms& terms, const char* time) {
  const Transaction sale;
  const BornOnSixthOfJanuary member;
  const LocalTime local = parse_local_time(time).value();
  const Situation situation{sale, member, terms, local, {}, Money::from_minor(500), {}, {}, {}};
  Proposal proposal;
  rule.evaluate(situation, proposal);
  return proposal.award ? proposal.award->points.count() : 0;
}

int run(const char* folder) {
  StderrLog log;
  const auto plugins = host::PluginSet::load(folder);
  if (!plugins) return fail(plugins.error().message);
  const auto* birthday = plugins->find(ACCRUE_RULE, "birthday");
  if (birthday == nullptr) return fail(std::string("no rule plugin birthday in ") + folder);
  const auto box = std::make_shared<host::ContextBox>("birthday", Settings(), log);
  const auto types = host::make_rule_types(*birthday, box);
  if (!types) return fail(types.error().message);

  const auto zone = find_zone("Europe/London");
  if (!zone) return fail(zone.error().message);
  const ProgramTerms terms{"p", Currency(), zone->get(), {{"points", true, Decimal()}}};
  Settings settings;
  settings.set("award", std::int64_t{50}, {});
  const auto rule = (*types)->compile({"birthday", "sale", "points", settings, terms});
  if (!rule) return fail(rule.error().message);
  if (points_at(**rule, terms, "2026-01-06T18:00:00") != 50) return fail("no points on the day");
  if (points_at(**rule, terms, "2026-01-07T18:00:00") != 0) return fail("points on another day");
  std::printf("%s, built outside the tree, gives points on the day\n",
              birthday->identity().c_str());
  return 0;
}

}  // namespace

int main(int count, char** words) {
  return count == 2 ? run(words[1]) : fail("usage: outside_loader <folder>");
}
