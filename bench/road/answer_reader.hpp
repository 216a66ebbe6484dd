// Reads answers just far enough to know when one is over, its status, and how many of its lines say
// "posted": no JSON is parsed, each line is searched in its first bytes, where accrued writes its
// status. Bodies come with a length or in chunks. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace road {

class AnswerReader {
 public:
  enum class Outcome : std::uint8_t { unfinished, finished, unreadable };

  /// The next bytes of the connection. One answer is awaited at a time: after `finished` the next
  /// bytes belong to the next answer.
  Outcome take(std::string_view bytes);

  /// A request was sent: forgets the last answer.
  void expect() { posted_ = 0; }

  /// Of the last answer that finished.
  int status() const { return status_; }
  /// Of the answer so far.
  std::uint64_t posted() const { return posted_; }

 private:
  enum class Part : std::uint8_t { head, body, chunk_size, chunk, chunk_end, last_end };
  bool read_head(std::string_view& bytes);
  bool understand_head(std::string_view head);
  bool read_size(std::string_view& bytes);
  bool read_end(std::string_view& bytes, Part next);
  void read_data(std::string_view& bytes, Part next);
  void keep(std::string_view piece);
  void end_line();
  Outcome finish();

  Part part_ = Part::head;
  bool over_ = false;
  std::string gathered_;  ///< Of a head or a chunk's size, when it came in pieces.
  std::uint64_t left_ = 0;
  int status_ = 0;
  std::uint64_t posted_ = 0;
  std::array<char, 160> line_{};  ///< How the current line begins.
  std::size_t line_size_ = 0;
};

}  // namespace road
