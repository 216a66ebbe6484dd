#include "table_decoder.hpp"

#include "../basket_check.hpp"
#include "../text_check.hpp"
#include "record_reader.hpp"
#include "row_framer.hpp"

namespace accrue::csv_codec {
namespace {

using codecs::kMaxLines;
using codecs::kMaxNamePoints;
using codecs::kMaxTextPoints;
using codecs::Path;

/// Decimal::parse and friends say "beyond" of numbers that are merely too large.
std::string_view code_of_number(const Error& error) {
  return error.message.find("beyond") != std::string::npos ? "out_of_range" : "not_a_decimal";
}

class TableDecoder {
 public:
  TableDecoder(const Layout& layout, std::string_view table)
      : layout_(layout), rest_(table), reader_(layout.delimiter) {}

  Result<Transaction> decode() {
    if (auto done = read_header(); !done) return done.error();
    transaction_.currency = layout_.currency;
    transaction_.text.reserve(rest_.size());
    for (row_ = 0; take_record(); ++row_) read_row();
    if (row_ == 0) problems_.add(root_, "missing_field", "there is no row behind the header");
    if (problems_.empty()) codecs::check_basket(transaction_, rows_, problems_);
    if (!problems_.empty()) return std::move(problems_).error();
    return std::move(transaction_);
  }

 private:
  Result<void> read_header() {
    const bool read = reader_.read(rest_, true) == RecordReader::Outcome::record;
    if (!read) return reject("the message has no header row");
    width_ = reader_.fields().size();
    const auto columns = layout_.find_columns(reader_.fields());
    if (!columns) return columns.error();
    columns_ = *columns;
    rest_.remove_prefix(reader_.length());
    return ok();
  }

  /// False at the end, and at a row that cannot be told apart, which becomes a problem.
  bool take_record() {
    while (!rest_.empty()) {
      const auto outcome = reader_.read(rest_, true);
      if (outcome != RecordReader::Outcome::record) {
        problems_.add(row_path(), "not_csv", std::string(reader_.fault()));
        ++row_;
        return false;
      }
      rest_.remove_prefix(reader_.length());
      if (!reader_.is_blank()) return true;
    }
    return false;
  }

  void read_row() {
    const Path row = row_path();
    if (reader_.fields().size() != width_) {
      return problems_.add(row, "not_csv",
                           "the row has " + std::to_string(reader_.fields().size()) +
                               " fields, the header " + std::to_string(width_));
    }
    if (row_ == static_cast<std::int64_t>(kMaxLines)) {
      problems_.add(rows_, "too_many", "a transaction has at most 10000 rows");
    }
    if (row_ >= static_cast<std::int64_t>(kMaxLines)) return;
    if (row_ == 0) {
      read_first(row);
    } else {
      check_same(row);
    }
    read_time(row);
    read_line(row);
  }

  std::string_view field(Field which) const {
    return columns_[which] ? reader_.fields()[*columns_[which]] : std::string_view();
  }
  Path row_path() const { return {&rows_, {}, row_}; }
  void problem(const Path& row, Field which, std::string_view code, std::string detail) {
    problems_.add({&row, layout_.column_names[which]}, code, std::move(detail));
  }

  std::string_view member_text() const {
    std::string_view member = field(kMemberId);
    if (!layout_.member_suffix.empty() && member.ends_with(layout_.member_suffix)) {
      member.remove_suffix(layout_.member_suffix.size());
    }
    return member;
  }

