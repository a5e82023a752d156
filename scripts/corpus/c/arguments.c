#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  const char *home = getenv("HOME");
  for (int i = 0; i < argc; i++) printf("%d: %s\n", i, argv[i]);
  printf("home: %s\n", home ? home : "none");
  char *copy = malloc(strlen(home ? home : "") + 64);
  snprintf(copy, 64, "%s and %d arguments", home ? home : "none", argc);
  puts(copy);
  free(copy);
  return 0;
}
