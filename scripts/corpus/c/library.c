// Libraries that export run themselves, one for each way in which a repeated call can go: -DCASE=... chooses.
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static int said(const char *text) {
  puts(text);
  fflush(stdout);
  return 0;
}

struct lock {
  int unused[3];
  volatile int held;
};

#define RERUNS 1
#define GUARD_TRAP 2
#define GUARD_ABORT 3
#define GUARD_ASSERT 4
#define GUARD_BIT 5
#define GUARD_AFTER_OUTPUT 6
#define LOCK 7
#define LOCK_STRUCT 8
#define THIRD 9
#define TOGGLE 10
#define LEAK 11
#define NOTHING_AGAIN 12
#define ERROR 13
#define EXIT 14
#define DOUBLE_FREE 15
#define POINTER 16
#define CALLEE 17

#if CASE == LOCK_STRUCT
__attribute__((noinline)) static void take(struct lock *lock) {
  if (lock->held) __builtin_trap();
  lock->held = 1;
}
__attribute__((noinline)) static void release(struct lock *lock) { lock->held = 0; }
#endif

#if CASE == CALLEE
static int inited;
__attribute__((noinline)) static void init(void) {
  if (inited++) abort();
  said("init");
}
#endif

__attribute__((export_name("wasi:cli/run@0.2.0#run"))) int run(void) {
#if CASE == RERUNS
  static int count;
  printf("%d\n", ++count);
  fflush(stdout);
  return 0;
#elif CASE == GUARD_TRAP
  static volatile int started;
  if (started) __builtin_trap();
  started = 1;
  return said("once");
#elif CASE == GUARD_ABORT
  static int started;
  if (started) abort();
  started = 1;
  return said("once");
#elif CASE == GUARD_ASSERT
  static int started;
  assert(!started);
  started = 1;
  return said("once");
#elif CASE == GUARD_BIT
  static unsigned char flags = 0x21;
  if (flags & 0x10) __builtin_trap();
  flags |= 0x10;
  return said("once");
#elif CASE == GUARD_AFTER_OUTPUT
  static int done;
  if (done) __builtin_trap();
  said("once");
  done = 1;
  return 0;
#elif CASE == LOCK
  static volatile int busy;
  if (busy) __builtin_trap();
  busy = 1;
  said("again");
  busy = 0;
  return 0;
#elif CASE == LOCK_STRUCT
  static struct lock lock;
  take(&lock);
  said("again");
  release(&lock);
  return 0;
#elif CASE == THIRD
  static int count;
  if (++count == 3) __builtin_trap();
  return said("twice");
#elif CASE == TOGGLE
  static int on;
  on = !on;
  if (!on) __builtin_trap();
  return said("every other time");
#elif CASE == LEAK
  char *leaked = malloc(200000);
  leaked[0] = 1;
  leaked[199999] = 2;
  return said(leaked[0] ? "leaks" : "");
#elif CASE == NOTHING_AGAIN
  static int done;
  if (done) return 0;
  done = 1;
  return said("only once");
#elif CASE == ERROR
  said("error");
  return 1;
#elif CASE == EXIT
  said("exit");
  exit(0);
#elif CASE == DOUBLE_FREE
  static char *kept;
  if (!kept) kept = malloc(10);
  free(kept);
  return said("freed");
#elif CASE == POINTER
  static int value;
  static int *pointer = &value;
  *pointer = 1;
  pointer = (int *)0xfffffff0;
  return said("once");
#elif CASE == CALLEE
  init();
  return 0;
#endif
}
