// Semihosting: how a program on a virtual board reaches the computer that runs it, for text, files and its
// exit. The operations are those of Arm's "Semihosting for AArch32 and AArch64"; RISC-V uses the same ones
// behind another trap. Paths are relative to the directory in which QEMU runs.
#pragma once
#include <stdint.h>

namespace inkling::semihosting {

/// One request to the host: `operation` is a SYS_ number, `argument` its argument or a block of arguments.
[[gnu::noinline]] inline int32_t call(int32_t operation, const void* argument) {
#if defined(__riscv)
  register int32_t result asm("a0") = operation;
  register const void* block asm("a1") = argument;
  // The three instructions must be uncompressed and lie in one page.
  asm volatile(
      ".option push\n.option norvc\n.balign 16\n"
      "slli zero, zero, 0x1f\n ebreak\n srai zero, zero, 7\n.option pop"
      : "+r"(result)
      : "r"(block)
      : "memory");
#else
  register int32_t result asm("r0") = operation;
  register const void* block asm("r1") = argument;
  asm volatile("bkpt 0xab" : "+r"(result) : "r"(block) : "memory");
#endif
  return result;
}

/// Writes a zero-terminated text to QEMU's console (SYS_WRITE0).
inline void write(const char* text) {
  call(0x04, text);
}

/// How a file is opened: SYS_OPEN's modes "rb" and "wb".
enum class Access : uintptr_t { read = 1, write = 5 };

/// Opens a file (SYS_OPEN); returns its handle, or -1 if there is none.
inline int32_t open(const char* path, Access access = Access::read) {
  uintptr_t length = 0;
  while (path[length] != '\0') ++length;
  const uintptr_t block[] = {reinterpret_cast<uintptr_t>(path), static_cast<uintptr_t>(access), length};
  return call(0x01, block);
}

/// Writes `n_bytes` to a file (SYS_WRITE).
inline void write(int32_t file, const void* from, int32_t n_bytes) {
  const uintptr_t block[] = {static_cast<uintptr_t>(file), reinterpret_cast<uintptr_t>(from),
                             static_cast<uintptr_t>(n_bytes)};
  if (n_bytes > 0) call(0x05, block);
}

/// Reads up to `n_bytes` (SYS_READ); returns how many came, less than `n_bytes` only at the end of the file.
inline int32_t read(int32_t file, void* to, int32_t n_bytes) {
  const uintptr_t block[] = {static_cast<uintptr_t>(file), reinterpret_cast<uintptr_t>(to),
                             static_cast<uintptr_t>(n_bytes)};
  return n_bytes - call(0x06, block);
}

/// Sets the place of the next read, in bytes from the start (SYS_SEEK).
inline void seek(int32_t file, uint32_t n_bytes) {
  const uintptr_t block[] = {static_cast<uintptr_t>(file), n_bytes};
  call(0x0A, block);
}

/// The length of an open file in bytes (SYS_FLEN).
inline int32_t length(int32_t file) {
  const uintptr_t block[] = {static_cast<uintptr_t>(file)};
  return call(0x0C, block);
}

/// Ends QEMU with an exit status (SYS_EXIT_EXTENDED, ADP_Stopped_ApplicationExit).
[[noreturn]] inline void exit(int32_t status) {
  const uintptr_t block[] = {0x20026, static_cast<uintptr_t>(status)};
  call(0x20, block);
  for (;;) {
  }
}

}  // namespace inkling::semihosting
