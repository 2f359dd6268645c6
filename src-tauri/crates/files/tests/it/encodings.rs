//! Texts in every encoding, with places that still fit.

use expect_test::expect;

use crate::check::{check, rows, words};

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn utf16be(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn with(mark: &[u8], bytes: Vec<u8>) -> Vec<u8> {
    [mark.to_vec(), bytes].concat()
}

#[test]
fn marks_and_their_absence() {
    check(
        "a.json",
        with(b"\xEF\xBB\xBF", b"{\"t\":\"eight\"}".to_vec()),
        expect![[r#"
        json Read UTF-8 Bom, 1 records
        record "" of "" ""
          /t = "eight"
    "#]],
    );
    check(
        "b.json",
        with(b"\xFF\xFE", utf16le("[{\"t\":\"é😀 le\"},{\"u\":2}]")),
        expect![[r#"
        json Read UTF-16LE Bom, 2 records
        record "/0" of "" ""
          /0/t = "é😀 le"
        record "/1" of "" ""
          /1/u = "2" (number)
    "#]],
    );
    check(
        "c.json",
        with(b"\xFE\xFF", utf16be("{\"t\":\"be\"}")),
        expect![[r#"
        json Read UTF-16BE Bom, 1 records
        record "" of "" ""
          /t = "be"
    "#]],
    );
    check(
        "d.json",
        utf16le("{\"t\":\"nobom\"}"),
        expect![[r#"
        json Read UTF-16LE Detected, 1 records
        record "" of "" ""
          /t = "nobom"
    "#]],
    );
    check(
        "e.csv",
        with(b"\xFF\xFE", utf16le("a,b\n1,é\n")),
        expect![[r#"
        csv Read UTF-16LE Bom ',', 1 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "é"
    "#]],
    );
    check(
        "odd.csv",
        with(b"\xFF\xFE", with(&utf16le("a,b\n1,x\n"), b"y".to_vec())),
        expect![[r#"
        csv Read UTF-16LE Bom ',', 2 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "x"
        record "row=2" of "" ""
          row=2,col=a = "�"
        odd ragged_row at row=2: row 2 has 1 cells, the table has 2 columns
        odd invalid_bytes: 1 places are not valid UTF-16LE, the first at byte 18
    "#]],
    );
    let wide = "{\"t\":\"32\"}".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    check(
        "f.json",
        with(b"\xFF\xFE\0\0", wide),
        expect![[r#"
            json Read UTF-32LE Bom, 1 records
            record "" of "" ""
              /t = "32"
        "#]],
    );
    check(
        "g.txt",
        with(b"\xFF\xFE", utf16le("Bonjour été\n\nfin")),
        expect![[r#"
        text Read UTF-16LE Bom, 1 records
        record "" of "" ""
          line=1 = "Bonjour été"
          line=3 = "fin"
    "#]],
    );
    check(
        "h.xml",
        with(b"\xFF\xFE", utf16le("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>é</a>")),
        expect![[r#"
        xml Read UTF-16LE Bom, 1 records
        record "" of "" ""
          /a = "é"
    "#]],
    );
    check(
        "i.html",
        with(b"\xFF\xFE", utf16le("<p>hé</p>")),
        expect![[r#"
        html Read UTF-16LE Bom, 1 records
        record "" of "" ""
          line=1 = "hé"
    "#]],
    );
}

#[test]
fn older_encodings() {
    check(
        "a.csv",
        b"nom;ville\nZo\xEB;Besan\xE7on\nR\xE9mi;Orl\xE9ans\n",
        expect![[r#"
        csv Read windows-1252 Detected ';', 2 records
        heading "" of "" ""
          col=nom = "nom"
          col=ville = "ville"
        record "row=1" of "" ""
          row=1,col=nom = "Zoë"
          row=1,col=ville = "Besançon"
        record "row=2" of "" ""
          row=2,col=nom = "Rémi"
          row=2,col=ville = "Orléans"
    "#]],
    );
    check(
        "lie.xml",
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>J\xF6rg</a>",
        expect![[r#"
            xml Read windows-1252 Detected, 1 records
            record "" of "" ""
              /a = "Jörg"
            odd declared_encoding_wrong: the file says that it is UTF-8, its bytes are windows-1252
        "#]],
    );
    check(
        "l.html",
        "<meta charset=\"iso-8859-1\"><p>Zoë</p>",
        expect![[r#"
            html Read, 1 records
            record "" of "" ""
              line=1 = "Zoë"
            odd declared_encoding_wrong: the file says that it is ISO-8859-1, its bytes are UTF-8
        "#]],
    );
    check(
        "l2.html",
        b"<meta charset=\"iso-8859-15\"><p>10 \xA4</p>",
        expect![[r#"
        html Read ISO-8859-15 Declared, 1 records
        record "" of "" ""
          line=1 = "10 €"
    "#]],
    );
    let (japanese, _, _) =
        encoding_rs::SHIFT_JIS.encode("名前,住所\n山田太郎,東京都千代田区\n鈴木花子,大阪府大阪市北区\n");
    check(
        "jp.csv",
        japanese,
        expect![[r#"
        csv Read Shift_JIS Detected ',', 2 records
        heading "" of "" ""
          col=名前 = "名前"
          col=住所 = "住所"
        record "row=1" of "" ""
          row=1,col=名前 = "山田太郎"
          row=1,col=住所 = "東京都千代田区"
        record "row=2" of "" ""
          row=2,col=名前 = "鈴木花子"
          row=2,col=住所 = "大阪府大阪市北区"
    "#]],
    );
}

#[test]
fn glued_and_damaged_files() {
    check(
        "m.csv",
        b"name,x\nZo\xC3\xAB,utf\nJ\xF6rg,latin\n\xC3\xA9t\xC3\xA9,more\n",
        expect![[r#"
            csv Read UTF-8 Detected ',', 3 records
            heading "" of "" ""
              col=name = "name"
              col=x = "x"
            record "row=1" of "" ""
              row=1,col=name = "Zoë"
              row=1,col=x = "utf"
            record "row=2" of "" ""
              row=2,col=name = "Jörg"
              row=2,col=x = "latin"
            record "row=3" of "" ""
              row=3,col=name = "été"
              row=3,col=x = "more"
            odd mixed_encodings: 1 places in UTF-8 text are windows-1252, the first at byte 17
        "#]],
    );
    check(
        "bad.json",
        with(b"\xEF\xBB\xBF", b"{\"a\":\"one \xFF\xFE\xC3( x\",\"b\":\"two \0 nul\"}".to_vec()),
        expect![[r#"
            json Read UTF-8 Detected, 1 records
            record "" of "" ""
              /a = "one ÿþÃ( x"
              /b = "two \0 nul"
            odd control_in_string: a string has a control character as it is, at byte 30
            odd mixed_encodings: 3 places in UTF-8 text are windows-1252, the first at byte 13
            odd zero_bytes: 1 zero bytes stand in the text, the first at byte 30
        "#]],
    );
}

#[test]
fn the_first_strange_byte_may_come_late() {
    let mut late = b"id,name\n".to_vec();
    for n in 0..40_000 {
        late.extend_from_slice(format!("{n},plain name\n").as_bytes());
    }
    late.extend_from_slice(b"40000,Zo\xEB\n");
    assert!(words("late.csv", &late).contains("Zoë"));
    let (reading, all) = rows("late.csv", &late);
    assert_eq!(reading.layout.decoding.encoding, files::Encoding::Standard(encoding_rs::WINDOWS_1252));
    assert_eq!(all.len(), 40_002);
}

#[test]
fn long_wide_text_keeps_its_places() {
    let mut text = String::from("a,b\n");
    for n in 0..3_000 {
        text.push_str(&format!("{n},été 😀 {n}\n"));
    }
    let (_, all) = rows("w.csv", &with(b"\xFF\xFE", utf16le(&text)));
    assert_eq!(all.len(), 3_001);
}

#[test]
fn text_that_was_encoded_twice_is_repaired() {
    // Facebook and Instagram write each byte of UTF-8 as an escape.
    check(
        "fb.json",
        r#"{"sender":"Ren\u00c3\u00a9 M\u00c3\u00bcller","t":"plain","mood":"\u00f0\u009f\u0098\u0080","Pr\u00c3\u00a9nom":"Ren\u00c3\u00a9"}"#,
        expect![[r#"
            json Read, 1 records
            record "" of "" ""
              /sender = "René Müller"
              /t = "plain"
              /mood = "😀"
              /Prénom = "René"
            odd mojibake_repaired at /sender: 3 values were UTF-8 written twice over ("Ã©" for "é") and are repaired
        "#]],
    );
    check(
        "double.csv",
        "prÃ©nom;ville\nZoÃ«;BesanÃ§on\nAda;dÃ©jÃ\u{A0}\n",
        expect![[r#"
            csv Read ';', 2 records
            heading "" of "" ""
              col=prénom = "prénom"
              col=ville = "ville"
            record "row=1" of "" ""
              row=1,col=prénom = "Zoë"
              row=1,col=ville = "Besançon"
            record "row=2" of "" ""
              row=2,col=prénom = "Ada"
              row=2,col=ville = "déjà"
            odd mojibake_repaired at col=prénom: 4 values were UTF-8 written twice over ("Ã©" for "é") and are repaired
        "#]],
    );
    check(
        "double.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><r><i><a>voilÃ\u{A0}</a></i><i><a>lâ€™Ã©tÃ©</a></i><i><a>&#195;&#169;t&#195;&#169;</a></i></r>",
        expect![[r#"
            xml Read UTF-8 Declared, 3 records
            record "/r/i[1]" of "/r" "i"
              /r/i[1]/a = "voilà"
            record "/r/i[2]" of "/r" "i"
              /r/i[2]/a = "l’été"
            record "/r/i[3]" of "/r" "i"
              /r/i[3]/a = "été"
            odd mojibake_repaired at /r/i[1]/a: 3 values were UTF-8 written twice over ("Ã©" for "é") and are repaired
        "#]],
    );
    check(
        "double.txt",
        "RÃ©sumÃ©\n\nPlain text.\n\nTrÃ¨s bien",
        expect![[r#"
        text Read, 1 records
        record "" of "" ""
          line=1 = "Résumé"
          line=3 = "Plain text."
          line=5 = "Très bien"
        odd mojibake_repaired at line=1: 2 values were UTF-8 written twice over ("Ã©" for "é") and are repaired
    "#]],
    );
    check(
        "double.html",
        "<p>TrÃ¨s bien</p><p>NoÃ«l</p>",
        expect![[r#"
        html Read, 1 records
        record "" of "" ""
          line=1 = "Très bien"
          line=1,byte=22 = "Noël"
        odd mojibake_repaired at line=1: 2 values were UTF-8 written twice over ("Ã©" for "é") and are repaired
    "#]],
    );
}

#[test]
fn text_that_could_be_meant_is_not_repaired() {
    for (name, text) in [
        ("a.json", r#"{"tip":"cafÃ© is UTF-8 taken for Latin-1"}"#),
        ("b.json", r#"["été","déjà","cafÃ©"]"#),
        ("c.csv", "bad,good\nÃ©,é\nÃ¨,è\n"),
        ("d.txt", "Some see Ã© instead of é.\n"),
        ("e.xml", "<r><i>IRMÃ»</i><i>AMANHà não</i></r>"),
    ] {
        let (reading, _) = rows(name, text.as_bytes());
        assert!(reading.oddities.iter().all(|o| o.code != "mojibake_repaired"), "{name}");
    }
}

#[test]
fn the_code_pages_of_dos_and_of_old_macs_are_told() {
    // « Numéro;Libellé », « Élodie à Besançon »
    let dos = b"Num\x82ro;Libell\x82\n1;\x90lodie \x85 Besan\x87on\n2;No\x89l, for\x88t\n";
    assert!(words("dos.csv", dos).contains("Élodie à Besançon\n2\nNoël, forêt"));
    let mac = b"Num\x8Ero;Libell\x8E\r1;\x83lodie \x88 Besan\x8Don\r2;No\x91l, for\x90t\r";
    assert!(words("mac.csv", mac).contains("Élodie à Besançon\n2\nNoël, forêt"));
    let euro = b"Libell\xE9;Prix\ncaf\xE9;2,50 \xA4\nc\xBDur;3 \xA4\n";
    assert!(words("euro.csv", euro).contains("2,50 €\ncœur"));
}

#[test]
fn wide_encodings_need_no_mark() {
    let text = "id,имя\n1,Привет\n2,Здравствуйте\n";
    for wide in [utf16le(text), utf16be(text)] {
        assert!(words("ru.csv", &wide).contains("Здравствуйте"));
    }
    for big in [true, false] {
        let bytes = |c: char| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() };
        let wide: Vec<u8> = text.chars().flat_map(bytes).collect();
        assert!(words("ru.csv", &wide).contains("Здравствуйте"));
        let marked: Vec<u8> = format!("\u{FEFF}{text}").chars().flat_map(bytes).collect();
        assert!(words("ru.csv", &marked).contains("Здравствуйте"));
    }
}

#[test]
fn japanese_may_switch_by_escapes() {
    let jis = b"id,name\n1,\x1B$BEDCf\x1B(B\n2,plain\n3,\x1B$BElEEB@O:\x1B(B san\n";
    assert!(words("jis.csv", jis).contains("田中"));
    let jis = b"Name: \x1B$BEDCf\x1B(B, thank you\n";
    assert!(words("jis.txt", jis).contains("Name: 田中, thank you"));
}

#[test]
fn a_mark_does_not_make_every_line_utf8() {
    let glued = [b"\xEF\xBB\xBFid,name\n1,Zo\xC3\xAB\n".to_vec(), b"2,J\xF6rg\n".to_vec()].concat();
    assert!(words("glued.csv", &glued).contains("Jörg"));
}
