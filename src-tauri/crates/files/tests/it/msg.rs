//! Messages of Outlook: people, date, text, attachments, and messages in messages.

use expect_test::expect;

use crate::check::{check, rows};

/// A stream or a storage of a container.
pub(crate) enum Node {
    Stream(String, Vec<u8>),
    Storage(String, Vec<Node>),
}

use Node::{Storage, Stream};

/// A container with these streams, in large and small sectors as their size demands.
pub(crate) fn container(root: Vec<Node>) -> Vec<u8> {
    const FREE: u32 = u32::MAX;
    const END: u32 = 0xFFFF_FFFE;
    let short = |n: usize| u32::try_from(n).expect("samples are small");
    // Entries of the directory: name, kind, children, content.
    let mut entries: Vec<(String, u8, Vec<usize>, Vec<u8>)> =
        vec![("Root Entry".to_owned(), 5, vec![], vec![])];
    let mut left = vec![(0, root)];
    while let Some((parent, nodes)) = left.pop() {
        for node in nodes {
            let at = entries.len();
            entries[parent].2.push(at);
            match node {
                Stream(name, content) => entries.push((name, 2, vec![], content)),
                Storage(name, inner) => {
                    entries.push((name, 1, vec![], vec![]));
                    left.push((at, inner));
                }
            }
        }
    }
    let mut sectors: Vec<u8> = Vec::new();
    let mut next: Vec<u32> = Vec::new();
    let mut put = |content: &[u8], sectors: &mut Vec<u8>| {
        let first = short(next.len());
        let count = content.len().div_ceil(512);
        for n in 0..count {
            next.push(if n + 1 == count { END } else { first + short(n) + 1 });
        }
        sectors.extend(content);
        sectors.resize(next.len() * 512, 0);
        if count == 0 { END } else { first }
    };
    let (mut small, mut small_next) = (Vec::new(), Vec::new());
    let mut starts = vec![END; entries.len()];
    for (n, (_, kind, _, content)) in entries.iter().enumerate() {
        if *kind != 2 || content.is_empty() {
            continue;
        }
        if content.len() >= 4096 {
            starts[n] = put(content, &mut sectors);
            continue;
        }
        let first = short(small_next.len());
        starts[n] = first;
        let count = content.len().div_ceil(64);
        small_next.extend((0..count).map(|n| if n + 1 == count { END } else { first + short(n) + 1 }));
        small.extend(content);
        small.resize(small_next.len() * 64, 0);
    }
    starts[0] = put(&small, &mut sectors);
    let table: Vec<u8> = small_next.iter().flat_map(|n| n.to_le_bytes()).collect();
    let small_table = put(&table, &mut sectors);
    let mut directory = Vec::new();
    let mut right = vec![FREE; entries.len()];
    for (_, _, children, _) in &entries {
        for pair in children.windows(2) {
            right[pair[0]] = short(pair[1]);
        }
    }
    for (n, (name, kind, children, content)) in entries.iter().enumerate() {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).expect("names are short");
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([*kind, 1]);
        let child = children.first().map_or(FREE, |c| short(*c));
        entry.extend([FREE, right[n], child].iter().flat_map(|n| n.to_le_bytes()));
        entry.extend([0; 36]);
        let size = if n == 0 { small.len() } else { content.len() };
        entry.extend([starts[n], short(size), 0].iter().flat_map(|n| n.to_le_bytes()));
        directory.extend(entry);
    }
    let directory_at = put(&directory, &mut sectors);
    let fat_at = short(next.len());
    next.push(0xFFFF_FFFD);
    let mut fat: Vec<u8> = next.iter().flat_map(|n| n.to_le_bytes()).collect();
    assert!(fat.len() <= 512, "the sample has one table");
    fat.resize(512, 0xFF);
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(24, 0);
    file.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file.resize(44, 0);
    file.extend(
        [1, directory_at, 0, 4096, small_table, 1, END, 0, fat_at].iter().flat_map(|n| n.to_le_bytes()),
    );
    file.resize(512, 0xFF);
    file.extend(sectors);
    file.extend(fat);
    file
}

