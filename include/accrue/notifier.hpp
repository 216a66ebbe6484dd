// The contract of notifier plugins: who is told, and how.
#pragma once

#include <accrue/notice.hpp>
#include <accrue/result.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace accrue {

/// One notice in words, ready to go.
struct Delivery {
  std::string id;    ///< Stable: the same in every attempt. "<seq>-<n>"
  std::string kind;  ///< "points_earned", …
  std::string member_id;
  Timestamp time{};  ///< Of the transaction that caused it.
  std::string language;
  std::string subject;
  std::string text;
  std::vector<std::pair<std::string, std::string>> values;
  /// name, email, phone … as far as known. Never logged.
  std::vector<std::pair<std::string, std::string>> contact;
};

enum class DeliveryState : std::uint8_t {
  delivered,
  retry,     ///< Failed for now; try again after retry_after or the usual pause.
  dead,      ///< This notice will never be taken.
  disabled,  ///< The receiver wants nothing any more (HTTP 410).
};

struct DeliveryResult {
  DeliveryState state = DeliveryState::delivered;
  std::string reason;  ///< A sentence, when not delivered.
  std::optional<std::chrono::seconds> retry_after;
};

class Notifier {
 public:
  virtual ~Notifier() = default;

  /// Called on a thread of this notifier's own, one call at a time. May block for its own time
  /// limit (at most 30 s). May be called again with the same id: pass it on as idempotency key.
  virtual DeliveryResult deliver(const Delivery& delivery) = 0;

  /// The daemon is stopping: ends a deliver() that is under way, which answers `retry`, and every
  /// later one. Called on another thread than deliver(), perhaps twice; must not block. One that
  /// does nothing lets the daemon wait for the call's own time limit.
  virtual void stop() {}
};

}  // namespace accrue
