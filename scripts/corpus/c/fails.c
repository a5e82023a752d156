#include <stdio.h>

int main(void) {
  puts("this fails");
  return 3;
}
