// Traps on the very first run: only a fixed program helps, not a fresh instance. Built with -g, so the trap has a line.
#include <stdio.h>

static void explode(int fuse) {
  if (fuse == 0) __builtin_trap();
  explode(fuse - 1);
}

int main(void) {
  puts("Three, two, one");
  fflush(stdout);
  explode(3);
  return 0;
}
