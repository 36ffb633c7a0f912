# What `cmake --install` puts on a desk: the library with its headers for find_package(inkling), and the command line
# (alone: --component library, --component tools).
include(GNUInstallDirs)
install(TARGETS inkling inkling_warnings EXPORT inkling-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  COMPONENT library)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/inkling DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library
  FILES_MATCHING PATTERN "*.h")
install(EXPORT inkling-targets NAMESPACE inkling:: FILE inkling-config.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/inkling COMPONENT library)
install(TARGETS inkling_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tools)
