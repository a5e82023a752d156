#include <stdatomic.h>
#include <stdio.h>

static atomic_int started;

int main(void) {
  printf("started %d\n", atomic_fetch_add(&started, 1));
  return 0;
}
