# What the codecs share: a static library that each of them links.
include_guard(GLOBAL)
add_library(codec_checks STATIC ${CMAKE_CURRENT_LIST_DIR}/basket_check.cpp
  ${CMAKE_CURRENT_LIST_DIR}/problems.cpp ${CMAKE_CURRENT_LIST_DIR}/text_check.cpp)
target_link_libraries(codec_checks PUBLIC accrue_language)
accrue_reuse_headers(codec_checks)
