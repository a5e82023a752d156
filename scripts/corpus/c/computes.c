#include <math.h>
#include <stdio.h>
#include <string.h>

static double table[256];

int main(void) {
  double sum = 0;
  for (int i = 0; i < 256; i++) sum += table[i] = sin(i) * sqrt(i);
  char text[64];
  memset(text, 'x', sizeof text - 1);
  text[63] = 0;
  printf("%f %s\n", sum, text);
  return 0;
}
