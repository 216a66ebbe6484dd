// Stored bytes are Protocol Buffers (schema/ledger.proto). Each stored struct lists its fields
// once, in fields(), which both the writer and the reader below walk: what is written is what is
// read. A field that is empty or 0 is left out; one that a reader does not know is passed over. The
// only header of this folder with protozero in it. One thread at a time.
#pragma once

#include <accrue/money.hpp>
#include <accrue/points.hpp>
#include <accrue/result.hpp>
#include <accrue/text_arena.hpp>
#include <accrue/time.hpp>

#include <protozero/pbf_reader.hpp>
#include <protozero/pbf_writer.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::ledger {

/// For `template <class As, Like<Award> A> void fields(As& as, A& award)`, which is called with a
/// const Award to write it and with an Award to read it.
template <class T, class Of>
concept Like = std::same_as<std::remove_const_t<T>, Of>;

class FieldWriter {
 public:
  explicit FieldWriter(protozero::pbf_writer& to) : to_(to) {}

  void text(std::uint32_t tag, std::string_view value) {
    if (!value.empty()) to_.add_bytes(tag, value.data(), value.size());
  }
  void bytes(std::uint32_t tag, std::string_view value) { text(tag, value); }
  /// Numbers that are never negative.
  template <class Number>
  void count(std::uint32_t tag, Number value) {
    if (value != Number{}) to_.add_uint64(tag, static_cast<std::uint64_t>(value));
  }
  void number(std::uint32_t tag, std::int64_t value) {
    if (value != 0) to_.add_sint64(tag, value);
  }
  /// One that is not said is left out.
  void currency(std::uint32_t tag, Currency value) {
    if (value != Currency()) text(tag, value.code());
  }
  void points(std::uint32_t tag, Points value) { number(tag, value.count()); }
  void money(std::uint32_t tag, Money value) { number(tag, value.minor()); }
  void decimal(std::uint32_t tag, Decimal value) { number(tag, value.micros()); }
  void time(std::uint32_t tag, Timestamp value) { number(tag, value.time_since_epoch().count()); }
  /// Nothing is stored like 1970-01-01T00:00:00Z, which no business time is.
  void time(std::uint32_t tag, const std::optional<Timestamp>& value) {
    if (value) time(tag, *value);
  }
  void texts(std::uint32_t tag, const std::vector<std::string>& values) {
    for (const std::string& value : values) to_.add_bytes(tag, value.data(), value.size());
  }
  void numbers(std::uint32_t tag, const std::vector<std::int64_t>& values) {
    if (!values.empty()) to_.add_packed_sint64(tag, values.begin(), values.end());
  }
  void times(std::uint32_t tag, const std::vector<Timestamp>& values) {
    if (values.empty()) return;
    protozero::packed_field_sint64 list(to_, tag);
    for (const Timestamp value : values) list.add_element(value.time_since_epoch().count());
  }
  template <class T>
  void one(std::uint32_t tag, const T& value) {
    protozero::pbf_writer part(to_, tag);
    FieldWriter as(part);
    fields(as, value);
  }
  template <class List>
  void many(std::uint32_t tag, const List& values) {
    for (const auto& value : values) one(tag, value);
  }

 private:
  protozero::pbf_writer& to_;
};

template <class T>
void read_fields(std::string_view bytes, T& value, TextArena* arena);

/// Takes fields in the order they are asked for, which is the order they are written in; fields in
/// another order are met in a later pass.
class FieldReader {
 public:
  FieldReader(std::string_view bytes, TextArena* arena)
      : from_(bytes.data(), bytes.size()), arena_(arena), there_(from_.next()) {}

