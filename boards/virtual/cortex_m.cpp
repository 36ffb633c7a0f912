// A Cortex-M, from v6-M to v8.1-M: vectors, first instructions, SysTick as the clock, and a fault handler
// that says what happened and ends the program. Leaves out peripherals and every other interrupt. v8-M runs
// in secure state.
#include "boards/virtual/line.h"
#include "boards/virtual/machine.h"
#include "boards/virtual/stack.h"

#if defined(INKLING_BOARD_HAS_MVE) && !defined(__ARM_FEATURE_MVE)
#error "this board promises MVE, but the compiler has it off: -mcpu=cortex-m55 needs -mfloat-abi=hard"
#endif

namespace {

constexpr uint32_t kTicksPerMs = INKLING_TIMER_HZ / 1000;
constexpr int32_t kLongestMs = 500;
constexpr uint32_t kLongestTicks = kLongestMs * kTicksPerMs;
static_assert(kLongestTicks < 1u << 24);

volatile uint32_t& control_register(uintptr_t address) {
  return *reinterpret_cast<volatile uint32_t*>(address);
}

constexpr uintptr_t kSysTickControl = 0xE000E010, kSysTickReload = 0xE000E014, kSysTickValue = 0xE000E018;
constexpr uintptr_t kInterruptControl = 0xE000ED04, kConfiguration = 0xE000ED14, kFaultEnable = 0xE000ED24,
                    kFaultStatus = 0xE000ED28, kMemoryFaultAddress = 0xE000ED34,
                    kBusFaultAddress = 0xE000ED38, kCoprocessorAccess = 0xE000ED88;
[[maybe_unused]] constexpr uintptr_t kMpuControl = 0xE000ED94, kMpuBase = 0xE000ED9C,
                                     kMpuAttributes = 0xE000EDA0;

/// A point in time: ticks of less than a millisecond beside the milliseconds, so that 32 bits are enough.
struct Time {
  uint32_t ms;
  uint32_t ticks;

  Time after(uint32_t n_ticks) const {
    return {ms + (ticks + n_ticks) / kTicksPerMs, (ticks + n_ticks) % kTicksPerMs};
  }
};

// SysTick counts 24 bits down, so time is told in periods. Each end of one is an interrupt; while nobody
// waits the periods are as long as they can be.
Time period_start;
uint32_t period_ticks;  // 0: not started

void start_period(Time now, uint32_t n_ticks) {
  period_start = now;
  period_ticks = n_ticks < 2 ? 2 : n_ticks;  // SysTick ignores a reload value of 0
  control_register(kSysTickReload) = period_ticks - 1;
  control_register(kSysTickValue) = 0;
  control_register(kInterruptControl) = 1u << 25;  // an end that was pending is in `now` already
  control_register(kSysTickControl) = 7;           // the processor's clock, with interrupt
}

/// The time, with interrupts masked; starts the clock if need be.
Time now() {
  if (period_ticks == 0) start_period({0, 0}, kLongestTicks);
  const auto ended = [] { return (control_register(kInterruptControl) & 1u << 26) != 0; };
  bool has_ended;
  uint32_t left;
  do {  // until both readings are of the same period; 0 is the moment between two
    has_ended = ended();
    left = control_register(kSysTickValue);
  } while (has_ended != ended() || (left == 0 && !has_ended));
  return period_start.after((left == 0 ? 0 : period_ticks - left) + (has_ended ? period_ticks : 0));
}

const char* fault_name(uint32_t exception) {
  static constexpr const char* kNames[] = {"NMI",      "HardFault",  "MemManage",
                                           "BusFault", "UsageFault", "SecureFault"};
  return exception >= 2 && exception <= 7 ? kNames[exception - 2] : "unexpected exception";
}

}  // namespace