  /// What all rows of a transaction share.
  void read_first(const Path& row) {
    const std::string_view id = field(kId);
    if (is_id(id)) {
      transaction_.id = TransactionId::trusted(std::string(id));
    } else {
      problem(row, kId, "bad_id", "an id is 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    }
    const std::string& prefix = layout_.return_prefix;
    const bool back = !prefix.empty() && id.starts_with(prefix);
    transaction_.type = back ? TransactionType::goods_return : TransactionType::sale;
    const std::string_view member = member_text();
    if (is_id(member)) {
      transaction_.member = MemberId::trusted(std::string(member));
    } else if (!member.empty()) {
      problem(row, kMemberId, "bad_id", "an id is 1 to 64 characters of A-Z a-z 0-9 . _ : -");
    }
    transaction_.store = text(row, kStore, kMaxNamePoints);
    transaction_.terminal = text(row, kTerminal, kMaxNamePoints);
  }

  void check_same(const Path& row) {
    if (field(kId) != transaction_.id.text() && !transaction_.id.empty()) {
      problem(row, kId, "mixed_rows", "the row belongs to another transaction");
    }
    if (member_text() != transaction_.member.text()) {
      problem(row, kMemberId, "mixed_rows", "the rows of one transaction name one member");
    }
    if (field(kStore) != transaction_.store) {
      problem(row, kStore, "mixed_rows", "the rows of one transaction name one store");
    }
    if (field(kTerminal) != transaction_.terminal) {
      problem(row, kTerminal, "mixed_rows", "the rows of one transaction name one terminal");
    }
  }

  /// An optional text: empty when the field is.
  std::string_view text(const Path& row, Field which, std::size_t most) {
    const std::string_view written = field(which);
    if (written.empty()) return {};
    const auto fault = codecs::fault_of(written, most);
    if (fault == codecs::TextFault::none) [[likely]]
      return transaction_.text.keep(written);
    problem(row, which, "bad_text", codecs::remedy(fault, most));
    return {};
  }

  /// The earliest time of all rows counts. Rows mostly repeat the time of the row before.
  void read_time(const Path& row) {
    const std::string_view written = field(kTime);
    if (row_ != 0 && written == last_time_) return;
    last_time_ = written;
    const auto time = time_of(written);
    if (!time) return problem(row, kTime, "bad_time", time.error().message);
    if (row_ == 0 || *time < transaction_.time) transaction_.time = *time;
  }

  Result<Timestamp> time_of(std::string_view written) const {
    if (!layout_.time_format) return parse_timestamp(written);
    const auto local = layout_.time_format->parse(written);
    if (!local) return local.error();
    return layout_.zone->to_instant(*local);
  }

  std::optional<Decimal> decimal(const Path& row, Field which) {
    const auto number = Decimal::parse(field(which));
    if (number) [[likely]]
      return *number;
    problem(row, which, code_of_number(number.error()), number.error().message);
    return std::nullopt;
  }

  void read_line(const Path& row) {
    Line& line = transaction_.lines.emplace_back();
    line.sku = text(row, kSku, kMaxNamePoints);
    if (field(kSku).empty()) problem(row, kSku, "missing_field", "every row needs its sku");
    line.description = text(row, kDescription, kMaxTextPoints);
    line.category = text(row, kCategory, kMaxNamePoints);
    const auto quantity = decimal(row, kQuantity);
    const auto price = decimal(row, kUnitPrice);
    if (!quantity || !price) return;
    line.quantity = *quantity;
    line.unit_price = *price;
    const bool given = !field(kAmount).empty();
    const auto amount = given ? Money::parse(field(kAmount), layout_.currency)
                              : line_amount(*quantity, *price, layout_.currency);
    line.amount_given = given;
    if (amount) {
      line.amount = *amount;
    } else {
      problem(row, given ? kAmount : kUnitPrice, code_of_number(amount.error()),
              amount.error().message);
    }
  }

  const Layout& layout_;
  std::string_view rest_;
  RecordReader reader_;
  Columns columns_;
  std::size_t width_ = 0;
  std::int64_t row_ = 0;
  std::string last_time_;
  const Path root_;
  const Path rows_{&root_, "rows"};
  codecs::Problems problems_;
  Transaction transaction_;
};

}  // namespace

Result<Transaction> decode_table(const Layout& layout, std::string_view table) {
  return TableDecoder(layout, table).decode();
}

}  // namespace accrue::csv_codec
