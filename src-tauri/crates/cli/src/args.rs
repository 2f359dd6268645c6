//! The command line as it is typed.

use std::io::{self, Read as _};
use std::path::PathBuf;

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
}

impl Given {
    /// The passwords to try.
    pub(crate) fn passwords(&self) -> io::Result<Vec<String>> {
        let Some(file) = &self.password_file else { return Ok(Vec::new()) };
        let mut bytes = Vec::new();
        if file.as_os_str() == "-" {
            io::stdin().lock().read_to_end(&mut bytes)?;
        } else {
            bytes = std::fs::read(file).map_err(|e| {
                io::Error::other(format!("could not read the password file {}: {e}", file.display()))
            })?;
        }
        let text = String::from_utf8_lossy(&bytes);
        Ok(text.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect())
    }
}
