//! Finding records: this is in the index, this is asked, these are found.

use index::{Doc, EntrySet, FilePattern, Filters, Index, Order, Page, Query, Typing, Words};
use records::{Day, EntryId, Kind, RecordId};

/// A record: `kind day amount | title | text | text…`, where `<name` is a sender and `>name` a recipient.
fn add(writer: &mut index::Writer, entry: u32, number: u32, line: &str) {
    let mut parts = line.split('|').map(str::trim);
    let mut head = parts.next().unwrap_or_default().split_whitespace();
    let kind: Kind = head.next().and_then(|k| k.parse().ok()).unwrap_or(Kind::Other);
    let day = head.next().and_then(|d| d.parse::<Day>().ok());
    let amounts: Vec<i64> = head.filter_map(|a| a.parse::<i64>().ok()).map(|a| a * 100).collect();
    let doc = Doc { id: RecordId { entry: EntryId(entry), number }, kind, day, amounts: &amounts };
    writer.add(&doc, |words: &mut Words| {
        words.title(parts.next().unwrap_or_default());
        for part in parts {
            match part.split_at_checked(1) {
                Some(("<", name)) => words.from(name),
                Some((">", name)) => words.to(name),
                _ => words.text(part),
            }
        }
    });
}

const NAMES: [&str; 3] = ["billing/factures 2020.csv", "support/tickets.json", "mail/All mail.mbox"];

fn files(pattern: &FilePattern) -> EntrySet {
    (0..).map(EntryId).zip(NAMES).filter(|(_, name)| pattern.matches(name)).map(|(id, _)| id).collect()
}

fn filled(docs: &[&str]) -> Index {
    let index = Index::new();
    let mut writer = index.writer();
    for (number, doc) in (0..).zip(docs) {
        add(&mut writer, number % 3, number, doc);
    }
    writer.finish();
    index
}

fn numbers(index: &Index, query: &Query) -> Vec<u32> {
    let answer = index.search(query, Page { top: usize::MAX, order: Order::Export, offset: 0 });
    assert_eq!(answer.total, answer.hits.len() as u64);
    let mut numbers: Vec<u32> = answer.hits.iter().map(|h| h.id.number).collect();
    numbers.sort_unstable();
    numbers
}

fn ask(typing: Typing, query: &str, docs: &[&str]) -> Vec<u32> {
    match Query::parse(query, typing, files) {
        Ok(query) => numbers(&filled(docs), &query),
        Err(trouble) => panic!("{query}: {trouble}"),
    }
}

#[track_caller]
fn check(query: &str, docs: &[&str], expect: &[u32]) {
    assert_eq!(ask(Typing::Done, query, docs), expect, "{query}");
}

#[track_caller]
fn typed(query: &str, docs: &[&str], expect: &[u32]) {
    assert_eq!(ask(Typing::StillTyping, query, docs), expect, "{query}");
}

/// The two find each other, whichever is asked.
#[track_caller]
fn both(a: &str, b: &str) {
    for (query, text) in [(a, b), (b, a), (a, a), (b, b)] {
        let text = format!("other||avant {text} après");
        check(query, &[&text], &[0]);
        check(&format!("\"{query}\""), &[&text], &[0]);
    }
}

#[test]
fn words_and_operators() {
    let docs = ["other||red apple", "other||green apple", "other||red pear"];
    check("apple", &docs, &[0, 1]);
    check("red apple", &docs, &[0]);
    check("red AND apple", &docs, &[0]);
    check("red ET apple", &docs, &[0]);
    check("green OR pear", &docs, &[1, 2]);
    check("green OU pear", &docs, &[1, 2]);
    check("apple -red", &docs, &[1]);
    check("apple NOT red", &docs, &[1]);
    check("apple SAUF red", &docs, &[1]);
    check("red (apple OR pear)", &docs, &[0, 2]);
    check("red -(apple OR plum)", &docs, &[2]);
    check("red apple OR pear", &docs, &[0, 2]);
    check("NOT NOT red", &docs, &[0, 2]);
    check("plum", &docs, &[]);
    check("*", &docs, &[0, 1, 2]);
    check("* -red", &docs, &[1]);
    check("-kind:billing", &docs, &[0, 1, 2]);
    // In lower case they are words like others.
    check("apple or red", &["other||apple or red", "other||apple red"], &[0]);
    // Open brackets and quotes are closed by the end, closing ones too many are passed over.
    check("red (apple", &docs, &[0]);
    check("red) apple", &docs, &[0]);
    check("\"red apple", &docs, &[0]);
    check("!!! apple —", &docs, &[0, 1]);
    check("() apple", &docs, &[0, 1]);
}

