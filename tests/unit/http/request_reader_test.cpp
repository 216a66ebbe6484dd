#include "http/request_reader.hpp"

#include <gtest/gtest.h>

namespace accrue::http {
namespace {

struct Collect final : BodySink {
  std::string body;
  std::size_t take_body(std::string_view piece) override {
    body.append(piece);
    return piece.size();
  }
};

struct Read {
  int refused = 0;  ///< Status, 0: none.
  std::string code;
  bool done = false;
  std::string body;
  std::size_t used = 0;
};

/// Reads one request that arrives in pieces of `step` bytes.
Read read(const std::string& text, std::size_t step) {
  const Limits limits;
  RequestReader reader(limits);
  Collect sink;
  Read result;
  for (std::size_t come = std::min(step, text.size());; come = std::min(come + step, text.size())) {
    const auto rest = [&] {
      return std::string_view(text).substr(result.used, come - result.used);
    };
    if (!reader.is_head_done()) result.used += reader.read_head(rest());
    if (!reader.refusal() && reader.is_head_done() && !reader.is_done()) {
      result.used += reader.read_body(rest(), sink);
    }
    if (reader.refusal() || come == text.size()) break;
  }
  result.done = reader.is_done() && !reader.refusal();
  result.body = sink.body;
  if (reader.refusal()) {
    result.refused = reader.refusal()->status;
    result.code = reader.refusal()->code;
  }
  return result;
}

std::string chunked(const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}

TEST(RequestReader, ReadsBodiesAlikeHoweverTheBytesArrive) {
  const std::string sized = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello";
  const std::string chunks = chunked("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
  for (std::size_t step = 1; step <= chunks.size(); ++step) {
    for (const std::string& text : {sized, chunks, "\r\n\r\n" + sized}) {
      const Read got = read(text, step);
      EXPECT_TRUE(got.done) << step << got.code;
      EXPECT_EQ(got.body, "hello") << step;
      EXPECT_EQ(got.used, text.size()) << step;
    }
  }
}

TEST(RequestReader, SurvivesAnEmptyChunkedBodyThatArrivesByteByByte) {
  // Beast's parser asserts when its last state is fed fewer than five bytes.
  for (std::size_t step = 1; step < 80; ++step) EXPECT_TRUE(read(chunked("0\r\n\r\n"), step).done);
}

struct Vector {
  const char* name;
  std::string text;
  int status;
};

std::string head(const std::string& fields) { return "GET / HTTP/1.1\r\n" + fields + "\r\n"; }

std::vector<Vector> bad_requests() {
  const std::string host = "Host: localhost\r\n";
  std::string many = host;
  for (int i = 0; i < 64; ++i) many += "A: b\r\n";
  std::string flood;
  for (int i = 0; i < 1500; ++i) flood += "a:\r\n";
  return {
      {"header beyond 8 KiB", head(host + "A: " + std::string(8200, 'x') + "\r\n"), 431},
      {"header that never ends", "GET / HTTP/1.1\r\nA: " + std::string(9000, 'x'), 431},
      {"65 fields", head(many), 431},
      {"1,500 fields in 6 KB", head(host + flood), 431},
      {"two Hosts", head(host + host), 400},
      {"no Host", head("A: b\r\n"), 400},
      {"folded line", head(host + "A: b\r\n c\r\n"), 400},
      {"folded line with a tab", head(host + "A: b\r\n\tc\r\n"), 400},
      {"fold before the first field", head(" A: b\r\n" + host), 400},
      {"two Content-Lengths", head(host + "Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {"twice the same Content-Length", head(host + "Content-Length: 5\r\nContent-Length: 5\r\n"),
       400},
      {"list of Content-Lengths", head(host + "Content-Length: 5, 5\r\n"), 400},
      {"+5", head(host + "Content-Length: +5\r\n"), 400},
      {"-1", head(host + "Content-Length: -1\r\n"), 400},
      {"Content-Length beyond 64 bits", head(host + "Content-Length: 18446744073709551616\r\n"),
       400},
      {"length and encoding", head(host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
       400},
      {"encoding and length", head(host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
       400},
      {"encoding that is not chunked", head(host + "Transfer-Encoding: identity\r\n"), 400},
      {"gzip, chunked", head(host + "Transfer-Encoding: gzip, chunked\r\n"), 400},
      {"chunked twice", head(host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
       400},
      {"chunked in HTTP/1.0", "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n",
       400},
      {"bare LF", "GET / HTTP/1.1\nHost: localhost\n\n", 400},
      {"bare LF between fields", "GET / HTTP/1.1\r\nHost: localhost\nA: b\r\n\r\n", 400},
      {"bare CR", head(host + "A: b\rc\r\n"), 400},
      {"NUL in a value", head(host + std::string("A: b\0c\r\n", 8)), 400},
      {"space before the colon", head("Host : a\r\n"), 400},
      {"field without a colon", head(host + "nonsense\r\n"), 400},
      {"empty field name", head(host + ": b\r\n"), 400},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"HTTP/0.9", "GET /\r\n\r\n", 400},
      {"TLS hello", "\x16\x03\x01\x02\n", 400},
      {"space in the target", "GET /a b HTTP/1.1\r\n" + host + "\r\n", 505},
      {"two Authorizations", head(host + "Authorization: a\r\nAuthorization: b\r\n"), 400},
      {"chunk extension", chunked("2;a=b\r\nhe\r\n0\r\n\r\n"), 400},
      {"extension of the last chunk", chunked("2\r\nhe\r\n0;a\r\n\r\n"), 400},
      {"20 KB chunk extension", chunked("2;a=" + std::string(20000, 'x') + "\r\nhe\r\n"), 400},
      {"chunk extension without end", chunked("2;" + std::string(500, 'x')), 400},
      {"chunk size beyond 64 bits", chunked("10000000000000000\r\nhe\r\n"), 400},
      {"chunk size that is no number", chunked("zz\r\nhe\r\n"), 400},
      {"negative chunk size", chunked("-2\r\nhe\r\n"), 400},
      {"chunk longer than it says", chunked("2\r\nhello\r\n0\r\n\r\n"), 400},
      {"bare LF behind a chunk size", chunked("2\nhe\n0\n\n" + std::string(200, ' ')), 400},
      {"trailer", chunked("2\r\nhe\r\n0\r\nHost: b\r\n\r\n"), 400},
      {"long trailer", chunked("0\r\nA: " + std::string(300, 'x') + "\r\n\r\n"), 400},
  };
}

TEST(RequestReader, RefusesWhatIsNotProperHttp) {
  for (const Vector& vector : bad_requests()) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, vector.text.size()}) {
      const Read got = read(vector.text, step);
      EXPECT_EQ(got.refused, vector.status) << vector.name << " in steps of " << step;
      EXPECT_FALSE(got.done) << vector.name;
    }
  }
}

TEST(RequestReader, TakesTheLargestHeaderThatIsAllowed) {
  const std::string empty = head("Host: localhost\r\nA: \r\n");
  const std::string full =
      head("Host: localhost\r\nA: " + std::string(8192 - empty.size(), 'x') + "\r\n");
  ASSERT_EQ(full.size(), 8192U);
  EXPECT_TRUE(read(full, 1).done);
  std::string fields = "Host: localhost\r\n";
  for (int i = 0; i < 63; ++i) fields += "A: b\r\n";
  EXPECT_TRUE(read(head(fields), 100).done);
}

TEST(RequestReader, TakesHttp10WithoutHost) {
  EXPECT_TRUE(read("GET / HTTP/1.0\r\n\r\n", 100).done);
}

}  // namespace
}  // namespace accrue::http
