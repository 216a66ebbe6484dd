#include "config/templates.hpp"

#include "config/source_file.hpp"
#include "config/suggest.hpp"
#include "config/text_check.hpp"
#include "config/values.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostTemplateBytes = 32 * 1024;
constexpr std::size_t kMostLanguages = 100;
constexpr std::string_view kSubject = "Subject: ";
constexpr std::string_view kSuffix = ".mustache";

/// Looks at each {{…}} of a template without filling anything in.
class TagScan {
 public:
  TagScan(Reading& in, std::string_view bytes) : in_(in), bytes_(bytes) {}

  void run() {
    std::size_t at = 0;
    while ((at = bytes_.find("{{", at)) != bytes_.npos) {
      const std::size_t end = bytes_.find("}}", at + 2);
      if (end == bytes_.npos) {
        refuse(at, "`{{` is not closed; write `}}` after the name");
        return;
      }
      tag(at, bytes_.substr(at + 2, end - at - 2));
      at = end + 2;
    }
    for (const auto& [name, where] : open_) {
      refuse(where, "the section `" + name + "` is not closed; write `{{/" + name + "}}`");
    }
  }

 private:
  void tag(std::size_t at, std::string_view inside) {
    const char sigil = inside.empty() ? ' ' : inside.front();
    if (sigil == '!') return;
    if (sigil == '{' || sigil == '&' || sigil == '>' || sigil == '=') {
      refuse(at, "only {{name}}, {{#name}}…{{/name}} and {{^name}}…{{/name}} may be used");
      return;
    }
    const bool section = sigil == '#' || sigil == '^' || sigil == '/';
    const std::string name = trimmed(inside.substr(section ? 1 : 0));
    const auto& known = template_variables();
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      refuse(at, "`" + name + "` is no value of a notice" + did_you_mean(name, known));
    }
    if (sigil == '#' || sigil == '^') open_.emplace_back(name, at);
    if (sigil == '/') close(at, name);
  }

  void close(std::size_t at, const std::string& name) {
    if (open_.empty() || open_.back().first != name) {
      refuse(at, "`{{/" + name + "}}` closes nothing; write `{{#" + name + "}}` before it");
      return;
    }
    open_.pop_back();
  }

  static std::string trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
  }

  void refuse(std::size_t at, std::string detail) {
    const std::string_view before = bytes_.substr(0, at);
    const auto lines = static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t newline = before.rfind('\n');
    const std::size_t column = newline == before.npos ? at + 1 : at - newline;
    in_.problem(Mark{lines + 1, static_cast<int>(column)}, "bad_template", std::move(detail));
  }

  Reading& in_;
  std::string_view bytes_;
  std::vector<std::pair<std::string, std::size_t>> open_;
};

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  names.reserve(kNoticeKinds);
  for (int kind = 0; kind < kNoticeKinds; ++kind) {
    names.emplace_back(name_of(static_cast<NoticeKind>(kind)));
  }
  return names;
}

