// Ends with a status that is not zero. WASI 0.2 can only tell "ok" from "failed", so 3 arrives as 1.
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  fputs("This did not go well, leaving with exit(3)\n", stderr);
  exit(3);
}
