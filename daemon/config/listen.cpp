#include "config/listen.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>

namespace accrue::config {
namespace {

constexpr std::uint32_t kLoopbackNetwork = 127;

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return port;
}

}  // namespace

std::optional<ListenAddress> parse_listen(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  std::string host(text.substr(0, colon));
  if (!port || host.empty()) return std::nullopt;
  if (host == "localhost") host = "127.0.0.1";
  in_addr four{};
  if (::inet_pton(AF_INET, host.c_str(), &four) == 1) {
    return ListenAddress{host, *port, (ntohl(four.s_addr) >> 24) == kLoopbackNetwork};
  }
  if (host.size() < 3 || host.front() != '[' || host.back() != ']') return std::nullopt;
  host = host.substr(1, host.size() - 2);
  in6_addr six{};
  if (::inet_pton(AF_INET6, host.c_str(), &six) != 1) return std::nullopt;
  return ListenAddress{host, *port, IN6_IS_ADDR_LOOPBACK(&six) != 0};
}

}  // namespace accrue::config
