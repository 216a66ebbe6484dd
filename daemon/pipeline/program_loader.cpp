#include "pipeline/program_loader.hpp"

namespace accrue::pipeline {

Result<std::unique_ptr<ProgramLoader>> ProgramLoader::open(
    const std::filesystem::path& plugins_folder, Log& log) {
  auto plugins = host::PluginSet::load(plugins_folder);
  if (!plugins) return plugins.error();
  std::unique_ptr<ProgramLoader> loader(new ProgramLoader(std::move(plugins.value())));
  for (const host::PluginLibrary& library : loader->plugins_.all()) {
    if (library.kind() != ACCRUE_RULE) continue;
    const std::string name(library.name());
    auto types =
        host::make_rule_types(library, std::make_shared<host::ContextBox>(name, Settings(), log));
    if (!types) return types.error();
    loader->rule_plugins_[name] = {std::move(types.value()), library.identity()};
    for (const accrue_setting& row : library.settings()) {
      loader->types_[name + '.' + row.owner].push_back(&row);
    }
  }
  return loader;
}

Result<std::shared_ptr<const engine::RuleSet>> ProgramLoader::load(
    const std::filesystem::path& program_folder) const {
  config::Problems problems;
  auto spec = config::read_program(program_folder, types_, problems);
  if (spec) {
    // Also when some rules cannot be read: what plugins have to say of the others is told with it.
    auto rules = engine::RuleSet::compile(std::move(*spec), rule_plugins_);
    if (rules && !problems.any()) return rules;
    if (!rules) {
      for (const Problem& problem : rules.error().problems) problems.add(problem);
    }
  }
  return problems.to_error(program_folder.string());
}

config::PluginTables ProgramLoader::tables() const {
  config::PluginTables tables;
  for (const host::PluginLibrary& library : plugins_.all()) {
    if (library.kind() == ACCRUE_RULE) continue;
    auto& table =
        tables[std::string(host::name_of(library.kind())) + '.' + std::string(library.name())];
    for (const accrue_setting& row : library.settings()) table.push_back(&row);
  }
  return tables;
}

}  // namespace accrue::pipeline
