#include "config/program.hpp"

#include "config/source_file.hpp"
#include "config/templates.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 1000;
constexpr std::size_t kMostProgramBytes = 32 * 1024 * 1024;
constexpr std::string_view kProgramFile = "program.yaml";

/// Names of the YAML files in a folder, sorted.
std::vector<std::string> list_yaml(const fs::path& folder, Problems& problems) {
  std::vector<std::string> names;
  std::size_t entries = 0;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (++entries > kMostFiles) {
      problems.add({folder.string(), 0, 0}, "too_many_files",
                   "the folder holds more than 1,000 entries; keep only the program in it");
      return {};
    }
    std::string name = it->path().filename().string();
    if (name.starts_with('.')) continue;  // Editors' and version control's own.
    if (name.ends_with(".yml")) {
      problems.add({it->path().string(), 0, 0}, "bad_name",
                   "the file would not be read; give it a name that ends in .yaml");
    }
    if (name.ends_with(".yaml")) names.push_back(std::move(name));
  }
  if (error) {
    problems.add({folder.string(), 0, 0}, "unreadable_file",
                 "the program folder cannot be read: " + error.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class ProgramReader {
 public:
  ProgramReader(const fs::path& folder, const TypeTables& types, Problems& problems)
      : folder_(folder), types_(types), problems_(problems) {}

  std::optional<engine::ProgramSpec> read() {
    std::vector<std::string> names = list_yaml(folder_, problems_);
    const bool terms_known = read_terms(names);
    std::vector<engine::RuleText> rules = read_rules(names);
    auto& spec = file_.spec;
    read_templates(folder_ / file_.templates, file_.templates, problems_, spec.notices, files_);
    if (!terms_known) return std::nullopt;
    spec.rules = std::move(rules);
    spec.files = std::move(files_);
    std::sort(spec.files.begin(), spec.files.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return std::move(spec);
  }

 private:
  std::string path_of(std::string_view name) const { return (folder_ / name).string(); }

  /// Takes program.yaml out of the names. True when it was read without a fault.
  bool read_terms(std::vector<std::string>& names) {
    const auto program = std::find(names.begin(), names.end(), kProgramFile);
    if (program == names.end()) {
      if (problems_.any()) return false;
      problems_.add({path_of(kProgramFile), 0, 0}, "unreadable_file",
                    "the file is missing; every program folder has one");
      return false;
    }
    names.erase(program);
    const auto bytes = read(std::string(kProgramFile));
    if (!bytes) return false;
    const std::size_t before = problems_.count();
    Reading in(path_of(kProgramFile), problems_);
    file_ = read_program_file(in, *bytes);
    return problems_.count() == before;
  }

  /// Keeps what was read: it is archived with the program.
  std::optional<std::string> read(const std::string& name) {
    auto bytes = read_source(folder_ / name, problems_);
    if (!bytes) return std::nullopt;
    bytes_ += bytes->size();
    if (bytes_ > kMostProgramBytes) {
      problems_.add({path_of(name), 0, 0}, "too_large",
                    "the program's files together are larger than 32 MiB");
      return std::nullopt;
    }
    files_.push_back({name, *bytes});
    return bytes;
  }

  std::vector<engine::RuleText> read_rules(const std::vector<std::string>& names) {
    RulesReader reader(file_, types_);
    const bool clean = !problems_.any();
    for (const std::string& name : names) {
      if (name.ends_with(".test.yaml")) continue;
      const auto bytes = read(name);
      if (!bytes) continue;
      Reading in(path_of(name), problems_);
      reader.read(in, *bytes);
    }
    const auto rules = reader.take_rules();
    const auto refused = check_references(rules, types_, problems_);
    std::vector<engine::RuleText> sound;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!reader.faulty()[i] && !refused[i]) sound.push_back(rules[i]);
    }
    if (rules.empty() && clean && !problems_.any()) {
      problems_.add({folder_.string(), 0, 0}, "no_rules",
                    "the program has no rule; add a file such as base.yaml with a list `rules:`");
    }
    return sound;
  }

  const fs::path& folder_;
  const TypeTables& types_;
  Problems& problems_;
  ProgramFile file_;
  std::vector<engine::SourceFile> files_;
  std::size_t bytes_ = 0;
};

}  // namespace

std::optional<engine::ProgramSpec> read_program(const fs::path& folder, const TypeTables& types,
                                                Problems& problems) {
  return ProgramReader(folder, types, problems).read();
}

Result<engine::ProgramSpec> load_program(const fs::path& folder, const TypeTables& types) {
  Problems problems;
  auto spec = read_program(folder, types, problems);
  if (!spec || problems.any()) return problems.to_error(folder.string());
  return std::move(*spec);
}

Result<std::vector<fs::path>> find_test_files(const fs::path& folder) {
  Problems problems;
  std::vector<fs::path> files;
  for (const std::string& name : list_yaml(folder, problems)) {
    if (name.ends_with(".test.yaml")) files.push_back(folder / name);
  }
  if (problems.any()) return problems.to_error(folder.string());
  return files;
}

}  // namespace accrue::config