/// Names in a folder, sorted; those that begin with a dot are not ours.
std::vector<fs::directory_entry> entries_of(const fs::path& folder, Problems& problems) {
  std::vector<fs::directory_entry> entries;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (!it->path().filename().string().starts_with('.')) entries.push_back(*it);
    if (entries.size() > kMostLanguages) {
      problems.add({folder.string(), 0, 0}, "too_many_files", "the folder holds over 100 entries");
      break;
    }
  }
  if (error) {
    problems.add({folder.string(), 0, 0}, "unreadable_file", "the folder: " + error.message());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

class TemplateFolder {
 public:
  TemplateFolder(Problems& problems, engine::NoticeTerms& terms,
                 std::vector<engine::SourceFile>& files)
      : problems_(problems), terms_(terms), files_(files) {}

  void read_all(const fs::path& folder, const std::string& name) {
    for (const auto& entry : entries_of(folder, problems_)) {
      const std::string language = entry.path().filename().string();
      std::error_code error;
      if (!is_language(language) || !entry.is_directory(error) || entry.is_symlink(error)) {
        problems_.add({entry.path().string(), 0, 0}, "bad_name",
                      "a folder named after a language is expected here, such as `en` or `de`");
        continue;
      }
      read_language(entry.path(), name + "/" + language, terms_.templates[language]);
    }
  }

  void complete(const std::string& where) {
    auto& fallback = terms_.templates[terms_.language];
    for (std::size_t kind = 0; kind < fallback.size(); ++kind) {
      if (!fallback[kind].subject.empty()) continue;
      fallback[kind] = default_template(static_cast<NoticeKind>(kind));
      if (terms_.language == "en") continue;
      problems_.add({where + "/" + terms_.language + "/" +
                         std::string(name_of(static_cast<NoticeKind>(kind))) + ".mustache",
                     0, 0},
                    "missing_template",
                    "the program's own language must have a template of every kind; add this file");
    }
    for (auto& [language, templates] : terms_.templates) {
      for (std::size_t kind = 0; kind < templates.size(); ++kind) {
        if (templates[kind].subject.empty()) templates[kind] = fallback[kind];
      }
    }
  }

 private:
  void read_language(const fs::path& folder, const std::string& name,
                     std::array<engine::NoticeTemplate, kNoticeKinds>& templates) {
    const std::vector<std::string> kinds = kind_names();
    for (const auto& entry : entries_of(folder, problems_)) {
      const std::string file = entry.path().filename().string();
      const std::string stem = file.substr(0, file.size() - std::min(file.size(), kSuffix.size()));
      const auto kind = std::find(kinds.begin(), kinds.end(), stem);
      if (!file.ends_with(kSuffix) || kind == kinds.end()) {
        problems_.add({entry.path().string(), 0, 0}, "bad_name",
                      "a file <kind>.mustache is expected here" + did_you_mean(stem, kinds));
        continue;
      }
      auto bytes = read_source(entry.path(), problems_, kMostTemplateBytes);
      if (!bytes) continue;
      Reading in(entry.path().string(), problems_);
      auto& words = templates[static_cast<std::size_t>(kind - kinds.begin())];
      words = parse_template(in, *bytes);
      if (words.subject.empty())
        words.subject = "?";  // There, if wrong: not to be told as missing.
      files_.push_back({name + "/" + file, std::move(*bytes)});
    }
  }

  Problems& problems_;
  engine::NoticeTerms& terms_;
  std::vector<engine::SourceFile>& files_;
};

}  // namespace

bool is_language(std::string_view text) {
  if (text.size() < 2 || text.size() > 35) return false;
  std::size_t part = 0;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == '-' ? part == 0 : !letter && !(c >= '0' && c <= '9')) return false;
    part = c == '-' ? 0 : part + 1;
    if (part > 8) return false;
  }
  return part > 0;
}

engine::NoticeTemplate parse_template(Reading& in, std::string_view bytes) {
  if (const auto fault = find_text_fault(bytes)) {
    in.problem(fault->mark, fault->code, fault->detail);
    return {};
  }
  const std::size_t end = bytes.find('\n');
  const std::string_view first = bytes.substr(0, end);
  if (!first.starts_with(kSubject) || first.size() == kSubject.size() || end == bytes.npos ||
      first.find('\r') != first.npos) {
    in.problem(Mark{1, 1}, "bad_template",
               "begin with a line `Subject: …`, then an empty line, then the text");
    return {};
  }
  if (bytes.size() < end + 3 || bytes[end + 1] != '\n') {
    in.problem(Mark{2, 1}, "bad_template", "leave this line empty and write the text below it");
    return {};
  }
  TagScan(in, bytes).run();
  std::string_view text = bytes.substr(end + 2);
  while (text.ends_with('\n')) text.remove_suffix(1);
  return {std::string(first.substr(kSubject.size())), std::string(text)};
}

void read_templates(const fs::path& folder, const std::string& name, Problems& problems,
                    engine::NoticeTerms& terms, std::vector<engine::SourceFile>& files) {
  TemplateFolder reader(problems, terms, files);
  std::error_code error;
  const fs::file_status status = fs::symlink_status(folder, error);
  if (fs::is_symlink(status)) {
    problems.add({folder.string(), 0, 0}, "unreadable_file",
                 "the folder is a symbolic link; put the templates themselves here");
  } else if (fs::exists(status)) {
    reader.read_all(folder, name);
  }
  reader.complete(folder.string());
}

}  // namespace accrue::config
