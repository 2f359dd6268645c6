//! Every limit on what comes from outside, with its reason.

/// One KiB.
pub const KIB: u64 = 1024;
/// One MiB.
pub const MIB: u64 = 1024 * KIB;

/// Entries in one export, nested ones too. The largest exports seen have about 100,000; ten times that still fits
/// into memory.
pub const ENTRIES_MAX: usize = 1_000_000;
/// Bytes of one ZIP directory. A million entries with names of 150 bytes need about this much.
pub const DIRECTORY_BYTES_MAX: u64 = 256 * MIB;
/// Bytes of the directory of a nested archive, less those of the names in the nested archives before it: they may have
/// been packed a thousand to one, and take several times as much once they are escaped. As many entries as there may
/// be, with names of 150 bytes, need about this much.
pub const NESTED_DIRECTORY_BYTES_MAX: u64 = 32 * MIB;
/// Archives inside one another: a mail attachment inside a part of an export is three; four leaves room.
pub const NESTED_DEPTH_MAX: usize = 4;
/// Nested archives that are opened in one export. A mailbox may hold hundreds; a fork bomb holds 12^5.
pub const NESTED_ARCHIVES_MAX: usize = 1_000;
/// Entries that may come from nested archives together.
pub const NESTED_ENTRIES_MAX: usize = 200_000;
/// A packed nested archive up to this size is decoded once and kept; a larger one is read through checkpoints.
pub const NESTED_IN_MEMORY_EACH: u64 = 4 * MIB;
/// What all nested archives that are kept decoded may take together.
pub const NESTED_IN_MEMORY_ALL: u64 = 64 * MIB;

/// Output from which an entry's ratio is judged. Below it, stopping would save nothing.
pub const RATIO_FROM_BYTES: u64 = 64 * MIB;
/// Output per packed byte at which one large entry is stopped. Deflate ends at 1,032; real JSON exports are at 5 to 40.
pub const RATIO_STOP: u64 = 200;
/// Output per packed byte from which an entry counts towards the budget of the whole archive.
pub const RATIO_HIGH: u64 = 100;
/// Outputs of high-ratio entries in the whole export. Beyond it, further entries of such a ratio are not read.
pub const RATIO_BUDGET_BYTES: u64 = 256 * MIB;
/// Entries up to this size never count: their own headers keep the ratio of the archive low.
pub const RATIO_FREE_BYTES: u64 = 4 * KIB;
/// The most that deflate can make of one byte (258 bytes from two bits); a larger declared size is a lie.
pub const DEFLATE_RATIO_CEILING: u64 = 1032;

/// How far from the end of the file an end record is looked for: its comment (64 KiB), and what may have been appended.
pub const END_SEARCH_BYTES: u64 = MIB + 66 * KIB;
/// End records that are examined, from the end backwards. An honest file has one, or one per stored inner archive.
pub const END_RECORDS_MAX: usize = 20_000;
/// Places that look like a local header and are none, before a search for headers gives up.
pub const HEADER_MISSES_MAX: usize = 10_000;
/// The longest target of a symbolic link that is shown; no file system allows a longer one.
pub const LINK_TARGET_BYTES_MAX: u64 = 4 * KIB;
/// A name longer than this fits into no file system (Windows ends at 32,767).
pub const NAME_BYTES_ODD: usize = 32_767;
/// Letters of a name in a message; the middle of a longer one is left out.
pub const NAME_CHARS_IN_MESSAGE: usize = 120;
/// Characters of a name that stands before the names of what is in it.
pub const CHAIN_CHARS_MAX: usize = 1_000;
/// Oddities of one kind that are told one by one for the whole archive; the rest is counted.
pub const SAME_ODDITY_MAX: usize = 3;
/// Names that are shown to the encoding detector, in bytes: a verdict does not get better after that.
pub const NAME_SAMPLE_BYTES: usize = 256 * 1024;

