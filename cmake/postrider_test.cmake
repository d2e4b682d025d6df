# postrider_test(layer [ROOM folder] [THREADED] SOURCES a.cpp... [USES target...])
#
# THREADED: threads meet in it, so that it is built again for ThreadSanitizer.
#
# One doctest program for each layer, or for each room of a big one: tests/unit mirrors the tree. The program runs as one
# ctest test, and with a doctest filter (-tc='*dot*') by hand.
function(postrider_test layer)
  cmake_parse_arguments(arg "THREADED" "ROOM" "SOURCES;USES" ${ARGN})
  set(name ${layer})
  set(test ${layer})
  if(arg_ROOM)
    set(name ${layer}_${arg_ROOM})
    set(test ${layer}.${arg_ROOM})
  endif()
  set(target unit_${name})
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE postrider_${layer} postrider_test_main postrider_flags ${arg_USES})
  if(POSTRIDER_ONLY_THREADED_TESTS AND NOT arg_THREADED)
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  if(POSTRIDER_SANITIZE MATCHES "thread")
    set(wrapper ${PROJECT_SOURCE_DIR}/tests/unit/without_randomization)
  endif()
  add_test(NAME ${POSTRIDER_TEST_PREFIX}unit.${test} COMMAND ${wrapper} $<TARGET_FILE:${target}>)
  set_tests_properties(${POSTRIDER_TEST_PREFIX}unit.${test} PROPERTIES TIMEOUT 600)
endfunction()

# postrider_fuzz(NAME name SOURCE file.cpp CORPUS folder USES target...)
#
# A libFuzzer program, run by ctest over its seed corpus for POSTRIDER_FUZZ_SECONDS, always from the same random seed: a
# change is not to fail for what was there before it. New finds go to the build tree, never into the corpus.
function(postrider_fuzz name)
  cmake_parse_arguments(arg "" "SOURCE;CORPUS" "USES" ${ARGN})
  set(target fuzz_${name})
  add_executable(${target} ${arg_SOURCE})
  target_link_libraries(${target} PRIVATE ${arg_USES} postrider_flags)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  set(work ${CMAKE_CURRENT_BINARY_DIR}/${name}.corpus)
  file(MAKE_DIRECTORY ${work})
  add_test(NAME fuzz.${name}
           COMMAND ${target} -seed=1 -max_total_time=${POSTRIDER_FUZZ_SECONDS} -timeout=10 -rss_limit_mb=2048
                   -artifact_prefix=${work}/ ${work} ${arg_CORPUS})
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 600)
endfunction()
