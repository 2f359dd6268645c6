//! Writes the invented exports of `sample-exports/` and the accounts of what they hold.
//!
//! `cargo run -p portolan-tests --bin make-samples`

use std::fs;
use std::io;
use std::path::Path;

use portolan_tests::samples::{self, Sample};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample-exports");
    for sample in [samples::sellsy(), samples::shop()] {
        write(&folder, &sample)?;
    }
    Ok(())
}

fn write(folder: &Path, sample: &Sample) -> io::Result<()> {
    let root = folder.join(sample.name);
    // A file that is no longer made must not stay behind.
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    for (name, bytes) in &sample.files {
        let path = root.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    fs::write(folder.join(format!("{}.md", sample.name)), samples::markdown(sample))?;
    fs::write(folder.join(format!("{}.expected.json", sample.name)), samples::expected(sample))
}
