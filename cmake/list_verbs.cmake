# Derives the list of verbs from the folder host/cli: each <verb>.cpp there, except main.cpp, is one. A new verb is a
# new file and nothing else. Leaves out compiling them.
#
# inkling_list_verbs(FOLDER): writes FOLDER/verbs.inc, which host/cli/main.cpp includes.
function(inkling_list_verbs folder)
  file(GLOB verb_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/host/cli/*.cpp")
  set(declarations "")
  set(calls "")
  foreach(verb_file IN LISTS verb_files)
    cmake_path(GET verb_file STEM verb)
    if(NOT verb STREQUAL "main")
      string(APPEND declarations "void add_${verb}(CLI::App& app);\n")
      string(APPEND calls "  add_${verb}(app);\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT "${folder}/verbs.inc" @ONLY CONTENT
"// The verbs of the command line, derived from the folder host/cli by cmake/list_verbs.cmake.
namespace inkling::host {
constexpr const char* kVersion = \"@PROJECT_VERSION@\";
@declarations@
inline void add_verbs([[maybe_unused]] CLI::App& app) {
@calls@}
}  // namespace inkling::host
")
endfunction()
