#include "host/context_box.hpp"

#include <utility>

namespace accrue::host {

ContextBox::ContextBox(std::string name, Settings settings, Log& log,
                       std::shared_ptr<const Codec> codec, std::string data_folder)
    : settings_(std::move(settings)),
      codec_(std::move(codec)),
      context_{std::move(name), settings_, log, codec_.get(), std::move(data_folder)} {}

}  // namespace accrue::host
