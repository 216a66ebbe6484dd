// The system clock: the one place that reads it. Any thread.
#pragma once

#include <accrue/time.hpp>

namespace accrue {

Timestamp now();

}  // namespace accrue
