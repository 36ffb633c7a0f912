# Writes the operator lists that follow from the folder inkling/ops: the header that declares them (checked in, so that
# the library also builds without CMake) and, for the desk, a table of all of them.
#   cmake -DREPO=<root> [-DTABLE=<file.cpp>] [-DCHECK=ON] -P tools/list_ops.cmake
# CHECK fails when the header is out of date instead of writing it.
file(GLOB sources RELATIVE "${REPO}/inkling/ops" "${REPO}/inkling/ops/*.cpp")
list(SORT sources)
set(declarations "")
set(entries "")
foreach(source ${sources})
  string(REPLACE ".cpp" "" name "${source}")
  string(APPEND declarations "extern const Op ${name};\n")
  string(APPEND entries "    &ops::${name},\n")
endforeach()

set(header "// Generated from the files of inkling/ops by tools/list_ops.cmake. Do not edit.
// ops::conv_2d carries every kernel of CONV_2D; ops::int8::conv_2d those for int8 activations only.
#pragma once
#include \"inkling/core/op.h\"

namespace inkling::ops {
${declarations}")
foreach(types int8 int16 float32)
  string(APPEND header "\nnamespace ${types} {\n${declarations}}  // namespace ${types}\n")
endforeach()
string(APPEND header "}  // namespace inkling::ops\n")

function(write_if_different path text)
  set(old "")
  if(EXISTS "${path}")
    file(READ "${path}" old)
  endif()
  if(NOT old STREQUAL text)
    if(CHECK)
      message(FATAL_ERROR "${path} is out of date: run ./dev build and commit it")
    endif()
    file(WRITE "${path}" "${text}")
  endif()
endfunction()

write_if_different("${REPO}/inkling/ops.h" "${header}")
if(TABLE)
  write_if_different("${TABLE}" "// Generated from the files of inkling/ops by tools/list_ops.cmake. Do not edit.
#include \"inkling/ops.h\"

namespace inkling {
extern const Op* const all_ops_table[];
extern const int32_t n_all_ops;
const Op* const all_ops_table[] = {
${entries}};
const int32_t n_all_ops = sizeof all_ops_table / sizeof *all_ops_table;
}  // namespace inkling
")
endif()
