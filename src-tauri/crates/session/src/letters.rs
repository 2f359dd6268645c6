//! Letters: drafts begun from records, their places looked up in the export, previewed and rendered.

use records::{Day, Kind, Record, What};
use requests::{
    Block, Cited, Controller, Draft, ExportFacts, Language, Letter, Place, Remark, Right, RunsFrom,
};
use views::{Term, TermStart};

use crate::export::Export;
use crate::to_wire::{self, trouble};
use crate::{Session, wire};

/// A letter as a file.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// A name made from safe letters.
    pub suggested_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
}

/// The files of a letter, and what to know about them.
#[derive(Debug, Clone)]
pub struct LetterFiles {
    /// PDF, mail draft and text.
    pub files: Vec<Rendered>,
    /// What is missing, and what to expect.
    pub remarks: Vec<wire::Note>,
}

/// The forms in which a letter is saved, by the end of the file's name.
const FORMS: [&str; 3] = ["pdf", "eml", "txt"];

/// Today, by the clock of this computer: the only place that asks it.
pub fn today() -> Day {
    chrono::Local::now().date_naive()
}

/// Controllers with a profile.
pub fn controllers() -> Vec<wire::Named> {
    requests::controllers().iter().map(|c| wire::Named { id: c.id.clone(), name: c.shown.clone() }).collect()
}

impl Export {
    /// The profile of the company whose layout the export has.
    fn controller(&self) -> Option<&'static Controller> {
        let (service, _) = self.service?;
        requests::controller(service.controller.as_deref()?)
    }
}

/// Domains of the company's e-mail addresses, as its profile has them.
pub(crate) fn company_domains(export: &Export) -> Vec<String> {
    let Some(controller) = export.controller() else { return Vec::new() };
    let addresses = [&controller.officer.value, &controller.contact.value];
    let mut domains: Vec<String> = addresses
        .iter()
        .filter_map(|a| a.rsplit_once('@'))
        .map(|(_, domain)| domain.to_lowercase())
        .collect();
    domains.dedup();
    domains
}

/// The terms that the company declared and that an export can be held against.
pub(crate) fn terms(export: &Export) -> Vec<Term> {
    let Some(controller) = export.controller() else { return Vec::new() };
    let kinds = |words: &[String]| -> Vec<Kind> { words.iter().filter_map(|w| w.parse().ok()).collect() };
    let whats = |words: &[String]| -> Vec<What> {
        What::ALL.into_iter().filter(|what| words.iter().any(|w| w == what.word())).collect()
    };
    controller
        .retention
        .iter()
        .filter(|rule| rule.runs_from == Some(RunsFrom::Record))
        .filter_map(|rule| {
            let named =
                |name: &str| rule.entry_words.iter().any(|w| name.to_lowercase().contains(w.as_str()));
            let entries: Vec<u32> =
                export.archive.entries.iter().filter(|e| named(&e.name)).map(|e| e.id.0).collect();
            // A rule on entries of a certain name, where the export has none such, covers nothing.
            (rule.entry_words.is_empty() || !entries.is_empty()).then_some(Term {
                id: rule.id.clone(),
                kinds: kinds(&rule.kinds),
                whats: whats(&rule.whats),
                entries,
                months: rule.months?,
                start: TermStart::Record,
            })
        })
        .collect()
}

impl Session {
    /// Begins a draft about these places, with the recipient and the requester as far as the export tells them.
    pub fn new_draft(&self, right: Right, language: Language, items: Vec<Place>) -> Draft {
        let mut draft = Draft::new(right, language);
        if let Some(controller) = self.export().and_then(Export::controller) {
            draft.recipient.profile = Some(controller.id.clone());
            draft.recipient.name = controller.name.clone();
            draft.recipient.address = controller.address.value.join("\n");
            draft.recipient.email = controller.officer.value.clone();
        }
        if let Some(subject) = self.subject() {
            let first = |values: &[String]| values.first().cloned().unwrap_or_default();
            draft.requester.name = first(&subject.names);
            draft.requester.email = first(&subject.emails);
            draft.requester.customer_number = first(&subject.customer_numbers);
        }
        // The day of the export is not the day on which it was received: that one is the person's to say.
        draft.items = items
            .into_iter()
            .map(|locator| requests::Item {
                locator,
                right_value: None,
                proof: None,
                ground: None,
                reason: None,
            })
            .collect();
        draft
    }