fn text(tag: &str, text: &str) -> Node {
    Stream(format!("__substg1.0_{tag}001F"), text.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

fn data(tag: &str, content: &[u8]) -> Node {
    Stream(format!("__substg1.0_{tag}0102"), content.to_vec())
}

/// The properties of fixed length: their kind and number, and their value.
fn fixed(head: usize, values: &[(u32, u64)]) -> Node {
    let mut list = vec![0; head];
    for (tag, value) in values {
        list.extend(tag.to_le_bytes());
        list.extend([6, 0, 0, 0]);
        list.extend(value.to_le_bytes());
    }
    Stream("__properties_version1.0".to_owned(), list)
}

fn recipient(n: u32, way: u64, name: &str, address: &str) -> Node {
    let inner = vec![fixed(8, &[(0x0C15_0003, way)]), text("3001", name), text("39FE", address)];
    Storage(format!("__recip_version1.0_#{n:08X}"), inner)
}

fn attachment(n: u32, inner: Vec<Node>) -> Node {
    let mut inner = inner;
    inner.push(fixed(8, &[(0x3705_0003, 1)]));
    Storage(format!("__attach_version1.0_#{n:08X}"), inner)
}

pub(crate) fn message() -> Vec<u8> {
    let inner = vec![
        fixed(24, &[]),
        text("0037", "Le message joint"),
        text("0C1A", "Paul Petit"),
        text("1000", "Texte du message joint"),
    ];
    container(vec![
        fixed(32, &[(0x0039_0040, 133_536_750_720_000_000), (0x3FFD_0003, 1252)]),
        text("0037", "Votre réclamation"),
        text("0C1A", "Jeanne Martin"),
        text("5D01", "jeanne@example.org"),
        text("1035", "<1@example.org>"),
        text("007D", "X-Mailer: Example\r\n 2\r\nSubject: again\r\n"),
        text("1000", &format!("Bonjour,\r\n{}\r\nCordialement", "mot ".repeat(1200))),
        recipient(0, 1, "Service client", "help@example.com"),
        recipient(1, 2, "Paul Petit", "paul@example.org"),
        attachment(
            0,
            vec![text("3707", "notes.txt"), text("370E", "text/plain"), data("3701", "déjà payé".as_bytes())],
        ),
        attachment(
            1,
            vec![text("3707", "photo.jpg"), text("370E", "image/jpeg"), data("3701", b"\xFF\xD8\0")],
        ),
        attachment(
            2,
            vec![text("3001", "Le message joint"), Storage("__substg1.0_3701000D".to_owned(), inner)],
        ),
    ])
}

#[test]
fn a_message_is_one_record_with_its_people_text_and_attachments() {
    let (_, all) = rows("plainte.msg", &message());
    let long = all[0].values().find(|v| v.text.starts_with("Bonjour")).expect("the text is there");
    assert_eq!(long.text.split_whitespace().count(), 1202);
    let shown = crate::check::show("plainte.msg", &message()).replace(&"mot ".repeat(1200), "… ");
    expect![[r#"
        msg Partly, 1 records
        record "" of "" ""
          header=Subject = "Votre réclamation"
          header=From = "Jeanne Martin <jeanne@example.org>"
          header=To = "Service client <help@example.com>"
          header=Cc = "Paul Petit <paul@example.org>"
          header=Date = "2024-02-29T10:11:12Z"
          header=Message-ID = "<1@example.org>"
          header=X-Mailer = "Example 2"
          part=1 = "Bonjour,\r\nmot mot mot mot mot mot mot mot mot mot mot mot mo"
          attachment=1.name = "notes.txt"
          attachment=1.type = "text/plain"
          part=2 = "déjà payé"
          attachment=2.name = "photo.jpg"
          attachment=2.type = "image/jpeg"
          attachment=3.name = "Le message joint"
          part=3.header.Subject = "Le message joint"
          part=3.header.From = "Paul Petit"
          part=4 = "Texte du message joint"
        odd attachment_unread: the attachment "photo.jpg" of 3 bytes is not read
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_text_is_taken_from_the_page_or_the_packed_text_where_there_is_no_other() {
    let page = container(vec![fixed(32, &[]), data("1013", b"<p>Bonjour</p><p>caf\xE9</p>")]);
    check(
        "a.msg",
        page,
        expect![[r#"
        msg Read, 1 records
        record "" of "" ""
          part=1 = "Bonjour\ncafé"
    "#]],
    );
    let packed = container(vec![
        fixed(32, &[]),
        data("1009", b"\x20\0\0\0\x17\0\0\0MELA\0\0\0\0{\\rtf1 caf\\'e9\\par fin}"),
    ]);
    check(
        "b.msg",
        packed,
        expect![[r#"
        msg Read, 1 records
        record "" of "" ""
          part=1 = "café\nfin"
    "#]],
    );
    let old = Stream("__substg1.0_0037001E".to_owned(), b"\xCF\xF0\xE8".to_vec());
    check(
        "c.msg",
        container(vec![fixed(32, &[(0x3FFD_0003, 1251)]), old]),
        expect![[r#"
        msg Read, 1 records
        record "" of "" ""
          header=Subject = "При"
    "#]],
    );
}

#[test]
fn documents_that_are_attached_are_read() {
    let sheet = crate::package::rows(&[&["client", "total"], &["Zoé Leroy", "12.5"]]);
    let book = crate::package::workbook(&[("Ventes", &sheet)], &[]);
    let with = |content: &[u8]| {
        container(vec![
            fixed(32, &[]),
            text("0037", "Vos ventes"),
            attachment(0, vec![text("3707", "ventes.xlsx"), data("3701", content)]),
        ])
    };
    check(
        "a.msg",
        with(&book),
        expect![[r#"
        msg Read, 1 records
        record "" of "" ""
          header=Subject = "Vos ventes"
          attachment=1.name = "ventes.xlsx"
          part=2 = "client\ttotal\nZoé Leroy\t12.5"
    "#]],
    );
    assert_eq!(
        crate::check::codes("a.msg", &with(&book[..book.len() / 2])),
        ["attachment_partly", "document_damaged", "document_part_missing"]
    );
    assert_eq!(crate::check::codes("a.msg", &with(b"PK\x03\x04")), ["attachment_unread"]);
}

#[test]
fn a_damaged_message_breaks_nothing() {
    let whole = message();
    for length in (0..whole.len()).step_by(97) {
        rows("a.msg", &whole[..length]);
    }
    for at in (0..whole.len()).step_by(41) {
        let mut torn = whole.clone();
        torn[at] ^= 0x55;
        rows("a.msg", &torn);
    }
}