#[test]
fn phrases() {
    let docs = [
        "other||the invoice was paid twice",
        "other||paid invoice",
        "other|invoice|paid",
        "other||invoice|paid",
    ];
    check("\"invoice was paid\"", &docs, &[0]);
    check("\"paid invoice\"", &docs, &[1]);
    check("“paid invoice”", &docs, &[1]);
    check("« paid invoice »", &docs, &[1]);
    // Values that were pushed apart are no phrase.
    check("\"invoice paid\"", &docs, &[]);
    check("invoice paid", &docs, &[0, 1, 2, 3]);
    check("\"paid invoice\" OR twice", &docs, &[0, 1]);
    check("-\"paid invoice\" invoice", &docs, &[0, 2, 3]);
    check("\"de la la de\"", &["other||de la la de", "other||de la de la"], &[0]);
    // Phrases over log rows work like over all others.
    check("\"log in\"", &["activity|log in|10.0.0.1", "activity||in log"], &[0]);
}

#[test]
fn prefixes() {
    let docs = ["other||remboursement", "other||rembourser", "other||retour", "other||Rémy Rembo"];
    check("rembours*", &docs, &[0, 1]);
    check("r*", &docs, &[0, 1, 2, 3]);
    check("z*", &docs, &[]);
    check("É*", &docs, &[]);
    typed("remb", &docs, &[0, 1, 3]);
    typed("r", &docs, &[0, 1, 2, 3]);
    typed("remb ", &docs, &[]);
    typed("retour remb", &docs, &[]);
    typed("\"remy rem", &docs, &[3]);
    check("\"rémy rembo\"", &docs, &[3]);
    typed("retour OR", &docs, &[2]);
    typed("retour kind:", &docs, &[2]);
    typed("retour date:20", &docs, &[2]);
    typed("retour amount:>-", &docs, &[2]);
    typed("kind:oth", &docs, &[0, 1, 2, 3]);
    typed("retour (remb", &docs, &[]);
    check("ελλ*", &["other||Ελλάδα"], &[0]);
    check("ж*", &["other||Живот"], &[0]);
}

#[test]
fn accents_and_elision() {
    both("resiliation", "Résiliation");
    both("oeuvre", "ŒUVRE");
    both("cafe", "cafe\u{301}");
    both("strasse", "Straße");
    both("abonnement", "l'abonnement");
    both("abonnement", "L’ABONNEMENT");
    both("elle", "qu’elle");
    both("ici", "jusqu'ici");
    both("accord", "d'accord");
    both("acqua", "dell'acqua");
    both("aujourd'hui", "AUJOURD’HUI");
    both("aujourdhui", "aujourd'hui");
    both("customer", "customer's");
    both("obrien", "O'Brien");
    check("brien", &["other||O'Brien"], &[0]);
    both("email", "e-mail");
    both("rendez-vous", "rendez‑vous");
    check("hui", &["other||aujourd'hui"], &[]);
    check("l", &["other||l'abonnement", "other||l"], &[1]);
}

