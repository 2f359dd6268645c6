//! C09: support requests with their threads, what was attached to them, and the help page that they cite.

use serde_json::{Value, json};

use super::super::{Sample, out};
use super::{EMAIL, NAME, wrapped};
use crate::clock::Moment;

pub(super) fn write(s: &mut Sample) {
    let tickets = tickets(include_str!("../texts/tickets.txt"));
    s.add(
        "support/tickets.json",
        "json",
        wrapped("tickets", &tickets),
        (tickets.len(), "ticket"),
        "C09: requests with their threads, internal notes too",
    );
    let at = |id: i64, message: usize| {
        let n = tickets.iter().position(|t| t["ticket_id"] == id).expect("it is one of ours");
        format!("/tickets/{n}/messages/{message}/body")
    };
    s.needle("chantournelle", "support/tickets.json", &at(5877, 0), "JSON three levels down");
    s.needle("thimblewick", "support/tickets.json", &at(4188, 2), "JSON, English");
    s.needle("marrowfinch", "support/tickets.json", &at(8871, 3), "JSON, English");
    s.needle("QUILLDERRY-17", "support/tickets.json", &at(10512, 2), "a reference with a hyphen");
    s.needle("bruxelloire", "support/tickets.json", &at(9120, 1), "JSON, internal note");
    s.needle("\"mise en demeure\"", "support/tickets.json", &at(5602, 2), "a phrase in French quotes");
    s.story(
        "An internal note in ticket 9120 names another customer: Vernier, file 40233.",
        &[&format!("support/tickets.json#{}", at(9120, 1))],
    );
    s.story(
        "Camille asked twice, in ticket 8105, to be written Aubépin; the CRM sheet and an invitation still say Aubepin.",
        &[
            "crm/contact.csv#row=2,col=nom",
            "marketing/emails/2023-09-05-invitation-rentree.eml",
            "support/tickets.json#/tickets/13",
        ],
    );
    s.add(
        "support/attachments/9120-releve.txt",
        "text",
        include_bytes!("../texts/releve.txt").to_vec(),
        (1, "document"),
        "C09: the bank statement sent with ticket 9120",
    );
    s.needle("cotignelle", "support/attachments/9120-releve.txt", "", "plain text");
    s.add(
        "support/attachments/8960-facture-pied-coupe.png",
        "png",
        out::png(400, 520, cut_invoice),
        (1, "document"),
        "C09: the picture sent with ticket 8960",
    );
    s.add(
        "support/faq-paiements.html",
        "html",
        include_bytes!("../texts/faq.html").to_vec(),
        (4, "document"),
        "C09: the help page that tickets refer to: its text, and the rows of its table",
    );
    s.needle("mélodiveuse", "support/faq-paiements.html", "", "HTML entity inside the word");
    s.needle("bramblenook", "support/faq-paiements.html", "", "HTML table cell");
}

/// The grey at a place of a screen that shows an invoice of which the foot is cut off: a sheet, with bars for its lines.
fn cut_invoice(x: u32, y: u32) -> u8 {
    /// Left, top, right and bottom of a bar, and its grey.
    const BARS: &[(u32, u32, u32, u32, u8)] = &[
        (48, 44, 88, 84, 70),
        (100, 50, 216, 60, 90),
        (100, 68, 184, 75, 150),
        (262, 112, 344, 119, 120),
        (262, 126, 328, 133, 150),
        (262, 140, 336, 147, 150),
        (48, 168, 204, 182, 60),
        (48, 206, 352, 222, 190),
        (48, 360, 352, 362, 150),
        (250, 376, 290, 383, 150),
        (312, 376, 346, 383, 120),
        (250, 394, 282, 401, 150),
        (316, 394, 346, 401, 120),
        (250, 414, 290, 424, 60),
        (302, 414, 346, 424, 60),
        (48, 496, 338, 502, 150),
        (48, 510, 352, 516, 150),
    ];
    let line = |n: u32| {
        let top = 236 + 24 * n;
        let long = [150, 118, 170, 96, 134][n as usize];
        let amount = [34, 42, 34, 38, 34][n as usize];
        (top..top + 7).contains(&y) && ((56..56 + long).contains(&x) || (346 - amount..346).contains(&x))
    };
    let bar = BARS.iter().find(|(l, t, r, b, _)| (*l..*r).contains(&x) && (*t..*b).contains(&y));
    match bar {
        Some((.., grey)) => *grey,
        None if (0..5).any(line) => 130,
        None if (24..376).contains(&x) && y >= 20 => 255,
        None => 214,
    }
}

