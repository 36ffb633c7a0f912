// Guard: while one lives, the program reads its code, changes its RAM, reads one block and changes another;
// anything else is a fault that names the place. Made of the memory protection unit of v7-M; on other
// machines there is none. Leaves out reads through null pointers, which find the program's vectors, and runs
// under -icount, where QEMU 7.2 finds no instructions behind it.
#pragma once
#include "boards/virtual/line.h"
#include "boards/virtual/machine.h"
#include "inkling/core/span.h"

namespace inkling {

#if defined(__ARM_ARCH_7M__) || defined(__ARM_ARCH_7EM__)

constexpr bool kHasGuard = true;

class Guard {
 public:
  /// Both blocks end where a large power of two begins, so that the first byte behind them is a fault; so is
  /// what lies far in front of them. Bytes just in front of `changed` are painted, and looked at in the end.
  /// `on`: false for a guard that does nothing.
  Guard(Bytes read, Bytes changed, bool on) {
    if (!on) return;
    paint_end_ = const_cast<uint8_t*>(changed.data);
    region(1, 0, 22, kReadOnly);
    region(2, 0x20000000, 22, kReadWrite | kNoExecution);
    block(3, read, kReadOnly | kNoExecution);
    paint_ = block(4, changed, kReadWrite | kNoExecution);
    for (volatile uint8_t* p = paint_; p < paint_end_; ++p) *p = kPaint;
    control(1);
  }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;
  ~Guard() {
    if (!paint_end_) return;
    control(1u << 2 | 1);  // elsewhere as without MPU
    for (uint32_t i = 1; i <= 4; ++i) region(i, 0, 5, kOff);
    for (const volatile uint8_t* p = paint_; p < paint_end_; ++p)
      if (*p != kPaint) {
        Line("stray write: address=").hex(static_cast<uint32_t>(reinterpret_cast<uintptr_t>(p))).print();
        semihosting::exit(machine::kFaultStatus);
      }
  }

 private:
  static constexpr uint32_t kReadOnly = 5u << 24, kReadWrite = 1u << 24, kNoExecution = 1u << 28, kOff = ~0u;
  static constexpr uint32_t kNormalMemory = 1u << 17;
  static constexpr uint8_t kPaint = 0xA5;

  static volatile uint32_t& word(uintptr_t address) { return *reinterpret_cast<volatile uint32_t*>(address); }
  static void control(uint32_t value) {
    asm volatile("dmb" ::: "memory");
    word(0xE000ED94) = value;
    asm volatile("dsb\n isb" ::: "memory");
  }
  /// 2^bits bytes at a multiple of that.
  static void region(uint32_t number, uint32_t address, uint32_t bits, uint32_t attributes) {
    word(0xE000ED9C) = address | 1u << 4 | number;
    word(0xE000EDA0) = attributes == kOff ? 0 : attributes | kNormalMemory | (bits - 1) << 1 | 1;
  }
  /// The smallest region that ends with the block, without those of its eighths that lie in front of it.
  /// Returns where the others start.
  static uint8_t* block(uint32_t number, Bytes bytes, uint32_t attributes) {
    uint32_t bits = 8;
    while (1u << bits < static_cast<uint32_t>(bytes.size)) ++bits;
    const auto end = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(bytes.end() + 3)) & ~3u;
    const uint32_t start = end - (1u << bits), eighth = 1u << (bits - 3);
    const uint32_t n_unused =
        (static_cast<uint32_t>(reinterpret_cast<uintptr_t>(bytes.data)) - start) / eighth;
    region(number, start, bits, attributes | ((1u << n_unused) - 1) << 8);
    return reinterpret_cast<uint8_t*>(static_cast<uintptr_t>(start + n_unused * eighth));
  }

  uint8_t* paint_ = nullptr;
  uint8_t* paint_end_ = nullptr;
};

#else

constexpr bool kHasGuard = false;

struct Guard {
  Guard(Bytes, Bytes, bool) {}
  ~Guard() {}
};

#endif

}  // namespace inkling
