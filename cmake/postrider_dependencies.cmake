find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS url json)
find_package(PkgConfig REQUIRED)
pkg_check_modules(IDN REQUIRED IMPORTED_TARGET libidn)  # SASLprep
pkg_check_modules(IDN2 REQUIRED IMPORTED_TARGET libidn2)  # domains beyond ASCII
if(NOT POSTRIDER_FUZZ)
  find_package(SQLite3 3.40 REQUIRED)
  if(POSTRIDER_PROGRAM)
    find_package(CLI11 2.1 CONFIG REQUIRED)
    pkg_check_modules(TOMLPP REQUIRED IMPORTED_TARGET tomlplusplus)
  endif()
endif()
