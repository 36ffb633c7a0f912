// Nothing: what the board's start-up code weighs by itself.
int main() {
  return 0;
}
