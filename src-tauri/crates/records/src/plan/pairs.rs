//! Lists of names and values: a thing written down line by line, whose names stand in one column.

use files::{FieldId, Layout, Row};

use crate::vocabulary::VOCABULARY;
use crate::words::words;

/// So many names are looked at.
const NAMES_MAX: usize = 100;

/// What the column of the names is called, and that of the values, folded.
const NAMES: &[&str] = &[
    "name",
    "key",
    "field",
    "label",
    "attribute",
    "property",
    "setting",
    "item",
    "data point",
    "information",
    "champ",
    "cle",
    "libelle",
    "attribut",
    "propriete",
    "parametre",
    "rubrique",
    "donnee",
    "intitule",
    "feld",
    "bezeichnung",
    "eigenschaft",
    "merkmal",
    "schlussel",
    "datenfeld",
    "campo",
    "clave",
    "dato",
    "propiedad",
    "voce",
    "chiave",
    "naam",
    "veld",
    "kenmerk",
    "column 1",
];
const VALUES: &[&str] = &[
    "value",
    "values",
    "valeur",
    "contenu",
    "wert",
    "inhalt",
    "angabe",
    "valor",
    "contenido",
    "valore",
    "contenuto",
    "waarde",
    "inhoud",
    "content",
    "column 2",
];

/// The names that stand as values in a list, and whether each row holds all of them. None for other lists.
pub(super) fn names(layout: &Layout, met: &[bool], rows: &[&Row]) -> Option<(Vec<String>, bool)> {
    let called = |known: &[&str]| {
        let fits =
            |path: &[String]| path.last().is_some_and(|l| known.contains(&words(l).join(" ").as_str()));
        layout.names.iter().find(|(id, path)| met[id.0 as usize] && fits(path))
    };
    let (name, path) = called(NAMES)?;
    let (_, other) = called(VALUES)?;
    // A table of three columns may have a section or a note, too; more columns are a table of its own.
    let few = met.iter().filter(|m| **m).count() <= 4;
    if !few || path.len() != other.len() || path[..path.len() - 1] != other[..other.len() - 1] {
        return None;
    }
    let texts: Vec<String> = texts(rows, name);
    let known = texts.iter().filter(|t| !VOCABULARY.roles(&words(t)).is_empty()).count();
    (known >= 2 && known * 3 >= texts.len()).then(|| (texts, path.iter().any(|step| step == "*")))
}

fn texts(rows: &[&Row], field: FieldId) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for value in rows.iter().flat_map(|r| r.values()).filter(|v| v.field == field) {
        let text = value.text.trim();
        if out.len() < NAMES_MAX && (1..60).contains(&text.len()) && !out.iter().any(|t| t == text) {
            out.push(text.to_owned());
        }
    }
    out
}
