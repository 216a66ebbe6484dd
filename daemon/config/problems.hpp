// Collects everything that is wrong with a set of files, so that one run tells its author all of
// it, in the order of the files. Used by one thread, the one that loads.
#pragma once

#include "config/node.hpp"

#include <accrue/result.hpp>
#include <accrue/settings.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace accrue::config {

class Problems {
 public:
  /// More than this many are not told; the last one told says so.
  static constexpr std::size_t kMost = 100;

  /// `detail` says what to write instead. A place without a line names a whole file.
  void add(Place place, std::string_view code, std::string detail);
  /// One that another part has told, with its place as a pointer "file:line:column".
  void add(const Problem& told);
  bool any() const { return count_ > 0; }
  std::size_t count() const { return count_; }
  /// "<what> has 3 problems", with the problems sorted by place.
  Error to_error(std::string_view what) const;

 private:
  struct Found {
    Place place;
    std::string code;
    std::string detail;
  };
  std::vector<Found> found_;
  std::size_t count_ = 0;
};

/// One file being read: gives nodes their place and takes what is wrong with them.
class Reading {
 public:
  Reading(std::string file, Problems& problems) : file_(std::move(file)), problems_(&problems) {}

  const std::string& file() const { return file_; }
  Place place(Mark mark) const { return {file_, mark.line, mark.column}; }
  Place place(const Node& node) const { return place(node.mark); }
  void problem(Mark mark, std::string_view code, std::string detail) {
    problems_->add(place(mark), code, std::move(detail));
  }
  void problem(const Node& node, std::string_view code, std::string detail) {
    problem(node.mark, code, std::move(detail));
  }
  Problems& problems() { return *problems_; }

 private:
  std::string file_;
  Problems* problems_;
};

/// "file:line:column", or only the file when the place has no line.
std::string to_pointer(const Place& place);

}  // namespace accrue::config
