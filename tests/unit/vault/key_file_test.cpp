// What becomes of a key file that was torn or damaged.
#include "vault_fixture.hpp"

#include <fstream>

namespace accrue::vault {
namespace {

constexpr std::uint64_t kSlot = 128;

class DamagedKeyFile : public VaultTest {
 protected:
  void SetUp() override {
    VaultTest::SetUp();
    reopen();
    for (const char* id : {"A", "B", "C"}) sealed_.push_back(seal(id, id));
    vault_.reset();
  }
  std::vector<std::string> sealed_;
};

TEST_F(DamagedKeyFile, LosesOnlyALastSlotThatIsTornShort) {
  for (const std::uint64_t rest : {1U, 64U, 127U}) {
    std::filesystem::resize_file(file(), kSlot * 4);
    reopen();
    seal("D", "d");
    vault_.reset();
    std::filesystem::resize_file(file(), kSlot * 4 + rest);
    reopen();
    EXPECT_TRUE(vault_->cut_torn_slot());
    EXPECT_EQ(vault_->keys(), 3U);
    EXPECT_EQ(open("C", sealed_[2]), "C");
    reopen();
    EXPECT_FALSE(vault_->cut_torn_slot());
    vault_.reset();
  }
}

TEST_F(DamagedKeyFile, LosesOnlyALastSlotThatWasHalfWritten) {
  overwrite(kSlot * 4, "half a slot, the rest is zero" + std::string(kSlot - 29, '\0'));
  reopen();
  EXPECT_TRUE(vault_->cut_torn_slot());
  EXPECT_EQ(vault_->keys(), 3U);
  const std::string d = seal("D", "d");
  reopen();
  EXPECT_EQ(open("D", d), "d");
  EXPECT_EQ(open("A", sealed_[0]), "A");
}

TEST_F(DamagedKeyFile, IsRefusedWithThePlaceWhenAnEarlierSlotIsDamaged) {
  for (const std::uint64_t offset : {kSlot * 2, kSlot * 2 + 70, kSlot * 2 + 127}) {
    const std::string good = slurp(file()).substr(offset, 1);
    overwrite(offset, std::string(1, static_cast<char>(good[0] ^ 0x40)));
    const Error error = refusal();
    EXPECT_EQ(error.code, ErrorCode::corrupt);
    EXPECT_NE(error.message.find("keys.dat: slot 2 at byte 256 is damaged"), std::string::npos)
        << error.message;
    overwrite(offset, good);
  }
  reopen();
  EXPECT_EQ(open("B", sealed_[1]), "B");
}

TEST_F(DamagedKeyFile, IsLookedAtWithoutBeingChanged) {
  reopen();  // In use meanwhile.
  std::ofstream(file(), std::ios::binary | std::ios::app) << "half a slot";
  const std::string before = slurp(file());
  const auto looked = KeyFile::look(file());
  ASSERT_TRUE(looked.has_value());
  EXPECT_EQ(looked.value()->keys(), 3U);
  EXPECT_TRUE(looked.value()->find(MemberId::parse("B").value()).value().has_value());
  EXPECT_FALSE(looked.value()->find(MemberId::parse("D").value()).value().has_value());
  EXPECT_EQ(slurp(file()), before);
  overwrite(kSlot * 2, "?");
  EXPECT_EQ(KeyFile::look(file()).error().code, ErrorCode::corrupt);
  EXPECT_EQ(KeyFile::look(file().string() + ".not").error().code, ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(file().string() + ".not"));
}

TEST_F(DamagedKeyFile, IsRefusedWhenItIsNotAKeyFile) {
  overwrite(0, "PK");
  EXPECT_NE(refusal().message.find("does not begin as a key file"), std::string::npos);
  overwrite(0, "AC");
  overwrite(8, "\x02");  // A later version.
  EXPECT_EQ(refusal().code, ErrorCode::corrupt);
}

TEST_F(DamagedKeyFile, IsMadeAnewWhenACrashLeftLessThanItsHeader) {
  std::filesystem::resize_file(file(), 5);
  reopen();
  EXPECT_EQ(vault_->keys(), 0U);
  const std::string a = seal("A", "a");
  reopen();
  EXPECT_EQ(open("A", a), "a");
}

TEST_F(DamagedKeyFile, IsOpenedByOneProcessAtATime) {
  reopen();
  const auto second = Vault::open(folder_ / "v");
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

TEST_F(DamagedKeyFile, TellsWhenASlotIsDamagedWhileInUse) {
  reopen();
  overwrite(kSlot * 2 + 70, "damage");
  EXPECT_NE(open("B", sealed_[1]).find("slot 2 at byte 256"), std::string::npos);
  EXPECT_EQ(open("A", sealed_[0]), "A");
}

}  // namespace
}  // namespace accrue::vault
