#include "journal/group.hpp"

#include "journal/format.hpp"

#include <accrue/assert.hpp>

namespace accrue::journal {

void Group::add(std::string_view payload) {
  ACCRUE_ASSERT(!payload.empty() && payload.size() <= kMaxPayload);
  const std::size_t at = records_.size();
  records_.append(kRecordHeader, '\0');
  records_.append(payload);
  records_.append(at + framed_size(payload.size()) - records_.size(), '\0');
  places_.push_back({at, static_cast<std::uint32_t>(payload.size())});
  bytes_ += payload.size();
}

std::string_view Group::payload(std::size_t index) const {
  ACCRUE_ASSERT(index < places_.size());
  const Place& place = places_[index];
  return std::string_view(records_).substr(place.at + kRecordHeader, place.length);
}

void Group::clear() {
  records_.clear();
  places_.clear();
  bytes_ = 0;
}

}  // namespace accrue::journal
