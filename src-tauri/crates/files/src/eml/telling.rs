//! Telling mails, and pages saved as mails, from other texts.

/// Headers that only mails have, or that all have.
const TECHNICAL: &[&str] =
    &["received", "return-path", "message-id", "mime-version", "delivered-to", "dkim-signature", "x-mailer"];
const USUAL: &[&str] = &["from", "to", "subject", "date", "cc", "reply-to", "content-type"];

/// Whether a text starts with the headers of a mail. Where the name says so already, one header is enough.
pub(crate) fn looks_like_mail(text: &str, called: bool) -> bool {
    let (mut technical, mut usual, mut any) = (0, 0, 0);
    // Apple Mail says in a line of its own how long the mail is.
    let length = |line: &str| !line.trim().is_empty() && line.trim().bytes().all(|b| b.is_ascii_digit());
    let skipped = usize::from(text.lines().next().is_some_and(length));
    for line in text.lines().skip(skipped).take(60) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && any > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
            break;
        }
        any += 1;
        let name = name.to_ascii_lowercase();
        technical += i32::from(TECHNICAL.contains(&name.as_str()));
        usual += i32::from(USUAL.contains(&name.as_str()));
    }
    if called { any > 0 } else { technical >= 1 && usual >= 2 || usual >= 4 }
}

/// Whether a text starts with the headers that browsers write for a page that they save.
pub(crate) fn looks_like_saved_page(text: &str) -> bool {
    let head = text.lines().take_while(|l| !l.is_empty()).take(20);
    head.map(str::to_ascii_lowercase).any(|line| {
        line.starts_with("snapshot-content-location:")
            || line.starts_with("from: <saved by ")
            || line.starts_with("from: \"saved by ")
    })
}
