# sluice_library(<folder> USES <targets>...): the static library sluice_<folder> of all sources below <folder>.
function(sluice_library folder)
  cmake_parse_arguments(ARG "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/*.hpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(sluice_${folder} STATIC ${sources})
  target_include_directories(sluice_${folder} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(sluice_${folder} PUBLIC ${ARG_USES})
endfunction()

# sluice_embed(<target> <folder> <name> <extension>): compiles the folder's data files into the target, as
# `std::span<const sluice::EmbeddedFile> sluice::<name>()` (core/diag/embedded.hpp), sorted by name.
function(sluice_embed target folder name extension)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.${extension})
  set(output ${CMAKE_BINARY_DIR}/embedded/${name}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUTPUT=${output} "-DFILES=${files}"
            -P ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
    COMMENT "Embedding ${folder}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
