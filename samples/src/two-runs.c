// Exports `run` in two versions, as some toolchains do while WASI moves from 0.2 to 0.3: the lower one is a stub that traps.
// A host should take the highest version that it can; the Instances view shows which one it took.
#include <stdio.h>

__attribute__((export_name("wasi:cli/run@0.2.0#run")))
int run_0_2(void) {
  __builtin_trap();
}

__attribute__((export_name("wasi:cli/run@0.3.0#run")))
int run_0_3(void) {
  puts("This is the run of WASI 0.3");
  fflush(stdout);
  return 0;  // ok
}
