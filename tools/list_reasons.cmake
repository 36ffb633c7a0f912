# Writes a table of all sentences with which the library fails, for the desk: boards carry only their numbers. They are
# the texts in fail(Status::..., "...") and Reason("...") anywhere in inkling/.
#   cmake -DREPO=<root> -DTABLE=<file.cpp> -P tools/list_reasons.cmake
file(GLOB sources "${REPO}/inkling/*/*.h" "${REPO}/inkling/*/*.cpp")
list(SORT sources)
set(sentences "")
foreach(source ${sources})
  file(READ "${source}" text)
  # Lists of CMake mind these characters, in and out of the sentences.
  string(REPLACE ";" "{semicolon}" text "${text}")
  string(REPLACE "[" "{open}" text "${text}")
  string(REPLACE "]" "{close}" text "${text}")
  string(REGEX MATCHALL "(fail|Reason)\\([ \n]*(Status::[a-z_]+,[ \n]*)?\"[^\"\n]*\"([ \n]+\"[^\"\n]*\")*" found "${text}")
  foreach(one ${found})
    string(REGEX MATCH "\".*" one "${one}")
    string(REGEX REPLACE "\"[ \n]+\"" "" one "${one}")
    string(REPLACE "\"" "" one "${one}")
    list(APPEND sentences "${one}")
  endforeach()
endforeach()
list(REMOVE_DUPLICATES sentences)
list(SORT sentences)
set(table "")
foreach(one ${sentences})
  string(APPEND table "    \"${one}\",\n")
endforeach()
string(REPLACE "{semicolon}" ";" table "${table}")
string(REPLACE "{open}" "[" table "${table}")
string(REPLACE "{close}" "]" table "${table}")
file(WRITE "${TABLE}" "// Generated from the sources of inkling/ by tools/list_reasons.cmake. Do not edit.
#include \"inkling/core/span.h\"

namespace inkling::host {
extern const Span<const char* const> all_reasons;
static const char* const kReasons[] = {
${table}};
const Span<const char* const> all_reasons = kReasons;
}  // namespace inkling::host
")
