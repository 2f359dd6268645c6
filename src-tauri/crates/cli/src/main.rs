//! The `portolan` command: the same session as the window, for staff, scripts and tests. It links no webview.
//!
//! Nothing that came from an archive reaches a terminal unescaped.

mod args;
mod show;

use std::io::{self, BufRead as _, Write};
use std::process::ExitCode;

use clap::Parser as _;
use session::wire::{Found, Opened, RecordLine};
use session::{SearchOptions, Session};

use args::{Args, Command, Format, Given};

/// Exit codes of the contract.
mod exit {
    pub(crate) const WRONG_USAGE: u8 = 2;
    pub(crate) const CANNOT_OPEN: u8 = 3;
    pub(crate) const NEEDS_PASSWORD: u8 = 4;
}

fn main() -> ExitCode {
    session::serve_if_asked();
    let args = Args::parse();
    match run(args) {
        Ok(code) => code,
        // Whoever reads our output went away: `portolan records … | head` is no failure.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(e) => {
            let _ = writeln!(io::stderr(), "portolan: {}", show::plain(&e.to_string()));
            ExitCode::from(exit::WRONG_USAGE)
        }
    }
}

fn run(args: Args) -> io::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = match args.command {
        Command::Open { given, json } => open(&mut out, &given, json)?,
        Command::Search { mut given, query, batch, kind, from, to, entry, limit, json } => {
            given.check_input(batch)?;
            // `search PATH... QUERY`: the query is the last of the words, unless they come by standard input.
            let query = match (batch, query) {
                (true, query) => query,
                (false, Some(query)) => Some(query),
                (false, None) if given.paths.len() > 1 => {
                    given.paths.pop().map(|p| p.to_string_lossy().into_owned())
                }
                (false, None) => {
                    return Err(io::Error::other(
                        "what should be searched for? portolan search PATH... QUERY",
                    ));
                }
            };
            let options = SearchOptions { kind, from, to, entry, limit };
            search(&mut out, &given, query.filter(|_| !batch), &options, json)?
        }
        Command::Show { mut given, json } => {
            let locator = match given.paths.len() {
                2.. => given.paths.pop().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default(),
                _ => return Err(io::Error::other("what should be shown? portolan show PATH... LOCATOR")),
            };
            show_place(&mut out, &given, &locator, json)?
        }
        Command::Records { given, kind, format } => records(&mut out, &given, kind.as_deref(), format)?,
        Command::Request { mut given, out: folder, today } => {
            if given.paths.len() < 2 {
                return Err(io::Error::other(
                    "which export? portolan request REQUEST.json PATH... --out DIR",
                ));
            }
            let request = given.paths.remove(0);
            return request_letter(&mut out, &given, &request, &folder, today.as_deref());
        }
    };
    out.flush()?;
    Ok(code)
}

/// Opens the export, with the case that was given for it, and waits until it is read.
fn session(given: &Given) -> io::Result<Result<Session, Opened>> {
    given.check_input(false)?;
    let corrections = match given.corrections()? {
        Ok(corrections) => corrections,
        Err(trouble) => return Ok(Err(session::refused(&trouble))),
    };
    let passwords = given.passwords()?;
    let session = Session::open_with(given.paths.clone(), passwords, corrections, |_| {});
    session.wait();
    let opened = session.opened();
    if let (Some(case), None) = (&opened.case, &opened.error) {
        if !case.matches {
            writeln!(io::stderr(), "portolan: the case does not hold this export: nothing was corrected")?;
        } else if case.left_out > 0 {
            let n = case.left_out;
            writeln!(io::stderr(), "portolan: files with a kind in the case and no records here: {n}")?;
        }
    }
    Ok(if opened.error.is_some() { Err(opened) } else { Ok(session) })
}

fn refused(opened: &Opened) -> io::Result<ExitCode> {
    if let Some(error) = &opened.error {
        writeln!(io::stderr(), "portolan: {}", show::plain(&error.message))?;
        if !error.hint.is_empty() {
            writeln!(io::stderr(), "{}", show::plain(&error.hint))?;
        }
    }
    Ok(outcome(opened))
}

