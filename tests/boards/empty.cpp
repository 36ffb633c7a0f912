// Nothing: what a program costs before it does anything.
int main() {
  return 0;
}
