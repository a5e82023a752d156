// Reads its standard input. Type a line and press Enter; Ctrl+D ends the input.
#include <stdio.h>
#include <string.h>

int main(void) {
  char line[256];
  int lines = 0;

  printf("Say something: ");
  fflush(stdout);  // a prompt has no line end, so nothing else would send it

  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = '\0';
    printf("You said \"%s\"\n", line);
    fflush(stdout);
    lines++;
  }

  fprintf(stderr, "End of input after %d line%s\n", lines, lines == 1 ? "" : "s");
  return 0;
}