#[test]
fn numbers_and_ids() {
    both("F-2024-0207", "F20240207");
    both("F-2024-0207", "f/2024/0207");
    both("F 2024", "F 2024");
    both("FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189");
    both("GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819");
    both("12.345-6", "123456");
    both("1 234,56", "1234,56");
    both("1 234,56", "1.234,56");
    both("1,234.56", "1234.56");
    both("1 234 567", "1234567");
    both("732 829 320 00074", "73282932000074");
    both("CHE-123.456.789", "CHE123456789");
    both("2024-0207", "20240207");
    both("550e8400-e29b-41d4-a716-446655440000", "550e8400e29b41d4a716446655440000");
    both("aa:bb:cc:01:02:03", "aabbcc010203");
    both("covid-19", "covid19");
    // Parts find the whole, but a longer number is another number.
    check("0207", &["other||F-2024-0207"], &[0]);
    check("2024-02", &["other||F-2024-0207"], &[]);
    check("234,56", &["other||1 234,56"], &[0]);
    check("2023 2024", &["other||2024 and 2023"], &[0]);
    typed("F-2024-02", &["other||F-2024-0207", "other||F20240207", "other||F-2024-03"], &[0, 1]);
    typed("F2024", &["other||F-2024-0207"], &[0]);
    check("F2024*", &["other||F-2024-0207"], &[0]);
}

