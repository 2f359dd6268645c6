//! Writes the TypeScript contract of the window: `cargo run -p portolan-tests --bin make-contract`.

fn main() -> std::io::Result<()> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/host/contract.ts");
    std::fs::write(file, session::contract::typescript())
}
