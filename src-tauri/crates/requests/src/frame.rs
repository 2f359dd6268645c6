//! What both rights share: who writes to whom, the opening, identity, deadline and closing.

use records::{Day, Field, Record};

use crate::clean;
use crate::controller::{Controller, controller};
use crate::draft::{Draft, Item, Right};
use crate::letter::{Block, Cited, ExportFacts, Who};
use crate::words::{Words, words};

/// Characters of the writer's name: it stands on one page with the closing.
const NAME_MAX: usize = 300;

/// A draft with all that was looked up for it.
pub(crate) struct Frame<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) items: Vec<Point<'a>>,
    pub(crate) export: &'a ExportFacts,
    pub(crate) profile: Option<&'static Controller>,
    pub(crate) to: Addressee,
    /// The day of the letter; none where the draft's own cannot be read.
    pub(crate) day: Option<Day>,
    /// The day on which the export was received, where the draft says it and it can be read.
    pub(crate) received: Option<Day>,
    pub(crate) w: &'static dyn Words,
}

/// An item with its number in the letter.
#[derive(Clone, Copy)]
pub(crate) struct Point<'a> {
    /// From 1, in the order of the draft; the same in the letter and in its annex.
    pub(crate) number: usize,
    pub(crate) item: &'a Item,
    pub(crate) record: Option<&'a Record>,
    pub(crate) field: Option<&'a Field>,
}

/// To whom it goes: what was typed goes before the profile.
pub(crate) struct Addressee {
    pub(crate) name: String,
    pub(crate) address: Vec<String>,
    /// Empty when there is none or it is no address.
    pub(crate) email: String,
    /// What was typed and is no address.
    pub(crate) bad_email: Option<String>,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(draft: &'a Draft, cited: &[Cited<'a>], export: &'a ExportFacts, today: Day) -> Self {
        let profile = draft.recipient.profile.as_deref().and_then(controller);
        let items = cited
            .iter()
            .enumerate()
            .map(|(i, c)| Point { number: i + 1, item: c.item, record: c.record, field: c.field })
            .collect();
        let day = match draft.day.trim() {
            "" => Some(today),
            typed => typed.parse().ok(),
        };
        let received = draft.received.trim().parse().ok();
        let to = Addressee::new(draft, profile);
        Self { draft, items, export, profile, to, day, received, w: words(draft.language) }
    }

    /// The subject, without the word before it.
    pub(crate) fn subject(&self) -> String {
        self.w.subject(self.draft.right, &clean::line(&self.draft.reference))
    }

    /// Everything before the request itself.
    pub(crate) fn head(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let sender = self.sender();
        if !sender.is_empty() {
            blocks.push(Block::Address { who: Who::Sender, lines: sender });
        }
        let recipient = Block::Address { who: Who::Recipient, lines: self.recipient() };
        let date = self.day.map(|day| self.w.place_and_date(&clean::line(&self.draft.place), day));
        let date = date.map(|text| Block::Date { text });
        if self.w.date_first() {
            blocks.extend(date);
            blocks.push(recipient);
        } else {
            blocks.push(recipient);
            blocks.extend(date);
        }
        blocks.push(Block::Subject { text: self.w.subject_line(&self.subject()) });
        blocks.push(Block::says(self.w.salutation()));
        blocks.push(Block::says(self.w.opening(&clean::line(&self.export.name), self.received)));
        blocks
    }

    /// Everything after the request itself, up to the name.
    pub(crate) fn foot(&self, blocks: &mut Vec<Block>) {
        let w = self.w;
        let justification = clean::paragraph(&self.draft.justification);
        if !justification.is_empty() {
            blocks.push(Block::says(w.justification(self.draft.right)));
            blocks.push(Block::own(justification));
        }
        let number = clean::line(&self.draft.requester.customer_number);
        let email = clean::line(&self.draft.requester.email);
        let asks_id = self.profile.is_some_and(|p| p.requirement("id_copy").is_some());
        blocks.push(Block::says(w.identity(&number, &email, self.draft.id_copy, asks_id)));
        blocks.push(Block::says(w.deadline(clean::address(&email))));
        blocks.push(Block::says(w.refusal(self.profile.map(|p| p.authority.value.as_str()))));
        let mut lines = vec![w.closing()];
        let name = self.name();
        if !name.is_empty() {
            lines.push(name);
        }
        blocks.push(Block::Signature { lines });
        let enclosures = w.enclosures(!self.items.is_empty(), self.draft.id_copy);
        if !enclosures.is_empty() {
            blocks.push(Block::says(enclosures));
        }
    }

    /// The person's own paragraph, if there is one.
    pub(crate) fn own_words(&self) -> Option<Block> {
        let own = clean::paragraph(&self.draft.own_words);
        (!own.is_empty()).then(|| Block::own(own))
    }

    /// The numbers of the items for which that holds.
    pub(crate) fn numbers(&self, holds: impl Fn(&Point<'a>) -> bool) -> Vec<usize> {
        self.items.iter().filter(|p| holds(p)).map(|p| p.number).collect()
    }

    /// Whether the controller is under French accounting law, as far as its profile says.
    pub(crate) fn french(&self) -> bool {
        self.profile.is_some_and(|p| p.country == "FR")
    }

    /// The writer's name.
    pub(crate) fn name(&self) -> String {
        clean::short(&clean::line(&self.draft.requester.name), NAME_MAX)
    }

    fn sender(&self) -> Vec<String> {
        let r = &self.draft.requester;
        let mut lines = vec![self.name()];
        lines.extend(clean::lines(&r.address));
        lines.push(clean::line(&r.email));
        lines.retain(|l| !l.is_empty());
        lines
    }

    fn recipient(&self) -> Vec<String> {
        let mut lines = vec![self.w.to_officer().to_owned(), self.to.name.clone()];
        lines.extend(self.to.address.iter().cloned());
        lines.push(self.to.email.clone());
        lines.retain(|l| !l.is_empty());
        lines
    }
}

