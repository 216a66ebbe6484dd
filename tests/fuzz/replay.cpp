// The short form of fuzzing, for the suite: each target reads its seeds, every file of its corpus,
// and some thousand mutations of them, the same ones in every run.
//
//   fuzz_replay TARGET [ROUNDS [CORPUS]]     --seeds FOLDER writes the seeds for libFuzzer
#include "fuzz/targets.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

namespace accrue::fuzz {
namespace {

namespace fs = std::filesystem;

class Mutator {
 public:
  explicit Mutator(std::vector<std::string> inputs) : inputs_(std::move(inputs)) {}

  std::string next() {
    std::string text = inputs_[below(inputs_.size())];
    for (std::size_t times = 1 + below(4); times > 0; --times) change(text);
    return text;
  }

 private:
  /// Modulo and not a distribution: those differ between libraries, and runs must not.
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void change(std::string& text) {
    static const std::string kBytes("\0\n\r\t \"\\{}[]:,;%#&*!|0919-+.eE\x7f\x80\xc3\xff", 33);
    const std::size_t at = below(text.size() + 1);
    switch (below(7)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(random_() & 0xff);
        return;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        return;
      case 2:
        text.insert(at, 1 + below(4), kBytes[below(kBytes.size())]);
        return;
      case 3:
        text.erase(at, 1 + below(8));
        return;
      case 4: {  // A piece stands twice.
        const std::string piece = text.substr(at, 1 + below(64));
        text.insert(below(text.size() + 1), piece);
        return;
      }
      case 5: {  // Half of another.
        const std::string& other = inputs_[below(inputs_.size())];
        text = text.substr(0, at) + other.substr(std::min(at, other.size()));
        return;
      }
      default:
        text.resize(at);
    }
  }

  std::vector<std::string> inputs_;
  std::mt19937_64 random_{20'261'122};
};

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

int replay(const Target& target, std::size_t rounds, const fs::path& corpus) {
  std::vector<std::string> inputs = target.seeds();
  std::vector<fs::path> files;
  if (fs::is_directory(corpus / target.name)) {
    for (const auto& file : fs::directory_iterator(corpus / target.name)) {
      files.push_back(file.path());
    }
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) inputs.push_back(read_file(file));
  for (const std::string& input : inputs) target.run(input);
  Mutator mutator(inputs);
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::string input = mutator.next();
    // What made it crash is found in the file that is left behind.
    if (const char* last = std::getenv("ACCRUE_FUZZ_LAST")) {
      std::ofstream(last, std::ios::binary) << input;
    }
    target.run(input);
  }
  std::printf("%s: %zu inputs and %zu mutations\n", target.name, inputs.size(), rounds);
  return 0;
}

int write_seeds(const fs::path& folder) {
  for (const Target* target : targets()) {
    fs::create_directories(folder / target->name);
    int number = 0;
    for (const std::string& seed : target->seeds()) {
      std::ofstream(folder / target->name / ("seed-" + std::to_string(number++)), std::ios::binary)
          << seed;
    }
  }
  return 0;
}

}  // namespace
}  // namespace accrue::fuzz

int main(int argc, char** argv) {
  using namespace accrue::fuzz;
  const std::string name = argc > 1 ? argv[1] : "";
  if (name == "--seeds" && argc > 2) return write_seeds(argv[2]);
  const std::size_t rounds = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 5000;
  for (const Target* target : targets()) {
    if (name == target->name) return replay(*target, rounds, argc > 3 ? argv[3] : "");
  }
  std::fprintf(stderr, "fuzz_replay: no target '%s'\n", name.c_str());
  return 2;
}
