use std::collections::HashMap;

fn main() {
    let mut words = HashMap::new();
    for word in "one two one".split(' ') {
        *words.entry(word).or_insert(0) += 1;
    }
    println!("{:?}", words.get("one"));
}
