#include "address.hpp"

#include <netinet/in.h>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace accrue::webhook {
namespace {

struct Block4 {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t ip(unsigned a, unsigned b, unsigned c, unsigned d) {
  return a << 24 | b << 16 | c << 8 | d;
}

// https://www.iana.org/assignments/iana-ipv4-special-registry
constexpr std::array kReserved4{
    Block4{ip(0, 0, 0, 0), 8},      Block4{ip(10, 0, 0, 0), 8},     Block4{ip(100, 64, 0, 0), 10},
    Block4{ip(127, 0, 0, 0), 8},    Block4{ip(169, 254, 0, 0), 16}, Block4{ip(172, 16, 0, 0), 12},
    Block4{ip(192, 0, 0, 0), 24},   Block4{ip(192, 0, 2, 0), 24},   Block4{ip(192, 88, 99, 0), 24},
    Block4{ip(192, 168, 0, 0), 16}, Block4{ip(198, 18, 0, 0), 15},  Block4{ip(198, 51, 100, 0), 24},
    Block4{ip(203, 0, 113, 0), 24}, Block4{ip(224, 0, 0, 0), 3}};

bool is_public4(std::uint32_t address) {
  for (const Block4& block : kReserved4) {
    if ((address ^ block.first) >> (32 - block.bits) == 0) return false;
  }
  return true;
}

std::uint32_t number_at(std::span<const std::uint8_t, 16> bytes, std::size_t at) {
  return ip(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

/// Only 2000::/3 is given out; of it, what carries an IPv4 address is judged by that.
bool is_public6(std::span<const std::uint8_t, 16> bytes) {
  const std::uint32_t top = number_at(bytes, 0);
  const bool zero = top == 0 && number_at(bytes, 4) == 0;
  if (zero && number_at(bytes, 8) == 0xFFFF) return is_public4(number_at(bytes, 12));  // Mapped.
  if (top == 0x0064FF9B && number_at(bytes, 4) == 0 && number_at(bytes, 8) == 0) {
    return is_public4(number_at(bytes, 12));  // 64:ff9b::/96, NAT64.
  }
  if (top >> 16 == 0x2002) return is_public4(number_at(bytes, 2));  // 6to4.
  if (top >> 9 == 0x20010000U >> 9) return false;                   // 2001::/23: Teredo and others.
  if (top == 0x20010DB8) return false;                              // Documentation.
  return top >> 29 == 1;
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 in{};
  std::memcpy(&in, &address, sizeof in);
  return is_public6(std::span<const std::uint8_t, 16>(in.sin6_addr.s6_addr));
}

}  // namespace accrue::webhook
