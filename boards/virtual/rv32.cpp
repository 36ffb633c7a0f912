// A 32-bit RISC-V in machine mode: first instructions, the CLINT's mtime as the clock, and a trap handler
// that says what happened and ends the program. Leaves out interrupts (the timer's only ends a WFI) and the
// guard below the stack.
#include "boards/virtual/line.h"
#include "boards/virtual/machine.h"
#include "boards/virtual/stack.h"

namespace {

volatile uint32_t& device_register(uintptr_t address) {
  return *reinterpret_cast<volatile uint32_t*>(address);
}

constexpr uintptr_t kTimeCompare = 0x02004000, kTime = 0x0200BFF8;
constexpr uint32_t kGuardBytes = 1u << 20;
constexpr uint32_t kTicksPerMs = INKLING_TIMER_HZ / 1000;

const char* fault_name(uint32_t cause) {
  static constexpr const char* kNames[] = {
      "instruction misaligned", "instruction access", "illegal instruction", "breakpoint",
      "load misaligned",        "load access",        "store misaligned",    "store access"};
  return cause < 8 ? kNames[cause] : "unexpected trap";
}

uint64_t time_ticks() {
  for (;;) {
    const uint32_t high = device_register(kTime + 4);
    const uint32_t low = device_register(kTime);
    if (high == device_register(kTime + 4)) return static_cast<uint64_t>(high) << 32 | low;
  }
}

}  // namespace

extern "C" {

[[noreturn, gnu::used, gnu::weak]] void report_fault(uint32_t cause, uint32_t pc, uint32_t address) {
  inkling::Line line("fault: ");
  const uint32_t below_stack = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(_sstack)) - address;
  line.text(fault_name(cause)).text(below_stack - 1 < kGuardBytes ? " stack overflow" : "");
  line.text(" pc=").hex(pc).text(" cause=").hex(cause).text(" address=").hex(address).print();
  inkling::semihosting::exit(inkling::machine::kFaultStatus);
}

[[gnu::naked, gnu::used, gnu::aligned(4)]] void fault_handler() {
  asm volatile(
      ".option push\n.option arch, +zicsr\n"
      "la sp, _estack\n csrr a0, mcause\n csrr a1, mepc\n csrr a2, mtval\n j report_fault\n.option pop");
}

// QEMU starts at the first byte of memory, so this stands where other processors have their vectors.
[[gnu::naked, gnu::used, gnu::section(".vectors")]] void reset_handler() {
  asm volatile(
      ".option push\n.option arch, +zicsr\n.option norelax\n"
      "la gp, __global_pointer$\n la sp, _estack\n la t0, fault_handler\n csrw mtvec, t0\n"
      // PMP entry 0 forbids, for machine mode too, the MiB below the stack: (_sstack - 2^20) / 4 and a size
      // of 2^20.
      "la t0, _sstack\n srli t0, t0, 2\n li t1, -0x20001\n add t0, t0, t1\n csrw pmpaddr0, t0\n"
      "li t0, 0x98\n csrw pmpcfg0, t0\n"
      "li t0, 0x80\n csrw mie, t0\n"  // the timer may end a WFI; with mstatus.MIE off nothing interrupts
      "j start\n.option pop");
}

}  // extern "C"

namespace inkling::machine {

uint32_t now_ms() {
  return static_cast<uint32_t>(time_ticks() / kTicksPerMs);
}

void wait_until(uint32_t time_ms) {
  for (;;) {
    const uint64_t now = time_ticks();
    const int32_t remaining_ms = static_cast<int32_t>(time_ms - static_cast<uint32_t>(now / kTicksPerMs));
    if (remaining_ms <= 0) return;
    const uint64_t end = (now / kTicksPerMs + static_cast<uint32_t>(remaining_ms)) * kTicksPerMs;
    device_register(kTimeCompare) = UINT32_MAX;  // so that no half-written time is reached
    device_register(kTimeCompare + 4) = static_cast<uint32_t>(end >> 32);
    device_register(kTimeCompare) = static_cast<uint32_t>(end);
    asm volatile("wfi" ::: "memory");
  }
}

}  // namespace inkling::machine
