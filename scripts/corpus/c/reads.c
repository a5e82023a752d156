#include <stdio.h>

int main(void) {
  char line[80];
  int lines = 0;
  while (fgets(line, sizeof line, stdin)) lines++;
  printf("%d lines\n", lines);
  return 0;
}
