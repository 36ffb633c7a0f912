// Markers: instructions without effect that open and close a region which the counting plug-in
// (tools/qemu_plugin) measures. Kinds are 0..7; regions of different kinds may overlap, those of one kind
// nest. kind must be a constant. Leaves out what a kind means: that is between the firmware and the desk,
// except kind 7, a second of sound (port.cpp).
#pragma once

#if defined(__riscv)
// SLTI with destination zero: a hint that the RISC-V specification leaves to custom use.
#define INKLING_MARK(number) asm volatile("slti zero, zero, %0" ::"i"(0x100 + (number)) : "memory")
#define INKLING_MARK_BEGIN(kind) INKLING_MARK(2 * (kind))
#define INKLING_MARK_END(kind) INKLING_MARK(2 * (kind) + 1)
#elif defined(__ARM_ARCH_6M__)
// ARMv6-M has no DBG. ANDS and ORRS of a register with itself change only flags, and compilers never emit
// them.
#define INKLING_MARK_BEGIN(kind) asm volatile(".inst.n 0x4000 + 9 * %c0" ::"i"(kind) : "memory", "cc")
#define INKLING_MARK_END(kind) asm volatile(".inst.n 0x4300 + 9 * %c0" ::"i"(kind) : "memory", "cc")
#else
// DBG #n: a hint that executes as NOP.
#define INKLING_MARK(number) asm volatile("dbg #%c0" ::"i"(number) : "memory")
#define INKLING_MARK_BEGIN(kind) INKLING_MARK(2 * (kind))
#define INKLING_MARK_END(kind) INKLING_MARK(2 * (kind) + 1)
#endif
