//! Says what a sample holds, twice: for people as Markdown, for tests as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Sample, out};

/// The account for tests: every entry with its records, the totals, the needles.
pub fn expected(sample: &Sample) -> Vec<u8> {
    let entries: Vec<Value> = sample
        .entries
        .iter()
        .map(|e| {
            let kinds = if e.records > 0 { json!({ e.kind: e.records }) } else { json!({}) };
            json!({"path": e.path, "format": e.format, "status": "read", "records": e.records, "kinds": kinds})
        })
        .collect();
    let needles: Vec<Value> = sample
        .needles
        .iter()
        .map(|n| match &n.at {
            Some(at) => json!({"query": n.query, "entry": n.entry, "at": at}),
            None => json!({"query": n.query, "entry": n.entry}),
        })
        .collect();
    out::json(&json!({"entries": entries, "kinds": sample.kinds(), "needles": needles}))
}

/// The account for people.
pub fn markdown(sample: &Sample) -> Vec<u8> {
    let mut text = match sample.name {
        "sellsy" => include_str!("texts/sellsy.md").to_owned(),
        _ => include_str!("texts/shop.md").to_owned(),
    };
    write_account(&mut text, sample).expect("a string takes all text");
    text.into_bytes()
}

fn write_account(text: &mut String, sample: &Sample) -> std::fmt::Result {
    let kinds = sample.kinds();
    let total: usize = kinds.values().sum();
    writeln!(text, "\n## Totals\n\n| kind | records |\n|---|---:|")?;
    for kind in ["account", "billing", "ticket", "consent"] {
        writeln!(text, "| **{kind}** | **{}** |", kinds.get(kind).unwrap_or(&0))?;
    }
    for (kind, n) in kinds.iter().filter(|(k, _)| !["account", "billing", "ticket", "consent"].contains(k)) {
        writeln!(text, "| {kind} | {n} |")?;
    }
    writeln!(text, "| all | {total} |")?;
    writeln!(text, "\n{} entries, all of them read.", sample.entries.len())?;

    writeln!(
        text,
        "\n## Entries\n\n| entry | format | records | kind | what it is |\n|---|---|---:|---|---|"
    )?;
    for e in &sample.entries {
        let kind = if e.kind.is_empty() { "–" } else { e.kind };
        writeln!(text, "| `{}` | {} | {} | {kind} | {} |", e.path, e.format, e.records, e.about)?;
    }

    if !sample.stories.is_empty() {
        writeln!(text, "\n## What it tells\n")?;
    }
    for (n, story) in sample.stories.iter().enumerate() {
        let places: Vec<String> = story.places.iter().map(|p| format!("`{p}`")).collect();
        writeln!(text, "{}. {} {}", n + 1, story.told, places.join(", "))?;
    }

    writeln!(text, "\n## Needles\n\nEach query must find at least the entry beside it.\n")?;
    writeln!(text, "| query | entry | place | coding |\n|---|---|---|---|")?;
    for n in &sample.needles {
        let at = n.at.as_ref().map_or_else(|| "–".to_owned(), |at| format!("`{at}`"));
        writeln!(text, "| `{}` | `{}` | {at} | {} |", n.query, n.entry, n.coding)?;
    }
    Ok(())
}
