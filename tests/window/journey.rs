//! The way through, in the real window: open the sample, find an invoice, see where it stands, ask for an address to be
//! corrected, save the letter, and read it back from the disk.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::driver::Page;
use crate::safety::files_below;
use crate::stage::{Stage, pictures, repository};
use crate::witness::ways_out;

/// The address that the invented person asks for.
const RIGHT_ADDRESS: &str = "27 rue de l’Essai, 17000 La Rochelle";

/// Clicks the hit with this text, once what was typed is answered: each letter has an answer of its own, and moves the
/// hits.
fn click_hit(page: &Page, text: &str) {
    page.click_text("#hits[aria-busy=false] .hit", text);
}

#[test]
fn from_the_sample_to_a_letter_on_the_disk() {
    let stage = Stage::new("en_GB.UTF-8");
    let page = stage.open(&[]);
    picture(&page, "1-open");
    page.click_text("button.sample", "Sellsy");
    page.find_text("h1", "Camille Aubépin");
    picture(&page, "2-overview");

    // An invoice is found by its number, and its source is shown with the number marked.
    page.press("Control+k");
    page.find("#search").write("F-2024-0207");
    click_hit(&page, "billing/invoices.json");
    page.click_text("#record .field", "F-2024-0207");
    page.find_text("#record[aria-busy=false] .source mark", "F-2024-0207");
    page.find_text("#record .source .place", "billing/invoices.json");
    let line = page.find("#record .source li.marked code").text();
    let file = fs::read_to_string(repository().join("sample-exports/sellsy/billing/invoices.json"));
    let file = file.expect("the sample is there");
    assert!(file.lines().any(|of_file| of_file.trim() == line.trim()), "not a line of the file: {line}");
    picture(&page, "3-record");

    // The wrong address goes into a request.
    let search = page.find("#search");
    search.clear();
    search.write("marjolunette");
    click_hit(&page, "account/profile.json");
    page.find_text("#record .place", "account/profile.json");
    let wrong = address_in_profile();
    let of_address = page.find_text("#record .fields li", &wrong);
    of_address.find(".add").click();
    page.click_text("#places button", "Requests");
    page.find_text("h1", "Rectification request");
    page.find(".item input[type=text]").write(RIGHT_ADDRESS);
    page.find_text("article.letter", RIGHT_ADDRESS);
    page.find_text("article.letter", "account/profile.json#/address");
    picture(&page, "4-request");

    // It is saved where the person says, in each form, and there it is.
    let folder = stage.home().join("Letters");
    fs::create_dir(&folder).expect("a folder can be made");
    let text = save(&stage, &page, "Save as text", &folder.join("letter.txt"));
    let text = String::from_utf8(text).expect("text is UTF-8");
    assert!(text.contains(RIGHT_ADDRESS), "{text}");
    assert!(text.contains(&wrong) && text.contains("account/profile.json#/address"), "{text}");
    let pdf = save(&stage, &page, "Save as PDF", &folder.join("letter.pdf"));
    assert!(pdf.starts_with(b"%PDF-") && pdf.trim_ascii_end().ends_with(b"%%EOF"), "no whole PDF");
    let mail = save(&stage, &page, "Write e-mail draft", &folder.join("letter.eml"));
    let mail = String::from_utf8_lossy(&mail).into_owned();
    let (head, _) = mail.split_once("\r\n\r\n").expect("a mail has a head");
    assert!(head.contains("Subject: ") && head.contains("X-Unsent: 1"), "{head}");
    assert_eq!(names(&folder), ["letter.eml", "letter.pdf", "letter.txt"]);
    picture(&page, "5-saved");

    // Whoever thinks better of it has saved nothing.
    page.click_text("button", "Save as text");
    stage.type_into("Save the letter", &[&["key", "Escape"]]);
    assert_eq!(names(&folder).len(), 3);

    page.close();

    // Nothing has left, and nothing of the export has stayed but the letters.
    let calls = fs::read_to_string(stage.calls()).expect("the witness has written");
    assert_eq!(ways_out(&calls), Vec::<String>::new());
    nothing_stays(&stage.home(), &folder);
}