impl Addressee {
    fn new(draft: &Draft, profile: Option<&Controller>) -> Self {
        let typed = &draft.recipient;
        let name = match clean::line(&typed.name) {
            empty if empty.is_empty() => profile.map(|p| p.name.clone()).unwrap_or_default(),
            name => name,
        };
        let mut address = clean::lines(&typed.address);
        address.retain(|l| !l.is_empty());
        if address.is_empty() {
            address = profile.map(|p| p.address.value.clone()).unwrap_or_default();
        }
        let (email, bad_email) = match (typed.email.trim(), profile) {
            ("", Some(p)) => (p.officer.value.clone(), None),
            ("", None) => (String::new(), None),
            (typed, _) => match clean::address(typed) {
                Some(email) => (email.to_owned(), None),
                None => (String::new(), Some(clean::line(typed))),
            },
        };
        Self { name, address, email, bad_email }
    }
}

impl Point<'_> {
    /// Where it stands, `ENTRY#AT`.
    pub(crate) fn locator(&self) -> String {
        let place = &self.item.locator;
        let (entry, at) = (clean::line(&place.entry), clean::line(&place.at));
        if at.is_empty() { entry } else { format!("{entry}#{at}") }
    }

    /// What stands there, as it stands there.
    pub(crate) fn present(&self) -> Option<String> {
        self.field.map(|f| clean::paragraph(&f.raw))
    }

    pub(crate) fn right_value(&self) -> String {
        clean::paragraph(self.item.right_value.as_deref().unwrap_or_default())
    }

    pub(crate) fn reason(&self) -> String {
        clean::paragraph(self.item.reason.as_deref().unwrap_or_default())
    }

    pub(crate) fn proof(&self) -> String {
        clean::paragraph(self.item.proof.as_deref().unwrap_or_default())
    }

    /// Whether it is about completing rather than correcting: nothing stands there.
    pub(crate) fn incomplete(&self) -> bool {
        self.field.is_some_and(|f| matches!(f.value.trim(), "" | "null"))
    }
}

/// Only to have the right at hand where the frame is.
impl Frame<'_> {
    pub(crate) fn is(&self, right: Right) -> bool {
        self.draft.right == right
    }
}
