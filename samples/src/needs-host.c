// Imports a function that is not WASI. No host here has it, so an instance cannot be made: the message names what is missing.
#include <stdio.h>

__attribute__((import_module("samples:workshop/thermometer"), import_name("read-celsius")))
int read_celsius(void);

int main(void) {
  printf("It is %d degrees\n", read_celsius());
  return 0;
}
