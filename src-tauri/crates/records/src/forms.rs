//! Values told by their form alone: e-mail and IP addresses, IBAN, web addresses, yes and no.

/// One e-mail address, nothing around it.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.trim().rsplit_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && domain.len() <= 253
        && domain.contains('.')
        && domain.split('.').all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// An IPv4 or IPv6 address.
pub(crate) fn is_ip(text: &str) -> bool {
    text.trim().parse::<std::net::IpAddr>().is_ok()
}

/// An IBAN with a right checksum (ISO 13616), with or without spaces.
pub(crate) fn is_iban(text: &str) -> bool {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !(15..=34).contains(&packed.len()) || !packed.is_ascii() {
        return false;
    }
    let (head, tail) = packed.split_at(4);
    if !head[..2].bytes().all(|b| b.is_ascii_uppercase()) || !head[2..].bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut rest: u32 = 0;
    for b in tail.bytes().chain(head.bytes()) {
        rest = match b {
            b'0'..=b'9' => rest * 10 + u32::from(b - b'0'),
            b'A'..=b'Z' => rest * 100 + u32::from(b - b'A') + 10,
            _ => return false,
        } % 97;
    }
    rest == 1
}

/// A web address.
pub(crate) fn is_url(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."))
        && !text.contains(' ')
}

/// Yes or no, in the five languages.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match crate::words::fold(text.trim()).as_str() {
        "true" | "yes" | "oui" | "ja" | "si" | "y" | "o" | "1" | "vrai" | "on" | "x" => Some(true),
        "false" | "no" | "non" | "nein" | "n" | "0" | "faux" | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_from_look_alikes() {
        assert!(is_email("camille@atelier-aubepin.example"));
        assert!(!is_email("camille@localhost"));
        assert!(!is_email("see camille@example.org"));
        assert!(is_ip("192.0.2.17") && is_ip("2001:db8::1") && !is_ip("1.2.3"));
        assert!(is_iban("FR14 2004 1010 0505 0001 3M02 606"));
        assert!(!is_iban("FR15 2004 1010 0505 0001 3M02 606"));
        assert_eq!((flag("Oui"), flag("non"), flag("peut-être")), (Some(true), Some(false), None));
    }
}
