#include "store/filesystem.hpp"
#include "store_support.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

namespace accrue::store {
namespace {

TEST(StoreEnvironment, IsOpenedOnceInAProcessHoweverTheFolderIsSpelled) {
  Folder folder;
  auto first = open_store(folder);
  const auto second = Environment::open(folder.store() / "." / ".." / "ledger");
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second.value(), first);
  std::filesystem::create_directory_symlink(folder.store(), folder.path() / "link");
  EXPECT_EQ(Environment::open(folder.path() / "link").value(), first);
}

TEST(StoreEnvironment, MayBeOpenedAndClosedByManyThreadsAtOnce) {
  Folder folder;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&folder, t] {
      for (int i = 0; i < 20; ++i) {
        auto environment = open_store(folder);
        ASSERT_NE(environment, nullptr);
        const std::string key = std::to_string(t);
        put_one(*environment, Table::members, key, std::to_string(i));
        ASSERT_EQ(get_one(*environment, Table::members, key), std::to_string(i));
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(StoreEnvironment, LivesAsLongAsItsTransactions) {
  Folder folder;
  auto environment = open_store(folder);
  put_one(*environment, Table::members, "M1", "anna");
  auto txn = environment->read();
  environment.reset();
  EXPECT_EQ(txn.value().get(Table::members, "M1").value(), "anna");
}

TEST(StoreEnvironment, ServesReadersWhileTheWriterWrites) {
  Folder folder;
  auto environment = open_store(folder);
  put_one(*environment, Table::meta, "a", "0");
  put_one(*environment, Table::meta, "b", "0");
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (int t = 0; t < 3; ++t) {
    readers.emplace_back([&] {
      while (!stop.load()) {
        const auto txn = environment->read();
        ASSERT_TRUE(txn.has_value());
        const std::string a(txn.value().get(Table::meta, "a").value().value());
        ASSERT_EQ(txn.value().get(Table::meta, "b").value().value(), a);
      }
    });
  }
  for (int i = 1; i <= 100; ++i) {
    auto txn = environment->write();
    ASSERT_TRUE(txn.value().put(Table::meta, "a", std::to_string(i)).has_value());
    ASSERT_TRUE(txn.value().put(Table::meta, "b", std::to_string(i)).has_value());
    ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  }
  stop = true;
  for (auto& reader : readers) reader.join();
}

TEST(StoreEnvironment, CopiesItselfWhileInUse) {
  Folder folder;
  auto environment = open_store(folder);
  put_one(*environment, Table::members, "M1", "anna");
  const auto target = folder.path() / "backups" / "monday";
  ASSERT_TRUE(environment->copy_to(target).has_value());
  put_one(*environment, Table::members, "M1", "later");
  Options options;
  options.allow_any_filesystem = true;
  auto copy = Environment::open(target, options);
  ASSERT_TRUE(copy.has_value()) << copy.error().message;
  EXPECT_EQ(get_one(*copy.value(), Table::members, "M1"), "anna");
  EXPECT_EQ(environment->copy_to(target).error().code, ErrorCode::reject_input)
      << "a copy never overwrites another";
}

TEST(StoreEnvironment, TellsItsNumbers) {
  Folder folder;
  auto environment = open_store(folder, 64 << 20);
  put_one(*environment, Table::members, "M1", "anna");
  put_one(*environment, Table::members, "M2", "bert");
  const auto before = environment->stats().value();
  EXPECT_EQ(before.map_bytes, 64u << 20);
  EXPECT_GT(before.used_bytes, 0u);
  EXPECT_LT(before.used_bytes, 1u << 20);
  EXPECT_EQ(before.entries[static_cast<std::size_t>(Table::members)], 2u);
  EXPECT_EQ(before.entries[static_cast<std::size_t>(Table::meta)], 1u) << "its format";
  EXPECT_EQ(before.oldest_reader_lag, 0u);
  const auto reader = environment->read();
  put_one(*environment, Table::members, "M3", "carl");
  put_one(*environment, Table::members, "M4", "dora");
  const auto after = environment->stats().value();
  EXPECT_EQ(after.last_txn, before.last_txn + 2);
  EXPECT_EQ(after.oldest_reader_lag, 2u);
  EXPECT_EQ(after.max_readers, 126u);
}

TEST(StoreEnvironment, FreesTheSlotsOfReadersThatDied) {
  Folder folder;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto environment = open_store(folder);
    const auto txn = environment->read();
    ::_exit(txn.has_value() ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  auto environment = open_store(folder);
  put_one(*environment, Table::members, "M1", "1");
  put_one(*environment, Table::members, "M1", "2");
  EXPECT_EQ(environment->stats().value().oldest_reader_lag, 0u);
  EXPECT_EQ(environment->clear_dead_readers().value(), 0);
}

TEST(StoreEnvironment, RefusesFileSystemsItCannotTrust) {
  const auto nfs = judge_filesystem(0x6969, "/data", false);
  ASSERT_FALSE(nfs.has_value());
  EXPECT_EQ(nfs.error().code, ErrorCode::unsupported);
  EXPECT_NE(nfs.error().message.find("/data lies on a file system nfs"), std::string::npos)
      << nfs.error().message;
  EXPECT_NE(judge_filesystem(0x6969, "/data", true).value(), "") << "allowed, but said";
  EXPECT_FALSE(judge_filesystem(0x12345, "/data", false).has_value());
  for (const long safe : {0xEF53L, 0x58465342L, 0x9123683EL, 0x2FC12FC1L}) {
    EXPECT_EQ(judge_filesystem(safe, "/data", false).value(), "");
  }
  EXPECT_NE(judge_filesystem(0x794C7630, "/data", false).value().find("overlay"),
            std::string::npos);
}

TEST(StoreEnvironment, RefusesMemoryUnlessTold) {
  if (!std::filesystem::exists("/dev/shm")) GTEST_SKIP() << "this machine has no /dev/shm";
  Folder folder("/dev/shm");
  const auto refused = Environment::open(folder.store());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_FALSE(std::filesystem::exists(folder.data()));
  auto allowed = open_store(folder);
  ASSERT_NE(allowed, nullptr);
  EXPECT_NE(allowed->note().find("tmpfs"), std::string::npos);
}

}  // namespace
}  // namespace accrue::store
