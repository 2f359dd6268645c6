//! Numbers and ids written in groups get a joined form beside their groups: `F-2024-0207` also as `f20240207`.
//!
//! Dates, times, IP addresses, versions and plain decimals get none: nobody writes them without their separators,
//! and each joined form is one more word in the dictionary.

use crate::tokens::Token;

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    Hyphen,
    Slash,
    Point,
    Comma,
    Colon,
    Space,
    /// An apostrophe between figures, as the Swiss group thousands.
    Tick,
    /// An apostrophe between letters.
    Apostrophe,
}

/// A word of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Group {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) digits_only: bool,
    pub(crate) digits: bool,
    pub(crate) lower: bool,
    /// A `+` stands before it.
    pub(crate) plus: bool,
    /// Its place in `Run::text`.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) after: Option<Separator>,
}

impl Group {
    fn len(&self) -> usize {
        self.end - self.start
    }
}

/// A joined form: the groups that it covers, and its place in `Run::joined`.
#[derive(Debug, Clone, Copy)]
struct Join {
    first: usize,
    last: usize,
    start: usize,
    end: usize,
}

/// Groups that follow one another with single separators between them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Run {
    text: String,
    groups: Vec<Group>,
    joined: String,
    joins: Vec<Join>,
}

/// Longer rows of groups are tables, not ids.
pub(crate) const GROUPS_MAX: usize = 16;
/// The longest id that is worth a joined form: an IBAN has 34 characters, a UUID 32.
const JOINED_BYTES_MAX: usize = 48;

/// Whether a word may be a part of a hardware address.
pub(crate) fn is_hex_pair(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_hexdigit())
}