/// Memory for an LZMA dictionary; `7z -mx9` uses 64 MiB.
pub const LZMA_DICTIONARY_MAX: u32 = 64 * 1024 * 1024;
/// The window that Zstandard may ask for; `zstd` itself allows no more without being asked.
pub const ZSTD_WINDOW_MAX: u64 = 128 * MIB;
/// Memory for PPMd; 7-Zip uses 192 MiB at most, and 16 MiB as a rule.
pub const PPMD_MEMORY_MAX: u32 = 256 * 1024 * 1024;
/// ZipCrypto proves a password by one byte only: so much is decoded to be sure of it.
pub const ZIPCRYPTO_TRIAL_BYTES: u64 = MIB;
/// Rounds of a 7z key, as a power of two: 7-Zip uses 19, and opens no more than 24 itself.
pub const SEVEN_KEY_POWER_MAX: u8 = 24;
/// Rounds for all 7z keys of an export together: some 500 passwords, or fewer where the archive asks for more rounds.
pub const SEVEN_ROUNDS_ALL: u64 = 1 << 28;
/// Coders in a row of a 7z folder; 7-Zip writes three at most.
pub const SEVEN_CODERS_MAX: usize = 8;
/// A tar header may be followed by a longer name or by attributes; no honest ones are longer than this.
pub const TAR_EXTRA_BYTES_MAX: u64 = MIB;
/// What all packed files inside the export may be unpacked to together while it is opened, if it is small; a larger
/// export may be unpacked to as much as its ratio allows.
pub const UNPACKED_WHILE_OPENING: u64 = 512 * MIB;
/// Decoders that are kept where their last reader stopped, so that reading on costs nothing.
pub const CURSORS_MAX: usize = 8;
/// What those decoders may take together; the last one is kept whatever it takes.
pub const CURSOR_BUDGET: u64 = 64 * MIB;
/// A packed file without places inside where decoding can begin is kept decoded up to this size.
pub const UNMARKED_IN_MEMORY_EACH: u64 = 24 * MIB;
/// Entries that are read one after the other by one thread, because what they are packed in is: so much at a time,
/// where decoding can begin in the middle.
pub const RUN_BYTES: u64 = 8 * MIB;

/// Passwords that are tried. Each costs about a millisecond for every AES entry.
pub const PASSWORDS_MAX: usize = 1_000;

/// Packed bytes that are read at once.
pub const READ_BYTES: usize = 32 * 1024;
/// Bytes that are read at once around a header: most headers and their names fit.
pub const HEADER_WINDOW: usize = 4 * 1024;
/// Decoded bytes that are kept as one piece for random access.
pub const PIECE_BYTES: u64 = 128 * KIB;
/// Output between two checkpoints of a deflated entry. Each takes 43 KiB and lets reading start there.
pub const CHECKPOINT_EVERY: u64 = 512 * KIB;
/// Checkpoints of one entry; when there are more, every second one is dropped and the distance doubles.
pub const CHECKPOINTS_MAX: usize = 512;
/// What the checkpoints of all entries may take; those not used for longest are dropped.
pub const CHECKPOINT_BUDGET: u64 = 64 * MIB;
/// What one checkpoint takes: the decoder with its tables, and the window.
pub const CHECKPOINT_BYTES: u64 = 44 * KIB;
/// What decoded pieces may take together.
pub const PIECE_BUDGET: u64 = 16 * MIB;
/// Entries up to this size are decoded as a whole on random access instead of getting checkpoints.
pub const CHECKPOINTS_FROM: u64 = MIB;
/// The most bytes that one random access returns, whatever range was asked for.
pub const RANGE_BYTES_MAX: u64 = 64 * MIB;
/// Folders inside one another when a folder is opened; deeper ones are named and not entered.
pub const FOLDER_DEPTH_MAX: usize = 512;

/// Parts of a sparse file: a file in more pieces than this has none worth leaving out.
pub const SPARSE_PARTS_MAX: usize = 1 << 16;

/// How long the list of those parts may be.
pub const SPARSE_LIST_BYTES_MAX: usize = 2 << 20;
