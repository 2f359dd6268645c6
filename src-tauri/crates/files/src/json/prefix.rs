//! What stands in front of JSON that was written for a script: an assignment, a call, a guard against being run.

use super::value::skip_space;

/// Something in front of a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Prefix<'a> {
    /// How many bytes it takes.
    pub(crate) len: usize,
    /// The name that the value is given, if any.
    pub(crate) name: Option<&'a str>,
}

/// What stands in front of a value here; none if it is no such thing, or no object or list follows.
pub(crate) fn prefix(text: &str) -> Option<Prefix<'_>> {
    let found = guard(text).or_else(|| assignment(text))?;
    let value = skip_space(text, found.len);
    text[value..].starts_with(['{', '[']).then_some(found)
}

/// How much of the text may be a prefix.
const MOST: usize = 300;

/// `)]}',`, `for(;;);` and the like keep pages of others from running the file as a script.
fn guard(text: &str) -> Option<Prefix<'_>> {
    for guard in [")]}'", ")]}"] {
        if let Some(rest) = text.strip_prefix(guard) {
            let len = text.len() - rest.strip_prefix(',').unwrap_or(rest).len();
            return Some(Prefix { len, name: None });
        }
    }
    let head = &text[..crate::out::floor(text, MOST)];
    let looped = head.starts_with("for") || head.starts_with("while");
    let end = head.find(")").map(|n| n + 1).filter(|_| looped)?;
    let dense: String = head[..end].chars().filter(|c| !c.is_whitespace()).collect();
    let semicolon = skip_space(head, end);
    let known = matches!(dense.as_str(), "for(;;)" | "while(1)" | "while(true)");
    (known && head[semicolon..].starts_with(';')).then_some(Prefix { len: semicolon + 1, name: None })
}

/// `window.YTD.tweets.part0 =`, `const a =`, `export default`, `callback(`.
fn assignment(text: &str) -> Option<Prefix<'_>> {
    let head = &text[..crate::out::floor(text, MOST)];
    let mut at = 0;
    // `const` and `export` may stand together.
    loop {
        let start = at;
        at = name_end(head, at);
        let word = &head[start..at];
        if word.is_empty() {
            return None;
        }
        let next = skip_space(head, at);
        match head.as_bytes().get(next) {
            Some(b'=') => return Some(Prefix { len: next + 1, name: Some(word) }),
            Some(b'(') => return Some(Prefix { len: next + 1, name: None }),
            Some(_) if word == "default" => return Some(Prefix { len: next, name: None }),
            Some(_) if next > at && matches!(word, "export" | "var" | "let" | "const") => at = next,
            _ => return None,
        }
    }
}

fn name_end(text: &str, at: usize) -> usize {
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '$' | '[' | ']' | '"' | '\'');
    if !text[at..].starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$')) {
        return at;
    }
    text[at..].find(|c| !of_name(c)).map_or(text.len(), |n| at + n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_from_text() {
        let check = |text: &str, behind: Option<&str>, name: Option<&str>| {
            let found = prefix(text);
            assert_eq!(found.as_ref().map(|p| &text[p.len..]), behind, "{text}");
            assert_eq!(found.and_then(|p| p.name), name, "{text}");
        };
        check("window.YTD.tweets.part0 = [1]", Some(" [1]"), Some("window.YTD.tweets.part0"));
        check("var x={}", Some("{}"), Some("x"));
        check("export const x = [ ]", Some(" [ ]"), Some("x"));
        check("export default {}", Some("{}"), None);
        check("module.exports = {}", Some(" {}"), Some("module.exports"));
        check("cb_1([{}]);", Some("[{}]);"), None);
        check(")]}',\n[1]", Some("\n[1]"), None);
        check("for (;;);{}", Some("{}"), None);
        check("while(1);[]", Some("[]"), None);
        check("true", None, None);
        check("f(x) {", None, None);
        check("a = b", None, None);
        check("{\"a\":1}", None, None);
        check("", None, None);
    }
}
