// A client for tests that sends exactly the bytes it is told to, however wrong, over loopback.
// One thread at a time; send and receive may be on two.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace accrue::http::tests {

struct Response {
  int status = 0;
  std::map<std::string, std::string> fields;  ///< Names in lower case.
  std::string body;                           ///< Chunks joined.
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer = 0);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the peer is gone.
  bool send(std::string_view bytes);
  /// Nothing more will be sent; answers can still come.
  void end_sending();
  /// Ends the connection with a reset.
  void abort();
  void close();

  /// The next response; nothing when the peer closes or `patience` ends before it is whole.
  std::optional<Response> response(std::chrono::milliseconds patience = std::chrono::seconds(10));
  /// The next line of bytes as they come, without CR LF: for interim answers and chunks.
  std::optional<std::string> raw_line(
      std::chrono::milliseconds patience = std::chrono::seconds(10));
  /// True when the peer closes within `patience`; what it still sends is dropped.
  bool is_closed_within(std::chrono::milliseconds patience);

  /// request() sends and waits for the answer.
  std::optional<Response> request(std::string_view bytes);

 private:
  bool fill(std::chrono::steady_clock::time_point until);
  std::optional<std::string> take(std::size_t bytes, std::chrono::steady_clock::time_point until);
  std::optional<std::string> line(std::chrono::steady_clock::time_point until);

  int socket_ = -1;
  std::string read_;
};

/// "GET <target> HTTP/1.1" with a Host, and `extra` fields, each ended with CR LF.
std::string get(std::string_view target, std::string_view extra = "");
/// POST (or `method`) of a body with its length.
std::string post(std::string_view target, std::string_view body,
                 std::string_view type = "application/json", std::string_view extra = "",
                 std::string_view method = "POST");

}  // namespace accrue::http::tests
