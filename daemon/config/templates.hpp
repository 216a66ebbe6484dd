// The words of notices: mustache files in <program>/templates/<language>/<kind>.mustache, and the
// English ones that are used where a program brings none. Checked here, filled in by the outbox.
// Any thread.
#pragma once

#include "config/problems.hpp"
#include "engine/program_spec.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::config {

/// Names a template may use. What a notice does not carry stays empty.
const std::vector<std::string>& template_variables();

/// Built-in English words for a kind.
engine::NoticeTemplate default_template(NoticeKind kind);

/// True for the look of a BCP 47 tag: "en", "de-AT".
bool is_language(std::string_view text);

/// "Subject: …", an empty line, the text. Adds a problem and gives an empty template when wrong.
engine::NoticeTemplate parse_template(Reading& in, std::string_view bytes);

/// Reads the folder (which need not exist) into terms.templates, so that every language there has
/// all kinds, and adds the files read to `files` under names that begin with `name`.
void read_templates(const std::filesystem::path& folder, const std::string& name,
                    Problems& problems, engine::NoticeTerms& terms,
                    std::vector<engine::SourceFile>& files);

}  // namespace accrue::config
