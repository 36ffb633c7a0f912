# CMake toolchain file of the boards: cmake -DCMAKE_TOOLCHAIN_FILE=cmake/board.cmake -DINKLING_BOARD=cortex-m4.
# Compiler and flags come from boards/<name>/board.json and boards/virtual/build.json, the only places that know them.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES INKLING_BOARD)

set(INKLING_BOARDS_DIR "${CMAKE_CURRENT_LIST_DIR}/../boards")
if(NOT EXISTS "${INKLING_BOARDS_DIR}/${INKLING_BOARD}/board.json")
  message(FATAL_ERROR "INKLING_BOARD is \"${INKLING_BOARD}\": want the name of a folder of boards/ with a board.json")
endif()
file(READ "${INKLING_BOARDS_DIR}/${INKLING_BOARD}/board.json" INKLING_BOARD_JSON)
file(READ "${INKLING_BOARDS_DIR}/virtual/build.json" INKLING_BUILD_JSON)

# Sets `out` to the array `key` of a JSON text, as a CMake list.
function(inkling_json_list out json key)
  string(JSON n LENGTH "${json}" ${key})
  set(list "")
  math(EXPR last "${n} - 1")
  foreach(i RANGE ${last})
    string(JSON item GET "${json}" ${key} ${i})
    list(APPEND list "${item}")
  endforeach()
  set(${out} "${list}" PARENT_SCOPE)
endfunction()

string(JSON inkling_compiler GET "${INKLING_BOARD_JSON}" compiler)
string(JSON CMAKE_SYSTEM_PROCESSOR GET "${INKLING_BOARD_JSON}" name)
set(CMAKE_C_COMPILER "${inkling_compiler}gcc")
set(CMAKE_CXX_COMPILER "${inkling_compiler}g++")

inkling_json_list(inkling_cpu_flags "${INKLING_BOARD_JSON}" cpu_flags)
inkling_json_list(inkling_compile_flags "${INKLING_BUILD_JSON}" compile_flags)
list(JOIN inkling_cpu_flags " " inkling_cpu_flags)
list(JOIN inkling_compile_flags " " inkling_compile_flags)
set(CMAKE_C_FLAGS_INIT "${inkling_cpu_flags}")
set(CMAKE_ASM_FLAGS_INIT "${inkling_cpu_flags}")
set(CMAKE_CXX_FLAGS_INIT "${inkling_cpu_flags} ${inkling_compile_flags}")
# A build type must not change the size of a firmware.
foreach(type DEBUG RELEASE RELWITHDEBINFO MINSIZEREL)
  set(CMAKE_CXX_FLAGS_${type} "" CACHE STRING "")
endforeach()

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
