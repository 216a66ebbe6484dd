# accrue_plugin(kind name SOURCES … [LINKS …]): one loadable plugin, <kind>_<name>.so, that exports
# the door and nothing else. Used inside the tree and, through the installed package, outside it.
set(ACCRUE_PLUGIN_EXPORTS ${CMAKE_CURRENT_LIST_DIR}/plugin_exports.map CACHE INTERNAL "")

function(accrue_plugin kind name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  set(target ${kind}_${name})
  add_library(${target} MODULE ${ARG_SOURCES})
  set_target_properties(${target} PROPERTIES PREFIX "" CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  target_link_libraries(${target} PRIVATE accrue_language ${ARG_LINKS})
  target_link_options(${target} PRIVATE
    -Wl,--version-script=${ACCRUE_PLUGIN_EXPORTS} -Wl,--exclude-libs,ALL)
  if(NOT ACCRUE_SANITIZE)
    target_link_options(${target} PRIVATE -Wl,--no-undefined)
  endif()
endfunction()
