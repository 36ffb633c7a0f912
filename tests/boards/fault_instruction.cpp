// Executes what is no instruction.
int main() {
#if defined(__riscv)
  asm volatile(".word 0");
#else
  asm volatile("udf #0");
#endif
  return 0;
}
