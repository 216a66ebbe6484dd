# accrue_plugin(kind name SOURCES … [LINKS …] [TEST_FOLDER …]): one loadable plugin, <kind>_<name>.so,
# that exports the door and nothing else. Used inside the tree and, through the installed package,
# outside it. Built into <build>/plugins and installed to lib/accrue/plugins; one for a test goes to
# TEST_FOLDER instead and is not installed.
set(ACCRUE_PLUGIN_EXPORTS ${CMAKE_CURRENT_LIST_DIR}/plugin_exports.map CACHE INTERNAL "")
set(ACCRUE_PLUGIN_FOLDER lib/accrue/plugins CACHE INTERNAL "Below the installation prefix")

function(accrue_plugin kind name)
  cmake_parse_arguments(ARG "" "TEST_FOLDER" "SOURCES;LINKS" ${ARGN})
  set(target ${kind}_${name})
  set(folder ${CMAKE_BINARY_DIR}/plugins)
  if(ARG_TEST_FOLDER)
    set(folder ${ARG_TEST_FOLDER})
  endif()
  add_library(${target} MODULE ${ARG_SOURCES})
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES PREFIX "" CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON LIBRARY_OUTPUT_DIRECTORY ${folder}
    LINK_DEPENDS ${ACCRUE_PLUGIN_EXPORTS})
  target_link_libraries(${target} PRIVATE accrue::language ${ARG_LINKS})
  target_link_options(${target} PRIVATE
    -Wl,--version-script=${ACCRUE_PLUGIN_EXPORTS} -Wl,--exclude-libs,ALL)
  if(COMMAND accrue_reuse_headers)  # Inside the tree.
    accrue_reuse_headers(${target})
  endif()
  if(NOT ACCRUE_SANITIZE)
    target_link_options(${target} PRIVATE -Wl,--no-undefined)
  endif()
  if(NOT ARG_TEST_FOLDER)
    set_property(GLOBAL APPEND PROPERTY ACCRUE_PLUGINS ${target})
    install(TARGETS ${target} LIBRARY DESTINATION ${ACCRUE_PLUGIN_FOLDER} COMPONENT runtime)
  endif()
endfunction()
