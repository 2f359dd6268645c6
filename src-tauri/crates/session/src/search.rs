//! Searching: queries of the command line and of the window, and hits read back from the archive.

use records::{Day, Kind, Record};

use index::{Filters, Query, Typing};

use crate::export::Export;
use crate::to_wire;
use crate::wire;

/// Characters of a snippet.
const SNIPPET_CHARS: usize = 200;

/// Text that is looked through at once for a snippet.
const STRETCH_BYTES: usize = 16 * 1024;

/// Options of a search on the command line.
#[derive(Debug, Clone, Default)]
pub struct SearchOptions {
    /// Only records of this kind.
    pub kind: Option<String>,
    /// Only records of this day or later, ISO 8601.
    pub from: Option<String>,
    /// Only records of this day or earlier, ISO 8601.
    pub to: Option<String>,
    /// Only entries whose name fits.
    pub entry: Option<String>,
    /// How many hits; 0 for all.
    pub limit: usize,
}

impl Export {
    /// Answers a query of the command line.
    pub(crate) fn find(&self, query: &str, options: &SearchOptions) -> wire::Found {
        let kinds = match options.kind.as_deref().map(str::parse::<Kind>) {
            None => None,
            Some(Ok(kind)) => Some(vec![kind]),
            Some(Err(())) => return self.cannot(query, "unknown_kind", "there is no such kind"),
        };
        let day = |text: &Option<String>| text.as_deref().map(str::parse::<Day>).transpose();
        let (Ok(from), Ok(to)) = (day(&options.from), day(&options.to)) else {
            return self.cannot(query, "bad_date", "a day is written 2024-02-29");
        };
        let entries = options.entry.as_deref().map(|glob| self.entries_like(&index::FilePattern::new(glob)));
        let filters = Filters { kinds, from, to, entries };
        let limit = if options.limit == 0 { usize::MAX } else { options.limit };
        self.answer(query, Typing::Done, filters, 0, limit)
    }

    /// Answers a query of the window.
    pub(crate) fn search(&self, asked: &wire::SearchQuery) -> wire::Found {
        let kinds: Vec<Kind> = asked.kinds.iter().filter_map(|k| k.parse().ok()).collect();
        let year =
            asked.year.and_then(|y| Some((Day::from_ymd_opt(y, 1, 1)?, Day::from_ymd_opt(y, 12, 31)?)));
        let entries = asked
            .entry
            .as_deref()
            .and_then(|name| self.entry_named(name))
            .map(|e| std::iter::once(e.id).collect());
        let filters = Filters {
            kinds: (!kinds.is_empty()).then_some(kinds),
            from: year.map(|(from, _)| from),
            to: year.map(|(_, to)| to),
            entries,
        };
        let typing = if asked.typing { Typing::StillTyping } else { Typing::Done };
        let limit = usize::try_from(asked.limit.clamp(1, 100)).unwrap_or(100);
        self.answer(&asked.query, typing, filters, asked.offset as usize, limit)
    }

    fn answer(&self, text: &str, typing: Typing, filters: Filters, offset: usize, top: usize) -> wire::Found {
        let query = match Query::parse(text, typing, |pattern| self.entries_like(pattern)) {
            Ok(query) => query.within(filters),
            Err(trouble) => return self.meaningless(text, &trouble),
        };
        let answer = self.index.search(&query, index::Page { offset, top, order: index::Order::default() });
        let hits = self.hit_lines(&answer.hits, &query);
        let facet = |value: String, count: u64| wire::Facet { value, count };
        let index::Facets { kinds, years, undated: _, entries, more_entries: _ } = answer.facets;
        let name = |id: archive::EntryId| self.archive.entry(id).map(|e| e.name.clone()).unwrap_or_default();
        wire::Found {
            query: text.to_owned(),
            total: answer.total,
            hits,
            facets: wire::Facets {
                kinds: kinds.into_iter().map(|(k, n)| facet(k.word().to_owned(), n)).collect(),
                years: years.into_iter().map(|(y, n)| facet(y.to_string(), n)).collect(),
                entries: entries.into_iter().map(|(e, n)| facet(name(e), n)).collect(),
            },
            took_ms: answer.took.as_secs_f64() * 1000.0,
            trouble: None,
        }
    }

