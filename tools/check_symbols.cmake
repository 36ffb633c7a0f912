# Fails when a library for a microcontroller needs anything but itself and the arithmetic of libgcc: no heap, no C
# library, no libm, no exceptions, no arithmetic with doubles.
#   cmake -DNM=<nm> -DLIBRARY=<libinkling.a> -P tools/check_symbols.cmake
function(list_symbols out option)
  execute_process(COMMAND ${NM} ${option} --format=posix ${LIBRARY} OUTPUT_VARIABLE lines ERROR_QUIET
    COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "[^\n]*\\[[^\n]*\\]:\n" "" lines "${lines}") # headings: library[member]:
  string(REGEX MATCHALL "[^\n]+" lines "${lines}")
  list(TRANSFORM lines REPLACE " .*" "")
  list(REMOVE_DUPLICATES lines)
  set(${out} "${lines}" PARENT_SCOPE)
endfunction()

list_symbols(undefined --undefined-only)
list_symbols(defined --defined-only)
list(REMOVE_ITEM undefined ${defined})
# Integers wider than a register, division, counting bits, switch tables, single-precision floats; doubles have
# names of their own.
list(FILTER undefined EXCLUDE REGEX "^__aeabi_(u?idiv|u?idivmod|u?ldivmod|lmul|llsl|llsr|lasr|l?cmp|ulcmp|lcmp|f[a-z0-9]*|i2f|ui2f|l2f|ul2f|cf[a-z]*)$")
list(FILTER undefined EXCLUDE REGEX "^__(u?div|u?mod|mul|ashl|lshr|ashr|clz|clrsb|ctz|popcount|bswap)[sd]i[23]$")
list(FILTER undefined EXCLUDE REGEX "^__(add|sub|mul|div|neg|eq|ne|lt|le|gt|ge|unord)sf[23]$")
list(FILTER undefined EXCLUDE REGEX "^__(fix|fixuns)sf[sd]i$|^__(float|floatun)[sd]isf$|^__gnu_thumb1_case_[a-z]+$")
# Options of custom operators may be stored as doubles; they are narrowed when read.
list(FILTER undefined EXCLUDE REGEX "^__aeabi_d2f$|^__truncdfsf2$")
if(undefined)
  list(JOIN undefined "\n  " names)
  message(FATAL_ERROR "${LIBRARY} needs what a microcontroller does not have:\n  ${names}")
endif()
