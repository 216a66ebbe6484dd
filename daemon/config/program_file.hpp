// Reads program.yaml: what a program is called, its money, zone, points currencies, lanes and
// terms. Any thread.
#pragma once

#include "config/problems.hpp"
#include "engine/program_spec.hpp"

#include <string>
#include <string_view>

namespace accrue::config {

struct ProgramFile {
  engine::ProgramSpec spec;             ///< Without rules, templates and files.
  std::string templates = "templates";  ///< Name of the folder inside the program's.
  bool lanes_known = false;             ///< False when they could not be read.
  bool currencies_known = false;
};

ProgramFile read_program_file(Reading& in, std::string_view bytes);

}  // namespace accrue::config
