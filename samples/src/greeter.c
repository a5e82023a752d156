// A library with an interface of its own and no `run`: its functions are called one by one, on an instance that keeps its state.
// Strings cross by the canonical ABI: a pointer and a length in this module's memory, a result through memory that we own.
#include <stdio.h>
#include <stdlib.h>

struct string {
  char *bytes;
  size_t size;
};

static unsigned greeted = 0;

// The host asks for memory here to put arguments into.
__attribute__((export_name("cabi_realloc")))
void *cabi_realloc(void *old, size_t old_size, size_t align, size_t size) {
  return realloc(old, size);
}

// greet: func(name: string) -> string
__attribute__((export_name("samples:workshop/greetings#greet")))
struct string *greet(char *name, size_t size) {
  static struct string greeting;
  greeting.size = asprintf(&greeting.bytes, "Hello, %.*s!", (int)size, name);
  free(name);
  greeted++;
  return &greeting;
}

// The host has read the result.
__attribute__((export_name("cabi_post_samples:workshop/greetings#greet")))
void greet_done(struct string *greeting) {
  free(greeting->bytes);
}

// greeted: func() -> u32
__attribute__((export_name("samples:workshop/greetings#greeted")))
unsigned how_many(void) {
  return greeted;
}

// add: func(a: s32, b: s32) -> s32
__attribute__((export_name("samples:workshop/greetings#add")))
int add(int a, int b) {
  return a + b;
}
