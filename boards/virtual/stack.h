// How deep the stack has been: paint what is free, run, count what kept its colour. Leaves out interrupts: on
// the virtual boards the only one, the clock's, runs on the same stack and is counted with it.
#pragma once
#include <stdint.h>

/// The ends of the stack, from the linker script; it grows from _estack down to _sstack.
extern "C" uint32_t _sstack[], _estack[];

namespace inkling {

constexpr uint32_t kStackPaint = 0xC5C5C5C5;

/// Paints the free part of the stack.
[[gnu::noinline]] inline void paint_stack() {
  const volatile uint32_t* const here = static_cast<uint32_t*>(__builtin_frame_address(0)) - 16;
  for (volatile uint32_t* word = _sstack; word < here; ++word) *word = kStackPaint;
}

/// Bytes of stack used since paint_stack(), counted from the top of the stack.
inline uint32_t stack_used_bytes() {
  const volatile uint32_t* word = _sstack;
  while (word < _estack && *word == kStackPaint) ++word;
  return static_cast<uint32_t>(_estack - word) * 4;
}

}  // namespace inkling
