// The machine: what startup.cpp and port.cpp need of a processor. cortex_m.cpp and rv32.cpp each answer it;
// they also hold the processor's first instructions and its fault handler, whose report_fault() a program may
// replace by its own.
#pragma once
#include <stdint.h>

namespace inkling::machine {

/// Exit status of a program that ended in a fault.
constexpr int32_t kFaultStatus = 99;

/// Milliseconds of the board's own time, which under QEMU's -icount is the number of instructions executed.
/// The clock runs from the first call on, so a program that never asks is not interrupted.
uint32_t now_ms();

/// Sleeps, executing no instructions in between, until now_ms() has reached `time_ms`.
void wait_until(uint32_t time_ms);

}  // namespace inkling::machine

/// Where the processor goes from its first instructions: fills the RAM, runs the constructors, then main.
extern "C" [[noreturn]] void start();
