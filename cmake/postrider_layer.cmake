# postrider_layer(NAME SOURCES a.cpp... [HEADERS dir-or-file...] [DEPENDS layer...] [USES target...] [PUBLIC_USES target...])
#
# Adds the layer postrider_NAME (postrider::NAME). The layer sees the public headers named by HEADERS (below
# include/postrider, by default the folder NAME) and those of the layers it DEPENDS on, through a folder of links made
# for it in the build tree. An include that points the wrong way therefore does not find its file.
function(postrider_layer name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;DEPENDS;USES;PUBLIC_USES" ${ARGN})
  if(NOT arg_HEADERS)
    set(arg_HEADERS ${name})
  endif()
  set(view ${PROJECT_BINARY_DIR}/layers/${name})
  file(MAKE_DIRECTORY ${view}/postrider)
  foreach(header ${arg_HEADERS})
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/include/postrider/${header} ${view}/postrider/${header} SYMBOLIC)
  endforeach()

  set(target postrider_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(postrider::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${view}> $<INSTALL_INTERFACE:include>)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:postrider_flags>)
  foreach(layer ${arg_DEPENDS})
    target_link_libraries(${target} PUBLIC postrider_${layer})
  endforeach()
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC_USES} PRIVATE ${arg_USES})
  set_property(GLOBAL APPEND PROPERTY POSTRIDER_LAYERS ${target})
endfunction()
