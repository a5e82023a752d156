// The plain case: a command. wasi-libc lets `_start` run once per instance, so a second run on the same instance traps.
#include <stdio.h>

extern char **environ;

int main(int argc, char **argv) {
  printf("Hello from %s\n", argc > 0 ? argv[0] : "a component");

  for (int i = 1; i < argc; i++) printf("  argument %d: %s\n", i, argv[i]);
  for (char **entry = environ; *entry; entry++) printf("  environment: %s\n", *entry);

  return 0;
}
