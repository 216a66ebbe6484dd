// One keep-alive connection of a stream: a request out, its answer in. Writes are tried at once,
// and reads wait for epoll without being tried first, so that a request costs three system calls.
// One thread, that of the io_context.
#pragma once

#include "stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <utility>
#include <vector>

namespace road {

class Stream::Connection {
 public:
  Connection(Stream& stream, boost::asio::io_context& io)
      : stream_(stream), socket_(io), in_(kInput) {}

  /// Empty, or what went wrong.
  std::string connect(const boost::asio::ip::tcp::endpoint& there) {
    boost::system::error_code trouble;
    socket_.connect(there, trouble);
    if (!trouble) socket_.set_option(boost::asio::ip::tcp::no_delay(true), trouble);
    if (!trouble) socket_.non_blocking(true, trouble);
    return trouble ? trouble.message() : std::string();
  }

  void send(Moment begun, std::size_t units) {
    begun_ = begun;
    units_ = units;
    credited_ = 0;
    reader_.expect();
    out_.clear();
    stream_.write_request(out_, units);
    awaits_ = true;
    read();  // A batch is answered while it is being sent.
    boost::system::error_code trouble;
    const std::size_t written = socket_.write_some(boost::asio::buffer(out_), trouble);
    if (trouble && trouble != boost::asio::error::would_block) return;  // Reading hears of it, too.
    if (written < out_.size()) write_rest(written);
  }

  bool awaits_answer() const { return awaits_; }
  Moment begun() const { return begun_; }
  std::size_t units() const { return units_; }
  const AnswerReader& answer() const { return reader_; }

  /// What of `well` answered transactions or reads was not counted yet.
  std::uint64_t take_credit(std::uint64_t well) {
    const std::uint64_t before = std::exchange(credited_, well);
    return well - before;
  }
  std::uint64_t credited() const { return credited_; }

 private:
  void write_rest(std::size_t written) {
    writes_ = true;
    boost::asio::async_write(socket_, boost::asio::buffer(out_) + written,
                             [this](boost::system::error_code, std::size_t) {
                               writes_ = false;
                               if (!awaits_) stream_.answered(*this);
                             });
  }

  void read() {
    socket_.async_read_some(boost::asio::buffer(in_),
                            [this](boost::system::error_code trouble, std::size_t size) {
                              if (trouble) return end();
                              take(size);
                            });
  }

  void take(std::size_t size) {
    switch (reader_.take({in_.data(), size})) {
      case AnswerReader::Outcome::unfinished:
        if (units_ > 1) stream_.credit(*this, Clock::now());
        return read();
      case AnswerReader::Outcome::unreadable:
        return end();
      case AnswerReader::Outcome::finished:
        awaits_ = false;
        // A refusal may come before all is sent; what is being sent must stay as it is until then.
        if (!writes_) stream_.answered(*this);
    }
  }

  void end() {
    boost::system::error_code ignored;
    socket_.close(ignored);
    stream_.lost(*this);
  }

  static constexpr std::size_t kInput = 64 * 1024;
  Stream& stream_;
  boost::asio::ip::tcp::socket socket_;
  AnswerReader reader_;
  std::vector<char> in_;
  std::string out_;
  Moment begun_{};
  std::size_t units_ = 0;
  std::uint64_t credited_ = 0;
  bool awaits_ = false;
  bool writes_ = false;
};

}  // namespace road
