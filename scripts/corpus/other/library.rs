// Libraries that export run: --cfg chooses what a repeated call does.
use std::sync::Mutex;
#[cfg(once)]
use std::sync::OnceLock;

static COUNT: Mutex<u32> = Mutex::new(0);
#[cfg(once)]
static LOGGER: OnceLock<u32> = OnceLock::new();
#[cfg(leaks)]
static HELD: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());

#[unsafe(export_name = "wasi:cli/run@0.2.0#run")]
pub extern "C" fn run() -> i32 {
    let mut count = COUNT.lock().unwrap();
    *count += 1;
    #[cfg(once)]
    LOGGER.set(1).expect("the logger is set once");
    #[cfg(leaks)]
    HELD.lock().unwrap().push(vec![1; 1 << 16]);
    #[cfg(third)]
    assert!(*count < 3);
    println!("run {count}");
    #[cfg(holds)]
    std::mem::forget(count);
    #[cfg(fails)]
    return 1;
    #[cfg(not(fails))]
    0
}
