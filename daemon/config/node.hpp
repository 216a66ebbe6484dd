// A YAML file as a tree that remembers where everything was written. Plain text scalars stay text:
// what they mean (a number, a date) is decided by whoever reads the key, so "no" is never false
// and 010 never eight. Plain values: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::config {

/// Line and column, from 1.
struct Mark {
  int line = 0;
  int column = 0;
};

struct Member;

struct Node {
  enum class Kind : std::uint8_t { empty, scalar, list, mapping };

  Kind kind = Kind::empty;
  bool quoted = false;  ///< A scalar written in quotes or as a block.
  Mark mark;
  std::string text;             ///< Of a scalar.
  std::vector<Node> items;      ///< Of a list.
  std::vector<Member> members;  ///< Of a mapping, as written.

  bool is_empty() const { return kind == Kind::empty; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_mapping() const { return kind == Kind::mapping; }
  /// The value of a key, or nullptr.
  const Node* find(std::string_view key) const;
};

struct Member {
  std::string key;
  Mark mark;
  Node value;
};

inline const Node* Node::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

}  // namespace accrue::config
