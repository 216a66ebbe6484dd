#include "unit/http/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace accrue::http::tests {

using Clock = std::chrono::steady_clock;

RawClient::RawClient(std::uint16_t port, int receive_buffer) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer > 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) close();
}

RawClient::~RawClient() { close(); }

void RawClient::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void RawClient::abort() {
  const linger reset{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close();
}

void RawClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::fill(Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
  pollfd wait{socket_, POLLIN, 0};
  const int patience = std::max(0, static_cast<int>(left.count()));
  if (socket_ < 0 || ::poll(&wait, 1, patience) <= 0) return false;
  char buffer[16384];
  const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
  if (got <= 0) return false;
  read_.append(buffer, static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> RawClient::take(std::size_t bytes, Clock::time_point until) {
  while (read_.size() < bytes) {
    if (!fill(until)) return std::nullopt;
  }
  std::string taken = read_.substr(0, bytes);
  read_.erase(0, bytes);
  return taken;
}

std::optional<std::string> RawClient::line(Clock::time_point until) {
  std::size_t end = 0;
  while ((end = read_.find("\r\n")) == std::string::npos) {
    if (!fill(until)) return std::nullopt;
  }
  auto text = take(end + 2, until);
  text->resize(end);
  return text;
}

std::optional<std::string> RawClient::raw_line(std::chrono::milliseconds patience) {
  return line(Clock::now() + patience);
}

std::optional<Response> RawClient::response(std::chrono::milliseconds patience) {
  const auto until = Clock::now() + patience;
  Response response;
  auto text = line(until);
  if (!text || text->size() < 12) return std::nullopt;
  response.status = std::atoi(text->c_str() + 9);
  while ((text = line(until)) && !text->empty()) {
    const std::size_t colon = text->find(": ");
    std::string name = text->substr(0, colon);
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    response.fields[name] = text->substr(colon + 2);
  }
  if (!text) return std::nullopt;
  if (response.fields.count("content-length") != 0) {
    auto body = take(std::stoul(response.fields["content-length"]), until);
    if (!body) return std::nullopt;
    response.body = *body;
    return response;
  }
  if (response.fields.count("transfer-encoding") == 0) {
    while (fill(until)) continue;
    if (Clock::now() >= until) return std::nullopt;
    response.body.swap(read_);
    return response;
  }
  for (;;) {
    const auto size = line(until);
    if (!size) return std::nullopt;
    const auto chunk = take(std::stoul(*size, nullptr, 16), until);
    if (!chunk || !line(until)) return std::nullopt;
    if (chunk->empty()) return response;
    response.body += *chunk;
  }
}

bool RawClient::is_closed_within(std::chrono::milliseconds patience) {
  const auto until = Clock::now() + patience;
  while (fill(until)) read_.clear();
  pollfd wait{socket_, POLLIN, 0};
  char byte = 0;
  return ::poll(&wait, 1, 0) > 0 && ::recv(socket_, &byte, 1, MSG_DONTWAIT) <= 0;
}

std::optional<Response> RawClient::request(std::string_view bytes) {
  send(bytes);
  return response();
}

std::string get(std::string_view target, std::string_view extra) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(extra) +
         "\r\n";
}

std::string post(std::string_view target, std::string_view body, std::string_view type,
                 std::string_view extra, std::string_view method) {
  return std::string(method) + " " + std::string(target) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(extra) +
         "\r\n" + std::string(body);
}

}  // namespace accrue::http::tests
