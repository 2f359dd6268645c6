//! What the screens show, made once from the records when it is first asked for after reading.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use records::{Day, Kind, Reading, Record, RecordId};
use views::{Accounts, Consents, Ledger, Sides, Subject, Tally, Thread, Threads};

use crate::export::Export;
use crate::reading::State;
use crate::to_wire::{self, trouble};
use crate::{Inner, Session, findings, letters, wire};

/// Records that one finding or thread hands out.
const IDS_MAX: usize = 20;

/// Fields of one record that are shown.
const FIELDS_MAX: usize = 2000;

/// Everything that is made from records for the typed screens.
pub(crate) struct Screens {
    pub(crate) accounts: Accounts,
    pub(crate) ledger: Ledger,
    pub(crate) threads: Threads,
    pub(crate) consents: Consents,
    pub(crate) tally: Tally,
    pub(crate) findings: Vec<views::Finding>,
    pub(crate) company_domains: Vec<String>,
}

/// What the head of the window says about the export.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(crate) subject: Option<String>,
    pub(crate) exported: Option<String>,
}

impl Screens {
    fn build(export: &Export, today: Day) -> Self {
        let mut tally = Tally::default();
        for (_, book) in export.books() {
            for line in book.lines.iter().filter(|l| !l.span.heading) {
                tally.add(line.kind, line.what, line.day);
            }
        }
        let gather = |kinds: &[Kind]| {
            let mut records: Vec<Record> = Vec::new();
            export.each_record(|line| !line.span.heading && kinds.contains(&line.kind), |r| records.push(r));
            records
        };
        let billing = gather(&[Kind::Billing]);
        let accounts = {
            let own = gather(&[Kind::Account]);
            Accounts::build(own.iter().chain(&billing))
        };
        let company_domains = letters::company_domains(export);
        let sides = Sides { subject: accounts.subject(), company_domains: &company_domains };
        let ledger = Ledger::build(&billing);
        drop(billing);
        let tickets = gather(&[Kind::Ticket]);
        let threads = Threads::build(&tickets, sides);
        let consents = Consents::build(gather(&[Kind::Consent]), today);
        let findings =
            findings::find(export, &accounts, &ledger, &tickets, &consents, &company_domains, today);
        Self { accounts, ledger, threads, consents, tally, findings, company_domains }
    }

    /// Codes of the findings about a record.
    fn codes(&self, ids: impl IntoIterator<Item = RecordId>) -> Vec<String> {
        let ids: Vec<RecordId> = ids.into_iter().collect();
        let about = |f: &&views::Finding| f.records.iter().any(|r| ids.contains(r));
        self.findings.iter().filter(about).map(|f| f.code.word().to_owned()).collect()
    }
}

impl Export {
    /// Whose export it is and of what day, as far as it says. Cheap: asked for often.
    pub(crate) fn facts(&self) -> Facts {
        if self.progress.state() == State::Reading {
            return Facts::default();
        }
        if let Some(facts) = self.facts.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            return facts.clone();
        }
        let facts = self.find_facts();
        *self.facts.lock().unwrap_or_else(PoisonError::into_inner) = Some(facts.clone());
        facts
    }

    fn find_facts(&self) -> Facts {
        let mut own = Vec::new();
        self.each_record(|l| l.kind == Kind::Account && !l.span.heading, |r| own.push(r));
        let accounts = Accounts::build(&own);
        let subject: &Subject = accounts.subject();
        let named = subject.names.first().or(subject.companies.first()).or(subject.emails.first());
        let mut exported: Option<Day> = None;
        self.each_heading(|record| {
            for field in &record.fields {
                let says = records::words(&field.name).iter().any(|w| {
                    w.starts_with("export")
                        || matches!(w.as_str(), "generated" | "genere" | "extrait" | "produced")
                });
                if let (Reading::Date { day, .. }, true) = (&field.reading, says) {
                    exported = exported.max(Some(*day));
                }
            }
        });
        Facts { subject: named.cloned(), exported: exported.map(|d| d.to_string()) }
    }
}

