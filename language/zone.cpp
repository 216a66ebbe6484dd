#include <accrue/time.hpp>

#include <date/tz.h>

#include <array>
#include <exception>
#include <optional>

namespace accrue {
namespace {

class UtcZone final : public Zone {
 public:
  LocalTime to_local(Timestamp time) const override {
    return LocalTime{std::chrono::floor<std::chrono::seconds>(time).time_since_epoch()};
  }
  Timestamp to_instant(LocalTime time) const override { return Timestamp{time.time_since_epoch()}; }
  std::string_view name() const override { return "UTC"; }
};

/// The stretch between two changes of a zone's offset that the thread asked about last. Nearly
/// all transactions fall into the same one. Keyed by the database's zone, which lives for ever.
struct LastStretch {
  const date::time_zone* zone = nullptr;
  date::sys_seconds begin{};
  date::sys_seconds end{};
  std::chrono::seconds offset{0};
};

/// The stretches that the thread turned local times into instants in last: those of expiry dates,
/// which lie months apart from each other.
class LocalStretches {
 public:
  /// Within a stretch and further from its ends than clocks are ever changed, a local time exists
  /// exactly once. Nothing when that is not certain.
  std::optional<date::sys_seconds> find(const date::time_zone* zone,
                                        date::local_seconds local) const {
    constexpr std::chrono::hours kMostChange{48};
    for (const LastStretch& known : known_) {
      if (known.zone != zone) continue;
      const date::sys_seconds instant{local.time_since_epoch() - known.offset};
      if (instant - known.begin > kMostChange && known.end - instant > kMostChange) return instant;
    }
    return std::nullopt;
  }

  void remember(const LastStretch& stretch) {
    known_[next_] = stretch;
    next_ = (next_ + 1) % known_.size();
  }

 private:
  std::array<LastStretch, 4> known_;
  std::size_t next_ = 0;
};

class IanaZone final : public Zone {
 public:
  IanaZone(const date::time_zone* zone, std::string_view name) : zone_(zone), name_(name) {}

  LocalTime to_local(Timestamp time) const override {
    thread_local LastStretch last;
    const auto instant = std::chrono::floor<std::chrono::seconds>(time);
    if (last.zone != zone_ || instant < last.begin || instant >= last.end) {
      const date::sys_info info = zone_->get_info(instant);
      last = {zone_, info.begin, info.end, info.offset};
    }
    return LocalTime{instant.time_since_epoch() + last.offset};
  }

  Timestamp to_instant(LocalTime time) const override {
    thread_local LocalStretches stretches;
    const date::local_seconds local{time.time_since_epoch()};
    if (const auto instant = stretches.find(zone_, local)) return Timestamp{*instant};
    const date::local_info info = zone_->get_info(local);
    if (info.result == date::local_info::nonexistent) return Timestamp{info.first.end};
    stretches.remember({zone_, info.first.begin, info.first.end, info.first.offset});
    return Timestamp{local.time_since_epoch() - info.first.offset};
  }

  std::string_view name() const override { return name_; }

 private:
  const date::time_zone* zone_;
  std::string name_;
};

}  // namespace

Result<std::shared_ptr<const Zone>> find_zone(std::string_view name) {
  using Found = std::shared_ptr<const Zone>;
  if (name == "UTC" || name == "Z") return Found(std::make_shared<const UtcZone>());
  try {
    const date::time_zone* zone = date::locate_zone(std::string(name));
    // Reads the zone's file now, so that nothing can fail later.
    zone->get_info(date::sys_seconds{});
    return Found(std::make_shared<const IanaZone>(zone, name));
  } catch (const std::exception&) {
    return Error{ErrorCode::not_found,
                 "there is no time zone '" + std::string(name) +
                     "' in this machine's IANA database; write for instance Europe/London or UTC"};
  }
}

}  // namespace accrue
