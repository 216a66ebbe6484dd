// Takes "127.0.0.1:8080" apart and says whether it can be reached from other machines. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace accrue::config {

struct ListenAddress {
  std::string address;  ///< IPv4 or IPv6, without brackets.
  std::uint16_t port = 0;
  bool loopback = false;
};

/// "127.0.0.1:8080", "[::1]:8080" or "localhost:8080"; port 0 lets the system choose.
std::optional<ListenAddress> parse_listen(std::string_view text);

}  // namespace accrue::config
