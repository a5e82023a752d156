#include <stdio.h>
#include <stdlib.h>

static int made;

__attribute__((constructor)) static void make(void) { made = 7; }
__attribute__((destructor)) static void unmake(void) { made = 0; }
static void goodbye(void) { puts("goodbye"); }

int main(void) {
  atexit(goodbye);
  printf("made %d\n", made);
  return 0;
}
