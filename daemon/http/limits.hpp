// The HTTP edge's limits, with the defaults of config/accrued.yaml. Each is there so that no peer,
// however slow or greedy, costs more than a known amount of memory and time. Plain values.
#pragma once

#include <chrono>
#include <cstddef>

namespace accrue::http {

struct Limits {
  std::size_t transaction_bytes = 1024 * 1024;  ///< Body of one transaction, or one batch line.
  std::size_t batch_bytes = 64 * 1024 * 1024;   ///< Body of an NDJSON batch; read as a stream.
  std::size_t header_bytes = 8 * 1024;          ///< Request line and fields.
  std::size_t header_fields = 64;
  std::size_t connections = 4096;          ///< At the cap the oldest idle one is closed.
  std::size_t batch_window = 256;          ///< Batch lines posted and not yet answered.
  std::size_t pipelined = 64;              ///< Requests of a connection not yet answered.
  std::size_t output_bytes = 1024 * 1024;  ///< Answers a peer has not read; then we wait.
  /// Many clients send a whole batch before they read: so many bytes of answers, of all batches,
  /// wait for them. Beyond it each batch has output_bytes.
  std::size_t batch_output_bytes = 64 * 1024 * 1024;
  std::size_t gathered_bytes = 64 * 1024 * 1024;  ///< Half-received bodies of all connections.

  std::chrono::milliseconds header{10'000};  ///< From a request's first byte to its last field.
  std::chrono::milliseconds body{30'000};    ///< For a body, plus a second for each
  std::size_t body_bytes_per_second = 1000;  ///< so many bytes that have come.
  std::chrono::milliseconds write{10'000};   ///< For each 64 KiB that a peer shall read.
  std::chrono::milliseconds idle{60'000};    ///< Between requests.
  std::chrono::milliseconds stop{5'000};     ///< For running answers when the server stops.
};

}  // namespace accrue::http