#[test]
fn numbers_inside_of_phrases() {
    for (a, b) in [
        ("F-2021-0042", "F20210042"),
        ("F/2021/0042", "F2021-0042"),
        ("12.345-6", "123456"),
        ("1 234 567", "1234567"),
        ("01 99 00 12 34", "+33 1 99 00 12 34"),
        ("FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
        ("550e8400-e29b-41d4-a716-446655440000", "550e8400e29b41d4a716446655440000"),
    ] {
        for (query, text) in [(a, b), (b, a), (a, a), (b, b)] {
            let docs = ["other||other invoice number", &format!("other||the invoice {text} was paid")];
            for phrase in [
                format!("\"invoice {query}\""),
                format!("\"{query} was paid\""),
                format!("\"the invoice {query} was paid\""),
                format!("\"invoice {query} was pai*\""),
            ] {
                check(&phrase, &docs, &[1]);
            }
            typed(&format!("\"invoice {query} was pa"), &docs, &[1]);
            for phrase in [format!("\"the {query}\""), format!("\"invoice {query} paid\"")] {
                check(&phrase, &docs, &[]);
            }
            let query = Query::parse(&format!("\"invoice {query} was\""), Typing::Done, files).unwrap();
            let marked = format!("invoice {text} was");
            assert_eq!(query.marks(&format!("the {marked} paid")), [(4, 4 + marked.chars().count())]);
        }
    }
    // Two of them.
    let docs = ["other||from F-2021-0042 to F-2021-0050 paid", "other||from F20210042 to F20210050 paid"];
    check("\"from F-2021-0042 to F-2021-0050 paid\"", &docs, &[0, 1]);
    check("\"from F20210042 to F20210050 paid\"", &docs, &[0, 1]);
    check("\"from F20210042 to F-2021-0050\"", &docs, &[0, 1]);
    check("\"from F20210050 to F20210042\"", &docs, &[]);
    // The words stand beside the same number.
    check("\"invoice 1234567 paid\"", &["other||invoice 1 234 567 of 1 234 567 paid"], &[]);
}

#[test]
fn a_phrase_as_the_value_of_a_field() {
    let docs = [
        "message|a||<Marie Durand|>Paul Martin",
        "message|b||<Durand Marie",
        "message|c||<Marie Martin|<Paul Durand",
        "message|d||>Marie Durand|marie durand",
    ];
    check("from:\"Marie Durand\"", &docs, &[0]);
    check("from:marie from:durand", &docs, &[0, 1, 2]);
    check("de:« marie durand »", &docs, &[0]);
    check("to:\"marie dur*\"", &docs, &[3]);
    check("-from:\"Marie Durand\" kind:message", &docs, &[1, 2, 3]);
    check("from:\"Marie Durand\" OR from:\"Paul Durand\"", &docs, &[0, 2]);
    typed("from:\"marie du", &docs, &[0]);
    typed("from:\"marie du\"", &docs, &[]);
    check("from:\"marie", &docs, &[0, 1, 2]);
}

#[test]
fn phones() {
    let forms = [
        "01 99 00 12 34",
        "0199001234",
        "01.99.00.12.34",
        "01-99-00-12-34",
        "+33 1 99 00 12 34",
        "+33199001234",
        "+33 (0)1 99 00 12 34",
        "0033 1 99 00 12 34",
    ];
    for a in forms {
        for b in forms {
            let text = format!("other||tél. {b}, merci");
            check(a, &[&text], &[0]);
        }
    }
    both("06 39 98 12 34", "+33639981234");
    both("+44 20 7946 0123", "+442079460123");
    check("0199001234", &["other||tel 01 99 00 12 34 2 rue Haute"], &[0]);
}

#[test]
fn dates_times_and_addresses_keep_their_parts() {
    let docs = ["activity||2024-01-15T10:22:33Z 192.168.10.1 v1.2.3 15/01/2024"];
    for query in ["2024-01-15", "2024", "15", "10:22:33", "33", "192.168.10.1", "v1.2.3", "15/01/2024"] {
        check(query, &docs, &[0]);
    }
    for query in ["20240115", "192168101", "102233", "123", "33Z", "15T10", "T", "Z"] {
        check(query, &docs, &[]);
    }
}

#[test]
fn other_scripts() {
    check("東京", &["other||東京都に住む", "other||京東"], &[0]);
    check("都", &["other||東京都"], &[0]);
    check("서울", &["other||서울에서"], &[0]);
    check("ภาษา", &["other||ภาษาไทย"], &[0]);
    check("МОСКВА", &["other||москва"], &[0]);
    check("😀", &["other||fine 😀😀", "other||fine"], &[0]);
}

#[test]
fn fields() {
    let docs = [
        "billing 2021-05-03 5000|Invoice",
        "billing 2023-12-31 -1500|Refund",
        "ticket 2024-02-29|Help",
        "message|Hello||<Marie Durand|>Paul Martin",
        "activity 2020-01-01|Log in",
    ];
    check("kind:billing", &docs, &[0, 1]);
    check("KIND:Facturation", &docs, &[0, 1]);
    check("genre:factures,ticket", &docs, &[0, 1, 2]);
    check("-kind:billing", &docs, &[2, 3, 4]);
    check("date:2021..2023", &docs, &[0, 1]);
    check("date:2024-02", &docs, &[2]);
    check("date:02/2024", &docs, &[2]);
    check("date:29/02/2024", &docs, &[2]);
    check("date:>2023-12-31", &docs, &[2]);
    check("date:>=2023-12-31", &docs, &[1, 2]);
    check("date:<2021", &docs, &[4]);
    check("date:..2020", &docs, &[4]);
    check("date:2021..", &docs, &[0, 1, 2]);
    check("-date:2020..2024", &docs, &[3]);
    check("amount:>10", &docs, &[0]);
    check("montant:> 10", &docs, &[0]);
    check("amount:50", &docs, &[0]);
    check("amount:50,00", &docs, &[0]);
    check("amount:15", &docs, &[1]);
    check("amount:-15", &docs, &[1]);
    check("amount:+15", &docs, &[]);
    check("amount:−15", &docs, &[1]);
    check("amount:−50", &docs, &[]);
    check("amount:<0", &docs, &[1]);
    check("amount:-20..50", &docs, &[0, 1]);
    check("amount:\"1 000..2 000\"", &docs, &[]);
    check("from:durand", &docs, &[3]);
    check("de:\"Marie Durand\"", &docs, &[3]);
    check("from:martin", &docs, &[]);
    check("à:martin", &docs, &[3]);
    check("to:mart*", &docs, &[3]);
    check("from:paul OR to:paul", &docs, &[3]);
    // What is given as a party only is no text.
    check("durand", &docs, &[]);
    check("file:facture", &docs, &[0, 3]);
    check("file:*.json", &docs, &[1, 4]);
    check("file:\"all mail\"", &docs, &[2]);
    check("file:nothing", &docs, &[]);
    check("invoice OR refund kind:billing date:2021", &docs, &[0]);
    check("(invoice OR refund) kind:billing date:2021", &docs, &[0]);
    // Not a field: text with a colon.
    check("foo:bar", &["other||foo: bar", "other||bar foo"], &[0]);
    check("http://example.org/a", &["other||see http://example.org/a"], &[0]);
}

#[test]
fn people_and_addresses() {
    both("jean.dupont2@example.org", "Jean.Dupont2@example.org");
    check("example.org", &["other||jean@example.org"], &[0]);
    check("dupont", &["other||jean.dupont2@example.org", "other||jean.dupont@example.org"], &[1]);
}

#[test]
fn the_order_is_by_fit_then_as_in_the_export() {
    let docs = ["other||apple pear plum fig date lime", "other||apple", "other|apple|", "other||apple"];
    let index = filled(&docs);
    let order = |order, offset, top| {
        let query = Query::parse("apple", Typing::Done, files).unwrap();
        let hits = index.search(&query, Page { offset, top, order }).hits;
        hits.iter().map(|h| h.id.number).collect::<Vec<_>>()
    };
    // 1 and 3 fit equally well; 3 lies in entry 0, 1 in entry 1.
    assert_eq!(order(Order::Score, 0, 20), [2, 3, 1, 0]);
    assert_eq!(order(Order::Score, 1, 2), [3, 1]);
    assert_eq!(order(Order::Export, 0, 20), [0, 3, 1, 2]);
    assert_eq!(order(Order::Score, 4, 20), [] as [u32; 0]);
    assert_eq!(order(Order::Score, 0, 0), [] as [u32; 0]);
}

#[test]
fn the_order_can_be_by_day() {
    let index = filled(&["other 2020-01-01|a", "other|a", "other 2024-01-01|a", "other -0001-01-01|a"]);
    let order = |order| {
        let hits = index.search(&Query::all(), Page { order, ..Page::default() }).hits;
        hits.iter().map(|h| h.id.number).collect::<Vec<_>>()
    };
    assert_eq!(order(Order::Newest), [2, 0, 3, 1]);
    assert_eq!(order(Order::Oldest), [3, 0, 2, 1]);
}

#[test]
fn facets_count_the_other_values() {
    let docs = ["billing 2021-05-03|a", "billing 2023-01-01|a", "ticket 2023-12-31|a", "ticket|a b"];
    let index = filled(&docs);
    let query = Query::parse("a", Typing::Done, files).unwrap();
    let answer = index.search(&query, Page::default());
    assert_eq!(answer.total, 4);
    assert_eq!(answer.facets.kinds, [(Kind::Billing, 2), (Kind::Ticket, 2)]);
    assert_eq!(answer.facets.years, [(2021, 1), (2023, 2)]);
    assert_eq!(answer.facets.undated, 1);
    assert_eq!(answer.facets.entries, [(EntryId(0), 2), (EntryId(1), 1), (EntryId(2), 1)]);

    let within = query.within(Filters { kinds: Some(vec![Kind::Billing]), ..Filters::default() });
    let answer = index.search(&within, Page::default());
    assert_eq!(answer.total, 2);
    assert_eq!(answer.facets.kinds, [(Kind::Billing, 2), (Kind::Ticket, 2)]);
    assert_eq!(answer.facets.years, [(2021, 1), (2023, 1)]);
    assert_eq!(answer.facets.undated, 0);

    let from = Day::from_ymd_opt(2023, 1, 1);
    let within = Query::all().within(Filters {
        from,
        to: Day::from_ymd_opt(2023, 6, 1),
        entries: Some([EntryId(1)].into_iter().collect()),
        ..Filters::default()
    });
    let answer = index.search(&within, Page::default());
    assert_eq!(answer.hits.iter().map(|h| h.id.number).collect::<Vec<_>>(), [1]);
    assert_eq!(answer.facets.entries, [(EntryId(1), 1)]);
    assert_eq!(answer.facets.years, [(2023, 1)]);
}

#[test]
fn facets_name_fifty_entries_and_how_many_more() {
    let index = Index::new();
    let mut writer = index.writer();
    for entry in 0..70 {
        add(&mut writer, entry, 0, "other||a");
    }
    add(&mut writer, 69, 1, "other||a");
    writer.finish();
    let facets = index.search(&Query::all(), Page::default()).facets;
    assert_eq!(facets.entries.len(), 50);
    assert_eq!(facets.entries[0], (EntryId(69), 2));
    assert_eq!(facets.more_entries, 20);
}

/// Some text with words of all frequencies, the same every time.
fn prose(number: u32) -> String {
    const WORDS: [&str; 12] = [
        "facture",
        "paiement",
        "compte",
        "client",
        "de",
        "la",
        "F-2024-0001",
        "résilié",
        "1 234,56",
        "mail",
        "log",
        "web",
    ];
    let mut state = number.wrapping_mul(2_654_435_761).wrapping_add(97);
    let mut text = String::from("other 2024-01-15|");
    for _ in 0..8 + number % 23 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let pick = (state >> 16) % 78;
        // The first words are the most frequent.
        let at = (0..12).find(|i| pick < (i + 1) * (24 - i) / 2).unwrap_or(11);
        text.push_str(WORDS[at as usize]);
        text.push(' ');
    }
    text
}