impl Run {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.groups.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.groups.len() >= GROUPS_MAX
    }

    pub(crate) fn push(&mut self, word: &str, group: Group) {
        let start = self.text.len();
        self.text.push_str(word);
        self.groups.push(Group { start, end: self.text.len(), ..group });
    }

    /// Notes what follows the last group.
    pub(crate) fn separate(&mut self, separator: Separator) {
        if let Some(last) = self.groups.last_mut() {
            last.after = Some(separator);
        }
    }

    /// Whether `word` goes on with the run that ended in `separator`.
    pub(crate) fn continues(&self, separator: Separator, word: &str, group: &Group) -> bool {
        let Some(last) = self.groups.last() else { return false };
        match separator {
            Separator::Hyphen | Separator::Slash | Separator::Apostrophe => true,
            Separator::Point | Separator::Comma | Separator::Tick => group.digits_only,
            Separator::Colon => group.digits || is_hex_pair(word),
            Separator::Space => {
                last.digits_only && group.digits_only
                    || self.in_iban() && word.len() <= 4 && !group.lower && word.is_ascii()
            }
        }
    }

    /// Whether the groups so far are the beginning of an IBAN written in fours.
    pub(crate) fn in_iban(&self) -> bool {
        let spaced =
            self.groups.iter().rev().skip(1).take_while(|g| g.after == Some(Separator::Space)).count();
        let fours = &self.groups[self.groups.len().saturating_sub(spaced + 1)..];
        fours.first().is_some_and(|g| self.starts_iban(g)) && fours.iter().all(|g| g.len() == 4 && !g.lower)
    }

    fn starts_iban(&self, group: &Group) -> bool {
        let text = self.of(group).as_bytes();
        text.len() == 4
            && !group.lower
            && text[..2].iter().all(u8::is_ascii_lowercase)
            && text[2..].iter().all(u8::is_ascii_digit)
    }

    fn of(&self, group: &Group) -> &str {
        &self.text[group.start..group.end]
    }

    /// Gives the groups and their joined forms to `sink`, and starts anew.
    pub(crate) fn close(&mut self, token: &mut Token, sink: &mut impl FnMut(&Token)) {
        if self.groups.is_empty() {
            return;
        }
        if self.groups.len() > 1 || self.groups[0].plus || self.text.starts_with("0033") {
            self.find_joins();
        }
        for (i, group) in self.groups.iter().enumerate() {
            let mut give = |text: &str, from, to, parts: usize| {
                token.text.clear();
                token.text.push_str(text);
                token.from = from;
                token.to = to;
                token.last = token.position + u32::try_from(parts).unwrap_or(0);
                sink(token);
            };
            give(self.of(group), group.from, group.to, 0);
            for join in self.joins.iter().filter(|j| j.last == i || j.first == i) {
                let (from, to) = (self.groups[join.first].from, self.groups[join.last].to);
                give(&self.joined[join.start..join.end], from, to, join.last - i);
            }
            token.position += 1;
        }
        self.clear();
        self.joins.clear();
        self.joined.clear();
    }

    fn find_joins(&mut self) {
        let count = self.groups.len();
        // Sequences without a space between them, then sequences of those that stand alone between spaces.
        let mut first = 0;
        let mut loose = 0;
        while first < count {
            let mut last = first;
            while last + 1 < count && self.groups[last].after != Some(Separator::Space) {
                last += 1;
            }
            if last > first {
                self.join_tight(first, last);
                // « 1 234,56 » and « 234,56 » end a spaced number with its decimals.
                let decimals =
                    last == first + 1 && self.groups[last].digits_only && self.groups[last].len() <= 2;
                self.join_loose(loose, if decimals { first + 1 } else { first });
                loose = last + 1;
            }
            first = last + 1;
        }
        self.join_loose(loose, count);
    }

    /// Joins groups `first..=last` that have no space between them, if they look like an id.
    fn join_tight(&mut self, first: usize, last: usize) {
        let groups = &self.groups[first..=last];
        let separators = || groups[..groups.len() - 1].iter().filter_map(|g| g.after);
        let has = |s: Separator| separators().any(|x| x == s);
        let bytes: usize = groups.iter().map(Group::len).sum();
        if bytes > JOINED_BYTES_MAX || groups.len() > 8 {
            return;
        }
        if !groups.iter().any(|g| g.digits) {
            // « e-mail » and « email », « O'Brien » and « OBrien ».
            if groups.len() <= 3 && bytes <= 24 && !has(Separator::Slash) {
                self.join(first, last);
            }
            return;
        }
        if groups.iter().any(|g| !g.digits_only) {
            let mac = groups.len() == 6 && groups.iter().all(|g| g.len() == 2);
            let path = has(Separator::Slash) && (has(Separator::Point) || has(Separator::Comma));
            let words = groups.iter().any(|g| !g.digits && g.len() > 10);
            if !path && !words && (!has(Separator::Colon) || mac) {
                self.join(first, last);
            }
            return;
        }
        if has(Separator::Colon)
            || self.is_date(first, last)
            || self.is_ip(first, last)
            || self.are_years(first, last)
        {
            return;
        }
        let thousands = self.thousands(first, last);
        let points = separators().all(|s| s == Separator::Point);
        let commas = has(Separator::Comma);
        let version = points && groups.len() > 2 && groups.iter().all(|g| g.len() <= 2);
        let ends_decimal =
            matches!(groups[groups.len() - 2].after, Some(Separator::Point | Separator::Comma));
        let decimal = groups.len() == 2 && points || thousands == Some(last - 1) && ends_decimal;
        let id = bytes >= 5 && !version && !decimal && !commas;
        if self.join_phone(first, last) {
            return;
        }
        if let Some(end) = thousands {
            self.join(first, end);
        }
        if id && thousands != Some(last) {
            self.join(first, last);
        }
    }

    /// Joins groups `first..end` with single spaces between them, if they look like a number, a phone or an account.
    fn join_loose(&mut self, first: usize, end: usize) {
        if end <= first {
            return;
        }
        if self.starts_iban(&self.groups[first]) {
            let bytes: usize = self.groups[first..end].iter().map(Group::len).sum();
            if (15..=34).contains(&bytes) {
                self.join(first, end - 1);
            }
            return;
        }
        // Digits only from here on: `continues` lets nothing else behind a space.
        let mut at = first;
        while at < end {
            match (at..end.min(at + 8)).find(|last| self.join_phone(at, *last)) {
                Some(last) => at = last + 1,
                None => at += 1,
            }
        }
        let mut at = first;
        while at + 1 < end {
            match self.thousands(at, end - 1) {
                Some(last) => {
                    self.join(at, last);
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        let digits: usize = self.groups[first..end].iter().map(Group::len).sum();
        if (3..=8).contains(&(end - first)) && (7..=24).contains(&digits) && !self.are_years(first, end - 1) {
            self.join(first, end - 1);
        }
    }

    /// The last group of the number whose thousands are groups `first..`.
    fn thousands(&self, first: usize, last: usize) -> Option<usize> {
        let head = &self.groups[first];
        if head.len() > 3 || self.of(head).starts_with('0') {
            return None;
        }
        let separator = head.after?;
        let mut end = first;
        while end < last && self.groups[end].after == Some(separator) && self.groups[end + 1].len() == 3 {
            end += 1;
        }
        (end > first && separator != Separator::Hyphen && separator != Separator::Slash).then_some(end)
    }

    /// Joins a French phone number in its national form, however it is written: `+33 1 …`, `0033 1 …`, `01 …`.
    fn join_phone(&mut self, first: usize, last: usize) -> bool {
        let mut digits = [0u8; 16];
        let mut count = 0;
        for group in &self.groups[first..=last] {
            let text = &self.text.as_bytes()[group.start..group.end];
            if !group.digits_only || count + text.len() > digits.len() || text.len() > 9 && first != last {
                return false;
            }
            digits[count..count + text.len()].copy_from_slice(text);
            count += text.len();
        }
        let digits = &digits[..count];
        let national = match digits {
            [b'3', b'3', b'0', rest @ ..] | [b'3', b'3', rest @ ..] if self.groups[first].plus => rest,
            [b'0', b'0', b'3', b'3', rest @ ..] => rest,
            [b'0', rest @ ..] if last > first => rest,
            _ => return false,
        };
        if national.len() != 9 || national[0] == b'0' {
            return false;
        }
        let start = self.joined.len();
        self.joined.push('0');
        self.joined.extend(national.iter().map(|b| char::from(*b)));
        self.note(first, last, start);
        true
    }

    fn join(&mut self, first: usize, last: usize) {
        let start = self.joined.len();
        self.joined.push_str(&self.text[self.groups[first].start..self.groups[last].end]);
        self.note(first, last, start);
    }

    fn note(&mut self, first: usize, last: usize, start: usize) {
        let text = &self.joined[start..];
        if !self.joins.iter().any(|j| j.last == last && self.joined[j.start..j.end] == *text) {
            self.joins.push(Join { first, last, start, end: self.joined.len() });
        }
    }

    fn is_date(&self, first: usize, last: usize) -> bool {
        let [a, b, c] = &self.groups[first..=last] else { return false };
        let small = |g: &Group| g.len() <= 2;
        a.len() == 4 && small(b) && small(c) || small(a) && small(b) && (c.len() == 4 || small(c))
    }

    fn is_ip(&self, first: usize, last: usize) -> bool {
        let groups = &self.groups[first..=last];
        groups.len() == 4
            && groups[..3].iter().all(|g| g.after == Some(Separator::Point))
            && groups.iter().all(|g| self.of(g).parse::<u8>().is_ok())
    }

    fn are_years(&self, first: usize, last: usize) -> bool {
        self.groups[first..=last].iter().all(|g| g.len() == 4 && matches!(&self.of(g)[..2], "19" | "20"))
    }
}
