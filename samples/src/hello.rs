// The same as hello.c, in Rust, to read: the samples are built by npm packages alone, which hold no Rust compiler.
// With one installed, `rustc --target wasm32-wasip2 src/hello.rs -o hello-rs.wasm` makes a component of it.
// Its `main`, too, may run once per instance.

fn main() {
    let mut args = std::env::args();
    println!("Hello from {}", args.next().unwrap_or("a component".into()));

    for (i, arg) in args.enumerate() {
        println!("  argument {}: {arg}", i + 1);
    }
    for (name, value) in std::env::vars() {
        println!("  environment: {name}={value}");
    }
}
