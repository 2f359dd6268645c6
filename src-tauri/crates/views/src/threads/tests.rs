//! Conversations as a reader would see them.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use records::Role::{
    Attachment, Author, AuthorRole, Body, CreatedOn, Date, Direction, Email, From, FullName, Internal,
    Status, TicketNumber, Title,
};
use records::{Kind, Record, RecordId, Role, What};

use super::{Sides, Thread, Threads};
use crate::sample::{entry, record};
use crate::subject::{Is, Subject};

fn ticket(fields: &[(Role, &str, &str)]) -> Record {
    record(Kind::Ticket, What::Ticket, fields)
}

fn said(fields: &[(Role, &str, &str)]) -> Record {
    record(Kind::Ticket, What::TicketMessage, fields)
}

fn subject() -> Subject {
    let mut subject = Subject::default();
    subject.add(Is::Name, "Camille Aubépin");
    subject.add(Is::Email, "camille@atelier.example");
    subject
}

fn check(records: Vec<Record>, wanted: Expect) {
    let records = entry(0, "tickets.json", records);
    let subject = subject();
    let domains = ["shop.example".to_owned()];
    let sides = Sides { subject: &subject, company_domains: &domains };
    let mut out = String::new();
    for line in Threads::build(&records, sides).lines {
        let at = |moment: &Option<crate::Moment>| moment.as_ref().map_or("-".to_owned(), ToString::to_string);
        out.push_str(&format!(
            "{} {} | {} | {} to {} | {} messages, {} internal\n",
            if line.number.is_empty() { "-" } else { &line.number },
            line.subject,
            line.status,
            at(&line.opened),
            at(&line.last),
            line.messages,
            line.internal
        ));
        let of: Vec<&Record> = records.iter().filter(|r| line.records.contains(&r.id)).collect();
        let thread = Thread::read(&of, sides);
        assert_eq!(thread.messages.len(), line.messages as usize);
        for message in thread.messages {
            out.push_str(&format!(
                "  {} {} ({}): {}{}{} @{}\n",
                at(&message.at),
                message.author,
                message.role.word(),
                message.text,
                if message.internal { " [internal]" } else { "" },
                message.attachments.iter().map(|a| format!(" +{a}")).collect::<String>(),
                message.locator.at,
            ));
        }
    }
    wanted.assert_eq(&out);
}

