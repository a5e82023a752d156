// A library that exports `run` itself. It has no `main` and no start code, so run may be called again,
// and what it keeps in memory lives as long as the instance.
#include <stdio.h>

static int count = 0;

__attribute__((export_name("wasi:cli/run@0.2.0#run")))
int run(void) {
  count++;
  printf("Run %d on this instance\n", count);
  fflush(stdout);  // nobody flushes for a library when its function returns
  return 0;        // ok
}
