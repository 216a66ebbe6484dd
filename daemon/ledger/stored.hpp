// Small conversions between plain values and FlatBuffers fields, shared by the codecs of this
// folder. 0 stands for "no time": nothing lapses in the first millisecond of 1970. Any thread.
#pragma once

#include <accrue/result.hpp>
#include <accrue/time.hpp>

#include <flatbuffers/flatbuffers.h>

#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::ledger {

using Builder = flatbuffers::FlatBufferBuilder;
using StringOffset = flatbuffers::Offset<flatbuffers::String>;

inline std::int64_t millis(Timestamp time) { return time.time_since_epoch().count(); }
inline std::int64_t millis(const std::optional<Timestamp>& time) {
  return time ? millis(*time) : 0;
}
inline Timestamp instant(std::int64_t millis) {
  return Timestamp(std::chrono::milliseconds(millis));
}
inline std::optional<Timestamp> optional_instant(std::int64_t millis) {
  if (millis == 0) return std::nullopt;
  return instant(millis);
}

/// No offset for empty text: absent fields cost nothing.
inline StringOffset text(Builder& builder, std::string_view value) {
  return value.empty() ? StringOffset() : builder.CreateString(value.data(), value.size());
}
inline std::string_view view(const flatbuffers::String* value) {
  return value ? std::string_view(value->c_str(), value->size()) : std::string_view();
}
inline std::string string(const flatbuffers::String* value) { return std::string(view(value)); }

inline flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> bytes(Builder& builder,
                                                                    std::string_view value) {
  if (value.empty()) return {};
  return builder.CreateVector(reinterpret_cast<const std::uint8_t*>(value.data()), value.size());
}
/// FlatBuffers calls [ubyte] what we keep as text.
inline std::string_view view(const flatbuffers::Vector<std::uint8_t>* value) {
  if (!value) return {};
  return {reinterpret_cast<const char*>(value->data()), value->size()};
}

inline flatbuffers::Offset<flatbuffers::Vector<std::int64_t>> times(
    Builder& builder, const std::vector<Timestamp>& values) {
  if (values.empty()) return {};
  std::vector<std::int64_t> numbers;
  numbers.reserve(values.size());
  for (const Timestamp value : values) numbers.push_back(millis(value));
  return builder.CreateVector(numbers);
}
/// Item `index` of a vector of numbers or structs. Copied: the verifier looks at where a vector's
/// length lies, not at its items, which damaged bytes may put where they cannot be read in place.
template <class Item, class Vector>
Item item_of(const Vector& list, std::size_t index) {
  static_assert(FLATBUFFERS_LITTLEENDIAN);
  Item item;
  std::memcpy(&item, list.Data() + index * sizeof(Item), sizeof(Item));
  return item;
}

inline std::vector<std::int64_t> numbers(const flatbuffers::Vector<std::int64_t>* values) {
  std::vector<std::int64_t> result(values ? values->size() : 0);
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = item_of<std::int64_t>(*values, i);
  return result;
}

inline std::vector<Timestamp> instants(const flatbuffers::Vector<std::int64_t>* values) {
  std::vector<Timestamp> result;
  for (const std::int64_t value : numbers(values)) result.push_back(instant(value));
  return result;
}

/// A vector of tables or strings, made one by one; no offset when there are none.
template <class Item, class List, class Make>
flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<Item>>> tables(Builder& builder,
                                                                           const List& list,
                                                                           Make make) {
  if (list.empty()) return {};
  std::vector<flatbuffers::Offset<Item>> offsets;
  offsets.reserve(list.size());
  for (const auto& item : list) offsets.push_back(make(item));
  return builder.CreateVector(offsets);
}
inline flatbuffers::Offset<flatbuffers::Vector<StringOffset>> texts(
    Builder& builder, const std::vector<std::string>& list) {
  return tables<flatbuffers::String>(
      builder, list, [&](const std::string& item) { return builder.CreateString(item); });
}
inline std::vector<std::string> strings(const flatbuffers::Vector<StringOffset>* list) {
  std::vector<std::string> result;
  if (list) {
    for (const auto* item : *list) result.push_back(string(item));
  }
  return result;
}

/// Calls `take` for each item of a vector that may be absent.
template <class Vector, class Take>
void each(const Vector* list, Take take) {
  if (!list) return;
  for (const auto* item : *list) take(*item);
}

template <class Struct, class Take>
void each(const flatbuffers::Vector<const Struct*>* list, Take take) {
  if (!list) return;
  for (std::size_t i = 0; i < list->size(); ++i) take(item_of<Struct>(*list, i));
}

/// The root of verified bytes, or nothing. Valid until the next call for the same kind of root on
/// this thread: LMDB hands out bytes at any address, which are copied to where they may be read.
template <class Root>
const Root* root_of(std::string_view stored) {
  if (stored.empty()) return nullptr;
  thread_local std::vector<std::uint64_t> aligned;
  aligned.resize(stored.size() / sizeof(std::uint64_t) + 1);
  std::memcpy(aligned.data(), stored.data(), stored.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(aligned.data());
  flatbuffers::Verifier verifier(data, stored.size(), 64, 100'000'000);
  if (!verifier.VerifyBuffer<Root>(nullptr)) return nullptr;
  return flatbuffers::GetRoot<Root>(data);
}

inline Error unreadable(const char* what) {
  return Error{ErrorCode::corrupt, std::string("stored bytes are no ") + what};
}

}  // namespace accrue::ledger
