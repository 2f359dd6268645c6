//! What was odd in a file: the first places of each kind, and how many more there are.

use archive::Oddity;

use crate::limits;

/// What was odd so far, grouped by kind.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    code: &'static str,
    first: Vec<Oddity>,
    count: u64,
}

impl Oddities {
    /// Notes an oddity. `make` is called only while there is room for one more of its kind.
    pub(crate) fn add(&mut self, code: &'static str, make: impl FnOnce(Oddity) -> Oddity) {
        let kind = match self.kinds.iter_mut().position(|k| k.code == code) {
            Some(n) => &mut self.kinds[n],
            None => {
                self.kinds.push(Kind { code, first: Vec::new(), count: 0 });
                self.kinds.last_mut().expect("one was pushed on the line above")
            }
        };
        kind.count += 1;
        if kind.first.len() < limits::ODDITIES_OF_A_KIND {
            kind.first.push(make(Oddity::new(code, "")));
        }
    }

    /// Everything noted, kinds in the order they were met, with a count where there were more.
    pub(crate) fn finish(self) -> Vec<Oddity> {
        let mut all = Vec::new();
        for kind in self.kinds {
            let told = kind.first.len() as u64;
            all.extend(kind.first);
            if kind.count > told {
                let more = kind.count - told;
                let message = format!("{more} more like it, {} in all", kind.count);
                all.push(Oddity::new(kind.code, message).with("more", more).with("count", kind.count));
            }
        }
        all
    }
}

/// An oddity with this sentence.
pub(crate) fn say(message: impl Into<String>) -> impl FnOnce(Oddity) -> Oddity {
    let message = message.into();
    move |oddity| Oddity { message, ..oddity }
}

/// Makes text from an archive fit for a sentence: short, on one line, nothing that a terminal would obey.
pub(crate) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("\"{}{dots}\"", short.escape_debug())
}
