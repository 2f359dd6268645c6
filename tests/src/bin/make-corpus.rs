//! Makes an export of about so many megabytes for measuring, and says what is in it.
//!
//! `cargo run --release -p portolan-tests --bin make-corpus -- 100 corpus-100.zip`

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use std::process::ExitCode;

use portolan_tests::corpus::{self, Truth};

#[expect(clippy::print_stderr, clippy::print_stdout, reason = "a program for the command line answers there")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(megabytes), Some(out)) = (arguments.first().and_then(|a| a.parse().ok()), arguments.get(1))
    else {
        eprintln!("usage: make-corpus SIZE_MB OUT.zip");
        return ExitCode::from(2);
    };
    match write(megabytes, Path::new(out)) {
        Ok(truth) => {
            println!("{} bytes in {} files", truth.bytes, truth.files);
            for (what, count) in &truth.records {
                println!("{count:>10} {what}");
            }
            for needle in &truth.needles {
                println!("{} in {} ({})", needle.word, needle.entry, needle.coding);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("could not write {out}: {error}");
            ExitCode::from(3)
        }
    }
}

fn write(megabytes: u64, out: &Path) -> io::Result<Truth> {
    Ok(corpus::write(megabytes, BufWriter::new(File::create(out)?))?.0)
}
