#include "config/quotes.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

constexpr std::string_view kBlanks = " \t\r";

bool is_blank(char c) { return kBlanks.find(c) != kBlanks.npos; }
bool is_flow(char c) { return std::string_view(",[]{}").find(c) != std::string_view::npos; }

/// Knows as much of YAML as tells where a quote opens a text: comments, block texts, brackets and
/// plain texts, in which a quote is a letter like any other.
class QuoteScan {
 public:
  explicit QuoteScan(Reading& reading) : reading_(reading) {}

  void line(std::string_view line) {
    ++number_;
    const std::size_t indent = line.find_first_not_of(' ');
    if (line.find_first_not_of(kBlanks) == line.npos) return;
    if (in_block_ && static_cast<int>(indent) > parent_) return;
    in_block_ = begun_ = false;
    for (std::size_t at = indent; at < line.size();) at = token(line, at);
  }

  bool clean() const { return clean_; }

 private:
  static bool ends(std::string_view line, std::size_t at) {
    return at >= line.size() || is_blank(line[at]);
  }

  /// Where the token that begins at `at` ends.
  std::size_t token(std::string_view line, std::size_t at) {
    const char c = line[at];
    if (is_blank(c) || is_flow(c)) return bracket(c, at);
    if (c == '#' && (at == 0 || is_blank(line[at - 1]))) return line.size();
    if ((c == '-' || c == '?') && ends(line, at + 1)) return enter(at) + 1;
    if (c == ':' && (depth_ > 0 || ends(line, at + 1))) return at + 1;
    if ((c == '|' || c == '>') && depth_ == 0) {
      in_block_ = true;
      return line.size();
    }
    if (c == '!' || c == '&' || c == '*') return std::min(line.find(' ', at), line.size());
    if (!begun_) enter(at);
    begun_ = true;
    return c == '"' || c == '\'' ? quoted(line, at) : plain(line, at);
  }

  std::size_t bracket(char c, std::size_t at) {
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    return at + 1;
  }

  /// A block text belongs to the last key or dash, and lies further in than that.
  std::size_t enter(std::size_t at) {
    if (depth_ == 0) parent_ = static_cast<int>(at);
    return at;
  }

  std::size_t plain(std::string_view line, std::size_t at) const {
    for (++at; at < line.size(); ++at) {
      const bool in_flow = depth_ > 0;
      const bool flow_next = in_flow && at + 1 < line.size() && is_flow(line[at + 1]);
      if (line[at] == ':' && (flow_next || ends(line, at + 1))) return at;
      if (line[at] == '#' && is_blank(line[at - 1])) return at;
      if (in_flow && is_flow(line[at])) return at;
    }
    return at;
  }

  std::size_t quoted(std::string_view line, std::size_t opened) {
    const char quote = line[opened];
    for (std::size_t at = opened + 1; at < line.size(); ++at) {
      if (quote == '"' && line[at] == '\\') {
        ++at;
      } else if (line[at] == quote) {
        const bool doubled = quote == '\'' && at + 1 < line.size() && line[at + 1] == quote;
        if (!doubled) return at + 1;
        ++at;
      }
    }
    clean_ = false;
    reading_.problem(Mark{number_, static_cast<int>(opened) + 1}, "open_quote",
                     "this quote is not closed on its line; close it, or use | for a text of "
                     "several lines");
    return line.size();
  }

  Reading& reading_;
  int number_ = 0;
  int depth_ = 0;    ///< Brackets open.
  int parent_ = -1;  ///< Column of the last key or dash.
  bool begun_ = false;
  bool in_block_ = false;
  bool clean_ = true;
};

}  // namespace

bool check_quotes(Reading& reading, std::string_view bytes) {
  QuoteScan scan(reading);
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    scan.line(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return scan.clean();
}

}  // namespace accrue::config
