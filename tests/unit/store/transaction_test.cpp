#include "store_support.hpp"

#include <map>
#include <random>
#include <vector>

namespace accrue::store {
namespace {

TEST(StoreTransaction, GivesBackWhatWasCommittedAlsoAfterReopening) {
  Folder folder;
  {
    auto environment = open_store(folder);
    put_one(*environment, Table::members, "M1", "anna");
    put_one(*environment, Table::members, "M2", "");
    put_one(*environment, Table::ids, "M1", "another table");
  }
  auto environment = open_store(folder);
  EXPECT_EQ(get_one(*environment, Table::members, "M1"), "anna");
  EXPECT_EQ(get_one(*environment, Table::members, "M2"), "");
  EXPECT_EQ(get_one(*environment, Table::ids, "M1"), "another table");
  EXPECT_EQ(get_one(*environment, Table::members, "M3"), "-");
}

TEST(StoreTransaction, ChangesNothingUnlessCommitted) {
  Folder folder;
  auto environment = open_store(folder);
  {
    auto txn = environment->write();
    ASSERT_TRUE(txn.value().put(Table::members, "M1", "anna").has_value());
    EXPECT_EQ(txn.value().get(Table::members, "M1").value(), "anna") << "the writer sees its own";
  }
  EXPECT_EQ(get_one(*environment, Table::members, "M1"), "-");
  put_one(*environment, Table::members, "M1", "after");
  EXPECT_EQ(get_one(*environment, Table::members, "M1"), "after");
}

TEST(StoreTransaction, AReaderSeesOneMomentWhateverIsWritten) {
  Folder folder;
  auto environment = open_store(folder);
  put_one(*environment, Table::members, "M1", "before");
  const auto reader = environment->read();
  put_one(*environment, Table::members, "M1", "after");
  EXPECT_EQ(reader.value().get(Table::members, "M1").value(), "before");
  EXPECT_EQ(get_one(*environment, Table::members, "M1"), "after");
}

TEST(StoreTransaction, ErasesAndSaysWhetherThereWasSomething) {
  Folder folder;
  auto environment = open_store(folder);
  put_one(*environment, Table::outbox, "n1", "x");
  auto txn = environment->write();
  EXPECT_TRUE(txn.value().erase(Table::outbox, "n1").value());
  EXPECT_FALSE(txn.value().erase(Table::outbox, "n1").value());
  ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  EXPECT_EQ(get_one(*environment, Table::outbox, "n1"), "-");
}

TEST(StoreTransaction, ScansForwardsAndBackwardsFromAnyKey) {
  Folder folder;
  auto environment = open_store(folder);
  {
    auto txn = environment->write();
    for (std::uint64_t i = 10; i <= 50; i += 10) {
      ASSERT_TRUE(txn.value().put(Table::returns, view(key_of(i)), std::to_string(i)).has_value());
    }
    ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  }
  const auto txn = environment->read();
  const auto forwards = [&](std::uint64_t from) {
    std::string seen;
    EXPECT_TRUE(txn.value()
                    .scan(Table::returns, view(key_of(from)),
                          [&](std::string_view, std::string_view value) {
                            seen += std::string(value) + " ";
                            return value != "40";
                          })
                    .has_value());
    return seen;
  };
  const auto backwards = [&](std::uint64_t from) {
    std::string seen;
    EXPECT_TRUE(txn.value()
                    .scan_back(Table::returns, view(key_of(from)),
                               [&](std::string_view, std::string_view value) {
                                 seen += std::string(value) + " ";
                                 return true;
                               })
                    .has_value());
    return seen;
  };
  EXPECT_EQ(forwards(0), "10 20 30 40 ");
  EXPECT_EQ(forwards(20), "20 30 40 ");
  EXPECT_EQ(forwards(21), "30 40 ");
  EXPECT_EQ(forwards(51), "");
  EXPECT_EQ(backwards(0), "");
  EXPECT_EQ(backwards(10), "");
  EXPECT_EQ(backwards(30), "20 10 ") << "from is exclusive";
  EXPECT_EQ(backwards(31), "30 20 10 ");
  EXPECT_EQ(backwards(99), "50 40 30 20 10 ");
  auto walk = txn.value().cursor(Table::returns);
  EXPECT_EQ(walk.value().last().value()->value, "50");
  EXPECT_EQ(walk.value().first().value()->value, "10");
}

TEST(StoreTransaction, ClearEmptiesOneTableOnly) {
  Folder folder;
  auto environment = open_store(folder);
  put_one(*environment, Table::returns, "a", "1");
  put_one(*environment, Table::members, "a", "1");
  auto txn = environment->write();
  ASSERT_TRUE(txn.value().clear(Table::returns).has_value());
  ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  EXPECT_EQ(get_one(*environment, Table::returns, "a"), "-");
  EXPECT_EQ(get_one(*environment, Table::members, "a"), "1");
}

TEST(StoreTransaction, BehavesLikeAMapThroughRandomChanges) {
  Folder folder;
  auto environment = open_store(folder);
  std::map<std::string, std::string> model;
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    auto txn = environment->write();
    auto changed = model;
    for (int i = 0; i < 50; ++i) {
      const std::string key = "k" + std::to_string(random() % 300);
      if (random() % 3 == 0) {
        EXPECT_EQ(txn.value().erase(Table::lots, key).value(), changed.erase(key) == 1);
      } else {
        const std::string value(random() % (i == 0 ? 9000 : 300), static_cast<char>('a' + i % 26));
        ASSERT_TRUE(txn.value().put(Table::lots, key, value).has_value());
        changed[key] = value;
      }
    }
    if (random() % 4 == 0) continue;  // Dropped.
    ASSERT_TRUE(std::move(txn.value()).commit().has_value());
    model = std::move(changed);
  }
  std::map<std::string, std::string> found;
  ASSERT_TRUE(environment->read()
                  .value()
                  .scan(Table::lots, "",
                        [&](std::string_view key, std::string_view value) {
                          return found.emplace(key, value).second;
                        })
                  .has_value());
  EXPECT_EQ(found, model);
}

TEST(StoreTransaction, RefusesKeysThatCannotBeStored) {
  Folder folder;
  auto environment = open_store(folder);
  for (const std::string& key : {std::string(), std::string(512, 'k')}) {
    auto txn = environment->write();
    const auto put = txn.value().put(Table::members, key, "x");
    ASSERT_FALSE(put.has_value());
    EXPECT_EQ(put.error().code, ErrorCode::reject_input);
    EXPECT_FALSE(std::move(txn.value()).commit().has_value()) << "half a change is no change";
  }
  put_one(*environment, Table::members, std::string(511, 'k'), "longest");
  EXPECT_EQ(get_one(*environment, Table::members, std::string(511, 'k')), "longest");
}

TEST(StoreTransaction, CountsItsChanges) {
  Folder folder;
  auto environment = open_store(folder);
  auto txn = environment->write();
  ASSERT_TRUE(txn.value().put(Table::members, "ab", "cdef").has_value());
  ASSERT_TRUE(txn.value().put(Table::returns, "gh", "ij").has_value());
  ASSERT_TRUE(txn.value().erase(Table::members, "ab").value());
  EXPECT_EQ(txn.value().operations(), 3u);
  EXPECT_EQ(txn.value().bytes(), 12u);
}

}  // namespace
}  // namespace accrue::store
