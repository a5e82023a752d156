// A library with an interface of its own and no `run`: its functions are called one by one, on an instance that keeps its state.
// Strings cross by the canonical ABI: a pointer and a length in this module's memory, a result through memory that we own.
#include <stdbool.h>
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

// What is empty may have any address.
static void release(void *argument, size_t size) {
  if (size > 0) free(argument);
}

// greet: func(name: string) -> string
__attribute__((export_name("samples:workshop/greetings#greet")))
struct string *greet(char *name, size_t size) {
  static struct string greeting;
  greeting.size = asprintf(&greeting.bytes, "Hello, %.*s!", (int)size, name);
  release(name, size);
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

struct guest {
  struct string name;
  bool plus_one;
};

enum style { formal, friendly };

// invite: func(to: party) -> string; the fields of the record come one by one, the option as a case and a value
__attribute__((export_name("samples:workshop/greetings#invite")))
struct string *invite(char *host, size_t host_size, char *place, size_t place_size, struct guest *guests,
                      size_t count, bool has_style, enum style style) {
  static struct string invitation;
  const char *dear = has_style && style == formal ? "Dear" : "Hi";
  FILE *out = open_memstream(&invitation.bytes, &invitation.size);
  for (size_t i = 0; i < count; i++) {
    fprintf(out, "%s %.*s%s, ", dear, (int)guests[i].name.size, guests[i].name.bytes,
            guests[i].plus_one ? " and company" : "");
    release(guests[i].name.bytes, guests[i].name.size);
  }
  fprintf(out, "come to %.*s! %.*s", (int)place_size, place, (int)host_size, host);
  fclose(out);
  release(guests, count);
  release(place, place_size);
  release(host, host_size);
  return &invitation;
}

__attribute__((export_name("cabi_post_samples:workshop/greetings#invite")))
void invite_done(struct string *invitation) {
  free(invitation->bytes);
}
