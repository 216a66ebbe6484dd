// Full disks, damaged records and lost keys: what they cost, and what they must not.
#include "road_fixture.hpp"
#include "vault/vault.hpp"

#include <fstream>
#include <iterator>

namespace accrue::pipeline {
namespace {

using test::at;

class TroubleTest : public RoadTest {
 protected:
  DataFolder data() const { return {folder_.path()}; }

  /// As a till does it: refused rather than kept waiting.
  Answer sell(const std::string& id, const std::string& member = "M1", bool quote = false) {
    std::promise<Answer> promise;
    Work work =
        Submission{receive(test::sale_of(700, id, "2026-01-06", member), {}),
                   [&promise](Answer answer) { promise.set_value(std::move(answer)); }, quote};
    EXPECT_TRUE(road_->queue().try_push(work));
    return promise.get_future().get();
  }
  void sell_twenty() {
    for (int i = 0; i < 20; ++i) {
      ASSERT_EQ(sell("S" + std::to_string(i), "M" + std::to_string(i % 4)).status, Status::posted);
    }
    wait_until_posted();
  }
  Error refused_start() {
    auto refused = Road::open(
        options(), metrics_, [](Seq) {}, [](const Error&) {});
    EXPECT_FALSE(refused.has_value());
    return refused ? Error{} : refused.error();
  }
  /// Puts something into the posted ledger that is no member.
  void damage_member(const std::string& id) const {
    auto store = store::Environment::open(data().ledger(), options().store).value();
    auto txn = store->write();
    ASSERT_TRUE(txn.value().put(store::Table::members, id, "no member").has_value());
    ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  }
  std::filesystem::path newest_segment() const {
    std::filesystem::path newest;
    for (const auto& file : std::filesystem::directory_iterator(data().journal())) {
      if (file.path().extension() == ".journal") newest = std::max(newest, file.path());
    }
    return newest;
  }
};

std::string bytes_in(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(TroubleTest, AFullLedgerRefusesNewSalesAnswersOldOnesAndGoesOnWhenThereIsRoom) {
  RoadOptions small = options();
  small.store.map_bytes = 384 << 10;
  open(pounds(), small);
  int sold = 0;
  Answer answer;
  for (; sold < 20'000; ++sold) {
    answer = sell("S" + std::to_string(sold));
    if (answer.status != Status::posted) break;
  }
  EXPECT_EQ(answer.status, Status::full);
  EXPECT_EQ(answer.error.code, ErrorCode::exhausted);
  EXPECT_TRUE(road_->room().full());
  EXPECT_NE(road_->room().why().find("store.map_gb"), std::string::npos) << road_->room().why();
  EXPECT_EQ(sell("S0").status, Status::duplicate);
  EXPECT_EQ(sell("Q", "M1", true).status, Status::quoted);
  EXPECT_EQ(balance(), 7 * sold);
  road_->tick(at("2026-03-01"));
  EXPECT_EQ(balance(), 7 * sold) << "nothing is recorded, ticks neither";
  close();  // Does not wait for room.
  open(pounds());
  EXPECT_FALSE(road_->room().full());
  for (int i = 0; i < sold; ++i) {
    ASSERT_EQ(sell("S" + std::to_string(i)).status, Status::duplicate);
  }
  EXPECT_EQ(sell("S" + std::to_string(sold)).status, Status::posted);
  wait_until_posted();
  expect_sound();
}

TEST_F(TroubleTest, ADamagedMemberCostsThatMembersSalesAndNothingElse) {
  open(pounds());
  sell_twenty();
  close();
  damage_member("M1");
  std::vector<std::string> told;
  RoadOptions with = options();
  with.sequencer.on_damage = [&told](const Error& damage) { told.push_back(damage.message); };
  open(pounds(), with);
  for (const char* id : {"T1", "T1", "T2"}) {
    const Answer answer = sell(id, "M1");
    EXPECT_EQ(answer.status, Status::refused);
    EXPECT_EQ(answer.error.code, ErrorCode::internal) << "the till is not to blame";
  }
  EXPECT_EQ(sell("Q", "M1", true).status, Status::refused);
  EXPECT_EQ(sell("T3", "M2").status, Status::posted);
  EXPECT_EQ(road_->durable(), Seq{21});
  road_->tick(at("2026-03-01"));
  EXPECT_EQ(balance("M2"), 0) << "the points of the others lapse";
  EXPECT_NE(metrics_.text().find("result=\"failed\",type=\"sale\"} 3") +
                metrics_.text().find("type=\"sale\",result=\"failed\"} 3"),
            2 * std::string::npos);
  wait_until_posted();
  close();
  ASSERT_EQ(told.size(), 1u) << "once, however often it is met";
  EXPECT_NE(told[0].find("M1"), std::string::npos) << told[0];
  std::filesystem::remove_all(data().ledger());
  open(pounds());
  EXPECT_EQ(sell("T1", "M1").status, Status::posted);
  EXPECT_EQ(balance("M1"), 6 * 7);
}

TEST_F(TroubleTest, ALastRecordThatWentBadIsRefusedWithItsPlaceAndNothingIsCut) {
  open(pounds());
  sell_twenty();
  close();
  // Without the mark of an end in peace: the ledger alone knows.
  ASSERT_TRUE(std::filesystem::remove(data().journal() / "closed"));
  const auto segment = newest_segment();
  const std::string whole = bytes_in(segment);
  std::string damaged = whole;
  const std::size_t last = damaged.find_last_not_of('\0');
  damaged[last] = static_cast<char>(damaged[last] ^ 1);
  std::ofstream(segment, std::ios::binary) << damaged;
  const Error error = refused_start();
  EXPECT_EQ(error.code, ErrorCode::corrupt);
  EXPECT_NE(error.message.find(segment.filename().string() + ", byte "), std::string::npos);
  EXPECT_NE(error.message.find("record 20 was on the disk"), std::string::npos) << error.message;
  EXPECT_EQ(bytes_in(segment), damaged);
  std::ofstream(segment, std::ios::binary) << whole;
  open(pounds());
  EXPECT_EQ(road_->durable(), Seq{20});
}

TEST_F(TroubleTest, ALostVaultRefusesTheStartUntilSomebodySaysThatItIsLost) {
  open(pounds());
  Transaction profile = test::base(TransactionType::member, "P1", "M1", "2026-01-06");
  profile.contact.push_back({"email", std::string_view()});
  profile.sealed_contact = profile.text.keep("sealed long ago");
  ASSERT_EQ(post(std::move(profile)), Status::posted);
  wait_until_posted();
  close();
  const Error error = refused_start();
  EXPECT_EQ(error.code, ErrorCode::corrupt);
  EXPECT_NE(error.message.find((data().vault() / "lost").string()), std::string::npos);
  {
    auto vault = vault::Vault::open(data().vault());  // As the daemon does: new and empty.
    ASSERT_TRUE(vault.has_value());
    EXPECT_EQ(refused_start().code, ErrorCode::corrupt);
    ASSERT_TRUE(vault.value()->seal(MemberId::trusted("M2"), "x").has_value());
    ASSERT_TRUE(vault.value()->forget(MemberId::trusted("M2")).has_value());
  }
  open(pounds());  // Everybody was forgotten: that is no loss.
  close();
  std::filesystem::remove(data().vault() / "keys.dat");
  EXPECT_EQ(refused_start().code, ErrorCode::corrupt);
  std::ofstream(data().vault() / "lost").close();
  open(pounds());
}

}  // namespace
}  // namespace accrue::pipeline
