#include "file_cases.hpp"

#include "codecs/csv/csv_decoder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace accrue::file_feed {
namespace {

TEST(AFolder, IsReadByNameAndFilesMoveWhenAllIsSettled) {
  TemporaryFolder files;
  files.write("in/b.ndjson", sales(4, 6));
  files.write("in/a.ndjson.gz", gzip(sales(1, 3)));
  Bench bench(files.path("in"));
  bench.daemon.hold(true);
  bench.start();
  ASSERT_TRUE(bench.wait_until([&] { return bench.daemon.messages().size() == 3; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_EQ(bench.daemon.messages().size(), 3u);  // b waits for a
  EXPECT_TRUE(files.has("in/a.ndjson.gz"));
  bench.daemon.hold(false);
  ASSERT_TRUE(bench.wait_until([&] { return bench.feed->progress().finished; }));
  EXPECT_EQ(bench.daemon.ids(), names(1, 6));
  EXPECT_TRUE(files.has("in/done/a.ndjson.gz"));
  EXPECT_TRUE(files.has("in/done/b.ndjson"));
  EXPECT_FALSE(files.has("in/a.ndjson.gz"));
}

TEST(AFolder, IsWatchedForNewFilesAndNamesInDoneAreKept) {
  TemporaryFolder files;
  files.write("in/a.ndjson", sales(1, 2));
  Bench bench(files.path("in"), true);
  bench.start();
  ASSERT_TRUE(bench.wait_until([&] { return bench.feed->progress().finished; }));
  files.write("in/a.ndjson", sales(3, 4));
  ASSERT_TRUE(bench.wait_until([&] { return files.has("in/done/a.ndjson.2"); }));
  EXPECT_EQ(bench.daemon.ids(), names(1, 4));
  EXPECT_EQ(files.read("in/done/a.ndjson"), sales(1, 2));
}

TEST(AFolder, LeavesAloneWhatIsNoFinishedFileOfThePattern) {
  TemporaryFolder files;
  files.write("in/.hidden.ndjson", sales(1, 1));
  files.write("in/x.ndjson.part", sales(2, 2));
  files.write("in/notes.txt", "hello");
  files.write("elsewhere.ndjson", sales(3, 3));
  files.write("in/sub.ndjson/inner.ndjson", sales(4, 4));
  std::filesystem::create_symlink(files.path("elsewhere.ndjson"), files.path("in/link.ndjson"));
  ASSERT_EQ(::mkfifo(files.path("in/pipe.ndjson").c_str(), 0600), 0);
  files.write("in/y.ndjson", sales(5, 5));
  std::filesystem::copy_file(files.path("in/y.ndjson"), files.path("in/z.ndjson.tmp"));
  Bench bench(files.path("in"));
  bench.settings.set("pattern", std::string("*.ndjson*"), {});
  bench.run();
  EXPECT_EQ(bench.daemon.ids(), names(5, 5));
  for (const char* name : {"in/.hidden.ndjson", "in/x.ndjson.part", "in/notes.txt",
                           "in/link.ndjson", "in/pipe.ndjson", "in/z.ndjson.tmp"}) {
    EXPECT_TRUE(files.has(name)) << name;
  }
}

TEST(AFolder, ContinuesTheFileThatWasBeingReadAndReadsTheOthersWhole) {
  TemporaryFolder files;
  files.write("in/b.ndjson", sales(1, 5));
  std::string source;
  {
    Bench bench(files.path("in"));
    bench.daemon.hold(true);
    bench.start();
    ASSERT_TRUE(bench.wait_until([&] { return bench.daemon.messages().size() == 5; }));
    source = bench.daemon.messages().front().position.source;
  }
  files.write("in/c.ndjson", sales(6, 7));
  Bench bench(files.path("in"));
  bench.run({source, 3});
  EXPECT_EQ(bench.daemon.ids(), names(4, 7));
}

TEST(ADamagedFile, GivesWhatCameBeforeAndGoesToFailedWithALineInQuarantine) {
  // Sales whose ids have no pattern, so that packed data comes in many pieces.
  std::string lines;
  std::uint64_t number = 88172645463325252;
  for (int count = 0; count < 40'000; ++count) {
    number ^= number << 13;
    number ^= number >> 7;
    number ^= number << 17;
    lines += sale("T" + std::to_string(number));
  }
  const std::string packed = gzip(lines);
  const std::string squeezed = zstd(lines);
  std::string flipped = packed;
  flipped[packed.size() / 2] = static_cast<char>(flipped[packed.size() / 2] ^ 0x55);
  const std::vector<std::pair<std::string, std::string>> cases{
      {"cut.gz", packed.substr(0, packed.size() / 2)},
      {"flipped.gz", flipped},
      {"cut.zst", squeezed.substr(0, squeezed.size() / 2)},
      {"garbage.gz", packed + "garbage"}};
  for (const auto& [name, bytes] : cases) {
    TemporaryFolder files;
    files.write("in/" + name, bytes);
    files.write("in/later.ndjson", sales(1, 1));
    Bench bench(files.path("in"));
    bench.run();
    EXPECT_GT(bench.daemon.ids().size(), 1000u) << name;
    EXPECT_EQ(bench.daemon.ids().back(), "T1") << name;
    EXPECT_TRUE(files.has("in/failed/" + name)) << name;
    EXPECT_TRUE(files.has("in/done/later.ndjson")) << name;
    const std::string kept = bench.data.read("quarantine/" + name + ".ndjson");
    EXPECT_NE(kept.find("\"message\":0,"), std::string::npos) << kept;
    EXPECT_NE(kept.find(" unpacked bytes"), std::string::npos) << kept;
  }
}

TEST(ADamagedFile, MayBeEmptyOrNotPackedAtAll) {
  for (const std::string& name : {std::string("a.gz"), std::string("a.zst")}) {
    for (const std::string& bytes : {std::string(), sales(1, 2)}) {
      TemporaryFolder files;
      files.write("in/" + name, bytes);
      Bench bench(files.path("in"));
      bench.run();
      EXPECT_TRUE(bench.daemon.ids().empty());
      EXPECT_TRUE(files.has("in/failed/" + name)) << name;
    }
  }
}

TEST(AFileThatItsCodecCannotCut, GoesToFailedWithTheReason) {
  TemporaryFolder files;
  files.write("in/a.csv", "id;time;sku\n1;2;3\n");
  Settings settings;
  settings.set("currency", std::string("GBP"), {});
  const csv_codec::CsvCodec codec(*csv_codec::Layout::read(settings));
  Bench bench(files.path("in"), false, &codec);
  bench.run();
  EXPECT_TRUE(files.has("in/failed/a.csv"));
  EXPECT_NE(bench.data.read("quarantine/a.csv.ndjson").find("the file has no column 'id'"),
            std::string::npos);
}

}  // namespace
}  // namespace accrue::file_feed