fn outcome(opened: &Opened) -> ExitCode {
    let code = opened.error.as_ref().map(|error| error.code.as_str());
    match opened.outcome {
        "error" if matches!(code, Some("case_locked" | "case_needs_passphrase")) => {
            ExitCode::from(exit::NEEDS_PASSWORD)
        }
        "error" => ExitCode::from(exit::CANNOT_OPEN),
        "needs_password" => ExitCode::from(exit::NEEDS_PASSWORD),
        _ => ExitCode::SUCCESS,
    }
}

fn open(out: &mut impl Write, given: &Given, json: bool) -> io::Result<ExitCode> {
    let opened = match session(given)? {
        Ok(session) => session.opened(),
        Err(opened) => opened,
    };
    if json {
        show::json(out, &opened)?;
    } else if opened.error.is_some() {
        return refused(&opened);
    } else {
        show::opened(out, &opened)?;
    }
    Ok(outcome(&opened))
}

fn search(
    out: &mut impl Write,
    given: &Given,
    query: Option<String>,
    options: &SearchOptions,
    json: bool,
) -> io::Result<ExitCode> {
    let session = match session(given)? {
        Ok(session) => session,
        Err(opened) => return refused(&opened),
    };
    let mut answer = |query: &str| -> io::Result<()> {
        let found: Found = session.find(query, options);
        if json { show::json(out, &found) } else { show::found(out, &found) }
    };
    match query {
        Some(query) => answer(&query)?,
        None => {
            for line in io::stdin().lock().lines() {
                answer(&line?)?;
            }
        }
    }
    Ok(outcome(&session.opened()))
}

fn show_place(out: &mut impl Write, given: &Given, locator: &str, json: bool) -> io::Result<ExitCode> {
    let session = match session(given)? {
        Ok(session) => session,
        Err(opened) => return refused(&opened),
    };
    match session.show(locator) {
        Ok(shown) if json => show::json(out, &shown)?,
        Ok(shown) => show::shown(out, &shown)?,
        Err(trouble) => {
            writeln!(io::stderr(), "portolan: {}", show::plain(&trouble.message))?;
            writeln!(io::stderr(), "{}", show::plain(&trouble.hint))?;
            return Ok(ExitCode::from(exit::WRONG_USAGE));
        }
    }
    Ok(outcome(&session.opened()))
}

fn records(out: &mut impl Write, given: &Given, kind: Option<&str>, format: Format) -> io::Result<ExitCode> {
    let session = match session(given)? {
        Ok(session) => session,
        Err(opened) => return refused(&opened),
    };
    let mut failed = None;
    let mut first = true;
    session.each_record(kind, |record: RecordLine| {
        if failed.is_some() {
            return;
        }
        let written = match format {
            Format::Ndjson => show::json(out, &record),
            Format::Csv => show::csv(out, &record, std::mem::take(&mut first)),
            Format::Text => show::record(out, &record),
        };
        failed = written.err();
    });
    match failed {
        Some(e) => Err(e),
        None => Ok(outcome(&session.opened())),
    }
}

fn request_letter(
    out: &mut impl Write,
    given: &Given,
    request: &std::path::Path,
    folder: &std::path::Path,
    today: Option<&str>,
) -> io::Result<ExitCode> {
    let text = std::fs::read_to_string(request)
        .map_err(|e| io::Error::other(format!("could not read {}: {e}", request.display())))?;
    let session = match session(given)? {
        Ok(session) => session,
        Err(opened) => return refused(&opened),
    };
    let files = match session.request(&text, today) {
        Ok(files) => files,
        Err(trouble) => {
            writeln!(io::stderr(), "portolan: {}", show::plain(&trouble.message))?;
            writeln!(io::stderr(), "{}", show::plain(&trouble.hint))?;
            return Ok(ExitCode::from(exit::WRONG_USAGE));
        }
    };
    std::fs::create_dir_all(folder)?;
    for note in &files.remarks {
        writeln!(io::stderr(), "{}", show::plain(&note.message))?;
    }
    for file in &files.files {
        let path = folder.join(&file.suggested_name);
        std::fs::write(&path, &file.bytes)?;
        writeln!(out, "{}", show::plain(&path.display().to_string()))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