  void text(std::uint32_t tag, std::string& value) {
    if (is(tag, kBytes)) value = view();
  }
  /// Kept in the arena.
  void text(std::uint32_t tag, std::string_view& value) {
    if (is(tag, kBytes)) value = arena_->keep(view());
  }
  /// Not kept: valid as long as the bytes that are read.
  void bytes(std::uint32_t tag, std::string_view& value) {
    if (is(tag, kBytes)) value = view();
  }
  template <class Number>
  void count(std::uint32_t tag, Number& value) {
    if (is(tag, kVarint)) value = static_cast<Number>(taken(from_.get_uint64()));
  }
  void number(std::uint32_t tag, std::int64_t& value) {
    if (is(tag, kVarint)) value = taken(from_.get_sint64());
  }
  void currency(std::uint32_t tag, Currency& value) {
    if (!is(tag, kBytes)) return;
    if (const auto known = Currency::parse(view())) value = known.value();
  }
  void points(std::uint32_t tag, Points& value) {
    if (is(tag, kVarint)) value = Points(taken(from_.get_sint64()));
  }
  void money(std::uint32_t tag, Money& value) {
    if (is(tag, kVarint)) value = Money::from_minor(taken(from_.get_sint64()));
  }
  void decimal(std::uint32_t tag, Decimal& value) {
    if (is(tag, kVarint)) value = Decimal::from_micros(taken(from_.get_sint64()));
  }
  void time(std::uint32_t tag, Timestamp& value) {
    if (is(tag, kVarint)) value = instant(taken(from_.get_sint64()));
  }
  void time(std::uint32_t tag, std::optional<Timestamp>& value) {
    if (is(tag, kVarint)) value = instant(taken(from_.get_sint64()));
  }
  void texts(std::uint32_t tag, std::vector<std::string>& values) {
    while (is(tag, kBytes)) values.emplace_back(view());
  }
  void numbers(std::uint32_t tag, std::vector<std::int64_t>& values) {
    if (!is(tag, kBytes)) return;
    const auto list = from_.get_packed_sint64();
    values.assign(list.begin(), list.end());
    there_ = from_.next();
  }
  void times(std::uint32_t tag, std::vector<Timestamp>& values) {
    if (!is(tag, kBytes)) return;
    for (const std::int64_t value : from_.get_packed_sint64()) values.push_back(instant(value));
    there_ = from_.next();
  }
  template <class T>
  void one(std::uint32_t tag, T& value) {
    if (is(tag, kBytes)) read_fields(view(), value, arena_);
  }
  template <class T>
  void many(std::uint32_t tag, std::vector<T>& values) {
    while (is(tag, kBytes)) read_fields(view(), values.emplace_back(), arena_);
  }

  /// Takes what `value` has fields for, in as many passes as their order asks for.
  template <class T>
  void read(T& value) {
    while (there_) {
      const std::size_t left = from_.length();
      fields(*this, value);
      if (!there_ || from_.length() != left) continue;
      from_.skip();
      there_ = from_.next();
    }
  }

 private:
  static constexpr auto kBytes = protozero::pbf_wire_type::length_delimited;
  static constexpr auto kVarint = protozero::pbf_wire_type::varint;

  static Timestamp instant(std::int64_t millis) {
    return Timestamp(std::chrono::milliseconds(millis));
  }
  bool is(std::uint32_t tag, protozero::pbf_wire_type type) const {
    return there_ && from_.tag() == tag && from_.wire_type() == type;
  }
  std::string_view view() {
    const protozero::data_view found = from_.get_view();
    there_ = from_.next();
    return {found.data(), found.size()};
  }
  template <class Number>
  Number taken(Number value) {
    there_ = from_.next();
    return value;
  }

  protozero::pbf_reader from_;
  TextArena* arena_;
  bool there_;  ///< A field that nobody has taken yet.
};

/// Throws protozero::exception when the bytes are no message.
template <class T>
void read_fields(std::string_view bytes, T& value, TextArena* arena) {
  FieldReader(bytes, arena).read(value);
}

/// Appends the fields of `value` to `out`.
template <class T>
void write_to(std::string& out, T& value) {
  protozero::pbf_writer to(out);
  FieldWriter as(to);
  fields(as, value);
}

/// Reads `value`; fails with corrupt when the bytes are no `what`. Text goes into the arena where
/// the struct holds views.
template <class T>
Result<void> read_from(std::string_view bytes, T& value, const char* what,
                       TextArena* arena = nullptr) {
  try {
    read_fields(bytes, value, arena);
    return ok();
  } catch (const protozero::exception&) {
    return Error{ErrorCode::corrupt, std::string("stored bytes are no ") + what};
  }
}

}  // namespace accrue::ledger
