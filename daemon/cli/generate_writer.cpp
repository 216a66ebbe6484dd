#include "cli/generate_writer.hpp"

#include "cli/generate_people.hpp"

#include <array>
#include <utility>

namespace accrue::cli {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18;

}  // namespace

FeedWriter::FeedWriter(const Catalogue& catalogue, std::int64_t stores, const GenerateSink& sink)
    : catalogue_(catalogue), sink_(sink), receipts_(static_cast<std::size_t>(stores) * kTills + 1) {
  text_.reserve(kBlock + (kBlock >> 2));
}

Result<void> FeedWriter::flush(std::size_t keep) {
  if (text_.size() <= keep) return ok();
  bytes_ += static_cast<std::int64_t>(text_.size());
  Result<void> told = sink_(text_);
  text_.clear();
  return told;
}

/// At least `width` digits.
void FeedWriter::add_number(std::uint64_t number, std::size_t width) {
  std::array<char, 20> digits{};
  std::size_t first = digits.size();
  while (number > 0 || digits.size() - first < width) {
    digits[--first] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  text_.append(&digits[first], digits.size() - first);
}

void FeedWriter::add_money(std::int64_t pence) {
  text_ += '"';
  add_number(static_cast<std::uint64_t>(pence / 100), 1);
  text_ += '.';
  add_number(static_cast<std::uint64_t>(pence % 100), 2);
  text_ += '"';
}

/// Pieces as an integer, weights as a decimal string.
void FeedWriter::add_quantity(std::int64_t thousandths) {
  const auto whole = static_cast<std::uint64_t>(thousandths / 1000);
  if (thousandths % 1000 == 0) return add_number(whole, 1);
  text_ += '"';
  add_number(whole, 1);
  text_ += '.';
  add_number(static_cast<std::uint64_t>(thousandths % 1000), 3);
  text_ += '"';
}

void FeedWriter::add_time(const Scene& scene) {
  text_ += scene.day->date;
  add_number(scene.second / 3600, 2);
  text_ += ':';
  add_number(scene.second / 60 % 60, 2);
  text_ += ':';
  add_number(scene.second % 60, 2);
  text_ += scene.day->offset;
}

void FeedWriter::add_id(const Scene& scene) {
  const std::size_t start = text_.size();
  const bool web = scene.till == kWeb;
  std::uint64_t& receipt =
      web ? receipts_.back() : receipts_[std::size_t{scene.store} * kTills + scene.till];
  if (web) {
    text_ += "WEB-W01-";
  } else {
    text_ += 'S';
    add_number(scene.store + 1U, 3);
    text_ += "-T";
    add_number(scene.till + 1U, 2);
    text_ += '-';
  }
  add_number(++receipt, 6);
  id_.assign(text_, start, text_.size() - start);
}

void FeedWriter::add_member(const Shopper& shopper) {
  text_ += 'M';
  add_number(shopper.number, 6);
}

void FeedWriter::begin(const Scene& scene, std::string_view type, const Shopper* shopper) {
  text_ += R"({"id":")";
  add_id(scene);
  text_ += R"(","type":")";
  text_ += type;
  if (shopper != nullptr) {
    text_ += R"(","member_id":")";
    add_member(*shopper);
  }
  text_ += R"(","time":")";
  add_time(scene);
  text_ += '"';
}

/// Where goods changed hands or something happened; a change of a member has no place.
void FeedWriter::add_place(const Scene& scene) {
  if (scene.till == kWeb) {
    text_ += R"(,"store":"WEB")";
    return;
  }
  text_ += R"(,"store":")";
  text_.append(id_, 0, id_.find('-'));
  text_ += R"(","terminal":"T)";
  add_number(scene.till + 1U, 2);
  text_ += '"';
}

void FeedWriter::add_lines(const std::vector<BasketLine>& lines) {
  text_ += R"(,"currency":"GBP","lines":[)";
  for (const BasketLine& line : lines) {
    const Product& product = catalogue_.product(line.product);
    text_ += product.head;
    add_quantity(line.thousandths);
    text_ += product.tail;
    text_ += ',';
  }
  text_.back() = ']';
}

void FeedWriter::add_tenders(std::int64_t pence, Random& random) {
  constexpr std::int64_t kVoucher = 500;
  text_ += R"(,"tenders":[)";
  if (pence > kVoucher && random.chance(30)) {
    text_ += R"({"type":"gift-card","amount":"5.00"},)";
    pence -= kVoucher;
  }
  text_ += random.chance(190) ? R"({"type":"cash","amount":)" : R"({"type":"card","amount":)";
  add_money(pence);
  text_ += "}]";
}

std::string_view FeedWriter::sale(const Scene& scene, const Shopper* shopper, const Basket& basket,
                                  Random& random) {
  begin(scene, "sale", shopper);
  add_place(scene);
  add_lines(basket.lines());
  add_tenders(basket.pence(), random);
  end();
  return id_;
}

void FeedWriter::goods_return(const Scene& scene, const Shopper& shopper, std::string_view of,
                              const std::vector<BasketLine>& lines) {
  begin(scene, "return", &shopper);
  add_place(scene);
  if (of.empty()) {
    add_lines(lines);
    return end();
  }
  text_ += R"(,"currency":"GBP","of":")";
  text_ += of;
  text_ += R"(","lines":[)";
  for (const BasketLine& line : lines) {
    text_ += R"({"line":)";
    add_number(line.of_line, 1);
    text_ += R"(,"quantity":)";
    add_quantity(line.thousandths);
    text_ += "},";
  }
  text_.back() = ']';
  end();
}

void FeedWriter::sign_up(const Scene& scene, const Shopper& shopper, Random& random) {
  begin(scene, "event", &shopper);
  add_place(scene);
  text_ += R"(,"event":"sign_up","attributes":{"channel":")";
  text_ += scene.till != kWeb ? "till" : random.chance(600) ? "app" : "web";
  text_ += R"("})";
  end();
}

void FeedWriter::review(const Scene& scene, const Shopper& shopper, std::uint16_t product,
                        Random& random) {
  begin(scene, "event", &shopper);
  add_place(scene);
  text_ += R"(,"event":"review","attributes":{"sku":")";
  text_ += catalogue_.product(product).sku;
  text_ += R"(","stars":)";
  add_number(random.chance(700) ? random.between(4, 5) : random.between(1, 3), 1);
  text_ += '}';
  end();
}

void FeedWriter::member(const Scene& scene, const Shopper& shopper, Random& random) {
  begin(scene, "member", &shopper);
  text_ += R"(,"language":")";
  text_ += draw_language(random);
  text_ += R"(","attributes":{"tier":")";
  text_ += tier_of(shopper);
  text_ += R"("},"contact":)";
  text_ += draw_contact(shopper, random);
  end();
}

}  // namespace accrue::cli
