//! Files are dragged from another program onto the window, and let go there.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::driver::Page;
use crate::stage::{Stage, repository};

#[test]
fn what_is_dropped_is_opened() {
    let stage = Stage::new("en_GB.UTF-8");
    let page = stage.open(&[]);

    // The window says that files can be let go, and stops saying so when they are carried off.
    page.find_text(".drop", "Drop the archive or folder here");
    let sellsy = packed(&stage, "sellsy", "Données d’Aubépin, 100 % (1).zip");
    let held = stage.drag(&[&sellsy]);
    page.find_text(".drop.over", "Let go to open it");
    held.leave();
    page.find_text(".drop:not(.over)", "Drop the archive or folder here");

    // An archive, whatever its name.
    stage.drag(&[&sellsy]).drop();
    page.find_text("h1", "Camille Aubépin");
    page.find_text("header .export", "Données d’Aubépin, 100 % (1).zip");
    only_by_id(&page, &sellsy);

    // A folder, in place of the export that is open.
    let held = stage.drag(&[&repository().join("sample-exports").join("shop")]);
    page.find_text("[role=status]", "Let go to open it");
    held.drop();
    page.find_text("header .export", "shop");
    assert_eq!(page.script("return document.querySelectorAll('.dragging').length"), 0);

    // A link is no file: it leaves everything as it is.
    let held = stage.drag_link("https://example.org/export.zip");
    thread::sleep(Duration::from_millis(500));
    assert_eq!(page.script("return document.querySelectorAll('.dragging').length"), 0);
    held.drop();
    thread::sleep(Duration::from_millis(500));
    page.find_text("header .export", "shop");

    // Several at once are one export.
    let (of_shop, of_odd) = (packed(&stage, "shop", "1.zip"), packed(&stage, "odd", "2.zip"));
    stage.drag(&[&of_shop, &of_odd]).drop();
    page.find_text("header .export", "1.zip, 2.zip");
    page.find_text("#places button", "Billing");

    // What cannot be opened is named, with the reason, and nothing of the last export is left.
    let odd = repository().join("sample-exports").join("odd");
    stage.drag(&[&odd.join("not-a-zip.zip")]).drop();
    page.find_text(".trouble", "“not-a-zip.zip” is not a ZIP archive");
    stage.drag(&[Path::new("/nowhere/export.zip")]).drop();
    page.find_text(".trouble", "“export.zip” does not exist");
    assert_eq!(page.ask("head", &serde_json::json!({})), serde_json::Value::Null);

    // After all that, the next one opens.
    stage.drag(&[&sellsy]).drop();
    page.find_text("h1", "Camille Aubépin");
    page.close();
}

/// A sample as an archive in the person's home.
fn packed(stage: &Stage, sample: &str, name: &str) -> PathBuf {
    let path = stage.home().join(name);
    let sample = repository().join("sample-exports").join(sample);
    let bytes = portolan_tests::pack::pack(&sample).expect("a sample can be packed");
    fs::write(&path, bytes).expect("it can be written");
    path
}

/// Whether the page has learnt nothing of where a file lies.
fn only_by_id(page: &Page, path: &Path) {
    let folder = path.parent().and_then(Path::to_str).expect("the test's paths are plain");
    let page = page.script("return document.documentElement.outerHTML");
    assert!(!page.as_str().expect("text").contains(folder), "the page knows {folder}");
}