#[test]
fn the_answer_does_not_depend_on_who_wrote_what() {
    let whole = Index::new();
    let mut writer = whole.writer();
    for number in 0..600 {
        add(&mut writer, number / 100, number, &prose(number));
    }
    writer.finish();

    let spread = Index::new();
    std::thread::scope(|scope| {
        for thread in 0..3 {
            let index = spread.clone();
            scope.spawn(move || {
                let mut writer = index.writer();
                for number in (0..600).rev().filter(|n| n % 3 == thread) {
                    add(&mut writer, number / 100, number, &prose(number));
                    if number % 50 == 0 {
                        writer.publish();
                    }
                }
            });
        }
    });
    assert_eq!((whole.len(), spread.len()), (600, 600));
    for query in
        ["facture", "facture paiement OR web", "\"de la\"", "cli*", "f20240001 -log", "c*", "kind:other mail"]
    {
        let query = Query::parse(query, Typing::Done, files).unwrap();
        for order in [Order::Score, Order::Newest] {
            let page = Page { offset: 3, top: 40, order };
            let (a, b) = (whole.search(&query, page), spread.search(&query, page));
            assert_eq!(a.total, b.total);
            assert!(a.total > 43, "{} for {query:?}", a.total);
            assert_eq!(a.hits, b.hits, "{query:?}");
            assert_eq!(a.facets, b.facets);
        }
    }
}

