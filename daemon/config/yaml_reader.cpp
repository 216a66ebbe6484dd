#include "config/yaml_reader.hpp"

#include "config/quotes.hpp"
#include "config/text_check.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <unordered_map>
#include <utility>
#include <vector>

namespace accrue::config {
namespace {

Mark to_mark(const YAML::Mark& mark) {
  if (mark.line < 0 || mark.column < 0) return {1, 1};
  return {mark.line + 1, mark.column + 1};
}

std::string at(Mark mark) {
  return "line " + std::to_string(mark.line) + ", column " + std::to_string(mark.column);
}

/// Makes our tree of yaml-cpp's events. It never throws out of an event: what is wrong is noted
/// and the rest still read.
class TreeBuilder final : public YAML::EventHandler {
 public:
  /// `bytes` is what the events are made of.
  TreeBuilder(Reading& reading, std::string_view bytes) : reading_(reading), bytes_(bytes) {}

  bool too_deep() const { return too_deep_; }
  bool too_many() const { return nodes_ > kMostNodes; }
  Node take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Node node;
    node.mark = to_mark(mark);
    attach(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    reading_.problem(to_mark(mark), "alias", "aliases (*name) are not allowed; write it out again");
    OnNull(mark, 0);
  }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    reading_.problem(to_mark(mark), "anchor",
                     "the anchor &" + name + " is not allowed; remove it and write values out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    check_tag(mark, tag);
    Node node;
    node.kind = Node::Kind::scalar;
    node.mark = to_mark(mark);
    node.quoted = tag != "?";
    node.text = value;
    if (!node.quoted) check_line(mark, value);
    // Escapes such as "\0" bring in what the check of the bytes cannot see.
    if (const auto fault = find_text_fault(value)) {
      reading_.problem(node.mark, fault->code, fault->detail);
    }
    attach(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::mapping);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    bool has_key = false;
    bool keep = true;  ///< False for the value of a key that cannot be kept.
    std::string key;
    Mark key_mark;
    std::unordered_map<std::string, Mark> seen;
  };

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    reading_.problem(to_mark(mark), "tag", "tags (!name) are not allowed; remove it");
  }

  /// A plain text that YAML has joined of several lines no longer reads as it was written.
  void check_line(const YAML::Mark& mark, const std::string& value) {
    const auto begin = static_cast<std::size_t>(std::max(mark.pos, 0));
    if (begin >= bytes_.size() || bytes_[begin] == '&') return;  // An anchor: told already.
    if (bytes_.substr(begin, value.size()) == value) return;
    reading_.problem(to_mark(mark), "many_lines",
                     "the next line is read as more of this text; end it on its line (does the "
                     "next lack a `-`, `:` or comma?), or use | for a text of several lines");
  }

  void open(const YAML::Mark& mark, const std::string& tag, Node::Kind kind) {
    check_tag(mark, tag);
    Open opened;
    opened.node.kind = kind;
    opened.node.mark = to_mark(mark);
    open_.push_back(std::move(opened));
    if (open_.size() > kDeepest && !too_deep_) {
      too_deep_ = true;
      reading_.problem(to_mark(mark), "too_deep",
                       "nested more than " + std::to_string(kDeepest) + " deep; flatten it");
    }
  }

  void close() {
    Node done = std::move(open_.back().node);
    open_.pop_back();
    attach(std::move(done));
  }

  void attach(Node node) {
    if (++nodes_ > kMostNodes) return;
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Node::Kind::list) {
      parent.node.items.push_back(std::move(node));
    } else if (parent.has_key) {
      attach_value(parent, std::move(node));
    } else {
      attach_key(parent, std::move(node));
    }
  }

