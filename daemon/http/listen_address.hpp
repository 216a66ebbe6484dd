// "127.0.0.1:8080" or "[::1]:8080", taken apart. Pure: any thread.
#pragma once

#include <accrue/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace accrue::http {

struct ListenAddress {
  std::string host;  ///< An IP address in its usual text, without brackets.
  std::uint16_t port = 0;
  bool is_loopback = true;
};

/// Fails with reject_input for anything but an IP address and a port.
Result<ListenAddress> parse_listen_address(std::string_view text);

/// Whether a Host field, or what stands behind http:// in an Origin, names this machine to itself:
/// localhost or a loopback address, with or without a port.
bool names_loopback(std::string_view authority);

}  // namespace accrue::http
