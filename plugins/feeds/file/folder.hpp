// The folder a feed watches: which file comes next, and where files go that are finished or
// failed. One thread.
#pragma once

#include <accrue/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace accrue::file_feed {

class Folder {
 public:
  Folder(std::string path, std::string pattern)
      : path_(std::move(path)), pattern_(std::move(pattern)) {}

  /// The first file by name that matches the pattern. Dot files, names that end in .tmp or .part,
  /// symbolic links, FIFOs and folders are none.
  Result<std::optional<std::string>> next() const;

  /// Moves a file to the subfolder, which is made when missing; a name that is taken gets a number.
  /// Gives the path it has there.
  Result<std::string> move(const std::string& name, const std::string& subfolder) const;
  /// Makes moves survive a power cut.
  Result<void> sync(const std::string& subfolder) const;
  /// Moves it back again. Fails when another file has taken its place.
  Result<void> move_back(const std::string& moved, const std::string& name) const;

  std::string path_of(const std::string& name) const { return path_ + '/' + name; }

 private:
  std::string path_;
  std::string pattern_;
};

/// Name of a file and what it begins with: a file of that name with other content is another
/// source, the same file after a restart is the same.
std::string source_name(const std::string& file_name, std::string_view beginning);

/// Makes a rename or a new file in the folder survive a power cut.
Result<void> sync_folder(const std::string& path);

}  // namespace accrue::file_feed