  void attach_key(Open& parent, Node node) {
    parent.has_key = true;
    parent.key_mark = node.mark;
    parent.keep = node.is_scalar();
    if (!parent.keep) {
      reading_.problem(node.mark, "wrong_key", "a key must be a plain word, as in `id: base`");
      return;
    }
    parent.key = std::move(node.text);
    const auto [earlier, added] = parent.seen.try_emplace(parent.key, parent.key_mark);
    if (added) return;
    parent.keep = false;
    reading_.problem(node.mark, "duplicate_key",
                     "`" + parent.key + "` was already written at " + at(earlier->second) +
                         "; keep one of the two");
  }

  static void attach_value(Open& parent, Node node) {
    parent.has_key = false;
    if (!parent.keep) return;
    if (node.is_empty()) node.mark = parent.key_mark;  // yaml-cpp marks what comes after.
    parent.node.members.push_back({std::move(parent.key), parent.key_mark, std::move(node)});
  }

  Reading& reading_;
  std::string_view bytes_;
  std::vector<Open> open_;
  Node root_;
  std::size_t nodes_ = 0;
  bool too_deep_ = false;
};

/// Only notes that there is another document.
class NextDocument final : public YAML::EventHandler {
 public:
  Mark begins{0, 0};
  void OnDocumentStart(const YAML::Mark& mark) override { begins = to_mark(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

void refuse_syntax(Reading& reading, const YAML::Exception& thrown) {
  const Mark mark = to_mark(thrown.mark);
  if (thrown.msg.find("anchor") != std::string::npos) {
    reading.problem(mark, "alias",
                    "aliases (*name) are not allowed; put text that begins with * in quotes");
    return;
  }
  reading.problem(
      mark, "not_yaml",
      "this is not YAML (" + thrown.msg +
          "); check indentation (blanks, no tabs), colons, quotes and brackets here and just "
          "above");
}

/// A second document. What it holds does not matter: a syntax error in it is not told.
void refuse_rest(Reading& reading, YAML::Parser& parser) {
  NextDocument next;
  bool more = true;
  try {
    more = parser.HandleNextDocument(next);
  } catch (const YAML::Exception&) {
  }
  if (!more) return;
  reading.problem(next.begins.line > 0 ? next.begins : Mark{1, 1}, "second_document",
                  "a file holds one document; remove `---` and what follows, or use a new file");
}

}  // namespace

std::optional<Node> parse_yaml(Reading& reading, std::string_view bytes) {
  if (const auto fault = find_text_fault(bytes)) {
    reading.problem(fault->mark, fault->code, fault->detail);
    return std::nullopt;
  }
  if (!check_quotes(reading, bytes)) return std::nullopt;
  TreeBuilder builder(reading, bytes);
  try {
    std::istringstream stream{std::string(bytes)};
    YAML::Parser parser(stream);
    if (parser.HandleNextDocument(builder)) refuse_rest(reading, parser);
  } catch (const YAML::Exception& thrown) {
    if (!builder.too_deep()) refuse_syntax(reading, thrown);
    return std::nullopt;
  } catch (const std::exception& thrown) {
    reading.problem(Mark{1, 1}, "not_yaml", std::string("cannot be read: ") + thrown.what());
    return std::nullopt;
  }
  if (builder.too_many()) {
    reading.problem(Mark{1, 1}, "too_large", "the file holds too many values; split it");
  }
  if (builder.too_deep() || builder.too_many()) return std::nullopt;
  return builder.take_root();
}

std::optional<Node> parse_yaml_mapping(Reading& reading, std::string_view bytes,
                                       std::string_view example) {
  std::optional<Node> root = parse_yaml(reading, bytes);
  if (!root || root->is_mapping()) return root;
  const std::string cure = "; begin it with a key, such as `" + std::string(example) + "`";
  if (root->is_empty()) {
    reading.problem(Mark{1, 1}, "empty_file", "the file says nothing" + cure);
  } else {
    reading.problem(*root, "wrong_type", "the file must be a mapping of keys to values" + cure);
  }
  return std::nullopt;
}

}  // namespace accrue::config