    /// The letter as it would be saved.
    pub fn letter(&self, draft: &Draft, today: Day) -> wire::LetterPreview {
        let resolved = self.resolve(draft);
        let letter = self.write(draft, &resolved, today);
        let Letter { language, to, from: _, sender: _, subject, blocks, missing, advice } = &letter;
        wire::LetterPreview {
            language: match language {
                Language::Fr => "fr".to_owned(),
                Language::En => "en".to_owned(),
            },
            to: to.clone(),
            subject: subject.clone(),
            blocks: blocks.iter().map(block).collect(),
            missing: missing.iter().map(remark).collect(),
            advice: advice.iter().map(remark).collect(),
            items: draft
                .items
                .iter()
                .zip(&resolved)
                .map(|(item, found)| item_line(item, found.as_ref()))
                .collect(),
        }
    }

    /// The letter as a file: `pdf`, `eml` or `txt`.
    ///
    /// # Errors
    ///
    /// There is no such form, or the PDF could not be set.
    pub fn render(&self, draft: &Draft, form: &str, today: Day) -> Result<Rendered, wire::Trouble> {
        let letter = self.write(draft, &self.resolve(draft), today);
        render(draft, &letter, form, today)
    }

    /// Drafts a letter from the text of a request file, in every form.
    ///
    /// # Errors
    ///
    /// The text is no request file; the trouble names the field.
    pub fn request(&self, text: &str, today: Option<&str>) -> Result<LetterFiles, wire::Trouble> {
        let draft = Draft::parse(text).map_err(|e| {
            trouble(
                "bad_request",
                format!("could not read the request file: {e}"),
                "its shape is in request.schema.json",
            )
        })?;
        let today = match today {
            Some(day) => day.parse().map_err(|_| {
                trouble("bad_date", format!("{day} is no day"), "a day is written 2026-11-23")
            })?,
            None => self::today(),
        };
        let letter = self.write(&draft, &self.resolve(&draft), today);
        let files =
            FORMS.iter().map(|form| render(&draft, &letter, form, today)).collect::<Result<_, _>>()?;
        Ok(LetterFiles { files, remarks: letter.missing.iter().chain(&letter.advice).map(remark).collect() })
    }

    /// The records and fields that the items of a draft mean; none where the export has nothing at that place.
    fn resolve(&self, draft: &Draft) -> Vec<Option<(Record, Option<usize>)>> {
        let find = |place: &Place| {
            let export = self.export()?;
            let entry = export.entry_named(&place.entry)?.id;
            let found = export.locate(entry, &place.at)?;
            let record = export.record(found.id)?;
            let field =
                record.fields.iter().position(|f| f.locator.at == place.at && place.at != record.locator.at);
            // A place inside a record that is none of its fields is not in the export.
            (field.is_some() || record.locator.at == place.at).then_some((record, field))
        };
        draft.items.iter().map(|item| find(&item.locator)).collect()
    }

    fn write(&self, draft: &Draft, resolved: &[Option<(Record, Option<usize>)>], today: Day) -> Letter {
        let cited: Vec<Cited<'_>> = draft
            .items
            .iter()
            .zip(resolved)
            .map(|(item, found)| Cited {
                item,
                record: found.as_ref().map(|(record, _)| record),
                field: found.as_ref().and_then(|(record, field)| record.fields.get((*field)?)),
            })
            .collect();
        let export = self.export();
        let facts = ExportFacts {
            name: export.map_or_else(|| self.0.name.clone(), |e| e.shown_name(&self.0.name)),
            sha256: export.and_then(Export::sha256),
            controller: export.and_then(Export::controller).map(|c| c.id.clone()),
        };
        requests::letter(draft, &cited, &facts, today)
    }
}

