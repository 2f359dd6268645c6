//! CSV and its relatives.

use expect_test::expect;

use crate::check::{check, drop_by_drop, rows};

#[test]
fn rows_under_a_header() {
    check(
        "a.csv",
        "date,ip,note\n2024-05-01,192.0.2.1,\"a, \"\"b\"\"\nc\"\n2024-05-02,,x\n",
        expect![[r#"
        csv Read ',', 2 records
        heading "" of "" ""
          col=date = "date"
          col=ip = "ip"
          col=note = "note"
        record "row=1" of "" ""
          row=1,col=date = "2024-05-01"
          row=1,col=ip = "192.0.2.1"
          row=1,col=note = "a, \"b\"\nc"
        record "row=2" of "" ""
          row=2,col=date = "2024-05-02"
          row=2,col=note = "x"
    "#]],
    );
    check(
        "b.csv",
        "Numéro;Montant TTC\r\nF-1;12,50\r\nF-2;7,00\r\n",
        expect![[r#"
        csv Read ';', 2 records
        heading "" of "" ""
          col=Numéro = "Numéro"
          col=Montant TTC = "Montant TTC"
        record "row=1" of "" ""
          row=1,col=Numéro = "F-1"
          row=1,col=Montant TTC = "12,50"
        record "row=2" of "" ""
          row=2,col=Numéro = "F-2"
          row=2,col=Montant TTC = "7,00"
    "#]],
    );
    check(
        "c.tsv",
        "a\tb\n1\tx\n",
        expect![[r#"
        tsv Read '\t', 1 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "x"
    "#]],
    );
    check(
        "d.csv",
        "a|b\n1|x\n",
        expect![[r#"
        csv Read '|', 1 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "x"
    "#]],
    );
    check(
        "cr.csv",
        "a,b\r1,x\r2,y\r",
        expect![[r#"
        csv Read ',', 2 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "x"
        record "row=2" of "" ""
          row=2,col=a = "2"
          row=2,col=b = "y"
    "#]],
    );
    check(
        "mix.csv",
        "a,b\r\n1,x\n2,y\r3,\"c\r\nz\"\r\n",
        expect![[r#"
        csv Read ',', 3 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "x"
        record "row=2" of "" ""
          row=2,col=a = "2"
          row=2,col=b = "y"
        record "row=3" of "" ""
          row=3,col=a = "3"
          row=3,col=b = "c\r\nz"
    "#]],
    );
}

#[test]
fn the_delimiter_may_be_named() {
    check(
        "sep.csv",
        "sep=;\r\na;b\r\n1;x,y\r\n",
        expect![[r#"
        csv Read ';', 1 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "x,y"
    "#]],
    );
}

#[test]
fn headers_are_told_from_rows() {
    check(
        "dup.csv",
        "id,id,id\n1,2,three\n",
        expect![[r#"
        csv Read ',', 1 records
        heading "" of "" ""
          col=id = "id"
          col=id~2 = "id"
          col=id~3 = "id"
        record "row=1" of "" ""
          row=1,col=id = "1"
          row=1,col=id~2 = "2"
          row=1,col=id~3 = "three"
    "#]],
    );
    check(
        "nohdr.csv",
        "1,x\n",
        expect![[r#"
        csv Read ',' no header, 1 records
        record "row=1" of "" ""
          row=1,col=column 1 = "1"
          row=1,col=column 2 = "x"
    "#]],
    );
    check(
        "hdr.csv",
        "only,header\n",
        expect![[r#"
        csv Read ',', 0 records
        heading "" of "" ""
          col=only = "only"
          col=header = "header"
    "#]],
    );
    check(
        "gap.csv",
        "a,,c\n1,2,3\n",
        expect![[r#"
        csv Read ',', 1 records
        heading "" of "" ""
          col=a = "a"
          col=c = "c"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=column 2 = "2"
          row=1,col=c = "3"
    "#]],
    );
}

#[test]
fn ragged_rows_keep_their_cells() {
    check(
        "r.csv",
        "a,b,c\n1,2\n1,2,3,4,extra\n\n,,\nlast,2,3\n",
        expect![[r#"
        csv Read ',', 4 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
          col=c = "c"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "2"
        record "row=2" of "" ""
          row=2,col=a = "1"
          row=2,col=b = "2"
          row=2,col=c = "3"
          row=2,col=column 4 = "4"
          row=2,col=column 5 = "extra"
        record "row=3" of "" ""
        record "row=4" of "" ""
          row=4,col=a = "last"
          row=4,col=b = "2"
          row=4,col=c = "3"
        odd ragged_row at row=1: row 1 has 2 cells, the table has 3 columns
        odd ragged_row at row=2: row 2 has 5 cells, the table has 3 columns
    "#]],
    );
}

#[test]
fn an_open_quote_costs_one_line() {
    check(
        "q.csv",
        "a,b\n1,\"open\n2,x\n3,y\n",
        expect![[r#"
        csv Read ',', 3 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "open"
        record "row=2" of "" ""
          row=2,col=a = "2"
          row=2,col=b = "x"
        record "row=3" of "" ""
          row=3,col=a = "3"
          row=3,col=b = "y"
        odd unclosed_quote at line=2: a quote that opens in line 2 does not close; lines are read one by one
        odd odd_quotes at row=1: the quotes of "\"open" in line 2 do not fit
    "#]],
    );
    check(
        "q2.csv",
        "a,b\n1,\"open\n2,\"x\" y\n3,\"z\"\n",
        expect![[r#"
        csv Read ',', 3 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "open"
        record "row=2" of "" ""
          row=2,col=a = "2"
          row=2,col=b = "x y"
        record "row=3" of "" ""
          row=3,col=a = "3"
          row=3,col=b = "z"
        odd unclosed_quote at line=2: a quote that opens in line 2 does not close; lines are read one by one
        odd odd_quotes at row=1: the quotes of "\"open" in line 2 do not fit
        odd odd_quotes at row=2: the quotes of "\"x\" y" in line 3 do not fit
    "#]],
    );
    check(
        "q3.csv",
        "a,b\n1,x \"y\" z\n2,\"x\" y\n",
        expect![[r#"
        csv Read ',', 2 records
        heading "" of "" ""
          col=a = "a"
          col=b = "b"
        record "row=1" of "" ""
          row=1,col=a = "1"
          row=1,col=b = "x \"y\" z"
        record "row=2" of "" ""
          row=2,col=a = "2"
          row=2,col=b = "x y"
        odd odd_quotes at row=2: the quotes of "\"x\" y" in line 3 do not fit
    "#]],
    );
}

#[test]
fn text_around_the_table_is_no_row() {
    check(
        "notes.csv",
        "Notes:\n\"When exporting, some rows are left out.\"\n\nFirst Name,Last Name,Date\nAda,Example,2024-01-01\nBo,Sample,2024-01-02\nCy,Test,2024-01-03\n\nFile Summary:\n",
        expect![[r#"
            csv Read ',', 3 records
            heading "line=1" of "" ""
              line=1 = "Notes:"
            heading "line=2" of "" ""
              line=2 = "When exporting, some rows are left out."
            heading "" of "" ""
              col=First Name = "First Name"
              col=Last Name = "Last Name"
              col=Date = "Date"
            record "row=1" of "" ""
              row=1,col=First Name = "Ada"
              row=1,col=Last Name = "Example"
              row=1,col=Date = "2024-01-01"
            record "row=2" of "" ""
              row=2,col=First Name = "Bo"
              row=2,col=Last Name = "Sample"
              row=2,col=Date = "2024-01-02"
            record "row=3" of "" ""
              row=3,col=First Name = "Cy"
              row=3,col=Last Name = "Test"
              row=3,col=Date = "2024-01-03"
            heading "line=9" of "" ""
              line=9 = "File Summary:"
            odd text_outside_table at line=1: line 1 stands outside the table
            odd text_outside_table at line=2: line 2 stands outside the table
            odd text_outside_table at line=9: line 9 stands outside the table
        "#]],
    );
    check(
        "two.csv",
        "CUSTOMER\nid,name,email\n1,Ada,ada@example.org\n\nORDERS\nref,total,date,state\nA1,12.00,2024-01-01,paid\nA2,13.00,2024-01-02,paid\n",
        expect![[r#"
            csv Read ',', 3 records
            heading "line=1" of "" ""
              line=1 = "CUSTOMER"
            heading "" of "" ""
              col=id = "id"
              col=name = "name"
              col=email = "email"
            record "row=1" of "" ""
              row=1,col=id = "1"
              row=1,col=name = "Ada"
              row=1,col=email = "ada@example.org"
            heading "line=5" of "" ""
              line=5 = "ORDERS"
            heading "" of "" "ORDERS"
              col=ref = "ref"
              col=total = "total"
              col=date = "date"
              col=state = "state"
            record "row=2" of "" "ORDERS"
              row=2,col=ref = "A1"
              row=2,col=total = "12.00"
              row=2,col=date = "2024-01-01"
              row=2,col=state = "paid"
            record "row=3" of "" "ORDERS"
              row=3,col=ref = "A2"
              row=3,col=total = "13.00"
              row=3,col=date = "2024-01-02"
              row=3,col=state = "paid"
            odd text_outside_table at line=1: line 1 stands outside the table
            odd text_outside_table at line=5: line 5 stands outside the table
        "#]],
    );
}

#[test]
fn names_and_values_above_a_bank_table_are_no_rows() {
    for (name, above) in [
        ("short.csv", "Account;DE00 0000\nHolder;Ada\n\n"),
        ("padded.csv", "Account;DE00 0000;;;;\nHolder;Ada;;;;\n;;;;;\n"),
    ] {
        let table = "Booked;Value;Text;Payee;Purpose;Amount\n03.01.2024;03.01.2024;Debit;A;x;-55,00\n04.01.2024;04.01.2024;Debit;B;y;-5,00\n05.01.2024;05.01.2024;Debit;C;z;-6,00\n";
        let (reading, all) = rows(name, format!("{above}{table}").as_bytes());
        assert_eq!(reading.records, 3, "{name}");
        let columns = reading.layout.table.map(|t| t.columns).unwrap_or_default();
        assert_eq!(columns.first().map(String::as_str), Some("Booked"), "{name}");
        assert!(all.iter().any(|r| r.values().any(|v| v.text == "DE00 0000")), "nothing is lost: {name}");
    }
}

#[test]
fn remarks_below_a_table_are_no_rows() {
    let text = "id,total,date\n1,2.00,2024-01-01\n2,3.00,2024-01-02\n\nFile Summary:\nTotal rows: 2\nEnd\n";
    let (reading, all) = rows("summary.csv", text.as_bytes());
    assert_eq!(reading.records, 2);
    assert!(all.iter().any(|r| r.values().any(|v| v.text == "End")), "nothing is lost");
}

/// The records of each list, by its name.
fn counts(name: &str, text: &str) -> Vec<(String, usize)> {
    let (reading, all) = rows(name, text.as_bytes());
    drop_by_drop(name, text.as_bytes(), &all);
    let of = |n: usize| all.iter().filter(|r| !r.span.heading && usize::from(r.span.list) == n).count();
    reading.layout.lists.iter().enumerate().map(|(n, l)| (l.name.clone(), of(n))).collect()
}

#[test]
fn each_table_of_a_file_is_a_list_of_its_own() {
    let check = |name: &str, text: &str, expected: &[(&str, usize)]| {
        let found = counts(name, text);
        let found: Vec<(&str, usize)> = found.iter().map(|(name, n)| (name.as_str(), *n)).collect();
        assert_eq!(found, expected, "{name}");
    };
    check(
        "shop.csv",
        "CUSTOMER\nGender,Name,Email\nMrs,Ada,ada@example.org\n\nADDRESSES\nAlias,Company,Name,Address,Phone\nHome,,Ada,1 rue X,1\nWork,Acme,Ada,2 rue Y,2\n\nORDERS\nReference,Total\nABC,12.00\n\nCARTS\n\nMESSAGES\nIP,Message,Date\n192.0.2.1,Hello,2024-01-01\n",
        &[("", 1), ("ADDRESSES", 2), ("ORDERS", 1), ("MESSAGES", 1)],
    );
    check(
        "wide.csv",
        "CUSTOMER\nid,name\n1,Ada\n\nORDERS\nref,total,date,state,city,zip\nA,1.00,2024-01-01,paid,Lyon,1\nB,1.00,2024-01-01,paid,Lyon,1\nC,1.00,2024-01-01,paid,Lyon,1\n",
        &[("", 1), ("ORDERS", 3)],
    );
    check(
        "untitled.csv",
        "note,name,number\nhello,Ada,1000\n\nSESSIONS\nip,place,name,at,sum,device,active\n192.0.2.1,Lyon,Ada,2024-01-01,1.00,x,true\n192.0.2.2,Lyon,Ada,2024-01-01,1.00,x,true\n",
        &[("", 1), ("SESSIONS", 2)],
    );
    check(
        "dense.csv",
        "CUSTOMER\nid,name\n1,Ada\nORDERS\nref,total,date\nA1,1.00,2024-01-01\nA2,1.00,2024-01-01\n",
        &[("", 1), ("ORDERS", 2)],
    );
    check(
        "same.csv",
        "Device,Added\nPhone,2024-01-01\nTablet,2024-01-02\n\nRepair,Status\nR,Done\nS,Open\n",
        &[("", 2), ("table 2", 2)],
    );
    check(
        "wider.csv",
        "Device,Added\nPhone,2024-01-01\nTablet,2024-01-02\n\nRepair,Status,Shop\nR,Done,Lyon\n",
        &[("", 2), ("table 2", 1)],
    );
    check("capitals.csv", "code,label,qty\nABC,Pen,1\nDEF\nGHI,Ink,3\n", &[("", 3)]);
    check("gaps.csv", "name,city\nAda,Paris\n\nBo,Lyon\n\nCy,Nice\n", &[("", 3)]);
}

#[test]
fn lines_around_a_table_are_no_rows() {
    for (name, text, records) in [
        (
            "padded.csv",
            "Export,,,\nMade,2024-01-01,,\n,,,\nId,Name,Total,Date\n1,A,1.00,2024-01-01\n2,B,2.00,2024-01-02\n",
            2,
        ),
        (
            "bank.csv",
            "Compte;00000000;;\nSolde;12,00;;\n;;;\nDate;Libellé;Montant;Devise\n02/01/2024;A;-1,00;EUR\n",
            1,
        ),
        (
            "sums.csv",
            "id,total,date\n1,2.00,2024-01-01\n2,3.00,2024-01-02\n\nFile Summary:\nTotal Orders:,2\nRange:,2024\n",
            2,
        ),
        ("pairs.csv", "order,amount\nA-1,12.00\nA-2,13.00\n\nFile Summary:\nrows,2\n", 2),
        ("days.csv", "Name,2024-01-01,2024-01-02\nA,1,2\nB,3,4\n", 2),
        ("words.csv", "comment\nhello there\nfine, thanks\nok\nwell, yes, no\nbye\n", 5),
        ("marks.csv", "a,b,c\n1,2,3,\n4,5,6,\n", 2),
    ] {
        let (reading, all) = rows(name, text.as_bytes());
        assert_eq!(reading.records, records, "{name}");
        assert!(reading.oddities.iter().all(|o| o.code != "ragged_row"), "{name}");
        let mut places = std::collections::HashSet::new();
        for row in all.iter().filter(|r| !r.span.heading || r.span.number > 0) {
            for value in row.values() {
                let place = row.place(value, &reading.layout.names);
                assert!(places.insert(place.clone()), "{name}: {place} leads to one value");
            }
        }
        drop_by_drop(name, text.as_bytes(), &all);
    }
}

#[test]
fn a_blank_in_front_of_a_quote_is_no_part_of_its_cell() {
    // In the last line too, which nothing ends.
    check(
        "a.csv",
        "id, note\n1, \"a, b\"\n2, \"c\"",
        expect![[r#"
        csv Read ',', 2 records
        heading "" of "" ""
          col=id = "id"
          col=note = " note"
        record "row=1" of "" ""
          row=1,col=id = "1"
          row=1,col=note = "a, b"
        record "row=2" of "" ""
          row=2,col=id = "2"
          row=2,col=note = "c"
    "#]],
    );
    check(
        "b.csv",
        "id, note\n1, \"a\" b\n2, c\n",
        expect![[r#"
        csv Read ',', 2 records
        heading "" of "" ""
          col=id = "id"
          col=note = " note"
        record "row=1" of "" ""
          row=1,col=id = "1"
          row=1,col=note = " \"a\" b"
        record "row=2" of "" ""
          row=2,col=id = "2"
          row=2,col=note = " c"
    "#]],
    );
}
