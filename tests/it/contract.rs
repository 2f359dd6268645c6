//! The window's contract is the one that the Rust code makes.

#[test]
fn the_typescript_contract_is_current() {
    let file = crate::root().join("ui/src/host/contract.ts");
    let committed = std::fs::read_to_string(file).expect("the contract is committed");
    assert!(
        committed == session::contract::typescript(),
        "the contract changed: cargo run -p portolan-tests --bin make-contract"
    );
}
