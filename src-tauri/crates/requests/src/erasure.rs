//! Art. 17: records erased, each on its ground; what to ask in the alternative where a duty to keep them is to be expected.

use records::{Day, Kind, Record, Role};

use crate::draft::Ground;
use crate::frame::{Frame, Point};
use crate::letter::Block;
use crate::term::{self, Accounting};
use crate::words::Claim;

pub(crate) fn write(frame: &Frame<'_>, blocks: &mut Vec<Block>) {
    let w = frame.w;
    let groups: Vec<(Claim, Vec<&Point<'_>>)> = Claim::ALL
        .iter()
        .map(|claim| (*claim, frame.items.iter().filter(|p| claim_of(p) == *claim).collect::<Vec<_>>()))
        .filter(|(_, points)| !points.is_empty())
        .collect();
    blocks.extend(frame.own_words());
    blocks.push(Block::says(w.erase(frame.items.len(), groups.len())));
    for (claim, points) in &groups {
        blocks.push(Block::Heading { text: w.ground_heading(*claim) });
        blocks.push(Block::says(w.ground(*claim)));
        blocks.push(table(frame, points));
        blocks.extend(after_table(frame, *claim, points));
    }
    alternatives(frame, blocks);
    if !frame.items.is_empty() {
        blocks.push(Block::Heading { text: w.scope_heading().to_owned() });
        blocks.push(Block::says(w.copies()));
        blocks.push(Block::says(w.erasure_told()));
    }
}

/// Under which claim an item stands: its ground, objections apart by what they are about.
pub(crate) fn claim_of(p: &Point<'_>) -> Claim {
    match p.item.ground {
        None => Claim::Missing,
        Some(Ground::NoLongerNecessary) => Claim::NoLongerNecessary,
        Some(Ground::ConsentWithdrawn) => Claim::ConsentWithdrawn,
        Some(Ground::Objection) if p.record.is_some_and(is_marketing) => Claim::ObjectionMarketing,
        Some(Ground::Objection) => Claim::Objection,
        Some(Ground::Unlawful) => Claim::Unlawful,
        Some(Ground::LegalObligation) => Claim::LegalObligation,
        Some(Ground::Child) => Claim::Child,
    }
}

/// Until when an item must be kept as an accounting document, where that can be said.
pub(crate) fn accounting_end(p: &Point<'_>) -> Option<(Accounting, Option<Day>)> {
    let record = p.record?;
    match term::accounting(record) {
        Accounting::No => None,
        kind => Some((kind, record.day.and_then(term::kept_until))),
    }
}

/// Whether a dispute over the item seems to be open: an unanswered ticket, an unpaid document.
pub(crate) fn is_open(record: &Record) -> bool {
    const OPEN: [&str; 12] = [
        "open",
        "ouvert",
        "en cours",
        "pending",
        "en attente",
        "overdue",
        "unpaid",
        "impaye",
        "en retard",
        "litige",
        "dispute",
        "reopened",
    ];
    let Some(status) = record.value(Role::Status) else { return false };
    let status = status.to_lowercase().replace('é', "e");
    matches!(record.kind, Kind::Ticket | Kind::Billing) && OPEN.iter().any(|word| status.contains(word))
}

/// Whether a record's place, purpose or channel speaks of marketing.
fn is_marketing(record: &Record) -> bool {
    const MARKETING: [&str; 12] = [
        "marketing",
        "prospect",
        "newsletter",
        "promo",
        "campaign",
        "campagne",
        "publicit",
        "advert",
        "lettre d info",
        "commercial offer",
        "offre commerciale",
        "offres commerciales",
    ];
    let says = |text: &str| {
        let text = records::words(text).join(" ");
        MARKETING.iter().any(|word| text.contains(word))
    };
    says(&record.locator.entry) || record.value(Role::Purpose).is_some_and(says)
}

fn table(frame: &Frame<'_>, points: &[&Point<'_>]) -> Block {
    let w = frame.w;
    let reasons = points.iter().any(|p| !p.reason().is_empty());
    let rows = points
        .iter()
        .map(|p| {
            let mut row = vec![w.numbered(p.number, &w.item_in_full(p.record, p.field)), p.locator()];
            if reasons {
                row.push(p.reason());
            }
            row
        })
        .collect();
    Block::Table { header: w.erasure_header(reasons), rows }
}

