#include "receiver.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

namespace accrue::test {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

ReceivedRequest parse_head(const std::string& head) {
  ReceivedRequest request;
  std::istringstream lines(head);
  std::getline(lines, request.line);
  for (std::string line; std::getline(lines, line) && line != "\r";) {
    const auto colon = line.find(": ");
    if (colon == std::string::npos) continue;
    request.headers[lower(line.substr(0, colon))] =
        line.substr(colon + 2, line.size() - colon - 3);  // Without the \r.
  }
  return request;
}

std::optional<ReceivedRequest> read_request(int connection) {
  std::string bytes;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto end = bytes.find("\r\n\r\n");
    if (end != std::string::npos) {
      ReceivedRequest request = parse_head(bytes.substr(0, end + 2));
      const auto length = std::stoul("0" + request.headers["content-length"]);
      if (bytes.size() >= end + 4 + length) {
        request.body = bytes.substr(end + 4, length);
        return request;
      }
    }
    const ssize_t n = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (n <= 0) return std::nullopt;
    bytes.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

}  // namespace

Receiver::Receiver(Answer answer, std::uint16_t port) : answer_(std::move(answer)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::listen(listener_, 16), 0);
  socklen_t size = sizeof address;
  EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

Receiver::~Receiver() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

std::vector<ReceivedRequest> Receiver::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void Receiver::serve() {
  while (true) {
    const int connection = ::accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    serve_one(connection);
    ::close(connection);
  }
}

void Receiver::serve_one(int connection) {
  const auto request = read_request(connection);
  if (!request) return;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(*request);
  }
  const std::string answer = answer_(*request);
  for (std::string_view rest = answer; !rest.empty();) {
    const ssize_t n = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (n <= 0) return;
    bytes_sent_ += static_cast<std::size_t>(n);
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
}

std::string answer_with(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) +
         " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
         headers + "\r\n" + body;
}

}  // namespace accrue::test