/// Reads the conversations: `== number | opened | language | status | priority | category | subject`, then messages
/// that begin with `C` (customer), `A name |` (agent) or `N name |` (internal note) and the time, then the text;
/// `@ name | type | bytes` attaches a file to the message.
pub(super) fn tickets(text: &str) -> Vec<Value> {
    let tickets: Vec<Value> = text.split("== ").skip(1).map(ticket).collect();
    assert!(
        tickets.windows(2).all(|t| t[0]["opened_at"].as_str() < t[1]["opened_at"].as_str()),
        "tickets in order"
    );
    tickets
}

fn ticket(text: &str) -> Value {
    let (head, thread) = text.split_once('\n').expect("a head, then the thread");
    let head: Vec<&str> = head.split(" | ").collect();
    let [number, opened, language, status, priority, category, subject] = head[..] else {
        panic!("a head has seven parts: {head:?}");
    };
    let id: i64 = number.parse().expect("a ticket has a number");
    let mut messages: Vec<Value> = Vec::new();
    let mut body: Vec<&str> = Vec::new();
    for line in thread.lines() {
        if let Some(file) = line.strip_prefix("@ ") {
            finish(&mut messages, &mut body);
            let parts: Vec<&str> = file.split(" | ").collect();
            let bytes: u32 = parts[2].parse().expect("a number of bytes");
            let last = messages.last_mut().expect("a file belongs to a message");
            last["attachments"] = json!([{"name": parts[0], "type": parts[1], "bytes": bytes}]);
        } else if let Some(message) = message(line) {
            finish(&mut messages, &mut body);
            messages.push(message);
        } else {
            body.push(line);
        }
    }
    finish(&mut messages, &mut body);
    for (n, message) in messages.iter_mut().enumerate() {
        message["message_id"] = json!(format!("{id}-{}", n + 1));
    }
    let last = messages.last().map(|m| m["sent_at"].clone());
    json!({
        "ticket_id": id,
        "subject": subject,
        "language": language,
        "channel": "web",
        "category": category,
        "priority": priority,
        "status": status,
        "opened_at": Moment::parse(opened).iso(),
        "updated_at": last,
        "requester": {"name": NAME, "email": EMAIL},
        "messages": messages
    })
}

/// The head of a message, if the line is one.
fn message(line: &str) -> Option<Value> {
    let (role, rest) = line.split_once(' ')?;
    let is_time = |t: &str| t.len() == 16 && t.starts_with("20") && t.as_bytes()[10] == b'T';
    let (author, role, internal, at) = match role {
        "C" if is_time(rest) => (NAME, "customer", false, rest),
        "A" | "N" => {
            let (name, at) = rest.split_once(" | ").filter(|(_, at)| is_time(at))?;
            (name, "agent", role == "N", at)
        }
        _ => return None,
    };
    let direction = match (role, internal) {
        ("customer", _) => "inbound",
        (_, true) => "internal",
        _ => "outbound",
    };
    Some(json!({
        "message_id": null,
        "author": author,
        "author_role": role,
        "direction": direction,
        "internal": internal,
        "sent_at": Moment::parse(at).iso(),
        "body": null,
        "attachments": []
    }))
}

/// Gives the lines gathered so far to the message they belong to.
fn finish(messages: &mut [Value], body: &mut Vec<&str>) {
    let text = body.join("\n").trim().to_owned();
    body.clear();
    if !text.is_empty() {
        messages.last_mut().expect("text follows the head of a message")["body"] = json!(text);
    }
}
