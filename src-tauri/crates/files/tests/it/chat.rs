//! Chats written as text.

use expect_test::expect;

use crate::check::{check, rows};

#[test]
fn messages_of_android() {
    check(
        "WhatsApp Chat with Ada.txt",
        "31/12/2023, 21:04 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.\n31/12/2023, 21:04 - Ada Example: Happy\nnew year: to all\n\n31/12/2023, 21:05 - +33 1 99 00 12 34: <Media omitted>\n01/01/2024, 00:00 - Ada changed the subject to \"a: b\"\n",
        expect![[r#"
            chat Read, 4 records
            record "message=1" of "" "message"
              message=1,field=date = "31/12/2023, 21:04"
              message=1,field=text = "Messages and calls are end-to-end encrypted. No one outside "
            record "message=2" of "" "message"
              message=2,field=date = "31/12/2023, 21:04"
              message=2,field=author = "Ada Example"
              message=2,field=text = "Happy\nnew year: to all"
            record "message=3" of "" "message"
              message=3,field=date = "31/12/2023, 21:05"
              message=3,field=author = "+33 1 99 00 12 34"
              message=3,field=text = "<Media omitted>"
            record "message=4" of "" "message"
              message=4,field=date = "01/01/2024, 00:00"
              message=4,field=text = "Ada changed the subject to \"a: b\""
        "#]],
    );
}

#[test]
fn messages_of_ios() {
    check(
        "_chat.txt",
        "\u{200e}[31.12.23, 21:04:05] Ada: \u{200e}image omitted\r\n[31.12.23, 21:04:06] Bo: ok\r\nyes\r\n",
        expect![[r#"
            chat Read, 2 records
            record "message=1" of "" "message"
              message=1,field=date = "31.12.23, 21:04:05"
              message=1,field=author = "Ada"
              message=1,field=text = "image omitted"
            record "message=2" of "" "message"
              message=2,field=date = "31.12.23, 21:04:06"
              message=2,field=author = "Bo"
              message=2,field=text = "ok\r\nyes"
        "#]],
    );
}

#[track_caller]
fn messages(name: &str, text: &str, wanted: u64) {
    let (reading, _) = rows(name, text.as_bytes());
    assert_eq!((reading.layout.format.word(), reading.records), ("chat", wanted), "{text}");
}

#[test]
fn dates_of_every_phone() {
    for date in [
        "12/31/23, 9:04 PM",
        "12/31/23, 9:04\u{202f}PM",
        "31/12/23 9:04 p. m.",
        "31/12/2023 à 21:04",
        "31.12.23, 21:04",
        "31. 12. 2023 21:04",
        "2023-12-31, 21:04",
        "2023/12/31 21:04",
        "31-12-2023 21.04",
    ] {
        messages("a.txt", &format!("{date} - Ada: one\n{date} - Bo: two\nmore\n{date} - Ada: three\n"), 3);
        messages("a.txt", &format!("[{date}] Ada: one\n[{date}] Bo: two\nmore\n"), 2);
    }
}

#[test]
fn other_chats() {
    messages("irc.log", "[21:04] <ada> hi\n[21:05] <@bo> hello\n[21:06] * bo waves\n", 3);
    messages("x.txt", "2023-12-31 21:04:05 <ada> hi\n2023-12-31 21:04:06 <bo> yo\n", 2);
    messages("t.txt", "Ada, [31.12.23 21:04]\nhi\nthere\n\nBo, [31.12.23 21:05]\nhello\n", 2);
    messages("zoom chat.txt", "21:04:05\t From Ada to Everyone : hi\n21:05:00\t From Bo : hello\n", 2);
}

#[test]
fn logs_are_no_chats() {
    for log in [
        "[2024-01-01 10:00:00] production.ERROR: x\n[2024-01-01 10:00:01] production.INFO: y\n[2024-01-01 10:00:02] local.INFO: y\n",
        "2024-01-01 10:00:00 - INFO: x\n2024-01-01 10:00:01 - WARN: y\n2024-01-01 10:00:02 - INFO: y\n",
        "[2024-01-01 10:00:00] main: x\n[2024-01-01 10:00:01] worker: y\n[2024-01-01 10:00:02] main: z\n",
        "[2024-01-01 10:00:00] started\n[2024-01-01 10:00:01] done\n[2024-01-01 10:00:02] ended\n",
    ] {
        let (reading, _) = rows("app.log", log.as_bytes());
        assert_eq!(reading.layout.format.word(), "text", "{log}");
    }
}