    /// Reads hits back from the archive, on several threads: each may lie deep inside a large packed entry.
    fn hit_lines(&self, hits: &[index::Hit], query: &Query) -> Vec<wire::HitLine> {
        let lines = |hits: &[index::Hit]| -> Vec<wire::HitLine> {
            let line = |hit: &index::Hit| {
                self.glimpse(hit.id).map(|(record, row)| hit_line(&record, &row, query, hit.score))
            };
            hits.iter().filter_map(line).collect()
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, 4);
        if hits.len() < 2 * threads {
            return lines(hits);
        }
        std::thread::scope(|scope| {
            let lines = &lines;
            let parts: Vec<_> = hits
                .chunks(hits.len().div_ceil(threads))
                .map(|part| scope.spawn(move || lines(part)))
                .collect();
            let joined = parts.into_iter().map(|part| part.join());
            joined.flat_map(|lines| lines.unwrap_or_else(|broke| std::panic::resume_unwind(broke))).collect()
        })
    }

    fn entries_like(&self, pattern: &index::FilePattern) -> index::EntrySet {
        self.archive.entries.iter().filter(|e| pattern.matches(&e.name)).map(|e| e.id).collect()
    }

    fn meaningless(&self, text: &str, trouble: &index::QueryTrouble) -> wire::Found {
        let index::QueryTrouble { code, message, at, hint } = trouble;
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        wire::Found {
            trouble: Some(wire::QueryTrouble {
                code: code.word().to_owned(),
                message: message.clone(),
                hint: hint.clone().unwrap_or_default(),
                from: short(at.0),
                to: short(at.1),
                args: Default::default(),
            }),
            ..empty(text)
        }
    }

    fn cannot(&self, text: &str, code: &str, message: &str) -> wire::Found {
        wire::Found {
            trouble: Some(wire::QueryTrouble {
                code: code.to_owned(),
                message: message.to_owned(),
                hint: String::new(),
                from: 0,
                to: 0,
                args: Default::default(),
            }),
            ..empty(text)
        }
    }
}

pub(crate) fn empty(text: &str) -> wire::Found {
    wire::Found {
        query: text.to_owned(),
        total: 0,
        hits: Vec::new(),
        facets: wire::Facets::default(),
        took_ms: 0.0,
        trouble: None,
    }
}

fn hit_line(record: &Record, row: &files::Row, query: &Query, score: f32) -> wire::HitLine {
    let snippet = snippet(row, query);
    let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    wire::HitLine {
        id: to_wire::id(record.id),
        kind: record.kind.word().to_owned(),
        what: record.what.word().to_owned(),
        title: record.title.clone(),
        date: record.day.map(|d| d.to_string()),
        locator: to_wire::place(&record.locator),
        snippet: snippet.text,
        marks: snippet.marks.into_iter().map(|(from, to)| [short(from), short(to)]).collect(),
        score,
    }
}

/// The part of a row that shows why it was found. A row may hold a whole chapter: it is looked through in stretches, and
/// the first one that shows something is enough.
fn snippet(row: &files::Row, query: &Query) -> index::Snippet {
    let mut stretch: Vec<&str> = Vec::new();
    let (mut bytes, mut first) = (0, None);
    for piece in row.values().map(|v| v.text).filter(|t| !t.is_empty()) {
        bytes += piece.len();
        stretch.push(piece);
        if bytes >= STRETCH_BYTES {
            bytes = 0;
            let snippet = query.snippet(stretch.drain(..), SNIPPET_CHARS);
            if !snippet.marks.is_empty() {
                return snippet;
            }
            first.get_or_insert(snippet);
        }
    }
    let rest = query.snippet(stretch.drain(..), SNIPPET_CHARS);
    if rest.marks.is_empty() { first.unwrap_or(rest) } else { rest }
}
