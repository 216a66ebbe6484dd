#include "config/scenario_parts.hpp"
#include "config/suggest.hpp"
#include "config/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace accrue::config {
namespace {

const std::vector<std::string> kKinds{"sale", "return", "event", "member"};

/// The scalar as an attribute: true, 12 and 2.50 are what they look like; quotes make text.
AttributeValue attribute_of(const Node& node, TextArena& text) {
  if (!node.quoted) {
    if (node.text == "true" || node.text == "false") return node.text == "true";
    const bool zero_first = node.text.size() > 1 && node.text[0] == '0' && node.text[1] != '.';
    const auto number = Decimal::parse(node.text);
    if (number && !zero_first) {
      if (node.text.find('.') != std::string::npos) return number.value();
      return number->micros() / Decimal::kScale;
    }
  }
  return text.keep(node.text);
}

void read_attributes(Reading& in, const Node& node, const char* what, TextArena& text,
                     std::vector<Attribute>& into) {
  if (!expect_mapping(in, node, what, "{ tier: gold }")) return;
  for (const Member& member : node.members) {
    if (!read_text(in, member.value, member.key)) continue;
    into.push_back({text.keep(member.key), attribute_of(member.value, text)});
  }
}

class TransactionReader {
 public:
  TransactionReader(Reading& in, Story& story) : in_(in), story_(story) {}

  Transaction read(const Node& step) {
    transaction_.currency = story_.program.terms.currency;
    transaction_.type = TransactionType::tick;
    member_of(step);
    const Member* happens = what_happens(step);
    if (happens != nullptr) fill(*happens);
    if (transaction_.id.empty()) {
      transaction_.id = TransactionId::trusted("step-" + std::to_string(story_.steps));
    }
    remember(step);
    return std::move(transaction_);
  }

 private:
  /// The one kind written, or nullptr.
  const Member* what_happens(const Node& step) {
    const Member* found = nullptr;
    for (const Member& member : step.members) {
      if (std::find(kKinds.begin(), kKinds.end(), member.key) == kKinds.end()) continue;
      if (found != nullptr) {
        in_.problem(member.mark, "two_things",
                    "a step is one thing: `" + found->key + "` is there already; write `" +
                        member.key + "` as a step of its own");
      } else {
        found = &member;
      }
    }
    return found;
  }

  void member_of(const Node& step) {
    transaction_.member = MemberId::trusted("M1");
    if (const Node* id = step.find("member_id")) {
      const auto text = read_word(in_, *id, "member_id");
      if (text) set_id(*id, "member_id", *text, transaction_.member);
    }
    const Node* anonymous = step.find("anonymous");
    if (anonymous != nullptr && read_boolean(in_, *anonymous, "anonymous").value_or(false)) {
      transaction_.member = MemberId();
    }
  }

  template <class Name>
  void set_id(const Node& node, const char* key, const std::string& text, Name& into) {
    auto id = Name::parse(text);
    if (id) {
      into = std::move(id.value());
    } else {
      in_.problem(node, "bad_name", "`" + std::string(key) + "`: " + id.error().message);
    }
  }

  void fill(const Member& happens) {
    transaction_.type = *transaction_type_named(happens.key);
    const Node& body = happens.value;
    if (transaction_.type == TransactionType::event && body.is_scalar()) {
      const auto name = read_word(in_, body, "event");
      if (name) transaction_.event = transaction_.text.keep(*name);
      return;
    }
    const bool goods = transaction_.type == TransactionType::sale ||
                       transaction_.type == TransactionType::goods_return;
    const char* example = goods ? "{ lines: [ … ] }"
                          : transaction_.type == TransactionType::event
                              ? "{ type: review }"
                              : "{ attributes: { tier: gold } }";
    if (!expect_mapping(in_, body, happens.key, example)) return;
    read_own_id(body);
    if (goods) read_goods(happens.key, body);
    if (transaction_.type == TransactionType::event) read_event(body);
    if (transaction_.type == TransactionType::member) read_member(body);
  }

  void read_own_id(const Node& body) {
    const Node* id = body.find("id");
    if (id == nullptr) return;
    const auto text = read_word(in_, *id, "id");
    if (text) set_id(*id, "id", *text, transaction_.id);
  }

  void read_goods(const std::string& key, const Node& body) {
    std::vector<std::string> known{"id", "store", "terminal", "lines"};
    if (transaction_.type == TransactionType::goods_return) known.push_back("of");
    refuse_unknown_keys(in_, body, "`" + key + "`", known);
    keep_text(body, "store", transaction_.store);
    keep_text(body, "terminal", transaction_.terminal);
    const Node* of = body.find("of");
    if (of != nullptr && transaction_.type == TransactionType::goods_return) {
      const auto text = read_word(in_, *of, "of");
      if (text) set_id(*of, "of", *text, transaction_.of);
    }
    if (const Node* lines = body.find("lines")) {
      read_basket(in_, *lines, transaction_);
    } else {
      in_.problem(body, "missing_key", "`lines` is missing; write the goods of the basket");
    }
  }

  void read_event(const Node& body) {
    refuse_unknown_keys(in_, body, "`event`", {"id", "type", "attributes"});
    keep_text(body, "type", transaction_.event);
    if (body.find("type") == nullptr) {
      in_.problem(body, "missing_key", "`type` is missing; name the event, such as `type: review`");
    }
    if (const Node* attributes = body.find("attributes")) {
      read_attributes(in_, *attributes, "attributes", transaction_.text, transaction_.attributes);
    }
  }

  void read_member(const Node& body) {
    refuse_unknown_keys(in_, body, "`member`", {"id", "attributes", "language", "contact"});
    keep_text(body, "language", transaction_.language);
    if (const Node* attributes = body.find("attributes")) {
      read_attributes(in_, *attributes, "attributes", transaction_.text, transaction_.attributes);
    }
    if (const Node* contact = body.find("contact")) {
      read_attributes(in_, *contact, "contact", transaction_.text, transaction_.contact);
    }
  }

  void keep_text(const Node& body, const char* key, std::string_view& into) {
    const Node* node = body.find(key);
    if (node == nullptr) return;
    if (const auto text = read_word(in_, *node, key)) into = transaction_.text.keep(*text);
  }

  /// Remembers a sale, and finds a return that names one which is not there — unless the step
  /// says that it shall be refused, for then that may be the point.
  void remember(const Node& step) {
    const std::string& id = transaction_.id.text();
    const Node* expect = step.find("expect");
    const bool refused = expect != nullptr && expect->find("refused") != nullptr;
    const std::string& of = transaction_.of.text();
    if (!of.empty() && !refused && !story_.sales.contains(of)) {
      in_.problem(step, "unknown_sale",
                  "`of` names `" + of + "`, which is no sale of an earlier step" +
                      did_you_mean(of, {story_.sales.begin(), story_.sales.end()}));
    }
    if (transaction_.type == TransactionType::sale) story_.sales.insert(id);
  }

  Reading& in_;
  Story& story_;
  Transaction transaction_;
};

}  // namespace

Transaction read_transaction(Reading& in, const Node& step, Story& story) {
  return TransactionReader(in, story).read(step);
}

}  // namespace accrue::config
