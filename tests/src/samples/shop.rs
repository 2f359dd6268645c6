//! The export of Imogen Tarrant from Harbour Lane Books: a small shop, plain tables, no service description.

use serde_json::{Value, json};

use super::{Sample, out};
use crate::clock::{DAY, Moment};
use crate::rng::Rng;

const BOOKS: [(&str, i64); 16] = [
    ("The Lamplighter of Skerry Point", 899),
    ("A Field Guide to Imaginary Herons", 1450),
    ("Tide Tables for the Undecided", 799),
    ("The Cartographer's Niece", 1099),
    ("Eleven Ways to Mend a Net", 1250),
    ("Rope, Knot and Patience", 1699),
    ("The Quiet Signalman", 899),
    ("Salt in the Margins", 999),
    ("Notes from a Leaking Boat", 849),
    ("Harbours I Have Not Seen", 1150),
    ("The Second-Best Compass", 999),
    ("Bread for Long Voyages", 1899),
    ("An Alphabet of Fog", 1199),
    ("Gulls and Other Critics", 749),
    ("The Lighthouse Accounts", 1299),
    ("Small Ships, Large Weather", 1599),
];

/// The whole sample.
pub fn shop() -> Sample {
    let mut sample = Sample { name: "shop", ..Sample::default() };
    let s = &mut sample;
    people(s);
    orders(s);
    let talks: Vec<Value> =
        serde_json::from_str(include_str!("texts/shop-messages.json")).expect("it is a JSON list");
    s.add(
        "messages.json",
        "json",
        out::json(&json!({"shop": "Harbour Lane Books", "conversations": talks})),
        (talks.len(), "ticket"),
        "questions to the shop and its answers",
    );
    s.needle("puddlewrack", "messages.json", "/conversations/3/thread/0/text", "JSON in a list in a list");
    newsletters(s);
    logins(s);
    s.add(
        "wishlist.txt",
        "text",
        include_bytes!("texts/shop-wishlist.txt").to_vec(),
        (1, "document"),
        "books to be told about",
    );
    s.needle("snickerwold", "wishlist.txt", "", "plain text");
    s.add(
        "terms.html",
        "html",
        include_bytes!("texts/shop-terms.html").to_vec(),
        (1, "document"),
        "the terms in force on the day of the export",
    );
    s.needle("flotsam clause", "terms.html", "", "HTML, two words over a line break");
    reviews(s);
    sample
}

fn people(s: &mut Sample) {
    let customer = json!({
        "customerId": "HLB-20931",
        "fullName": "Imogen Tarrant",
        "emailAddress": "imogen.tarrant@post.example",
        "phone": "+44 20 7946 0318",
        "dateOfBirth": "1979-09-30",
        "memberSince": "2021-02-13",
        "loyalty": {"card": "GULL-4471-0926", "points": 312, "tier": "Deckhand"},
        "favouriteShelf": "Maritime & weather",
        "notes": "Collects from the shop on Saturdays. Knows the cat, Brindlequay."
    });
    s.add("customer.json", "json", out::json(&customer), (1, "account"), "who the customer is");
    s.needle("brindlequay", "customer.json", "/notes", "JSON text");
    s.needle("GULL44710926", "customer.json", "/loyalty/card", "a card number without its hyphens");
    let header = ["label", "recipient", "line_1", "line_2", "town", "postcode", "country", "default"];
    let addresses = [
        ["Home", "Imogen Tarrant", "4 Chandler's Steps", "", "Whitby Haven", "ZZ1 4QX", "GB", "yes"],
        [
            "Work",
            "I. Tarrant",
            "Netloft Studio",
            "Unit 3, The Old Ropewalk",
            "Whitby Haven",
            "ZZ1 2AB",
            "GB",
            "no",
        ],
        ["Mum", "Mrs R. Tarrant", "The Saltings", "Marram Lane", "Little Fenmoor", "ZZ9 7JP", "GB", "no"],
    ];
    let rows: Vec<Vec<String>> = addresses.iter().map(|r| r.map(str::to_owned).to_vec()).collect();
    let count = rows.len();
    s.add("addresses.csv", "csv", plain(&header, &rows), (count, "account"), "delivery addresses");
    s.needle("Fenmoor", "addresses.csv", "row=3,col=town", "CSV cell");
}

