#include "fuzz/targets.hpp"

#include "http/member_body.hpp"
#include "http/query.hpp"
#include "http/request_reader.hpp"

#include <accrue/assert.hpp>

#include <algorithm>

namespace accrue::fuzz {
namespace {

struct Collect final : http::BodySink {
  std::string body;
  std::size_t take_body(std::string_view piece) override {
    body.append(piece);
    return piece.size();
  }
};

/// All requests of a stream, one line each, and how it ended.
std::string read(std::string_view stream, std::size_t step) {
  const http::Limits limits;
  http::RequestReader reader(limits);
  std::string told;
  Collect sink;
  std::size_t used = 0;
  for (std::size_t come = 0;;) {
    const std::size_t before = used;
    if (!reader.is_head_done()) {
      used += reader.read_head(stream.substr(used, come - used));
      if (!reader.refusal() && reader.is_head_done()) {
        told += std::string(http::name_of(reader.head().method)) + ' ';
        told += std::string(reader.head().target) + ' ';
      }
    }
    bool next = false;
    if (!reader.refusal() && reader.is_head_done()) {
      if (!reader.is_done()) used += reader.read_body(stream.substr(used, come - used), sink);
      next = reader.is_done() && !reader.refusal();
    }
    ACCRUE_ASSERT(used <= come);
    if (reader.refusal()) return told + std::to_string(reader.refusal()->status);
    if (next) {
      told += sink.body + '\n';
      sink.body.clear();
      reader.reset();
    } else if (come == stream.size() && used == before) {
      return told + sink.body;
    } else if (used == before) {
      come = std::min(come + step, stream.size());
    }
  }
}

void run(std::string_view bytes) {
  const std::string whole = read(bytes, std::max<std::size_t>(bytes.size(), 1));
  ACCRUE_ASSERT(read(bytes, 1) == whole);
  ACCRUE_ASSERT(read(bytes, 7) == whole);
  const http::Target target = http::split_target(bytes);
  static_cast<void>(http::parse_page(target.query).has_value());
  static_cast<void>(http::percent_decoded(target.path).has_value());
  static_cast<void>(http::with_member_id(std::string(bytes), MemberId::trusted("M1")).has_value());
}

std::vector<std::string> seeds() {
  const std::string host = "Host: localhost\r\n";
  return {"GET /v1/members/M%201/entries?limit=5&cursor=9 HTTP/1.1\r\n" + host +
              "\r\n"
              "GET /livez HTTP/1.1\r\n" +
              host + "Connection: close\r\n\r\n",
          "POST /v1/transactions HTTP/1.1\r\n" + host +
              "Content-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\":[]}GET",
          "POST /v1/transactions HTTP/1.1\r\n" + host +
              "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n3\r\n{\"a\r\nA\r\n"
              "0123456789\r\n0\r\n\r\nGET / HTTP/1.0\r\n\r\n",
          R"( { "id" : "C1", "x": {"member_id":"M2"}, "member_id" : "M1" })"};
}

}  // namespace

const Target kRequests{"requests", &run, &seeds};

}  // namespace accrue::fuzz
