# What `cmake --install` puts where, and two Debian packages: accrue (daemon, tool, plugins, config,
# shipped rules, unit, documents) and accrue-dev (what a plugin author needs). Programs, plugins,
# headers and the CMake package bring their own install rules.

install(DIRECTORY ${PROJECT_SOURCE_DIR}/rules DESTINATION ${CMAKE_INSTALL_DATADIR}/accrue
  COMPONENT runtime)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/config/prometheus
  DESTINATION ${CMAKE_INSTALL_DATADIR}/accrue COMPONENT runtime)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/accrue
  COMPONENT runtime PATTERN decisions EXCLUDE)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/accrue
  RENAME copyright COMPONENT runtime)

# Settings and unit belong to the system, not to the prefix, when the prefix is /usr; under any
# other prefix everything stays below it. Known only when installing, hence code.
install(CODE "
  set(root \"\${CMAKE_INSTALL_PREFIX}\")
  if(root STREQUAL \"/usr\")
    set(root \"\")
  endif()
  file(INSTALL DESTINATION \"\${root}/etc/accrue\" TYPE FILE FILES
    \"${PROJECT_SOURCE_DIR}/config/accrued.yaml\")
  file(INSTALL DESTINATION \"\${root}/lib/systemd/system\" TYPE FILE FILES
    \"${PROJECT_SOURCE_DIR}/config/systemd/accrued.service\")
" COMPONENT runtime)

set(debian ${PROJECT_SOURCE_DIR}/cmake/debian)
set(CPACK_GENERATOR DEB)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PACKAGE_NAME accrue)
set(CPACK_PACKAGE_CONTACT "accrue maintainers <maintainers@accrue.invalid>")
set(CPACK_COMPONENTS_ALL runtime development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME accrue)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "loyalty engine for retail: points ledger, rules and notices
 accrued reads transactions from tills into a durable points ledger, decides
 them by rules written in YAML, and tells members what they have and what
 lapses when. accrue is its command-line tool.")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS "tzdata, ca-certificates")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA
  ${debian}/conffiles ${debian}/postinst ${debian}/prerm ${debian}/postrm)

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME accrue-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "headers and CMake package for plugins of accrue
 With these a rule type, feed, codec or notifier is built outside accrue's tree.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "accrue (= ${PROJECT_VERSION}), libboost1.81-dev, libhowardhinnant-date-dev")
include(CPack)
