# How everything here is compiled, and the functions that declare libraries and tests.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)

set(ACCRUE_SANITIZE "" CACHE STRING "Sanitizers to build with, for instance address,undefined")

find_program(ACCRUE_CCACHE ccache)
if(ACCRUE_CCACHE)
  # The sloppiness is what ccache asks for to handle precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${ACCRUE_CCACHE})
endif()
find_program(ACCRUE_MOLD mold)
if(ACCRUE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Werror
  -Wnon-virtual-dtor -Woverloaded-virtual)
add_compile_options("$<$<COMPILE_LANGUAGE:C>:-Wno-error=pedantic>")
# GCC 12 warns of the standard library's own copying once that comes out of a precompiled header and
# no longer counts as a system's; all are known false positives there.
add_compile_options("$<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-restrict>"
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow;-Wno-stringop-overread>")
# Release keeps assertions (ours and the library's) and is hardened.
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
add_compile_definitions(_GLIBCXX_ASSERTIONS BOOST_DLL_USE_STD_FS)
add_compile_options(-fstack-protector-strong)
add_link_options(-Wl,-z,relro,-z,now)
include(CheckPIESupported)
check_pie_supported()
if(ACCRUE_SANITIZE)
  string(REPLACE "-O2 -g" "-O1 -g1" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
  add_compile_options(-fsanitize=${ACCRUE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ACCRUE_SANITIZE})
  # GCC 12 takes empty optionals and functions inside Boost and <regex> for uninitialised reads when
  # it instruments them.
  add_compile_options("$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>")
  if(ACCRUE_SANITIZE MATCHES thread)
    # Asio has fences, which ThreadSanitizer does not follow; nothing of ours relies on one.
    add_compile_options("$<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>")
  endif()
else()
  add_compile_options("$<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>")
endif()

# The standard library and our own contract, parsed once instead of in each of four hundred units:
# by common_headers for libraries and plugins, by gtest_headers for tests (programs are PIE).
set(ACCRUE_COMMON_HEADERS <algorithm> <chrono> <cstdint> <filesystem> <fstream> <functional> <map>
  <memory> <mutex> <optional> <set> <sstream> <string> <string_view> <thread> <unordered_map>
  <utility> <variant> <vector> <accrue/codec.hpp> <accrue/decision.hpp> <accrue/rule.hpp>)
function(accrue_reuse_headers target)
  target_precompile_headers(${target} REUSE_FROM common_headers)
endfunction()

# accrue_fast_memory(program): mimalloc instead of glibc's malloc, which costs a fifth of a sale's time
# where one thread frees what another one asked for. Sanitizers bring their own.
function(accrue_fast_memory program)
  if(NOT ACCRUE_SANITIZE)
    target_link_libraries(${program} PRIVATE ${ACCRUE_MIMALLOC})
  endif()
endfunction()

# accrue_library(name SOURCES … LINKS … [PRIVATE_LINKS …]): one folder of the daemon. LINKS are the
# layer edges of docs/ARCHITECTURE.md; tests/tidy compares them with the includes.
function(accrue_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(accrue_${name} STATIC ${ARG_SOURCES})
  target_include_directories(accrue_${name} PUBLIC ${PROJECT_SOURCE_DIR}/daemon)
  target_link_libraries(accrue_${name} PUBLIC accrue_language ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  accrue_reuse_headers(accrue_${name})
endfunction()

# accrue_test(name SOURCES … LINKS … [LABELS …]): one GoogleTest program, each test known to ctest.
function(accrue_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} GTest::gtest_main)
  # What a test spends its time in lies in the libraries; its own code is compiled once, run once.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  target_precompile_headers(${name} REUSE_FROM gtest_headers)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 300)
endfunction()
