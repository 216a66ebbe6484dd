#include "config/problems.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

namespace accrue::config {
namespace {

/// Takes ":12" off the end; 0 when there is none.
int take_number(std::string& text) {
  const auto colon = text.rfind(':');
  int number = 0;
  if (colon == text.npos) return 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, number);
  if (read.ec != std::errc{} || read.ptr != end || number < 1) return 0;
  text.resize(colon);
  return number;
}

/// The opposite of to_pointer.
Place to_place(std::string pointer) {
  const int column = take_number(pointer);
  const int line = take_number(pointer);
  return {std::move(pointer), line, column};
}

}  // namespace

std::string to_pointer(const Place& place) {
  if (place.line == 0) return place.file;
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

void Problems::add(Place place, std::string_view code, std::string detail) {
  ++count_;
  if (found_.size() < kMost) {
    found_.push_back({std::move(place), std::string(code), std::move(detail)});
  }
}

void Problems::add(const Problem& told) { add(to_place(told.pointer), told.code, told.detail); }

Error Problems::to_error(std::string_view what) const {
  std::vector<Found> sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Found& a, const Found& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) <
           std::tie(b.place.file, b.place.line, b.place.column);
  });
  Error error = reject(std::string(what) + " has " + std::to_string(count_) +
                       (count_ == 1 ? " problem" : " problems"));
  for (const Found& found : sorted) {
    error.problems.push_back({to_pointer(found.place), found.code, found.detail});
  }
  if (count_ > found_.size()) {
    error.problems.push_back({std::string(what), "too_many",
                              std::to_string(count_ - found_.size()) +
                                  " more problems are not shown; mend these first"});
  }
  return error;
}

}  // namespace accrue::config
