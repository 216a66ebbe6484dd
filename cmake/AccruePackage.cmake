# What a plugin author gets: headers, accrue::language and accrue_plugin(), found by
# find_package(accrue). Included by language/CMakeLists.txt, whose library it exports.
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/accrue)

add_library(accrue::language ALIAS accrue_language)
set_target_properties(accrue_language PROPERTIES EXPORT_NAME language)
target_compile_features(accrue_language PUBLIC cxx_std_20)

install(TARGETS accrue_language EXPORT accrueTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/accrue DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h")
install(EXPORT accrueTargets NAMESPACE accrue:: DESTINATION ${package_folder}
  COMPONENT development)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/accrueConfig.cmake.in
  ${PROJECT_BINARY_DIR}/accrueConfig.cmake INSTALL_DESTINATION ${package_folder})
# 0.x: any minor version may change the contract.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/accrueConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/accrueConfig.cmake
  ${PROJECT_BINARY_DIR}/accrueConfigVersion.cmake ${CMAKE_CURRENT_LIST_DIR}/AccruePlugin.cmake
  ${CMAKE_CURRENT_LIST_DIR}/plugin_exports.map
  DESTINATION ${package_folder} COMPONENT development)