/// What follows from a ground: the controller's own terms, or the restriction while an objection is weighed.
fn after_table(frame: &Frame<'_>, claim: Claim, points: &[&Point<'_>]) -> Vec<Block> {
    let w = frame.w;
    match claim {
        Claim::NoLongerNecessary => {
            let items = declared_terms(frame, points);
            if items.is_empty() {
                return Vec::new();
            }
            vec![Block::says(w.terms_intro()), Block::List { items }]
        }
        Claim::Objection => vec![Block::says(w.restriction_while_weighed())],
        _ => Vec::new(),
    }
}

/// One point for each rule of the controller that speaks of some of the items.
fn declared_terms(frame: &Frame<'_>, points: &[&Point<'_>]) -> Vec<String> {
    let Some(profile) = frame.profile else { return Vec::new() };
    let mut said = Vec::new();
    for rule in &profile.retention {
        let covered: Vec<&&Point<'_>> =
            points.iter().filter(|p| p.record.is_some_and(|r| rule.speaks_of(r))).collect();
        // A term of ten years after a contract that may still run proves nothing; citing it would help the other side.
        let helps = rule.runs_from.is_some() || rule.kinds.is_empty();
        let Some(document) = profile.document(&rule.document) else { continue };
        if covered.is_empty() || !helps {
            continue;
        }
        let numbers: Vec<usize> = covered.iter().map(|p| p.number).collect();
        let mut ended = Vec::new();
        if let (Some(months), Some(_), Some(today)) = (rule.months, rule.runs_from, frame.day) {
            for p in &covered {
                let from = p.record.and_then(|r| r.day);
                let end = from.and_then(|day| term::months_later(day, months));
                if let (Some(from), Some(end)) = (from, end)
                    && end < today
                {
                    ended.push((p.number, from, end));
                }
            }
        }
        said.push((numbers[0], frame.w.declared_term(&numbers, rule, document, &ended)));
    }
    said.sort_by_key(|(first, _)| *first);
    said.into_iter().map(|(_, text)| text).collect()
}

/// What is asked in case the controller must or may keep something.
fn alternatives(frame: &Frame<'_>, blocks: &mut Vec<Block>) {
    let w = frame.w;
    let ends: Vec<(usize, Option<Day>)> =
        frame.items.iter().filter_map(|p| accounting_end(p).map(|(_, end)| (p.number, end))).collect();
    // The ends are computed by French law, so only for a controller that is under it.
    let end_over = |end: Day| frame.french() && frame.day.is_some_and(|today| end < today);
    let over: Vec<(usize, Day)> =
        ends.iter().filter_map(|(n, end)| end.filter(|e| end_over(*e)).map(|end| (*n, end))).collect();
    let running: Vec<(usize, Option<Day>)> =
        ends.into_iter().filter(|(_, end)| !end.is_some_and(end_over)).collect();
    let open = frame.numbers(|p| p.record.is_some_and(is_open));
    if running.is_empty() && over.is_empty() && open.is_empty() {
        return;
    }
    blocks.push(Block::Heading { text: w.alternative_heading().to_owned() });
    if !over.is_empty() {
        blocks.push(Block::says(w.accounting_over(&over)));
    }
    if !running.is_empty() {
        let numbers: Vec<usize> = running.iter().map(|(n, _)| *n).collect();
        let computed: Vec<(usize, Day)> = running
            .iter()
            .filter(|_| frame.french())
            .filter_map(|(n, end)| end.map(|end| (*n, end)))
            .collect();
        blocks.push(Block::says(w.accounting_alternative(&numbers, frame.french())));
        blocks.push(Block::List { items: w.accounting_demands(&computed) });
    }
    if !open.is_empty() {
        blocks.push(Block::says(w.claims_alternative(&open)));
    }
}