impl Inner {
    /// What was made from records is made anew when it is next asked for.
    pub(crate) fn forget_screens(&self) {
        if let Some(Ok(export)) = self.opened.get() {
            *export.facts.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        *self.screens.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Session {
    fn screens(&self) -> Option<Arc<Screens>> {
        let export = self.export()?;
        let mut kept = self.0.screens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(screens) = kept.as_ref() {
            return Some(Arc::clone(screens));
        }
        let whole = export.progress.state() != State::Reading;
        let screens = Arc::new(Screens::build(export, letters::today()));
        // While reading goes on they are made anew each time.
        if whole {
            *kept = Some(Arc::clone(&screens));
        }
        Some(screens)
    }

    /// The export in one glance.
    pub fn head(&self) -> Option<wire::Head> {
        self.export().map(|e| e.head(&self.0.name))
    }

    /// The first screen.
    pub fn overview(&self) -> Option<wire::Overview> {
        let (export, screens) = (self.export()?, self.screens()?);
        let counts = screens.consents.counts();
        let mut whats: BTreeMap<String, u64> =
            screens.tally.whats().iter().map(|(w, n)| (w.word().to_owned(), *n)).collect();
        // The ledger knows which invoice stands in two files; the number of messages is known to the threads alone.
        whats.extend(screens.ledger.whats.iter().map(|(w, n)| (w.word().to_owned(), *n)));
        whats.insert("message".to_owned(), screens.threads.lines.iter().map(|t| u64::from(t.messages)).sum());
        Some(wire::Overview {
            head: export.head(&self.0.name),
            money: screens.ledger.years.iter().map(money_year).collect(),
            consents: wire::ConsentCounts {
                in_force: counts.in_force,
                refused: counts.refused,
                withdrawn: counts.withdrawn,
                expired: counts.expired,
                unknown: counts.unknown,
            },
            whats,
            months: screens
                .tally
                .months()
                .into_iter()
                .map(|m| wire::Month {
                    month: format!("{:04}-{:02}", m.year, m.month),
                    kinds: m.kinds.iter().map(|(k, n)| (k.word().to_owned(), *n)).collect(),
                })
                .collect(),
            findings: screens.findings.iter().map(finding).collect(),
        })
    }

    /// A page of the account of entries, only those of a status if one is given.
    pub fn entries(&self, offset: u64, limit: u32, status: Option<&str>) -> wire::Page<wire::EntryLine> {
        self.export()
            .map_or(wire::Page { total: 0, offset, rows: Vec::new() }, |e| e.entries(offset, limit, status))
    }

    /// A page of records.
    pub fn list(&self, query: &wire::ListQuery) -> wire::Page<wire::RecordRow> {
        let none = wire::Page { total: 0, offset: u64::from(query.offset), rows: Vec::new() };
        self.export().map_or(none, |e| e.list(query))
    }

    /// A record in full; `at` is the place of the field whose source is wanted.
    ///
    /// # Errors
    ///
    /// There is no such record.
    pub fn record(&self, id: &str, at: Option<&str>) -> Result<wire::RecordCard, wire::Trouble> {
        let found = || {
            let export = self.export()?;
            let record = export.record(to_wire::read_id(id)?)?;
            let source = export.source_of(&record, at)?;
            let (image, notes) = {
                let book = export.book(record.id.entry);
                let image = book.format.is_some_and(files::Format::is_image);
                let touches = |o: &&archive::Oddity| {
                    o.at.as_ref()
                        .is_none_or(|at| !record.locator.at.is_empty() && at.starts_with(&record.locator.at))
                };
                (image, book.oddities.iter().filter(touches).take(IDS_MAX).map(to_wire::note).collect())
            };
            Some(wire::RecordCard {
                row: to_wire::record_row(&record),
                reason: record.reason.clone(),
                image,
                fields: record.fields.iter().take(FIELDS_MAX).map(to_wire::field_row).collect(),
                fields_total: u32::try_from(record.fields.len()).unwrap_or(u32::MAX),
                source,
                related: self.related(export, record.id),
                notes,
            })
        };
        found()
            .ok_or_else(|| trouble("no_such_record", "there is no such record", "open it from a list again"))
    }

    /// Records that belong to one: the payments of an invoice, the invoice of a payment, the places of a document.
    fn related(&self, export: &Export, id: RecordId) -> Vec<wire::RecordRow> {
        let Some(screens) = self.screens() else { return Vec::new() };
        let ledger = &screens.ledger;
        let mut ids: Vec<RecordId> = Vec::new();
        for line in ledger.documents.iter().filter(|l| l.records().any(|r| r == id)) {
            ids.extend(line.records());
            ids.extend(ledger.payments_of(line).map(|p| p.id));
            ids.extend(ledger.credits_of(line).map(|c| c.id));
            ids.extend(line.cites.iter().filter_map(|c| ledger.documents.get(c.line?)).map(|d| d.id));
        }
        for line in ledger.payments.iter().filter(|l| l.records().any(|r| r == id)) {
            ids.extend(line.cites.iter().filter_map(|c| ledger.documents.get(c.line?)).map(|d| d.id));
        }
        for thread in screens.threads.lines.iter().filter(|t| t.records.contains(&id)) {
            ids.extend(thread.records.iter().copied());
        }
        let mut seen = vec![id];
        ids.retain(|r| {
            !seen.contains(r) && {
                seen.push(*r);
                true
            }
        });
        ids.iter().take(IDS_MAX).filter_map(|r| export.record(*r)).map(|r| to_wire::record_row(&r)).collect()
    }

    /// The raw source of a place.
    ///
    /// # Errors
    ///
    /// There is nothing at that place.
    pub fn source(&self, entry: &str, at: &str) -> Result<wire::Source, wire::Trouble> {
        let found = || {
            let export = self.export()?;
            let entry = export.entry_named(entry)?.id;
            let found = export.locate(entry, at)?;
            export.source(&found)
        };
        found().ok_or_else(|| crate::place::nowhere(&format!("{entry}#{at}")))
    }

    /// The ledger.
    pub fn ledger(&self, query: &wire::LedgerQuery) -> wire::Ledger {
        let Some(screens) = self.screens() else {
            let page = wire::Page { total: 0, offset: 0, rows: Vec::new() };
            return wire::Ledger { page, years: Vec::new(), whats: BTreeMap::new() };
        };
        let ledger = &screens.ledger;
        let lines: Vec<&views::Line> = match query.tab.as_str() {
            "payments" => ledger.payments.iter().collect(),
            _ => ledger.documents.iter().chain(&ledger.others).collect(),
        };
        let of_year = |l: &&&views::Line| {
            query.year.is_none_or(|y| l.day.is_some_and(|d| chrono::Datelike::year(&d) == y))
        };
        let wanted: Vec<&views::Line> = lines.iter().filter(of_year).copied().collect();
        let rows = wanted
            .iter()
            .skip(query.offset as usize)
            .take(query.limit.min(500) as usize)
            .map(|line| ledger_line(line, ledger, &screens))
            .collect();
        wire::Ledger {
            page: wire::Page { total: wanted.len() as u64, offset: u64::from(query.offset), rows },
            years: ledger.years.iter().map(money_year).collect(),
            whats: ledger.whats.iter().map(|(w, n)| (w.word().to_owned(), *n)).collect(),
        }
    }

    /// A page of support requests.
    pub fn threads(&self, offset: u64, limit: u32) -> wire::Page<wire::ThreadLine> {
        let Some(screens) = self.screens() else { return wire::Page { total: 0, offset, rows: Vec::new() } };
        let lines = &screens.threads.lines;
        let skip = usize::try_from(offset).unwrap_or(usize::MAX);
        let rows =
            lines.iter().skip(skip).take(limit.min(500) as usize).map(|l| thread_line(l, &screens)).collect();
        wire::Page { total: lines.len() as u64, offset, rows }
    }

    /// A support request read as a conversation.
    ///
    /// # Errors
    ///
    /// There is no such request.
    pub fn thread(&self, id: &str) -> Result<wire::Thread, wire::Trouble> {
        let found = || {
            let (export, screens) = (self.export()?, self.screens()?);
            let id = to_wire::read_id(id)?;
            let line = screens.threads.lines.iter().find(|l| l.records.contains(&id))?;
            let records: Vec<Record> = line.records.iter().filter_map(|r| export.record(*r)).collect();
            let sides =
                Sides { subject: screens.accounts.subject(), company_domains: &screens.company_domains };
            let thread = Thread::read(&records, sides);
            Some(wire::Thread {
                line: thread_line(line, &screens),
                messages: thread.messages.iter().map(message).collect(),
            })
        };
        found().ok_or_else(|| {
            trouble("no_such_thread", "there is no such support request", "open it from the list again")
        })
    }

    /// The history of consents.
    pub fn consents(&self) -> Vec<wire::ConsentHistory> {
        let Some(screens) = self.screens() else { return Vec::new() };
        let history = |h: &views::History| wire::ConsentHistory {
            purpose: h.purpose.clone(),
            channel: h.channel.clone(),
            state: h.state.word().to_owned(),
            choices: h.choices.iter().map(|c| consent_line(c, &screens)).collect(),
        };
        screens.consents.histories.iter().map(history).collect()
    }

    /// Who the person is.
    pub fn accounts(&self) -> wire::Accounts {
        let (Some(export), Some(screens)) = (self.export(), self.screens()) else {
            return wire::Accounts { identifiers: Vec::new(), conflicts: Vec::new(), cards: Vec::new() };
        };
        let accounts = &screens.accounts;
        let card = |record: Record| wire::AccountCard {
            row: to_wire::record_row(&record),
            fields: record.fields.iter().take(FIELDS_MAX).map(to_wire::field_row).collect(),
        };
        wire::Accounts {
            identifiers: accounts.identifiers.iter().map(identifier).collect(),
            conflicts: accounts
                .conflicts
                .iter()
                .map(|c| wire::Conflict {
                    role: c.role.word().to_owned(),
                    values: c.values.iter().map(identifier).collect(),
                })
                .collect(),
            cards: accounts.cards.iter().take(500).filter_map(|c| export.record(c.id)).map(card).collect(),
        }
    }

    /// Who the person is, for letters.
    pub(crate) fn subject(&self) -> Option<Subject> {
        self.screens().map(|s| s.accounts.subject().clone())
    }
}

fn finding(f: &views::Finding) -> wire::Finding {
    wire::Finding {
        code: f.code.word().to_owned(),
        weight: f.weight.word().to_owned(),
        kind: f.kind.word().to_owned(),
        args: f.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        records: f.records.iter().take(IDS_MAX).map(|r| to_wire::id(*r)).collect(),
        right: f.right.map(|r| r.word().to_owned()),
    }
}

fn identifier(i: &views::Identifier) -> wire::Identifier {
    wire::Identifier {
        role: i.role.word().to_owned(),
        value: i.value.clone(),
        places: i
            .places
            .iter()
            .map(|spot| wire::FieldPlace {
                record: to_wire::id(spot.record),
                locator: to_wire::place(&spot.locator),
            })
            .collect(),
    }
}

fn money_year(year: &views::MoneyYear) -> wire::MoneyYear {
    wire::MoneyYear {
        currency: year.currency.clone().unwrap_or_else(|| "?".to_owned()),
        year: year.year,
        invoiced: year.invoiced.to_string(),
        paid: year.paid.to_string(),
        documents: year.documents,
        payments: year.payments,
    }
}

fn ledger_line(line: &views::Line, ledger: &Ledger, screens: &Screens) -> wire::LedgerLine {
    wire::LedgerLine {
        id: to_wire::id(line.id),
        what: line.what.word().to_owned(),
        date: line.day.map(|d| d.to_string()),
        number: line.number.clone(),
        label: line.label.clone(),
        net: line.net.as_ref().map(to_wire::amount),
        tax: line.tax.as_ref().map(to_wire::amount),
        gross: line.gross.as_ref().map(to_wire::amount),
        status_raw: line.status_raw.clone(),
        status: line.status.word().to_owned(),
        payments: ledger.payments_of(line).map(|p| to_wire::id(p.id)).collect(),
        document: line.cites.first().map(|c| c.number.clone()),
        findings: screens.codes(line.records()),
        locator: to_wire::place(&line.locator),
    }
}

fn thread_line(line: &views::ThreadLine, screens: &Screens) -> wire::ThreadLine {
    wire::ThreadLine {
        id: to_wire::id(line.id),
        number: line.number.clone(),
        subject: line.subject.clone(),
        opened: line.opened.as_ref().map(|m| m.day.to_string()),
        last: line.last.as_ref().map(|m| m.day.to_string()),
        messages: line.messages,
        status: line.status.clone(),
        internal: line.internal,
        findings: screens.codes(line.records.iter().copied()),
        locator: to_wire::place(&line.locator),
    }
}

fn message(m: &views::Message) -> wire::ThreadMessage {
    wire::ThreadMessage {
        record: to_wire::id(m.record),
        author: m.author.clone(),
        role: m.role.word().to_owned(),
        at: m.at.as_ref().map(ToString::to_string),
        text: m.text.clone(),
        internal: m.internal,
        attachments: m.attachments.clone(),
        locator: to_wire::place(&m.locator),
    }
}

fn consent_line(c: &views::ConsentLine, screens: &Screens) -> wire::ConsentLine {
    let moment = |m: &Option<views::Moment>| m.as_ref().map(ToString::to_string);
    wire::ConsentLine {
        id: to_wire::id(c.id),
        purpose: c.purpose.clone(),
        channel: c.channel.clone(),
        basis: c.basis.clone(),
        choice: c.choice.word().to_owned(),
        state: c.state.word().to_owned(),
        date: moment(&c.at),
        withdrawn: moment(&c.withdrawn),
        expires: moment(&c.expires),
        version: c.version.clone(),
        source: c.source.clone(),
        findings: screens.codes([c.id]),
        locator: to_wire::place(&c.locator),
    }
}
