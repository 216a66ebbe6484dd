// A check for bugs that stays on in release builds: it prints the place and aborts.
// Operating errors (bad input, full disk) never come here; they are Result<T>.
// Any thread may use it.
#pragma once

#include <cstdio>
#include <cstdlib>

#define ACCRUE_ASSERT(condition)                                                             \
  do {                                                                                       \
    if (!(condition)) [[unlikely]] {                                                         \
      std::fprintf(stderr, "%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                          \
    }                                                                                        \
  } while (false)
