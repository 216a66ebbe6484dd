#include "row_framer.hpp"

namespace accrue::csv_codec {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

Result<Framer::Frame> RowFramer::next(std::string_view input, bool at_end) {
  if (front_is_whole(at_end && input.empty())) return take_front();
  if (dropping_) return drop(input);
  if (!begun_) {
    if (input.size() < kByteOrderMark.size() && !at_end) return Frame{};
    begun_ = true;
    if (input.starts_with(kByteOrderMark)) return Frame{kByteOrderMark.size(), {}, line_};
  }
  if (header_.empty()) return take_header(input, at_end);
  return take_row(input, at_end);
}

bool RowFramer::front_is_whole(bool finished) const {
  if (groups_.empty()) return false;
  const Group& front = groups_.front();
  return finished || front.whole || row_ > front.last_row + layout_.merge_rows;
}

Framer::Frame RowFramer::take_front() {
  Group& front = groups_.front();
  Frame frame{0, std::move(front.text), front.line};
  open_bytes_ -= frame.message->size();
  if (const auto found = open_.find(front.id); found != open_.end() && found->second == &front) {
    open_.erase(found);
  }
  if (latest_ == &front) latest_ = nullptr;
  groups_.pop_front();
  return frame;
}

Result<Framer::Frame> RowFramer::take_header(std::string_view input, bool at_end) {
  const auto outcome = reader_.read(input, at_end);
  if (outcome == RecordReader::Outcome::more && input.size() <= kMaxRowBytes) return Frame{};
  if (outcome != RecordReader::Outcome::record) {
    return reject("the header row cannot be read: a quote in it is never closed, or wrongly");
  }
  const Frame frame{reader_.length(), {}, line_};
  line_ += reader_.lines();
  if (reader_.is_blank()) return frame;
  const auto columns = layout_.find_columns(reader_.fields());
  if (!columns) return columns.error();
  id_column_ = (*columns)[kId];
  header_ = input.substr(0, reader_.length());
  if (!header_.ends_with('\n')) header_ += '\n';
  return frame;
}

Result<Framer::Frame> RowFramer::take_row(std::string_view input, bool at_end) {
  const auto outcome = reader_.read(input, at_end);
  if (outcome == RecordReader::Outcome::more) {
    if (input.size() <= kMaxRowBytes) return Frame{};
    const auto line_break = input.find('\n');
    dropping_ = line_break == input.npos;
    return take_malformed(dropping_ ? input : input.substr(0, line_break + 1));
  }
  if (outcome == RecordReader::Outcome::malformed) {
    return take_malformed(input.substr(0, reader_.length()));
  }
  const Frame frame{reader_.length(), {}, line_};
  if (!reader_.is_blank()) {
    ++row_;
    add_row(input.substr(0, reader_.length()));
    if (open_bytes_ > kMaxOpenBytes) {
      return reject("the rows of transaction '" + groups_.front().id +
                    "' are spread too far over the file; sort it by transaction, or set a smaller "
                    "merge_rows");
    }
  }
  line_ += reader_.lines();
  return frame;
}

/// A row that cannot be told apart into fields is a message of its own, for decode to refuse.
Result<Framer::Frame> RowFramer::take_malformed(std::string_view row) {
  ++row_;
  append(open({}), row);
  latest_ = nullptr;
  groups_.back().whole = true;
  const Frame frame{row.size(), {}, line_};
  if (!dropping_) ++line_;
  return frame;
}

Framer::Frame RowFramer::drop(std::string_view input) {
  const auto line_break = input.find('\n');
  if (line_break == input.npos) return Frame{input.size(), {}, line_};
  dropping_ = false;
  return Frame{line_break + 1, {}, line_++};
}

void RowFramer::add_row(std::string_view row) {
  const auto fields = reader_.fields();
  const std::string_view id =
      *id_column_ < fields.size() ? fields[*id_column_] : std::string_view();
  append(group_of(id), row);
}

RowFramer::Group& RowFramer::group_of(std::string_view id) {
  // Rows without id belong to nothing: each is a message, and refused.
  if (id.empty()) {
    Group& group = open(id);
    group.whole = true;
    return group;
  }
  if (latest_ != nullptr && latest_->id == id) return *latest_;
  const auto found = open_.find(std::string(id));
  // A group that waits behind another one may have been closed by distance, too.
  if (found != open_.end() && row_ <= found->second->last_row + layout_.merge_rows + 1) {
    return *(latest_ = found->second);
  }
  if (found != open_.end()) found->second->whole = true;
  Group& group = open(id);
  open_.insert_or_assign(group.id, &group);
  return *(latest_ = &group);
}

RowFramer::Group& RowFramer::open(std::string_view id) {
  Group& group = groups_.emplace_back();
  group.id = id;
  group.line = line_;
  group.text = header_;
  open_bytes_ += header_.size();
  return group;
}

void RowFramer::append(Group& group, std::string_view row) {
  group.last_row = row_;
  if (group.text.size() > kMaxMessageBytes) return;
  const std::size_t before = group.text.size();
  group.text += row;
  if (!row.ends_with('\n')) group.text += '\n';
  open_bytes_ += group.text.size() - before;
}

}  // namespace accrue::csv_codec
