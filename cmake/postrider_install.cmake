# `postrider::postrider` is all that a program needs to compose, sign, send and keep mail: the client, folders, DKIM and
# what they stand on. A test that wants to catch mail links postrider::devserver as well.
add_library(postrider INTERFACE)
add_library(postrider::postrider ALIAS postrider)
if(TARGET postrider_client)
  target_link_libraries(postrider INTERFACE postrider_client postrider_folder postrider_lint postrider_sign postrider_mime)
endif()

if(NOT PROJECT_IS_TOP_LEVEL OR POSTRIDER_FUZZ)
  return()
endif()

include(CMakePackageConfigHelpers)
get_property(layers GLOBAL PROPERTY POSTRIDER_LAYERS)
install(TARGETS postrider ${layers} EXPORT postrider-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/postrider DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT postrider-targets NAMESPACE postrider:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/postrider)

configure_package_config_file(cmake/postrider-config.cmake.in postrider-config.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/postrider)
write_basic_package_version_file(postrider-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/postrider-config.cmake ${PROJECT_BINARY_DIR}/postrider-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/postrider)

configure_file(cmake/postrider.pc.in postrider.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/postrider.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(TARGET postrider_program)
  install(TARGETS postrider_program DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  set(described ${PROJECT_BINARY_DIR}/described)  # the program's word on its own command line
  install(FILES docs/man/postrider.1 docs/man/postrider-sendmail.1
          DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(DIRECTORY ${described}/man1/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES ${described}/postrider DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
  install(FILES ${described}/_postrider DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT program)
  install(FILES ${described}/postrider.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
  configure_file(packaging/systemd/postrider-catch.service.in postrider-catch.service @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/postrider-catch.service DESTINATION lib/systemd/system COMPONENT program)
endif()
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
