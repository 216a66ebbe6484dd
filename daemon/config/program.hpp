// Loads a program: a folder with program.yaml, rule files and templates becomes one checked
// ProgramSpec, and a list of everything wrong with it. Any thread; touches only the folder.
#pragma once

#include "config/rules_file.hpp"
#include "engine/program_spec.hpp"

#include <filesystem>
#include <optional>

namespace accrue::config {

/// Reads program.yaml, every other *.yaml but *.test.yaml as rules, and the templates; adds a
/// problem for each fault. What comes back has only the rules without one, so that more can be told
/// of these; nothing comes back when program.yaml itself is at fault.
std::optional<engine::ProgramSpec> read_program(const std::filesystem::path& folder,
                                                const TypeTables& types, Problems& problems);

/// The same, whole or not at all. Fails with reject_input and a Problem for each fault, its pointer
/// "file:line:column".
Result<engine::ProgramSpec> load_program(const std::filesystem::path& folder,
                                         const TypeTables& types);

/// The *.test.yaml files of a program folder, sorted. Fails when there is no such folder.
Result<std::vector<std::filesystem::path>> find_test_files(const std::filesystem::path& folder);

}  // namespace accrue::config