extern "C" {

[[noreturn, gnu::used, gnu::weak]] void report_fault(const uint32_t* frame) {
  using inkling::Line;
  uint32_t exception;
  asm("mrs %0, ipsr" : "=r"(exception));
  Line line("fault: ");
  line.text(fault_name(exception));
  // The processor stored r0-r3, r12, lr, pc, xpsr; not so if it was the stack that had no room.
  if (frame >= _sstack && frame + 8 <= _estack) {
    line.text(" pc=").hex(frame[6]).text(" lr=").hex(frame[5]);
  } else {
    line.text(" stack overflow, sp=").hex(static_cast<uint32_t>(reinterpret_cast<uintptr_t>(frame)));
  }
#if !defined(__ARM_ARCH_6M__)
  const uint32_t status = control_register(kFaultStatus);
  line.text(" cfsr=").hex(status);
  if (status & 1u << 7) line.text(" address=").hex(control_register(kMemoryFaultAddress));
  if (status & 1u << 15) line.text(" address=").hex(control_register(kBusFaultAddress));
#endif
  line.print();
  inkling::semihosting::exit(inkling::machine::kFaultStatus);
}

[[gnu::naked, gnu::used]] void fault_handler() {
  // After an overflow the stack is unusable: start again from its top.
  asm volatile(
      "mrs r0, msp\n ldr r1, =_sstack + 256\n cmp r0, r1\n bhs 1f\n"
      "ldr r1, =_estack\n mov sp, r1\n"
      "1: bl report_fault\n");
}

void systick_handler() {
  period_start = period_start.after(period_ticks);
}

[[noreturn, gnu::used]] void reset_handler() {
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
  control_register(kCoprocessorAccess) |= 0xFu << 20;
  asm volatile("dsb\n isb" ::: "memory");
#endif
#if defined(__ARM_FEATURE_MVE)
  control_register(kConfiguration) |= 1u << 19;  // LOB: low-overhead loops
#endif
#if !defined(__ARM_ARCH_6M__)
  control_register(kFaultEnable) |= 0xFu << 16;  // memory, bus, usage and secure faults by their own names
#endif
#if defined(__ARM_ARCH_7M__) || defined(__ARM_ARCH_7EM__)
  // QEMU's MPS2 boards ignore accesses below the RAM. The MPU forbids the MiB there, where a stack overflow
  // arrives.
  const uint32_t below_stack = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(_sstack)) - (1u << 20);
  control_register(kMpuBase) = below_stack | 1u << 4;          // and select region 0
  control_register(kMpuAttributes) = 1u << 28 | 19u << 1 | 1;  // no execution, no access, 2^(19+1) bytes, on
  control_register(kMpuControl) = 1u << 2 | 1;                 // elsewhere as without MPU
  asm volatile("dsb\n isb" ::: "memory");
#endif
  start();
}

using Handler = void (*)();
[[gnu::section(".vectors"), gnu::used]] extern const Handler vectors[16] = {
    reinterpret_cast<Handler>(_estack),
    reset_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    fault_handler,
    systick_handler};

}  // extern "C"

namespace inkling::machine {

uint32_t now_ms() {
  asm volatile("cpsid i" ::: "memory");
  const uint32_t ms = now().ms;
  asm volatile("cpsie i" ::: "memory");
  return ms;
}

void wait_until(uint32_t time_ms) {
  for (;;) {
    // Masked, an interrupt still ends a WFI, and cannot come between the question and the WFI.
    asm volatile("cpsid i" ::: "memory");
    const Time time = now();
    const int32_t remaining_ms = static_cast<int32_t>(time_ms - time.ms);
    if (remaining_ms <= 0) break;
    const auto period_ms = static_cast<uint32_t>(remaining_ms < kLongestMs ? remaining_ms : kLongestMs);
    start_period(time, period_ms * kTicksPerMs - time.ticks);
    asm volatile("wfi\n cpsie i\n isb" ::: "memory");
  }
  if (period_ticks != kLongestTicks) start_period(now(), kLongestTicks);
  asm volatile("cpsie i" ::: "memory");
}

}  // namespace inkling::machine
