//! Names cut into words: case, accents and separators do not count.

/// The words of a name, folded: `clientId`, `client_id` and `Client ID` all give `client`, `id`.
pub fn words(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    cut(name, true, |_, word| out.push(word));
    out
}

/// The words of running text, folded, and where in it each starts. A capital inside a word starts no other one.
pub(crate) fn words_of_text(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut out = Vec::new();
    cut(text, false, |at, word| out.push((at, word)));
    out.into_iter()
}

fn cut(text: &str, by_case: bool, mut take: impl FnMut(usize, String)) {
    let mut word = String::new();
    let (mut start, mut before) = (0, ' ');
    for (at, c) in text.char_indices() {
        let is_part = c.is_alphanumeric() || is_mark(c);
        let breaks = !is_part
            || (by_case && c.is_uppercase() && before.is_lowercase())
            || (c.is_ascii_digit() && before.is_alphabetic());
        if breaks && !word.is_empty() {
            take(start, std::mem::take(&mut word));
        }
        if is_part {
            if word.is_empty() {
                start = at;
            }
            fold_into(&mut word, c);
        }
        before = c;
    }
    if !word.is_empty() {
        take(start, word);
    }
}

/// Whether a character is a mark on the letter before it, as in decomposed text.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Text in lower case without accents.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_into(&mut out, c);
    }
    out
}

fn fold_into(out: &mut String, c: char) {
    let plain = match c {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' | 'ā' | 'ă' | 'ą' | 'Ā'
        | 'Ă' | 'Ą' => 'a',
        'ç' | 'Ç' | 'ć' | 'č' | 'Ć' | 'Č' => 'c',
        'ď' | 'đ' | 'Ď' | 'Đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'Ē' | 'Ė' | 'Ę' | 'Ě' => {
            'e'
        }
        'ğ' | 'Ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'ī' | 'į' | 'ı' | 'Ī' | 'Į' | 'İ' => {
            'i'
        }
        'ł' | 'ľ' | 'Ł' | 'Ľ' => 'l',
        'ñ' | 'Ñ' | 'ń' | 'ň' | 'Ń' | 'Ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'ø' | 'ő' | 'Ø' | 'Ő' => {
            'o'
        }
        'ř' | 'Ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' | 'Ś' | 'Š' | 'Ş' | 'Ș' => 's',
        'ť' | 'ț' | 'ţ' | 'Ť' | 'Ț' | 'Ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'Ū' | 'Ů' | 'Ű' | 'Ų' => {
            'u'
        }
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'Ź' | 'Ż' | 'Ž' => 'z',
        'œ' | 'Œ' => return out.push_str("oe"),
        'æ' | 'Æ' => return out.push_str("ae"),
        'ß' => return out.push_str("ss"),
        c if is_mark(c) => return,
        c => return out.extend(c.to_lowercase()),
    };
    out.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_meaning_give_the_same_words() {
        for name in ["clientId", "client_id", "Client ID", "CLIENT-ID"] {
            assert_eq!(words(name), ["client", "id"], "{name}");
        }
        assert_eq!(words("Date d'émission"), ["date", "d", "emission"]);
        assert_eq!(words("nume\u{301}ro"), ["numero"]);
        assert_eq!(words("address1"), ["address", "1"]);
        assert_eq!(words("Œuvre — N° TVA"), ["oeuvre", "n", "tva"]);
        assert_eq!(words("Treść zgłoszenia"), ["tresc", "zgloszenia"]);
        assert_eq!(words("Čas přihlášení, fødselsdato"), ["cas", "prihlaseni", "fodselsdato"]);
    }
}
