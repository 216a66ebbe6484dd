#include <fstream>
#include <iterator>
#include <set>

#include "store_support.hpp"

namespace accrue::store {
namespace {

TEST(StoreSchema, ListsEveryTableOnceInItsPlace) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kTables; ++i) {
    EXPECT_EQ(static_cast<std::size_t>(kSchema[i].table), i);
    EXPECT_TRUE(names.insert(kSchema[i].name).second) << kSchema[i].name;
  }
}

TEST(StoreSchema, IsWhatTheFormatsPageSays) {
  std::ifstream file(ACCRUE_STORE_PAGE);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const TableInfo& table : kSchema) {
    const std::string row = "| `" + std::string(table.name) + "` | " + std::string(table.key) +
                            " | " + std::string(table.value) + " |\n";
    EXPECT_NE(page.find(row), std::string::npos) << "docs/formats/store.md should have: " << row;
  }
}

}  // namespace
}  // namespace accrue::store