#[test]
fn records_are_found_while_others_are_added() {
    let index = Index::new();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let mut writer = index.writer();
            for number in 0..3_000 {
                add(&mut writer, 0, number, &prose(number));
                if number % 500 == 499 {
                    writer.publish();
                }
            }
        });
        let query = Query::parse("facture", Typing::Done, files).unwrap();
        let mut last = 0;
        while !writing.is_finished() {
            let total = index.search(&query, Page::default()).total;
            assert!(total >= last, "{total} after {last}");
            last = total;
        }
    });
    assert_eq!(index.len(), 3_000);
    assert!(index.bytes() > 10_000);
}

#[test]
fn nothing_is_shown_before_it_is_published_and_all_when_the_writer_goes() {
    let index = Index::new();
    let mut writer = index.writer();
    add(&mut writer, 0, 0, "other||apple");
    assert!(index.is_empty());
    assert_eq!(numbers(&index, &Query::all()), [] as [u32; 0]);
    drop(writer);
    assert_eq!(numbers(&index, &Query::all()), [0]);
    index.writer().finish();
    assert_eq!(index.len(), 1);
}

#[test]
fn the_first_records_are_shown_without_being_asked_to() {
    let index = Index::new();
    let mut writer = index.writer();
    let start = std::time::Instant::now();
    let mut number = 0;
    while index.is_empty() && start.elapsed().as_secs() < 20 {
        add(&mut writer, 0, number, "other||apple");
        number += 1;
    }
    let shown = index.len();
    assert!(shown > 0 && shown == u64::from(number), "{shown} of {number}");
}

#[test]
fn very_long_words_are_found() {
    let long = "ab1".repeat(50_000);
    let text = format!("other||before {long} after");
    check("\"before ab1*\"", &[&text], &[0]);
    check("after", &[&text], &[0]);
    check(&"ab1".repeat(600), &["other||x", &format!("other||{}", "ab1".repeat(600))], &[1]);
}
