// A webhook receiver on loopback whose answers the test writes. It serves one connection at a time
// on a thread of its own; `requests` and the scripted answers may be used from any thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace accrue::test {

struct ReceivedRequest {
  std::string line;                            ///< "POST /x HTTP/1.1"
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;
};

class Receiver {
 public:
  using Answer = std::function<std::string(const ReceivedRequest&)>;

  /// Listens on 127.0.0.1; port 0 takes a free one.
  explicit Receiver(Answer answer, std::uint16_t port = 0);
  ~Receiver();
  Receiver(const Receiver&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/notices"; }
  std::vector<ReceivedRequest> requests() const;
  /// Of all answers, as far as the other side let them be sent.
  std::size_t bytes_sent() const { return bytes_sent_; }

 private:
  void serve();
  void serve_one(int connection);

  Answer answer_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<std::size_t> bytes_sent_{0};
  mutable std::mutex mutex_;  // Guards requests_.
  std::vector<ReceivedRequest> requests_;
  std::thread thread_;
};

/// "HTTP/1.1 <status> X" with no body, closing the connection; more headers may be given.
std::string answer_with(int status, const std::string& headers = "", const std::string& body = "");

}  // namespace accrue::test
