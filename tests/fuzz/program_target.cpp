#include "fuzz/targets.hpp"

#include "config/rules_file.hpp"
#include "config/yaml_reader.hpp"

#include <accrue/assert.hpp>

namespace accrue::fuzz {
namespace {

constexpr std::string_view kRounds = "down|nearest|up|half_even";

accrue_setting row(const char* key, accrue_setting_type type, const char* choices = "") {
  return {"", key, type, 0, "", choices, "", "", 0, 0};
}

/// A rule type with a setting of every type there is.
const config::TypeTables& types() {
  static const std::vector<accrue_setting> rows{
      row("text", ACCRUE_TEXT),           row("award", ACCRUE_INTEGER),
      row("per", ACCRUE_DECIMAL),         row("once", ACCRUE_BOOLEAN),
      row("after", ACCRUE_PERIOD),        row("texts", ACCRUE_TEXTS),
      row("remind", ACCRUE_PERIODS),      row("offer.on", ACCRUE_ITEMS),
      row("offer.award", ACCRUE_INTEGER), row("columns", ACCRUE_MAP),
      row("offer.text", ACCRUE_TEXT),     row("round", ACCRUE_CHOICE, kRounds.data())};
  static const config::TypeTables tables = [] {
    config::SettingTable table;
    for (const accrue_setting& each : rows) table.push_back(&each);
    return config::TypeTables{{"all.kinds", table}};
  }();
  return tables;
}

void run(std::string_view bytes) {
  config::Problems problems;
  config::Reading in("f.yaml", problems);
  const auto tree = config::parse_yaml(in, bytes);
  ACCRUE_ASSERT(tree || problems.any());
  config::ProgramFile program = config::read_program_file(in, bytes);
  config::RulesReader reader(program, types());
  reader.read(in, bytes);
  config::check_references(reader.take_rules(), types(), problems);
  if (problems.any()) ACCRUE_ASSERT(!problems.to_error("f.yaml").problems.empty());
}

std::vector<std::string> seeds() {
  return {
      "program: shop\ncurrency: GBP\nzone: Europe/London\n"
      "currencies: { points: { value: 0.01 }, status: { spendable: false } }\n"
      "lanes: [ { base: stack }, { bonus: best } ]\n"
      "returns: { spent_points: only_pending }\nmembers: { unknown: refuse }\n"
      "notices: { milestones: [1, 20], language: en, points_earned: no }\n",
      "rules:\n  - id: base\n    type: all.kinds\n    title: \"1 point\"\n    text: x\n"
      "    award: 10\n    per: 1.50\n    once: true\n    after: 12 months\n"
      "    texts: [a, b]\n    remind: [30 days, 7 days]\n    columns: { a: b }\n"
      "    offer: { on: { sku: [A, 'B*'], category: c }, award: 5, text: x }\n"
      "    round: half_even\n    lane: base\n    currency: points\n"
      "    items: { sku: A }\n    except: { category: [x] }\n"
      "    when: { weekday: [tue], time: \"17:00-20:00\", from: 2026-01-01T10:00:00, "
      "until: 2026-02-01, store: S, tier: [gold], type: sale, member: { a: b } }\n"
      "    limit: { member: { points: 5, per: month }, campaign: { times: 1 } }\n"
      "    active: { from: 2026-01-01, until: 2026-03-31 }\n",
      "a: &x [1, {b: *x}]\n---\n? [k]\n: !t |\n  text\n  more\n"};
}

}  // namespace

const Target kProgram{"program", &run, &seeds};

}  // namespace accrue::fuzz
