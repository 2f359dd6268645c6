//! The TypeScript contract of the window, made from the wire shapes.

use ts_rs::{Config, TS};

use crate::wire::*;

/// The text of `ui/src/host/contract.ts`.
pub fn typescript() -> String {
    let config = Config::default();
    let mut out = String::from(
        "// Made from the wire shapes in Rust by `cargo run -p portolan-tests --bin make-contract`; a test proves it current.\n\n",
    );
    macro_rules! declare {
        ($($shape:ty),* $(,)?) => {$(
            out.push_str("export ");
            out.push_str(&<$shape as TS>::decl(&config));
            out.push_str("\n\n");
        )*};
    }
    declare!(
        Note,
        Trouble,
        Start,
        Event,
        Progress,
        Head,
        Named,
        ServiceLine,
        EntryLine,
        Page<EntryLine>,
        RecordRow,
        Amount,
        ListQuery,
        SearchQuery,
        Found,
        QueryTrouble,
        HitLine,
        Facets,
        Facet,
        Source,
        Overview,
        MoneyYear,
        ConsentCounts,
        Month,
        Finding,
        LedgerLine,
        LedgerQuery,
        Ledger,
        ThreadLine,
        Thread,
        ThreadMessage,
        ConsentLine,
        ConsentHistory,
        AccountCard,
        Accounts,
        Identifier,
        Conflict,
        FieldPlace,
        FieldRow,
        RecordCard,
        LetterBlock,
        LetterPreview,
        DraftItem,
        Saved,
        CaseState,
        Draft,
        Right,
        Language,
        Ground,
        Place,
        Item,
        Recipient,
        Requester,
    );
    out
}
