// A command as wasm32-wasip2's start code makes it since 2026: run is exported by the main module itself, with the guard of
// crt1-command in it, and no adapter and no _start.
#include <stdlib.h>

extern int main(void);
extern void __wasm_call_ctors(void);

__attribute__((export_name("wasi:cli/run@0.2.0#run"))) int _run(void) {
  static volatile int started = 0;
  if (started != 0) __builtin_trap();
  started = 1;
  __wasm_call_ctors();
  return main() != 0;
}

static int value;
__attribute__((constructor)) static void make(void) { value = 3; }
int main(void) { return value - 3; }
