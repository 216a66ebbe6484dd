#include "outbox/words.hpp"

#include <algorithm>
#include <exception>
#include <kainjow/mustache.hpp>
#include <map>

namespace accrue::outbox {
namespace {

namespace mustache = kainjow::mustache;
using Data = mustache::data;

/// Names and their values. Deliberately without partials: the library would read a value named by
/// {{> name}} as a template.
class Values : public mustache::basic_context<std::string> {
 public:
  explicit Values(std::span<const std::pair<std::string, std::string>> values) {
    for (const auto& [name, value] : values) {
      if (value.empty()) continue;
      values_.insert_or_assign(name, Data(value));
    }
  }
  void push(const Data*) override {}
  void pop() override {}
  const Data* get(const std::string& name) const override {
    const auto found = values_.find(name);
    if (found == values_.end()) return nullptr;
    size_ += found->second.string_value().size();
    return size_ <= kMaxWords ? &found->second : nullptr;
  }
  const Data* get_partial(const std::string&) const override { return nullptr; }
  bool too_long() const { return size_ > kMaxWords; }

 private:
  std::map<std::string, Data, std::less<>> values_;
  mutable std::size_t size_ = 0;  // Of all values asked for: bounds the work before the output.
};

/// The library's exceptions end here.
Result<std::string> fill(const std::string& form, Values& context) {
  if (form.size() > kMaxWords) return reject("a template is limited to 64 KiB");
  try {
    mustache::mustache parsed(form);
    if (!parsed.is_valid()) return reject("the template is malformed: " + parsed.error_message());
    parsed.set_custom_escape([](const std::string& text) { return text; });
    return parsed.render(context);
  } catch (const std::exception& thrown) {
    return reject(std::string("the template cannot be read: ") + thrown.what());
  }
}

Result<std::string> words(const std::string& form,
                          std::span<const std::pair<std::string, std::string>> values) {
  Values context(values);
  auto filled = fill(form, context);
  if (!filled) return filled;
  if (context.too_long() || filled.value().size() > kMaxWords) {
    return reject("the words of a notice are limited to 64 KiB");
  }
  return filled;
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }, ' ');
  return text;
}

}  // namespace

Result<Words> render(const engine::NoticeTemplate& form,
                     std::span<const std::pair<std::string, std::string>> values) {
  auto subject = words(form.subject, values);
  if (!subject) return subject.error();
  auto text = words(form.text, values);
  if (!text) return text.error();
  return Words{one_line(std::move(subject.value())), std::move(text.value())};
}

}  // namespace accrue::outbox
