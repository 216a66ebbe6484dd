// A full map, a full disk, too many readers, too much in one transaction.
#include "store_support.hpp"

#include <sys/resource.h>
#include <csignal>

#include <random>
#include <vector>

namespace accrue::store {
namespace {

TEST(StoreLimits, AFullMapAbortsCleanlyAndTheStoreGoesOn) {
  Folder folder;
  auto environment = open_store(folder, 1 << 20);
  put_one(*environment, Table::members, "M1", "before");
  {
    auto txn = environment->write();
    Result<void> put = ok();
    for (std::uint64_t i = 0; put.has_value() && i < 100'000; ++i) {
      put = txn.value().put(Table::returns, view(key_of(i)), std::string(500, 'e'));
    }
    ASSERT_FALSE(put.has_value());
    EXPECT_EQ(put.error().code, ErrorCode::exhausted);
    EXPECT_NE(put.error().message.find("store.map_gb"), std::string::npos) << put.error().message;
    EXPECT_FALSE(txn.value().put(Table::members, "M2", "x").has_value());
    EXPECT_FALSE(std::move(txn.value()).commit().has_value());
  }
  EXPECT_FALSE(environment->fatal());
  EXPECT_EQ(get_one(*environment, Table::members, "M1"), "before");
  EXPECT_EQ(environment->read().value().count(Table::returns).value(), 0u);
  put_one(*environment, Table::members, "M2", "after");
  EXPECT_EQ(get_one(*environment, Table::members, "M2"), "after");
}

TEST(StoreLimits, ALargerMapMayBeSetLater) {
  Folder folder;
  {
    auto environment = open_store(folder, 1 << 20);
    put_one(*environment, Table::members, "M1", "before");
  }
  auto environment = open_store(folder, 64 << 20);
  put_one(*environment, Table::returns, "e", std::string(8 << 20, 'e'));
  EXPECT_EQ(get_one(*environment, Table::members, "M1"), "before");
  EXPECT_EQ(environment->stats().value().map_bytes, 64u << 20);
}

/// Lets no file of this process grow beyond `bytes`, for as long as it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uint64_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    ::rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  ::rlimit before_{};
  void (*handler_)(int);
};

TEST(StoreLimits, AWriteErrorAtCommitIsFatalAndLosesNothingOlder) {
  Folder folder;
  auto environment = open_store(folder);
  put_one(*environment, Table::members, "M1", "before");
  {
    const std::uint64_t used = environment->stats().value().used_bytes;
    std::filesystem::resize_file(folder.data(), 8 << 20);  // Long enough: only writing can fail.
    const FileSizeLimit limit(used);
    auto txn = environment->write();
    ASSERT_TRUE(txn.value().put(Table::returns, "e", std::string(1 << 20, 'e')).has_value());
    const auto committed = std::move(txn.value()).commit();
    ASSERT_FALSE(committed.has_value());
    EXPECT_EQ(committed.error().code, ErrorCode::internal) << committed.error().message;
  }
  EXPECT_TRUE(environment->fatal());
  EXPECT_FALSE(environment->write().has_value()) << "only a fresh process knows what is stored";
  EXPECT_EQ(get_one(*environment, Table::members, "M1"), "before");
  environment.reset();
  auto again = open_store(folder);
  EXPECT_FALSE(again->fatal());
  EXPECT_EQ(get_one(*again, Table::members, "M1"), "before");
  put_one(*again, Table::members, "M1", "after");
}

TEST(StoreLimits, AFileThatMayNotGrowRefusesTheCommitBeforeItBegins) {
  Folder folder;
  auto environment = open_store(folder);
  put_one(*environment, Table::members, "M1", "before");
  {
    const FileSizeLimit limit(std::filesystem::file_size(folder.data()));
    auto txn = environment->write();
    ASSERT_TRUE(txn.value().put(Table::returns, "e", std::string(4 << 20, 'e')).has_value());
    EXPECT_FALSE(std::move(txn.value()).commit().has_value());
  }
  EXPECT_FALSE(environment->fatal());
  put_one(*environment, Table::members, "M1", "after");
  EXPECT_EQ(get_one(*environment, Table::members, "M1"), "after");
}

TEST(StoreLimits, TooManyReadersAreToldSo) {
  Folder folder;
  Options options;
  options.map_bytes = 1 << 20;
  options.max_readers = 4;
  options.allow_any_filesystem = true;
  auto environment = Environment::open(folder.store(), options);
  ASSERT_TRUE(environment.has_value());
  std::vector<ReadTxn> readers;
  for (int i = 0; i < 4; ++i) {
    auto txn = environment.value()->read();
    ASSERT_TRUE(txn.has_value());
    readers.push_back(std::move(txn.value()));
  }
  const auto fifth = environment.value()->read();
  ASSERT_FALSE(fifth.has_value());
  EXPECT_EQ(fifth.error().code, ErrorCode::exhausted);
  readers.clear();
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(environment.value()->read().has_value());
}

/// Bytes this process has given to write calls.
std::uint64_t bytes_written() {
  std::ifstream file("/proc/self/io");
  std::string word;
  std::uint64_t number = 0;
  while (file >> word >> number) {
    if (word == "wchar:") return number;
  }
  return 0;
}

TEST(StoreLimits, DirtyPagesAreNeverMoreThanSaid) {
  Folder folder;
  auto environment = open_store(folder);
  std::mt19937_64 random(3);
  std::uint64_t in_order = 0;
  for (int round = 0; round < 12; ++round) {
    auto txn = environment->write();
    for (int i = 0; i < 1 << round; ++i) {
      const auto any = key_of(random() % 30'000);
      ASSERT_TRUE(txn.value().put(Table::members, view(any), std::string(200, 'm')).has_value());
      ASSERT_TRUE(txn.value()
                      .put(Table::returns, view(key_of(++in_order)), std::string(120, 'e'))
                      .has_value());
      if (i % 3 == 0) {
        ASSERT_TRUE(txn.value().erase(Table::members, view(key_of(random() % 30'000))).has_value());
      }
    }
    const std::size_t said = txn.value().dirty_pages_at_most();
    const std::uint64_t before = bytes_written();
    ASSERT_TRUE(std::move(txn.value()).commit().has_value());
    const std::uint64_t pages = (bytes_written() - before) / 4096;
    EXPECT_GT(pages, 0u);
    EXPECT_LE(pages, said) << round;
    EXPECT_LE(said, pages * 4 + 40) << "a bound that is far too high makes commits too small";
  }
}

}  // namespace
}  // namespace accrue::store
