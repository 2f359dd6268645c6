//! Everything that reads bytes from outside, as functions of bytes: each asserts what must hold, whatever they are.
//!
//! A fuzzer calls them (`fuzz/`, `scripts/fuzz`), and so do tests, with the same seeds and changes made from numbers:
//! those run everywhere, and take seconds.

mod archives;
pub mod file;
mod image;
mod locks;
pub mod mutate;
mod package;
#[cfg(feature = "all")]
mod query;
#[cfg(feature = "all")]
mod request;
mod samples;
pub mod seeds;
mod services;
mod values;
mod wire;

/// Something that reads bytes from outside.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: that of a file in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Reads the bytes, and panics if something does not hold.
    pub run: fn(&[u8]),
}

/// All of them: one for each parser, one for the containers, one for what comes back from a worker.
pub const TARGETS: &[Target] = &[
    Target { name: "archive", run: archives::any },
    Target { name: "bai", run: |data| file::any("a.bai", data) },
    Target { name: "charset", run: |data| file::any("a.txt", data) },
    Target { name: "chat", run: |data| file::any("WhatsApp Chat with Ada.txt", data) },
    Target { name: "doc", run: |data| file::any("a.doc", data) },
    Target { name: "docx", run: |data| package::any("a.docx", data) },
    Target { name: "eml", run: |data| file::any("a.eml", data) },
    Target { name: "enex", run: |data| file::any("a.enex", data) },
    Target { name: "epub", run: |data| package::any("a.epub", data) },
    Target { name: "gettext", run: |data| file::any("a.po", data) },
    Target { name: "html", run: |data| file::any("a.html", data) },
    Target { name: "ical", run: |data| file::any("a.ics", data) },
    Target { name: "image", run: image::any },
    Target { name: "jcard", run: |data| file::any("a.jcf", data) },
    Target { name: "json", run: |data| file::any("a.json", data) },
    Target { name: "locks", run: locks::any },
    Target { name: "log", run: |data| file::any("a.log", data) },
    Target { name: "markdown", run: |data| file::any("a.md", data) },
    Target { name: "mbox", run: |data| file::any("a.mbox", data) },
    Target { name: "mht", run: |data| file::any("a.mht", data) },
    Target { name: "msg", run: |data| file::any("a.msg", data) },
    Target { name: "mt940", run: |data| file::any("a.sta", data) },
    Target { name: "ndjson", run: |data| file::any("a.ndjson", data) },
    Target { name: "ods", run: |data| package::any("a.ods", data) },
    Target { name: "odt", run: |data| package::any("a.odt", data) },
    Target { name: "ofx", run: |data| file::any("a.ofx", data) },
    Target { name: "opml", run: |data| file::any("a.opml", data) },
    Target { name: "pdf", run: |data| file::any("a.pdf", data) },
    Target { name: "plist", run: |data| file::any("a.plist", data) },
    Target { name: "pptx", run: |data| package::any("a.pptx", data) },
    Target { name: "qif", run: |data| file::any("a.qif", data) },
    #[cfg(feature = "all")]
    Target { name: "query", run: query::any },
    #[cfg(feature = "all")]
    Target { name: "request", run: request::any },
    Target { name: "rtf", run: |data| file::any("a.rtf", data) },
    Target { name: "services", run: services::any },
    Target { name: "settings", run: |data| file::any("a.toml", data) },
    Target { name: "sql", run: |data| file::any("a.sql", data) },
    Target { name: "sqlite", run: |data| file::any("a.db", data) },
    Target { name: "subtitles", run: |data| file::any("a.srt", data) },
    Target { name: "table", run: |data| file::any("a.csv", data) },
    Target { name: "values", run: values::any },
    Target { name: "vcard", run: |data| file::any("a.vcf", data) },
    Target { name: "wire", run: wire::any },
    Target { name: "xls", run: |data| file::any("a.xls", data) },
    Target { name: "xlsx", run: |data| package::any("a.xlsx", data) },
    Target { name: "xml", run: |data| file::any("a.xml", data) },
    Target { name: "yaml", run: |data| file::any("a.yaml", data) },
];

/// Runs the target of this name.
///
/// # Panics
///
/// If there is none, or if something does not hold.
pub fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.unwrap_or_else(|| panic!("no target is called {name}")).run)(data);
}
