# One interface target carries what every file of ours is compiled with; a stranger's project that adds us as a
# subdirectory gets none of it.
add_library(postrider_flags INTERFACE)
target_compile_options(postrider_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                                                 -Wnon-virtual-dtor -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside the standard library's own inlined code.
  target_compile_options(postrider_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
                                                   -Wno-array-bounds -Wno-stringop-overread -Wno-free-nonheap-object
                                                   -Wno-dangling-pointer)
  # Nobody puts functions of his own in the place of ours: those of the same file may be inlined, as clang does anyway.
  target_compile_options(postrider_flags INTERFACE $<$<CONFIG:Release>:-fno-semantic-interposition>)
endif()
if(POSTRIDER_WARNINGS_ARE_ERRORS)
  target_compile_options(postrider_flags INTERFACE -Werror)
endif()

if(POSTRIDER_SANITIZE)
  set(flags -fsanitize=${POSTRIDER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND POSTRIDER_SANITIZE MATCHES "undefined")
    list(APPEND flags -fno-sanitize=function)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND POSTRIDER_SANITIZE MATCHES "thread")
    add_compile_options(-Wno-tsan)
  endif()
  add_compile_options(${flags})
  add_link_options(${flags})
endif()
if(POSTRIDER_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(POSTRIDER_CCACHE ccache)
if(POSTRIDER_CCACHE AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${POSTRIDER_CCACHE})
endif()
