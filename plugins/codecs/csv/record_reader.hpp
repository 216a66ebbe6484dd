// Reads one record of CSV (RFC 4180) at a time: quoted fields, doubled quotes, line breaks within
// quotes, CRLF. A quote within an unquoted field stands for itself, as spreadsheets write 5" pipes.
// One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::csv_codec {

class RecordReader {
 public:
  enum class Outcome {
    record,
    more,       ///< The input ends within a record.
    malformed,  ///< fault() says why; length() is what to skip: the record's first line.
  };

  explicit RecordReader(char delimiter) : delimiter_(delimiter) {}

  /// Reads the record that `input` begins with. at_end: nothing follows the input.
  Outcome read(std::string_view input, bool at_end);

  /// Valid until the next read and as long as its input.
  std::span<const std::string_view> fields() const { return fields_; }
  /// Bytes of the record with its line break.
  std::size_t length() const { return length_; }
  std::uint64_t lines() const { return lines_; }
  std::string_view fault() const { return fault_; }
  bool is_blank() const { return fields_.size() == 1 && fields_.front().empty(); }

 private:
  Outcome read_plain(std::string_view line);
  Outcome read_quoted(std::string_view input, bool at_end);
  Outcome malformed(std::string_view input, std::string_view fault);
  Outcome find_end(std::string_view input, bool at_end);
  void split_quoted(std::string_view record);
  std::size_t take_quoted(std::string_view record, std::size_t at);

  char delimiter_;
  std::vector<std::string_view> fields_;
  std::string unescaped_;  ///< Of this record; never grows while views look into it.
  std::size_t length_ = 0;
  std::uint64_t lines_ = 0;
  std::string_view fault_;
};

}  // namespace accrue::csv_codec
