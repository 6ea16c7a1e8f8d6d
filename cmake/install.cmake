# cmake --install: the program, and the rules engine as the package `lockgate`.
#   --component program   the program `lockgate`
#   --component engine    libraries, headers, packs and the files that find_package reads
include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/lockgate)
set(packs ${CMAKE_INSTALL_DATADIR}/lockgate/packs)

install(TARGETS lockgate COMPONENT program)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT engine)
install(DIRECTORY rules/packs/ DESTINATION ${packs} COMPONENT engine)

# lockgate/rules.hpp and what it includes.
install(FILES include/lockgate/check.hpp include/lockgate/explanation.hpp
    include/lockgate/facts.hpp include/lockgate/ids.hpp include/lockgate/result.hpp
    include/lockgate/rules.hpp include/lockgate/time.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/lockgate COMPONENT engine)

set(engine lockgate_language lockgate_cel lockgate_rules)
foreach(library ${engine})
  string(REPLACE lockgate_ "" name ${library})
  set_target_properties(${library} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${library} INTERFACE cxx_std_20)
  target_include_directories(${library} INTERFACE
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()
install(TARGETS ${engine} EXPORT lockgate DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT engine)
install(EXPORT lockgate NAMESPACE lockgate:: FILE lockgateTargets.cmake DESTINATION ${package}
  COMPONENT engine)

configure_package_config_file(cmake/lockgateConfig.cmake.in
  ${PROJECT_BINARY_DIR}/lockgateConfig.cmake
  INSTALL_DESTINATION ${package} PATH_VARS packs NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/lockgateConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/lockgateConfig.cmake
    ${PROJECT_BINARY_DIR}/lockgateConfigVersion.cmake
  DESTINATION ${package} COMPONENT engine)
