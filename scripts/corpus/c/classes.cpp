#include <cstdio>

struct Greeter {
  Greeter() { std::puts("made"); }
  ~Greeter() { std::puts("gone"); }
};

static Greeter greeter;

int main() { return 0; }
