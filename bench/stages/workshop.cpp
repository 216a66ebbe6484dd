#include "workshop.hpp"

#include "host/plugin_objects.hpp"
#include "journal/journal.hpp"
#include "pipeline/decoder.hpp"
#include "pipeline/poster.hpp"

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>

namespace bench {

using namespace accrue;

class Workshop::Silent : public Log {
 public:
  void write(LogLevel, std::string_view) override {}
};

namespace {

std::unique_ptr<Workshop>& workshop() {
  static std::unique_ptr<Workshop> only;
  return only;
}

std::string padded(std::uint64_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

constexpr std::string_view kGoods =
    R"("store":"S001","terminal":"T03","currency":"GBP","lines":[)"
    R"({"sku":"COF1","category":"coffee","description":"Coffee","quantity":2,"unit_price":"3.75"},)"
    R"({"sku":"BRD2","category":"bakery","description":"Rolls","quantity":3,"unit_price":"1.20"},)"
    R"({"sku":"APL1","category":"fruit","description":"Apples","quantity":5,"unit_price":"0.45"},)"
    R"({"sku":"BEEF","category":"meat","description":"Rib","quantity":1,"unit_price":"42.80"}],)"
    R"("tenders":[{"type":"card","amount":"56.15"}]})";

}  // namespace

void stop(const std::string& why) {
  std::fprintf(stderr, "bench/stages: %s\n", why.c_str());
  std::exit(2);
}

void Workshop::open(const Wanted& wanted) { workshop().reset(new Workshop(wanted)); }
Workshop& Workshop::get() { return *workshop(); }

void Workshop::close() {
  const auto folder = get().folder();
  workshop().reset();
  std::filesystem::remove_all(folder);
}

Workshop::Workshop(const Wanted& wanted) : wanted_(wanted), log_(std::make_unique<Silent>()) {
  loader_ = must(pipeline::ProgramLoader::open(wanted.plugins, *log_));
  for (const std::string& program : wanted.programs) {
    const auto place = std::filesystem::path(program).lexically_normal();
    const auto name = place.has_filename() ? place.filename() : place.parent_path().filename();
    programs_.push_back({name.string(), must(loader_->load(place))});
  }
  const auto* json = loader_->plugins().find(ACCRUE_CODEC, "json");
  if (json == nullptr) stop("there is no codec plugin json in " + wanted.plugins);
  codec_ =
      must(host::make_codec(*json, std::make_shared<host::ContextBox>("json", Settings(), *log_)));
  std::string folder = (std::filesystem::path(wanted.folder) / "bench-stages-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) stop("cannot create a folder in " + wanted.folder);
  folder_ = folder;
}

std::string Workshop::id_of(std::uint64_t receipt) {
  return "S" + padded(receipt % 800 / 8, 3) + "-T" + padded(receipt % 8, 2) + "-" +
         padded(receipt / 800, 10);
}

MemberId Workshop::member(std::uint32_t number) {
  return MemberId::trusted("M" + padded(number, 7));
}

std::string Workshop::sale(std::uint64_t receipt, std::uint32_t number) {
  return R"({"id":")" + id_of(receipt) + R"(","type":"sale","member_id":")" +
         member(number).text() + R"(","time":"2026-01-10T09:30:00+00:00",)" + std::string(kGoods);
}

std::string Workshop::profile(std::uint32_t number) {
  return R"({"id":"P-)" + padded(number, 7) + R"(","type":"member","member_id":")" +
         member(number).text() + R"(","time":"2026-01-01T00:00:00+00:00",)" +
         R"("attributes":{"tier":"gold","newsletter":true}})";
}

pipeline::Received Workshop::received(const std::string& json) const {
  RawMessage message;
  message.bytes = json;
  return must(pipeline::Decoder({*codec_, nullptr, {}}).decode(message, ""));
}

ledger::Member Workshop::regular(const Program& program) const {
  pipeline::EmptyBooks books;
  pipeline::Decider decider(books, {}, [](const ledger::Entry&, std::string_view) {});
  decider.use(program.rules);
  must(decider.take(received(profile(1))));
  for (std::uint64_t receipt = 0; receipt < 3; ++receipt) {
    const auto answer = must(decider.take(received(sale(receipt, 1))));
    if (answer.status != pipeline::Status::posted) stop("the basket was not posted");
  }
  return *must(decider.member(member(1)));
}

void Workshop::sell(std::uint64_t count, const std::function<void(std::string_view)>& fn) const {
  pipeline::EmptyBooks books;
  // Nothing is posted meanwhile, so every member stays in memory.
  constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
  pipeline::Decider decider(books, {kAll, {}},
                            [&](const ledger::Entry&, std::string_view payload) { fn(payload); });
  decider.use(programs_.front().rules);
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::uint32_t> any(0, wanted_.members - 1);
  for (std::uint64_t receipt = 0; receipt < count; ++receipt) {
    const auto answer = must(decider.take(received(sale(receipt, any(random)))));
    if (answer.status != pipeline::Status::posted) stop("a sale was not posted");
  }
}

const std::filesystem::path& Workshop::journal() {
  if (!journal_.empty()) return journal_;
  journal_ = folder_ / "journal";
  const auto writer = must(journal::Journal::open(journal_));
  journal::Group group;
  const auto write = [&] {
    must(writer->write(group));
    group.clear();
  };
  sell(wanted_.transactions, [&](std::string_view payload) {
    group.add(payload);
    if (group.size() == 1000) write();
  });
  write();
  return journal_;
}

std::shared_ptr<store::Environment> Workshop::posted() {
  if (posted_) return posted_;
  store::Options options;
  options.allow_any_filesystem = true;
  posted_ = must(store::Environment::open(folder_ / "posted", options));
  must(pipeline::post_journal(*posted_, journal(), static_cast<Seq>(wanted_.transactions), {}));
  return posted_;
}

}  // namespace bench
