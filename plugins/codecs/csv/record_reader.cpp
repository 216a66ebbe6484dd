#include "record_reader.hpp"

#include <algorithm>

namespace accrue::csv_codec {
namespace {

constexpr char kQuote = '"';

std::string_view without_break(std::string_view record) {
  if (record.ends_with('\n')) record.remove_suffix(1);
  if (record.ends_with('\r')) record.remove_suffix(1);
  return record;
}

}  // namespace

RecordReader::Outcome RecordReader::read(std::string_view input, bool at_end) {
  fields_.clear();
  const auto line_break = input.find('\n');
  const bool whole = line_break != input.npos;
  if (!whole && (!at_end || input.empty())) return Outcome::more;
  const std::string_view line = whole ? input.substr(0, line_break + 1) : input;
  // Nearly every record is one line without quotes.
  if (line.find(kQuote) == line.npos) [[likely]]
    return read_plain(line);
  return read_quoted(input, at_end);
}

RecordReader::Outcome RecordReader::read_plain(std::string_view line) {
  length_ = line.size();
  lines_ = 1;
  std::string_view rest = without_break(line);
  for (;;) {
    const auto end = rest.find(delimiter_);
    fields_.push_back(rest.substr(0, end));
    if (end == rest.npos) return Outcome::record;
    rest.remove_prefix(end + 1);
  }
}

RecordReader::Outcome RecordReader::read_quoted(std::string_view input, bool at_end) {
  const Outcome outcome = find_end(input, at_end);
  if (outcome != Outcome::record) return outcome;
  const std::string_view record = input.substr(0, length_);
  lines_ = static_cast<std::uint64_t>(std::count(record.begin(), record.end(), '\n'));
  split_quoted(without_break(record));
  return Outcome::record;
}

RecordReader::Outcome RecordReader::malformed(std::string_view input, std::string_view fault) {
  const auto line_break = input.find('\n');
  length_ = line_break == input.npos ? input.size() : line_break + 1;
  lines_ = 1;
  fault_ = fault;
  return Outcome::malformed;
}

RecordReader::Outcome RecordReader::find_end(std::string_view input, bool at_end) {
  bool field_begins = true;
  for (std::size_t at = 0; at < input.size(); ++at) {
    const char c = input[at];
    if (c == '\n') {
      length_ = at + 1;
      return Outcome::record;
    }
    if (c != kQuote || !field_begins) {
      field_begins = c == delimiter_;
      continue;
    }
    // Within quotes: on to the quote that is not doubled.
    do {
      at = input.find(kQuote, at + 1);
      if (at == input.npos) {
        return at_end ? malformed(input, "a quoted field is never closed") : Outcome::more;
      }
      if (at + 1 == input.size() && !at_end) return Outcome::more;
      ++at;
    } while (at < input.size() && input[at] == kQuote);
    if (at == input.size()) break;
    if (input[at] == '\r' && input.substr(at + 1).starts_with('\n')) ++at;
    if (input[at] == '\r' && at + 1 == input.size() && !at_end) return Outcome::more;
    if (input[at] != delimiter_ && input[at] != '\n' && input[at] != '\r') {
      return malformed(input, "something follows the closing quote of a field");
    }
    field_begins = true;
    if (input[at] == '\n') --at;
  }
  if (!at_end) return Outcome::more;
  length_ = input.size();
  return Outcome::record;
}

void RecordReader::split_quoted(std::string_view record) {
  unescaped_.clear();
  unescaped_.reserve(record.size());
  std::size_t at = 0;
  for (;;) {
    if (at < record.size() && record[at] == kQuote) {
      at = take_quoted(record, at + 1);
    } else {
      const std::size_t end = std::min(record.find(delimiter_, at), record.size());
      fields_.push_back(record.substr(at, end - at));
      at = end;
    }
    if (at >= record.size()) return;
    ++at;  // the delimiter
  }
}

/// Takes the field whose text begins at `at`; answers the place behind its closing quote.
std::size_t RecordReader::take_quoted(std::string_view record, std::size_t at) {
  const std::size_t begin = unescaped_.size();
  for (;;) {
    const std::size_t quote = record.find(kQuote, at);
    unescaped_.append(record.substr(at, quote - at));
    at = quote + 1;
    if (at >= record.size() || record[at] != kQuote) break;
    unescaped_ += kQuote;
    ++at;
  }
  fields_.push_back(std::string_view(unescaped_).substr(begin));
  return at;
}

}  // namespace accrue::csv_codec