fn render(draft: &Draft, letter: &Letter, form: &str, today: Day) -> Result<Rendered, wire::Trouble> {
    let (bytes, media_type) = match form {
        "txt" => (requests::text(letter).into_bytes(), "text/plain"),
        "pdf" => (pdf(letter, today)?, "application/pdf"),
        "eml" => {
            let name = suggested_name(draft, "pdf", today);
            let attached = requests::Attachment {
                name,
                media_type: "application/pdf".to_owned(),
                bytes: pdf(letter, today)?,
            };
            (requests::eml(letter, &[attached], today), "message/rfc822")
        }
        _ => {
            let message = format!("a letter cannot be saved as {form}");
            return Err(trouble("unknown_form", message, format!("one of {} can", FORMS.join(", "))));
        }
    };
    Ok(Rendered { suggested_name: suggested_name(draft, form, today), bytes, media_type })
}

fn pdf(letter: &Letter, today: Day) -> Result<Vec<u8>, wire::Trouble> {
    requests::pdf(letter, today).map_err(|e| {
        trouble(
            "pdf_failed",
            format!("could not set the PDF: {e}"),
            "save the letter as text or as an e-mail draft",
        )
    })
}

/// `rectification-sellsy-2026-11-23.pdf`, of plain letters only.
fn suggested_name(draft: &Draft, form: &str, today: Day) -> String {
    let right = match draft.right {
        Right::Rectification => "rectification",
        Right::Erasure => "erasure",
    };
    let company = draft.recipient.profile.as_deref().unwrap_or(&draft.recipient.name);
    let plain: Vec<String> = records::words(company)
        .into_iter()
        .map(|w| w.chars().filter(char::is_ascii_alphanumeric).take(24).collect())
        .filter(|w: &String| !w.is_empty())
        .take(4)
        .collect();
    let day = draft.day.parse().unwrap_or(today);
    let company = if plain.is_empty() { "request".to_owned() } else { plain.join("-") };
    format!("{right}-{company}-{day}.{form}")
}

fn item_line(item: &requests::Item, found: Option<&(Record, Option<usize>)>) -> wire::DraftItem {
    let field = found.and_then(|(record, field)| record.fields.get((*field)?));
    let record = found.map(|(record, _)| record);
    wire::DraftItem {
        record: record.map(|r| to_wire::id(r.id)),
        kind: record.map(|r| r.kind.word().to_owned()).unwrap_or_default(),
        title: record.map(|r| r.title.clone()).unwrap_or_default(),
        label: field.map(|f| f.label.clone()).unwrap_or_default(),
        role: field.map(|f| f.role.word().to_owned()).unwrap_or_default(),
        present: field.map(|f| f.raw.trim().to_owned()).unwrap_or_default(),
        locator: item.locator.clone(),
    }
}

fn remark(remark: &Remark) -> wire::Note {
    let Remark { code, message, args } = remark;
    wire::Note { code: (*code).to_owned(), message: message.clone(), args: args.clone(), at: None }
}

fn block(block: &Block) -> wire::LetterBlock {
    match block.clone() {
        Block::Date { text } => wire::LetterBlock::Date { text },
        Block::Address { who, lines } => wire::LetterBlock::Address { who: who.word().to_owned(), lines },
        Block::Subject { text } => wire::LetterBlock::Subject { text },
        Block::Heading { text } => wire::LetterBlock::Heading { text },
        Block::Paragraph { text, own } => wire::LetterBlock::Paragraph { text, own },
        Block::Table { header, rows } => wire::LetterBlock::Table { header, rows },
        Block::List { items } => wire::LetterBlock::List { items },
        Block::Signature { lines } => wire::LetterBlock::Signature { lines },
        Block::Annex { title } => wire::LetterBlock::Annex { title },
    }
}
