#include "http/listen_address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/string.hpp>
#include <charconv>

namespace accrue::http {

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const Error wrong = reject("cannot listen on \"" + std::string(text) +
                             "\": write an IP address and a port, as 127.0.0.1:8080 or [::1]:8080");
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong;
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  ListenAddress address;
  const auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (failure != std::errc{} || end != digits.data() + digits.size()) return wrong;
  boost::system::error_code error;
  const auto ip = boost::asio::ip::make_address(std::string(host), error);
  if (error || ip.is_v6() != bracketed) return wrong;
  address.host = ip.to_string();
  address.is_loopback = ip.is_loopback();
  return address;
}

bool names_loopback(std::string_view authority) {
  std::string_view host = authority;
  if (host.starts_with('[')) {
    const std::size_t end = std::min(host.find(']'), host.size());
    host = host.substr(1, end - 1);
  } else {
    host = host.substr(0, host.rfind(':'));
  }
  if (boost::beast::iequals(host, "localhost")) return true;
  boost::system::error_code error;
  const auto ip = boost::asio::ip::make_address(std::string(host), error);
  return !error && ip.is_loopback();
}

}  // namespace accrue::http
