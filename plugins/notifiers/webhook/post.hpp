// One HTTP POST at a time over libcurl, to one receiver, with every guard in place: addresses
// checked when connecting, no redirects, no proxy, verified TLS, one time limit for all, and a
// bounded answer. The connection is kept between calls. One thread at a time, but for stop().
#pragma once

#include "settings.hpp"

#include <accrue/result.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using CURL = void;

namespace accrue::webhook {

/// Most of an answer's body that is kept; more ends the connection.
inline constexpr std::size_t kMaxAnswer = 4'096;

struct PostAnswer {
  long status = 0;  ///< 0: there was no answer, `failure` says why.
  std::string failure;
  std::optional<std::chrono::seconds> retry_after;
  std::string body;
};

struct Callbacks;  // libcurl's way in.

class Poster {
 public:
  static Result<std::unique_ptr<Poster>> make(const WebhookSettings& settings);

  PostAnswer post(const std::string& body, const std::vector<std::string>& headers);
  /// Ends the call that is under way within a second, and all later ones. Any thread.
  void stop() { call_.stopped = true; }

 private:
  struct Free {
    void operator()(CURL* handle) const;
  };
  /// What libcurl's callbacks note during a call.
  struct Call {
    bool allow_private = false;
    bool refused_address = false;
    std::atomic<bool> stopped{false};
    std::string body;
  };
  Poster(std::unique_ptr<CURL, Free> handle, bool allow_private) : handle_(std::move(handle)) {
    call_.allow_private = allow_private;
  }
  bool configure(const WebhookSettings& settings);
  friend struct Callbacks;

  std::unique_ptr<CURL, Free> handle_;
  Call call_;
};

}  // namespace accrue::webhook