#[test]
fn a_folder_is_chosen_in_french() {
    let stage = Stage::new("fr_FR.UTF-8");
    let page = stage.open(&[]);
    page.click_text("button", "Choisir un dossier");
    stage.type_into("Ouvrir le dossier d’un export", &[&["key", "Escape"]]);
    assert_eq!(page.ask("head", &serde_json::json!({})), serde_json::Value::Null);

    let shop = repository().join("sample-exports").join("shop");
    let shop = shop.to_str().expect("the repository's path is plain");
    page.click_text("button", "Choisir un dossier");
    stage.type_into("Ouvrir le dossier d’un export", &[&["type", "--delay", "5", shop], &["key", "Return"]]);
    page.find_text("#places button", "Facturation");
    page.find_text("header", "shop");
    picture(&page, "6-french");
    page.close();
    nothing_stays(&stage.home(), Path::new("/nowhere"));
}

#[test]
fn an_image_is_looked_at() {
    let stage = Stage::new("en_GB.UTF-8");
    let page = stage.open(&[&repository().join("sample-exports").join("sellsy")]);
    page.find_text("h1", "Camille Aubépin");
    page.press("Control+k");
    page.find("#search").write("file:pied-coupe");
    click_hit(&page, "8960-facture-pied-coupe.png");
    page.find("#record figure button").click();
    page.find("dialog canvas");
    // It has the size of the image, and ink on it.
    let seen = page.script(
        "const c = document.querySelector('dialog canvas');
         const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
         return [c.width, c.height, new Set(data).size > 2]",
    );
    assert_eq!(seen, serde_json::json!([400, 520, true]));
    picture(&page, "7-image");
    page.close();
}

#[test]
fn what_stands_on_the_command_line_is_opened() {
    let stage = Stage::new("en_GB.UTF-8");
    let page = stage.open(&[&repository().join("sample-exports").join("sellsy")]);
    page.find_text("h1", "Camille Aubépin");
    page.close();

    let page = stage.open(&[Path::new("/nowhere/export.zip")]);
    page.find(".trouble");
    page.close();
}

/// Saves the letter through the system's dialog, and reads it back.
fn save(stage: &Stage, page: &Page, button: &str, target: &Path) -> Vec<u8> {
    let path = target.to_str().expect("the test's paths are plain");
    page.click_text("button", button);
    let keys = [&["key", "ctrl+a"][..], &["type", "--delay", "5", path], &["key", "Return"]];
    stage.type_into("Save the letter", &keys);
    let name = target.file_name().and_then(|name| name.to_str()).expect("it has a plain name");
    page.find_text("[role=status]", name);
    let mode = fs::metadata(target).expect("it is written").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "others can read {name}");
    fs::read(target).expect("it can be read")
}

/// Whether a folder holds no word of the export, apart from what was saved on purpose.
fn nothing_stays(home: &Path, saved: &Path) {
    for path in files_below(home).iter().filter(|path| !path.starts_with(saved)) {
        let bytes = fs::read(path).expect("it can be read");
        let text = String::from_utf8_lossy(&bytes);
        for word in ["Aubépin", "F-2024-0207", "sellsy", "marjolunette", "Letters", "shop"] {
            assert!(!text.contains(word), "{} holds {word:?}", path.display());
        }
        assert!(bytes.len() < 64 * 1024, "{} is large for a file that should say nothing", path.display());
    }
}

/// The address that the sample's profile gives, which is the old one.
fn address_in_profile() -> String {
    let profile = fs::read(repository().join("sample-exports/sellsy/account/profile.json"));
    let profile: serde_json::Value =
        serde_json::from_slice(&profile.expect("the sample is there")).expect("JSON");
    profile["address"].as_str().expect("the profile has an address").to_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let name = |path: &std::path::PathBuf| path.file_name()?.to_str().map(str::to_owned);
    files_below(folder).iter().filter_map(name).collect()
}

fn picture(page: &Page, name: &str) {
    page.picture(&pictures().join(format!("{name}.png")));
}
