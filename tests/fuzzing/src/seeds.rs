//! What changes are made to: samples of this crate, the sample exports, and whatever the tests of `files` build.

use std::path::{Path, PathBuf};
use std::{fs, io};

use files::Format;

use crate::samples::SAMPLES;
use crate::{TARGETS, package, wire};

/// Larger files are no good beginnings: a change in them is found too seldom.
const BYTES: usize = 16 << 10;

/// Archives by other programs.
const PACKED: &str = "../../src-tauri/crates/archive/src/tests/samples";

/// Documents under a password, the same one for those that are used here.
const LOCKED: &str = "../../src-tauri/crates/files/tests/samples";

/// All beginnings for a target, small ones that are kept with the program.
///
/// # Errors
///
/// If the sample exports cannot be read.
pub fn of(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let own = SAMPLES.iter().filter(|(t, _)| *t == target).map(|(_, text)| text.as_bytes().to_vec());
    let mut seeds: Vec<Vec<u8>> = own.collect();
    if target == "wire" {
        seeds.extend(SAMPLES.iter().map(|(_, text)| wire::messages("a", text.as_bytes())));
    }
    if target == "archive" {
        let parts = |s: &&(&str, &str)| s.1.starts_with('\u{1e}');
        seeds.extend(SAMPLES.iter().filter(parts).map(|(_, text)| package::packed(text.as_bytes())));
    }
    let mut files = Vec::new();
    list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample-exports"), &mut files)?;
    list(&Path::new(env!("CARGO_MANIFEST_DIR")).join(PACKED), &mut files)?;
    // In the same order everywhere.
    files.sort_unstable();
    for path in files {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if of_extension(extension) == Some(target) {
            seeds.push(fs::read(path)?);
        }
    }
    if target == "locks" {
        let mut locked = Vec::new();
        list(&Path::new(env!("CARGO_MANIFEST_DIR")).join(LOCKED), &mut locked)?;
        locked.sort_unstable();
        // Where passwords are hashed again and again, each change would take a second.
        let quick =
            |path: &&PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("rc4"));
        for path in locked.iter().filter(quick) {
            seeds.push(fs::read(path)?);
        }
    }
    seeds.retain(|seed| seed.len() <= BYTES);
    Ok(seeds)
}

/// The samples of formats that are text.
pub fn texts() -> Vec<&'static str> {
    SAMPLES.iter().map(|(_, text)| *text).filter(|text| !text.contains('\u{1e}')).collect()
}

/// Writes the beginnings of every target into a folder of its own.
///
/// # Errors
///
/// If the folder cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    for target in TARGETS {
        for seed in of(target.name)? {
            put(folder, target.name, &seed)?;
        }
    }
    Ok(())
}

/// Keeps a sample that a test made in the folder that `FUZZ_SEEDS` names, if it does.
///
/// # Panics
///
/// If that folder cannot be written: whoever named it wants it.
pub fn keep(format: Format, bytes: &[u8]) {
    let Some(folder) = std::env::var_os("FUZZ_SEEDS") else { return };
    let folder = PathBuf::from(folder);
    let target = of_format(format);
    if bytes.len() <= BYTES && !bytes.is_empty() {
        put(&folder, target, bytes).expect("the folder for seeds can be written");
        put(&folder, "charset", bytes).expect("the folder for seeds can be written");
    }
    if bytes.starts_with(b"PK") {
        let parts = package::parts(bytes);
        put(&folder, target, &parts).expect("the folder for seeds can be written");
    }
}

fn put(folder: &Path, target: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = folder.join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("{:08x}-{}", crc32fast::hash(bytes), bytes.len())), bytes)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn of_extension(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "csv" | "tsv" => "table",
        "zip" | "tar" | "gz" | "7z" => "archive",
        "ics" => "ical",
        "md" => "markdown",
        "txt" => "charset",
        "png" | "jpg" | "gif" | "webp" | "svg" => "image",
        "vcf" => "vcard",
        "db" => "sqlite",
        "js" => "json",
        other => return TARGETS.iter().map(|t| t.name).find(|name| *name == other),
    })
}

/// The target that reads a format.
fn of_format(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Jcard => "jcard",
        Format::Ndjson => "ndjson",
        Format::Csv | Format::Tsv => "table",
        Format::Xml => "xml",
        Format::Html => "html",
        Format::Eml => "eml",
        Format::Mbox => "mbox",
        Format::Vcard => "vcard",
        Format::Icalendar => "ical",
        Format::Chat => "chat",
        Format::Qif => "qif",
        Format::Ofx => "ofx",
        Format::Mt940 => "mt940",
        Format::Bai => "bai",
        Format::Sql => "sql",
        Format::Subtitles => "subtitles",
        Format::Settings => "settings",
        Format::Gettext => "gettext",
        Format::Plist => "plist",
        Format::Yaml => "yaml",
        Format::Mht => "mht",
        Format::Enex => "enex",
        Format::Markdown => "markdown",
        Format::Opml => "opml",
        Format::Pdf => "pdf",
        Format::Png
        | Format::Jpeg
        | Format::Gif
        | Format::Webp
        | Format::Heic
        | Format::Avif
        | Format::Bmp
        | Format::Tiff
        | Format::Svg => "image",
        Format::Xlsx | Format::Xlsm | Format::Xlsb => "xlsx",
        Format::Xls => "xls",
        Format::Doc | Format::Ppt => "doc",
        Format::Ods => "ods",
        Format::Docx => "docx",
        Format::Odt | Format::Odp => "odt",
        Format::Epub => "epub",
        Format::Pptx => "pptx",
        Format::Msg => "msg",
        Format::Rtf => "rtf",
        Format::Sqlite | Format::SqliteJournal => "sqlite",
        Format::Text
        | Format::Empty
        | Format::Zip
        | Format::Gzip
        | Format::Bzip2
        | Format::Xz
        | Format::Zstd
        | Format::Lzma
        | Format::SevenZip
        | Format::Rar
        | Format::Tar
        | Format::Mp4
        | Format::Mov
        | Format::M4a
        | Format::Mp3
        | Format::Wav
        | Format::Ogg
        | Format::Flac
        | Format::Binary => "charset",
    }
}
