// Never ends by itself. Stop it from the Instances view, or with Ctrl+C in its terminal.
#include <stdio.h>

int main(void) {
  puts("Spinning");
  fflush(stdout);

  volatile unsigned turns = 0;
  for (;;) turns++;
}
