#include <accrue/time.hpp>

#include <date/tz.h>

#include <exception>

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
    const date::local_seconds local{time.time_since_epoch()};
    const date::local_info info = zone_->get_info(local);
    if (info.result == date::local_info::nonexistent) return Timestamp{info.first.end};
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
