//! The command line as it is typed.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use session::wire::Trouble;
use session::{Case, Corrections, Passphrase, case_bytes};

/// Reads the personal-data archive that a company returned to a data request, with no network at all.
#[derive(Debug, clap::Parser)]
#[command(name = "portolan", version)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Opens an export and accounts for every entry in it.
    Open {
        #[command(flatten)]
        given: Given,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Searches an export: portolan search PATH... QUERY
    Search {
        #[command(flatten)]
        given: Given,
        /// The query, where it could be taken for a path.
        #[arg(long)]
        query: Option<String>,
        /// One query a line on standard input, one answer a line.
        #[arg(long)]
        batch: bool,
        /// Only records of this kind.
        #[arg(long)]
        kind: Option<String>,
        /// Only records of this day or later (ISO 8601).
        #[arg(long)]
        from: Option<String>,
        /// Only records of this day or earlier (ISO 8601).
        #[arg(long)]
        to: Option<String>,
        /// Only entries whose name fits: `*.csv`, `billing/*`.
        #[arg(long)]
        entry: Option<String>,
        /// How many hits; 0 for all.
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// One JSON object a query.
        #[arg(long)]
        json: bool,
    },
    /// Shows a record or field with the raw source around it: portolan show PATH... LOCATOR
    Show {
        #[command(flatten)]
        given: Given,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Lists all records.
    Records {
        #[command(flatten)]
        given: Given,
        /// Only records of this kind.
        #[arg(long)]
        kind: Option<String>,
        /// How to write them.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Drafts a letter from a request file: portolan request REQUEST.json PATH... --out DIR
    Request {
        #[command(flatten)]
        given: Given,
        /// The folder that the letter is written to.
        #[arg(long)]
        out: PathBuf,
        /// The day of the letter where the request file gives none (ISO 8601).
        #[arg(long)]
        today: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One JSON object a record.
    Ndjson,
    /// One row a field (RFC 4180), with a `'` before what a spreadsheet would take for a formula.
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Given {
    /// The archive, folder or file; several are the parts of one export.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// A file with one password a line, each is tried; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// A case that the window saved: kinds that were put right in it hold here as well. It is read, never written.
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,
    /// A file whose first line is the passphrase of the case; `-` for standard input.
    #[arg(long, value_name = "FILE", requires = "case")]
    passphrase_file: Option<PathBuf>,
}

impl Given {
    /// Standard input holds one thing at most: it can be read only once.
    pub(crate) fn check_input(&self, queries: bool) -> io::Result<()> {
        let from_input = |file: &Option<PathBuf>| file.as_deref().is_some_and(is_input);
        let taken = [from_input(&self.password_file), from_input(&self.passphrase_file), queries];
        if taken.iter().filter(|t| **t).count() > 1 {
            return Err(io::Error::other(
                "standard input can hold one of these only: passwords, a passphrase, queries",
            ));
        }
        Ok(())
    }

    /// The passwords to try.
    pub(crate) fn passwords(&self) -> io::Result<Vec<String>> {
        let Some(file) = &self.password_file else { return Ok(Vec::new()) };
        let bytes = bytes(file, "password file")?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(text.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect())
    }

    /// What the case says about exports; nothing where none was given.
    pub(crate) fn corrections(&self) -> io::Result<Result<Corrections, Trouble>> {
        let Some(file) = &self.case else { return Ok(Ok(Corrections::default())) };
        let Some(passphrase) = &self.passphrase_file else {
            return Ok(Err(Trouble {
                code: "case_needs_passphrase".to_owned(),
                message: "the case opens with its passphrase only".to_owned(),
                hint: "say where it stands: --passphrase-file FILE, or - for standard input".to_owned(),
                args: Default::default(),
            }));
        };
        let text = String::from_utf8(bytes(passphrase, "passphrase file")?).map_err(|_| {
            io::Error::other(format!("the passphrase file {} is not text in UTF-8", passphrase.display()))
        })?;
        let passphrase = Passphrase::new(text.lines().next().unwrap_or_default());
        Ok(case_bytes(file).and_then(|bytes| Case::open(&bytes, &passphrase)).map(|case| case.corrections()))
    }
}

fn is_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn bytes(file: &Path, what: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if is_input(file) {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)
            .map_err(|e| io::Error::other(format!("could not read the {what} {}: {e}", file.display())))?;
    }
    Ok(bytes)
}