fn orders(s: &mut Sample) {
    let mut rng = Rng::new(20_931);
    let mut day = Moment::day(2021, 2, 13);
    let (mut orders, mut payments) = (Vec::new(), Vec::new());
    for n in 0..64 {
        let at = day.plus(i64::from(rng.between(8 * 3600, 22 * 3600)));
        let mut titles = Vec::new();
        let mut cents = 0;
        for _ in 0..rng.between(1, 3) {
            let (title, price) = BOOKS[rng.index(16)];
            titles.push(title);
            cents += price;
        }
        let shipping = if cents > 2_000 { 0 } else { 295 };
        let number = format!("HL{}", 50_210 + n * 37);
        let status = match n {
            41 => "refunded",
            63 => "awaiting stock",
            _ => "delivered",
        };
        let mut items = titles.join("; ");
        if n == 30 {
            items.push_str("; signed copy, gift wrap \"thrumblewick\"");
        }
        let money = |c: i64| out::point(c);
        let row = [
            &number,
            &at.iso_day(),
            &items,
            &money(cents),
            &money(shipping),
            &money(cents + shipping),
            "GBP",
            status,
        ];
        orders.push(row.map(str::to_owned).to_vec());
        let card = if n < 38 { "Visa **** 0119" } else { "Visa **** 7310" };
        let mut pay = |suffix: &str, at: Moment, amount: i64, result: &str| {
            let id = format!("TX-{number}{suffix}");
            let row = [&id, &number, &at.slashed(), card, &money(amount), "GBP", result];
            payments.push(row.map(str::to_owned).to_vec());
        };
        if n == 12 {
            pay("-0", at, cents + shipping, "declined");
        }
        pay("-1", at, cents + shipping, "captured");
        if n == 41 {
            pay("-R", at.plus_days(9), -(cents + shipping), "refunded");
        }
        day = day.plus(i64::from(rng.between(9, 52)) * DAY);
    }
    let count = orders.len();
    let header = ["order_no", "order_date", "items", "subtotal", "shipping", "total", "currency", "status"];
    s.add("orders.csv", "csv", plain(&header, &orders), (count, "billing"), "every order");
    s.needle("thrumblewick", "orders.csv", "row=31,col=items", "quoted CSV cell with quotes in it");
    s.needle("HL52393", "orders.csv", "row=60,col=order_no", "an order number");
    let count = payments.len();
    let header = ["transaction_id", "order_no", "paid_on", "card", "amount", "currency", "result"];
    s.add(
        "payments.csv",
        "csv",
        plain(&header, &payments),
        (count, "billing"),
        "what was charged and given back",
    );
    s.story(
        "Order HL51727 was refunded in full nine days after it was paid.",
        &["orders.csv#row=42", "payments.csv#row=44"],
    );
}

fn newsletters(s: &mut Sample) {
    let header = ["newsletter", "subscribed", "changed_on", "how", "wording"];
    let rows: Vec<Vec<String>> = [
        ["New arrivals", "yes", "2021-02-13", "checkout box", "v1: Tell me about new books by e-mail"],
        [
            "Saturday reading circle",
            "yes",
            "2021-09-04",
            "paper slip in the shop",
            "v1: Invite me to the reading circle",
        ],
        ["New arrivals", "no", "2023-05-21", "unsubscribe link", "v1: Tell me about new books by e-mail"],
        ["Offers by SMS", "no", "2021-02-13", "checkout box", "v1: Send me offers by text message"],
        [
            "Partner catalogues",
            "no",
            "2024-01-08",
            "account page",
            "v2: Pass my address to our partner, Wherrymoss Press",
        ],
    ]
    .map(|r| r.map(str::to_owned).to_vec())
    .to_vec();
    let count = rows.len();
    let file = "newsletter_preferences.csv";
    s.add(file, "csv", plain(&header, &rows), (count, "consent"), "what may be sent, and since when");
    s.needle("Wherrymoss", file, "row=5,col=wording", "CSV cell");
}

fn logins(s: &mut Sample) {
    const BROWSERS: [&str; 4] =
        ["Firefox 128 on Linux", "Safari 17 on iPhone", "Chrome 126 on Windows", "Safari 17 on iPad"];
    let mut rng = Rng::new(9);
    let mut day = Moment::day(2024, 9, 1);
    let mut rows = Vec::new();
    while rows.len() < 212 {
        let at = day.plus(i64::from(rng.below(86_400)));
        let ip = format!("203.0.113.{}", [18, 18, 18, 64, 201][rng.index(5)]);
        let result = if rng.percent(6) { "wrong password" } else { "ok" };
        rows.push(
            [&at.iso().replace('T', " ").replace('Z', ""), &ip, BROWSERS[rng.index(4)], result]
                .map(str::to_owned)
                .to_vec(),
        );
        day = day.plus(i64::from(rng.between(1, 6)) * DAY);
    }
    let count = rows.len();
    let header = ["signed_in_at", "ip_address", "browser", "result"];
    s.add("login_history.csv", "csv", plain(&header, &rows), (count, "activity"), "when she signed in");
}

fn reviews(s: &mut Sample) {
    let header = ["isbn", "title", "stars", "review", "posted"];
    let rows: Vec<Vec<String>> = [
        [
            "978-0-00-000001-1",
            "An Alphabet of Fog",
            "5",
            "Read it twice in a week, once aloud to the cat.",
            "2022-11-02",
        ],
        [
            "978-0-00-000002-8",
            "Rope, Knot and Patience",
            "4",
            "Lovely plates.\nThe index is a maze.",
            "2023-02-19",
        ],
        [
            "978-0-00-000003-5",
            "Gulls and Other Critics",
            "3",
            "Sharp, then merely loud, a real mizzenfuss.",
            "2024-06-30",
        ],
        [
            "978-0-00-000004-2",
            "Bread for Long Voyages",
            "5",
            "The ship's biscuit is better than it has a right to be.",
            "2025-01-12",
        ],
    ]
    .map(|r| r.map(str::to_owned).to_vec())
    .to_vec();
    let count = rows.len();
    s.add("reviews.csv", "csv", plain(&header, &rows), (count, "other"), "what she thought of the books");
    s.needle("mizzenfuss", "reviews.csv", "row=3,col=review", "CSV cell with a comma");
}

/// A table with commas and Unix line ends, as a small shop's program writes it.
fn plain(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    out::csv(',', header, rows).replace("\r\n", "\n").into_bytes()
}
