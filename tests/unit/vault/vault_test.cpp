// What the vault promises about a person's data.
#include "vault_fixture.hpp"

#include <sys/stat.h>
#include <thread>
#include <vector>

namespace accrue::vault {
namespace {

TEST_F(VaultTest, OpensWhatItSealedAlsoAfterARestart) {
  reopen();
  const std::string sealed = seal("M1", "ann@example.com");
  EXPECT_EQ(open("M1", sealed), "ann@example.com");
  reopen();
  EXPECT_EQ(open("M1", sealed), "ann@example.com");
  EXPECT_EQ(open("M1", seal("M1", "")), "");
}

TEST_F(VaultTest, GivesTheSameBytesForTheSameDataSoThatRepeatsAreKnown) {
  reopen();
  const std::string first = seal("M1", "ann@example.com");
  reopen();
  EXPECT_EQ(seal("M1", "ann@example.com"), first);
  EXPECT_NE(seal("M1", "ann@example.org"), first);
  EXPECT_NE(seal("M2", "ann@example.com"), first);
}

TEST_F(VaultTest, LosesAPersonsDataForEverWhenForgotten) {
  reopen();
  const std::string ann = seal("M1", "Ann");
  const std::string bob = seal("M2", "Bob");
  auto forgot = vault_->forget(member("M1"));
  ASSERT_TRUE(forgot.has_value());
  EXPECT_TRUE(forgot.value());
  EXPECT_EQ(open("M1", ann), "(gone)");
  EXPECT_EQ(open("M2", bob), "Bob");
  reopen();
  EXPECT_EQ(open("M1", ann), "(gone)");
  EXPECT_EQ(open("M2", bob), "Bob");
  EXPECT_FALSE(vault_->forget(member("M1")).value());
}

TEST_F(VaultTest, DoesNotBringOldDataBackWhenAForgottenPersonReturns) {
  reopen();
  const std::string old = seal("M1", "Ann");
  ASSERT_TRUE(vault_->forget(member("M1")).value());
  const std::string fresh = seal("M1", "Ann");
  EXPECT_NE(fresh, old);
  EXPECT_EQ(open("M1", old), "(gone)");
  EXPECT_EQ(open("M1", fresh), "Ann");
}

TEST_F(VaultTest, LeavesNoTraceOfAForgottenPersonInItsFile) {
  reopen();
  seal("PLANTED-7", "x");
  const std::string before = slurp(file());
  const auto at = before.find("PLANTED-7");
  ASSERT_NE(at, std::string::npos);
  const std::string key = before.substr(at - 2 + 66, 32);
  ASSERT_TRUE(vault_->forget(member("PLANTED-7")).value());
  const std::string after = slurp(file());
  EXPECT_EQ(after.find("PLANTED-7"), std::string::npos);
  EXPECT_EQ(after.find(key), std::string::npos);
  EXPECT_EQ(after.size(), before.size());
  seal("M9", "x");  // Takes the free slot.
  EXPECT_EQ(slurp(file()).size(), before.size());
}

TEST_F(VaultTest, NeverKeepsPlainText) {
  reopen();
  const std::string sealed = seal("M1", "PLANTED-CANARY");
  EXPECT_EQ(sealed.find("CANARY"), std::string::npos);
  EXPECT_EQ(slurp(file()).find("CANARY"), std::string::npos);
}

TEST_F(VaultTest, RefusesDataSealedForAnotherMember) {
  reopen();
  const std::string ann = seal("M1", "Ann");
  seal("M2", "Bob");
  // Another key: it cannot tell a foreign seal from a forgotten one, but it never opens it.
  EXPECT_EQ(open("M2", ann), "(gone)");
}

TEST_F(VaultTest, RefusesSealedBytesThatWereChangedAnywhere) {
  reopen();
  const std::string sealed = seal("M1", "ann@example.com");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string bad = sealed;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_NE(open("M1", bad), "ann@example.com") << i;
    if (i >= 9) {
      EXPECT_NE(open("M1", bad).find("member M1"), std::string::npos) << i;
    }
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_EQ(open("M1", sealed.substr(0, size)).front(), '(') << size;
  }
}

TEST_F(VaultTest, MakesKeysForManyMembersAtOnce) {
  reopen();
  std::vector<MemberId> members;
  for (int i = 0; i < 1'000; ++i) members.push_back(member("M" + std::to_string(i % 900)));
  ASSERT_TRUE(vault_->prepare(members).has_value());
  EXPECT_EQ(vault_->keys(), 900U);
  const std::string sealed = seal("M899", "x");
  EXPECT_EQ(vault_->keys(), 900U);
  reopen();
  EXPECT_EQ(vault_->keys(), 900U);
  EXPECT_EQ(open("M899", sealed), "x");
}

TEST_F(VaultTest, ReusesFreeSlotsAndAddsMoreInOneGo) {
  reopen();
  for (const char* id : {"A", "B", "C", "D"}) seal(id, "x");
  ASSERT_TRUE(vault_->forget(member("B")).value());
  ASSERT_TRUE(vault_->forget(member("D")).value());
  std::vector<MemberId> members;
  for (const char* id : {"E", "F", "G", "H"}) members.push_back(member(id));
  ASSERT_TRUE(vault_->prepare(members).has_value());
  EXPECT_EQ(slurp(file()).size(), 128U * 7);  // Header and six slots.
  const std::string h = seal("H", "h"), a = seal("A", "a");
  reopen();
  EXPECT_EQ(vault_->keys(), 6U);
  EXPECT_EQ(open("H", h), "h");
  EXPECT_EQ(open("A", a), "a");
}

TEST_F(VaultTest, KeepsItsFileFromOthers) {
  reopen();
  struct stat status {};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  ASSERT_EQ(::stat(file().parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  vault_.reset();
  std::filesystem::permissions(file(), std::filesystem::perms(0640));
  EXPECT_NE(refusal().message.find("chmod 600"), std::string::npos);
}

TEST_F(VaultTest, ServesManyThreadsAtOnce) {
  reopen();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 25; ++i) {
        const std::string id = "M" + std::to_string(i);
        const std::string text = id + "/" + std::to_string(t);
        EXPECT_EQ(open(id, seal(id, text)), text);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(vault_->keys(), 25U);
}

TEST_F(VaultTest, FailsWithoutRandomnessAndMakesNoKey) {
  auto opened = Vault::open(folder_ / "v", [](std::span<std::uint8_t>) { return false; });
  ASSERT_TRUE(opened.has_value());
  const auto sealed = opened.value()->seal(member("M1"), "x");
  ASSERT_FALSE(sealed.has_value());
  EXPECT_NE(sealed.error().message.find("randomness"), std::string::npos);
  EXPECT_EQ(opened.value()->keys(), 0U);
}

}  // namespace
}  // namespace accrue::vault