#[test]
fn a_ticket_with_its_messages_inside() {
    check(
        vec![ticket(&[
            (TicketNumber, "ticket_id", "9120"),
            (Title, "subject", "Paiement en double"),
            (Status, "status", "closed"),
            (CreatedOn, "opened_at", "2024-02-09T09:12:00Z"),
            (FullName, "requester/name", "Camille Aubépin"),
            (Author, "messages/0/author", "Solène"),
            (AuthorRole, "messages/0/author_role", "agent"),
            (Direction, "messages/0/direction", "internal"),
            (Internal, "messages/0/internal", "true"),
            (Date, "messages/0/sent_at", "2024-02-12T10:05:00Z"),
            (Body, "messages/0/body", "Voir avec la compta."),
            (Author, "messages/1/author", "Camille Aubépin"),
            (AuthorRole, "messages/1/author_role", "customer"),
            (Date, "messages/1/sent_at", "2024-02-09T09:12:00Z"),
            (Body, "messages/1/body", "Bonjour"),
            (Role::FullName, "messages/1/attachments/0/name", "releve.txt"),
            (Role::Other, "messages/1/attachments/0/type", "text/plain"),
            (Body, "messages/10/body", "sans date"),
            (Author, "messages/10/author", "Système"),
        ])],
        expect![[r#"
            9120 Paiement en double | closed | 2024-02-09T09:12:00Z to 2024-02-12T10:05:00Z | 3 messages, 1 internal
              2024-02-09T09:12:00Z Camille Aubépin (customer): Bonjour +releve.txt @/0/messages/1
              - Système (system): sans date @/0/messages/10
              2024-02-12T10:05:00Z Solène (agent): Voir avec la compta. [internal] @/0/messages/0
        "#]],
    );
}

#[test]
fn who_stands_on_which_side() {
    let one = |fields: &[(Role, &str, &str)]| {
        let mut all = vec![(Body, "comments/0/body", "x")];
        all.extend_from_slice(fields);
        ticket(&all)
    };
    check(
        vec![
            one(&[(Email, "comments/0/from", "Camille+help@atelier.example")]),
            one(&[(From, "comments/0/from", "Paul <paul@mail.shop.example>")]),
            one(&[(Author, "comments/0/author", "AUBÉPIN Camille")]),
            one(&[(Author, "comments/0/author", "Service client")]),
            one(&[(Author, "comments/0/agent", "Solène")]),
            one(&[(Direction, "comments/0/direction", "entrant"), (Author, "comments/0/author", "C.")]),
            one(&[(Direction, "comments/0/direction", "outbound")]),
            one(&[(AuthorRole, "comments/0/is_agent", "false")]),
            one(&[
                (AuthorRole, "comments/0/who", "Imogen Tarrant"),
                (Role::Other, "comments/0/side", "shop"),
            ]),
            one(&[(Author, "comments/0/author", "Somebody")]),
        ],
        expect![[r#"
            -  |  | - to - | 1 messages, 0 internal
              - Camille+help@atelier.example (customer): x @/0/comments/0
            -  |  | - to - | 1 messages, 0 internal
              - Paul <paul@mail.shop.example> (agent): x @/1/comments/0
            -  |  | - to - | 1 messages, 0 internal
              - AUBÉPIN Camille (customer): x @/2/comments/0
            -  |  | - to - | 1 messages, 0 internal
              - Service client (agent): x @/3/comments/0
            -  |  | - to - | 1 messages, 0 internal
              - Solène (agent): x @/4/comments/0
            -  |  | - to - | 1 messages, 0 internal
              - C. (customer): x @/5/comments/0
            -  |  | - to - | 1 messages, 0 internal
              -  (agent): x @/6/comments/0
            -  |  | - to - | 1 messages, 0 internal
              -  (customer): x @/7/comments/0
            -  |  | - to - | 1 messages, 0 internal
              - Imogen Tarrant (agent): x @/8/comments/0
            -  |  | - to - | 1 messages, 0 internal
              - Somebody (unknown): x @/9/comments/0
        "#]],
    );
}

#[test]
fn notes_between_agents_are_told_in_several_ways() {
    let one = |text: &str, fields: &[(Role, &str, &str)]| {
        let mut all = vec![(Body, "replies/0/body", text)];
        all.extend_from_slice(fields);
        ticket(&all)
    };
    check(
        vec![
            one("a", &[(Internal, "replies/0/public", "false")]),
            one("b", &[(Role::Other, "replies/0/type", "note interne")]),
            one("c", &[(Role::Other, "replies/0/visibility", "private")]),
            one("[Note interne] d", &[]),
            one("e", &[(Internal, "replies/0/interne", "oui")]),
            one("f", &[(Internal, "replies/0/public", "true")]),
            one("g", &[(Internal, "replies/0/internal", "false")]),
            one("h, see the internal note", &[(Role::Other, "replies/0/type", "public reply")]),
        ],
        expect![[r#"
            -  |  | - to - | 1 messages, 1 internal
              -  (unknown): a [internal] @/0/replies/0
            -  |  | - to - | 1 messages, 1 internal
              -  (unknown): b [internal] @/1/replies/0
            -  |  | - to - | 1 messages, 1 internal
              -  (unknown): c [internal] @/2/replies/0
            -  |  | - to - | 1 messages, 1 internal
              -  (unknown): [Note interne] d [internal] @/3/replies/0
            -  |  | - to - | 1 messages, 1 internal
              -  (unknown): e [internal] @/4/replies/0
            -  |  | - to - | 1 messages, 0 internal
              -  (unknown): f @/5/replies/0
            -  |  | - to - | 1 messages, 0 internal
              -  (unknown): g @/6/replies/0
            -  |  | - to - | 1 messages, 0 internal
              -  (unknown): h, see the internal note @/7/replies/0
        "#]],
    );
}

#[test]
fn rows_of_messages_make_threads_by_their_number() {
    check(
        vec![
            said(&[(TicketNumber, "ticket", "T-7"), (Date, "d", "2024-01-02"), (Body, "text", "second")]),
            said(&[
                (TicketNumber, "ticket", "t7"),
                (Date, "d", "2024-01-01"),
                (Body, "text", "first"),
                (Attachment, "attachment", "a.png"),
            ]),
            ticket(&[(TicketNumber, "id", "T 7"), (Title, "subject", "Broken"), (Status, "status", "open")]),
            said(&[(Date, "d", "2023-01-01"), (Body, "text", "alone")]),
            said(&[(Date, "d", "2023-01-01"), (Body, "text", "alone as well")]),
        ],
        expect![[r#"
            T 7 Broken | open | 2024-01-01 to 2024-01-02 | 2 messages, 0 internal
              2024-01-01  (unknown): first +a.png @/1
              2024-01-02  (unknown): second @/0
            -  |  | 2023-01-01 to 2023-01-01 | 1 messages, 0 internal
              2023-01-01  (unknown): alone @/3
            -  |  | 2023-01-01 to 2023-01-01 | 1 messages, 0 internal
              2023-01-01  (unknown): alone as well @/4
        "#]],
    );
}

#[test]
fn what_stands_twice_is_said_once() {
    check(
        vec![
            ticket(&[
                (TicketNumber, "id", "1"),
                (Date, "date", "2024-01-01"),
                (Body, "description", "Hello,\nit is broken."),
                (Date, "messages/0/date", "2024-01-01T10:00:00Z"),
                (Body, "messages/0/text", "hello, it is broken"),
                (Date, "messages/1/date", "2024-01-02T10:00:00Z"),
                (Body, "messages/1/text", "Thanks"),
            ]),
            said(&[(TicketNumber, "ticket", "1"), (Date, "date", "2024-01-02"), (Body, "text", "Thanks")]),
            said(&[(TicketNumber, "ticket", "1"), (Date, "date", "2024-01-03"), (Body, "text", "Thanks")]),
        ],
        expect![[r#"
            1  |  | 2024-01-01 to 2024-01-03 | 3 messages, 0 internal
              2024-01-01T10:00:00Z  (unknown): hello, it is broken @/0/messages/0
              2024-01-02T10:00:00Z  (unknown): Thanks @/0/messages/1
              2024-01-03  (unknown): Thanks @/2
        "#]],
    );
}

#[test]
fn the_same_word_said_twice_is_two_messages() {
    check(
        vec![
            ticket(&[
                (TicketNumber, "id", "1"),
                (Author, "messages/0/author", "Camille Aubépin"),
                (Date, "messages/0/date", "2024-01-02T10:00Z"),
                (Body, "messages/0/text", "Merci"),
                (Author, "messages/1/author", "Support"),
                (Date, "messages/1/date", "2024-01-02T09:00Z"),
                (Body, "messages/1/text", "Merci !"),
                (Date, "messages/2/date", "2024-01-02T11:00Z"),
                (Body, "messages/2/text", "👍"),
                (Date, "messages/3/date", "2024-01-02T12:00Z"),
                (Body, "messages/3/text", "🙏"),
            ]),
            said(&[(TicketNumber, "ticket", "1"), (Date, "date", "2024-01-02"), (Body, "text", "merci")]),
        ],
        expect![[r#"
            1  |  | 2024-01-02 to 2024-01-02T12:00Z | 4 messages, 0 internal
              2024-01-02T09:00Z Support (agent): Merci ! @/0/messages/1
              2024-01-02T10:00Z Camille Aubépin (customer): Merci @/0/messages/0
              2024-01-02T11:00Z  (unknown): 👍 @/0/messages/2
              2024-01-02T12:00Z  (unknown): 🙏 @/0/messages/3
        "#]],
    );
}

#[test]
fn a_message_stands_in_its_own_record() {
    let mut record = ticket(&[(Body, "messages/1/body", "x")]);
    record.locator.at = "/messages/12".into();
    record.fields[0].locator.at = "/messages/12/messages/1/body".into();
    let subject = subject();
    let sides = Sides { subject: &subject, company_domains: &[] };
    assert_eq!(Thread::read(&[record], sides).messages[0].locator.at, "/messages/12/messages/1");
}

proptest! {
    #[test]
    fn every_record_is_in_one_thread(rows in prop::collection::vec((0..4u32, any::<bool>(), 0..4u32), 0..30)) {
        let records = rows.into_iter().map(|(number, flat, shape)| {
            let number = ["", "T-1", "t1", "2"][number as usize];
            let name = ["body", "messages/0/body", "messages/0", "other/0/x"][shape as usize];
            let fields = [(TicketNumber, "ticket", number), (Body, name, "text")];
            if flat { said(&fields) } else { ticket(&fields) }
        });
        let records = entry(0, "t.json", records.collect());
        let subject = subject();
        let threads = Threads::build(&records, Sides { subject: &subject, company_domains: &[] });
        let mut shown: Vec<RecordId> = threads.lines.iter().flat_map(|l| l.records.iter().copied()).collect();
        shown.sort_unstable();
        prop_assert_eq!(shown, records.iter().map(|r| r.id).collect::<Vec<_>>());
        for line in &threads.lines {
            prop_assert!(line.records.contains(&line.id));
        }
    }
}
