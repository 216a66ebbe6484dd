// Cuts a CSV stream into messages: the rows of one transaction behind the header row, as a small
// CSV file of its own. Rows of one id need not be neighbours: up to merge_rows rows of others may
// stand between two of them. Messages come out in the order of their first rows. One thread; one
// for each stream.
#pragma once

#include "layout.hpp"
#include "record_reader.hpp"

#include <accrue/codec.hpp>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace accrue::csv_codec {

/// The longest message that is decoded; more rows of one id are dropped, the message is refused.
inline constexpr std::size_t kMaxMessageBytes = std::size_t{4} << 20;
/// The longest row; a longer one (a quote that is never closed) is a message that is refused.
inline constexpr std::size_t kMaxRowBytes = std::size_t{1} << 20;
/// Room for transactions whose last row may be still to come.
inline constexpr std::size_t kMaxOpenBytes = std::size_t{64} << 20;

class RowFramer final : public Framer {
 public:
  /// `layout` outlives the framer.
  explicit RowFramer(const Layout& layout) : layout_(layout), reader_(layout.delimiter) {}

  /// Fails when the header lacks a column, or when too many transactions are open at once.
  Result<Frame> next(std::string_view input, bool at_end) override;

 private:
  struct Group {
    std::string id;
    std::string text;
    std::uint64_t line = 0;
    std::uint64_t last_row = 0;
    bool whole = false;  ///< Nothing can be added.
  };

  bool front_is_whole(bool at_end) const;
  Frame take_front();
  Result<Frame> take_header(std::string_view input, bool at_end);
  Result<Frame> take_row(std::string_view input, bool at_end);
  Result<Frame> take_malformed(std::string_view row);
  Frame drop(std::string_view input);
  void add_row(std::string_view row);
  Group& group_of(std::string_view id);
  Group& open(std::string_view id);
  void append(Group& group, std::string_view row);

  const Layout& layout_;
  RecordReader reader_;
  std::string header_;  ///< With its line break; empty until it was read.
  std::optional<std::size_t> id_column_;
  std::deque<Group> groups_;  ///< By first row.
  std::unordered_map<std::string, Group*> open_;
  Group* latest_ = nullptr;  ///< The group of the row before.
  std::uint64_t row_ = 0;
  std::uint64_t line_ = 1;  ///< Of the input's first byte.
  std::size_t open_bytes_ = 0;
  bool begun_ = false;
  bool dropping_ = false;  ///< Within a row that was given out as too long.
};

}  // namespace accrue::csv_codec
