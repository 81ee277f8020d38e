# sas_link_by_includes(target source): links the target with the library of each folder that the source includes
# (`"api/…"` gives sas_api, `"support/…"` gives sas_test_support), so a new benchmark or fuzzer is a new file and nothing
# else, and building it builds no more than it needs.
function(sas_link_by_includes target source)
  file(STRINGS ${source} includes REGEX "^#include \"[a-z_]+/")
  list(TRANSFORM includes REPLACE "^#include \"([a-z_]+)/.*" "\\1")
  list(REMOVE_DUPLICATES includes)
  foreach(folder IN LISTS includes)
    if(folder STREQUAL support)
      set(library sas_test_support)
    else()
      set(library sas_${folder})
    endif()
    if(NOT TARGET ${library})
      message(FATAL_ERROR "${source} includes \"${folder}/…\", but there is no library ${library}")
    elseif(NOT library STREQUAL target)
      target_link_libraries(${target} PUBLIC ${library})
    endif()
  endforeach()
  # The includes decide what is linked, so cmake looks again when the file changes.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
endfunction()
