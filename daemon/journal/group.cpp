#include "journal/group.hpp"

#include <accrue/assert.hpp>

namespace accrue::journal {

void Group::add(std::string_view payload) {
  ACCRUE_ASSERT(!payload.empty() && payload.size() <= kMaxPayload);
  bytes_.append(payload);
  ends_.push_back(bytes_.size());
}

std::string_view Group::payload(std::size_t index) const {
  ACCRUE_ASSERT(index < ends_.size());
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

void Group::clear() {
  bytes_.clear();
  ends_.clear();
}

}  // namespace accrue::journal
