// For images that print nothing: a fault ends them without words, so that they carry no text and no console.
#pragma once
#include "boards/virtual/machine.h"
#include "inkling/core/port.h"

extern "C" [[noreturn]] void report_fault() {
  inkling::port::halt(inkling::machine::kFaultStatus);
}
