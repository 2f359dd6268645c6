//! Why an export could not be opened at all. Only a container is ever refused; everything else is an oddity.

/// The reason for which nothing could be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No path was given.
    #[error("no file or folder was given")]
    NothingGiven,
    /// There is nothing at that path.
    #[error("“{name}” does not exist")]
    NotFound {
        /// The name of the path.
        name: String,
    },
    /// The system would not let us read it.
    #[error("“{name}” could not be read: {why}")]
    Unreadable {
        /// The name of the path.
        name: String,
        /// What the system says.
        why: String,
    },
    /// A file of 0 bytes.
    #[error("“{name}” is empty: it has 0 bytes")]
    Empty {
        /// The name of the file.
        name: String,
    },
    /// The file is named like a ZIP but is something else.
    #[error("“{name}” is not a ZIP archive: it is {what}")]
    NotZip {
        /// The name of the file.
        name: String,
        /// What the file is, with its article.
        what: &'static str,
    },
    /// The archive stops before its end, and no whole file could be saved from it.
    #[error("“{name}” is incomplete: it ends before its directory, as a download does that was cut off")]
    Incomplete {
        /// The name of the file.
        name: String,
    },
    /// The directory of the archive cannot be made sense of.
    #[error("“{name}” is damaged: {why}")]
    Damaged {
        /// The name of the file.
        name: String,
        /// What does not fit.
        why: String,
    },
    /// One piece of a split archive.
    #[error("“{name}” is one part of a split archive; its other parts (.z01, .z02, … .zip) are missing")]
    Split {
        /// The name of the file.
        name: String,
    },
    /// Some pieces of a split archive were given, and others were not.
    #[error("“{name}” is one part of a split archive, of which another part is missing: {missing}")]
    PieceMissing {
        /// The name of a piece that was given.
        name: String,
        /// The names of pieces that were not.
        missing: String,
    },
    /// Two entries claim the same bytes: no honest program writes that, bombs do.
    #[error("“{name}” is not safe to read: “{first}” and “{second}” overlap, they share the same data")]
    Overlap {
        /// The name of the file.
        name: String,
        /// The entry whose bytes begin earlier.
        first: String,
        /// The entry that begins inside of them.
        second: String,
    },
    /// More entries than any export has.
    #[error("“{name}” has more than {max} entries")]
    TooManyEntries {
        /// The name of the file.
        name: String,
        /// The limit.
        max: usize,
    },
    /// A directory larger than any export has.
    #[error("“{name}” has a directory of more than {max} bytes")]
    DirectoryTooLarge {
        /// The name of the file.
        name: String,
        /// The limit.
        max: u64,
    },
}

impl Refusal {
    /// A stable word that the window branches on and translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingGiven => "nothing_given",
            Self::NotFound { .. } => "not_found",
            Self::Unreadable { .. } => "unreadable",
            Self::Empty { .. } => "empty_file",
            Self::NotZip { .. } => "not_a_zip",
            Self::Incomplete { .. } => "incomplete_download",
            Self::Damaged { .. } => "damaged",
            Self::Split { .. } | Self::PieceMissing { .. } => "split_archive",
            Self::Overlap { .. } => "overlap",
            Self::TooManyEntries { .. } => "too_many_entries",
            Self::DirectoryTooLarge { .. } => "directory_too_large",
        }
    }

    /// The values that the sentence names, for whoever says it in another language.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = Vec::new();
        match self {
            Self::NothingGiven => return args,
            Self::NotFound { name }
            | Self::Empty { name }
            | Self::Incomplete { name }
            | Self::Split { name }
            | Self::Unreadable { name, why: _ }
            | Self::Damaged { name, why: _ } => args.push(("name", name.clone())),
            Self::NotZip { name, what } => {
                args.extend([("name", name.clone()), ("what", (*what).to_owned())]);
            }
            Self::PieceMissing { name, missing } => {
                args.extend([("name", name.clone()), ("missing", missing.clone())]);
            }
            Self::Overlap { name, first, second } => {
                args.extend([("name", name.clone()), ("first", first.clone()), ("second", second.clone())]);
            }
            Self::TooManyEntries { name, max } => {
                args.extend([("name", name.clone()), ("max", max.to_string())]);
            }
            Self::DirectoryTooLarge { name, max } => {
                args.extend([("name", name.clone()), ("max", max.to_string())]);
            }
        }
        args
    }

    /// What to try next.
    pub fn hint(&self) -> String {
        match self {
            Self::NothingGiven => "choose the archive or the folder that you received",
            Self::NotFound { .. } => "check the name, and whether the disk it is on is still connected",
            Self::Unreadable { .. } => {
                "check that you may read the file, and that its disk is still connected"
            }
            Self::Empty { .. } => "the download never arrived; download the archive again",
            Self::NotZip { what, .. } => return not_zip_hint(what),
            Self::Incomplete { .. } => "the download was probably cut off; download the archive again",
            Self::Damaged { .. } => {
                "download the archive again; if it stays the same, ask the sender for a new one"
            }
            Self::Split { .. } | Self::PieceMissing { .. } => {
                "choose all its parts together; if one is lost, download it again or ask for one single file"
            }
            Self::Overlap { .. } => {
                "no ordinary program writes such an archive; ask the sender for a new one"
            }
            Self::TooManyEntries { .. } | Self::DirectoryTooLarge { .. } => {
                "unpack the archive with another program and open one of its folders"
            }
        }
        .to_owned()
    }
}

fn not_zip_hint(what: &str) -> String {
    if what.contains("web page") {
        "the link probably led to a log-in page; log in to the service and download the archive again"
            .to_owned()
    } else if what.contains("zero") || what.contains("too short") {
        "the download never arrived; download the archive again".to_owned()
    } else if what.contains("archive") {
        "unpack it with the program for it, then open the folder".to_owned()
    } else {
        "rename the file to its real kind and open it again".to_owned()
    }
}
