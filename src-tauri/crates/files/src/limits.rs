//! Every limit on what comes out of an entry, with its reason.

/// Bytes asked of the entry at a time: large enough that the calls cost nothing, small enough to stay in the cache.
pub const CHUNK: usize = 256 << 10;

/// How much of a file is looked at to decide what it is and how it is laid out. Most files fit whole; a list that is
/// longer than this has shown its shape.
pub const OUTLINE: usize = 8 << 20;

/// How much of a file decides its format and its first guess at an encoding.
pub const HEAD: usize = 64 << 10;

/// The largest record that is held at once. A single object, row or element beyond it is no record of a person, and
/// 64 MiB three times over (bytes, text, values) still fits a worker's memory.
pub const RECORD: usize = 64 << 20;

/// What a property list may be when it is written out: its parts may point to one another, and one to many.
pub const PLIST_TEXT: usize = 64 << 20;

/// The values that a property list may have so; real ones have fewer by far.
pub const PLIST_VALUES: usize = 4_000_000;

/// The largest file of a format that must be held as a whole: workbooks, documents, databases. It has to fit the worker's
/// memory together with what is read from it.
pub const WHOLE: usize = 256 << 20;

/// What may be taken from the overflow pages of a database beyond four times its own size: rows that share pages could
/// claim any amount.
pub const DATABASE_PAYLOAD: u64 = 16 << 20;

/// What the cells of a workbook may take together from its table of shared texts, which any number of them can point to.
pub const SHARED_TEXT: u64 = 256 << 20;

/// Cells that a sheet may have beyond those that are written out, where one stands for many: two numbers in a file of a
/// few bytes could claim the whole grid.
pub const REPEATED_CELLS: u64 = 2_000_000;

/// Of those, what any sheet may have; each cell that is written out allows it some more.
pub const REPEATED_CELLS_FREE: u64 = 50_000;

/// So many more. In real sheets a few cells of a row hold the same as the one before.
pub const REPEATED_CELLS_EACH: u64 = 16;

/// The columns that a sheet has (`A` to `XFD`); cells beyond them can only be lies.
pub const SHEET_COLUMNS: u32 = 1 << 14;

/// What may be asked of Argon2 for one key, in KiB: four times what is usual, and a quarter of the worker's memory.
pub const KEY_MEMORY_KIB: u32 = 256 << 10;

/// What Argon2 may go over for one document, all passwords and passes together, in KiB: some seconds of work.
pub const KEY_WORK_KIB: u32 = 8 << 20;

/// Files in a document that are listed; more are counted.
pub const OBJECTS: usize = 1000;

/// Streams that are looked through for them: storages may claim to share any number.
pub const OBJECT_STREAMS: usize = 100_000;

/// Bytes of them that are read or unpacked: most are only named.
pub const OBJECT_BYTES: usize = 64 << 20;

/// Text of them that is kept in the row of what the document says of itself.
pub const OBJECT_TEXT: usize = 4 << 20;

/// The rows that a sheet has.
pub const SHEET_ROWS: u32 = 1 << 20;

/// Notes, links and drawings of one sheet that are kept apart until its rows are read.
pub const SHEET_NOTES: usize = 100_000;
/// The most pixels of an image that are decoded. Cameras of telephones come to about 50 million.
pub const PICTURE_PIXELS: u64 = 50_000_000;

/// What decoding an image may take: so many pixels of four colours in two bytes each. With the file beside it this still
/// fits the memory of a worker.
pub const PICTURE_BYTES: u64 = PICTURE_PIXELS * 8;

/// The longer side of a picture as it is handed out, in pixels: as much as a large window shows, sharp on a fine screen.
pub const PICTURE_SIDE: u32 = 1600;

/// The largest stream of a PDF, unpacked: a drawing of a page that is larger says no more to a reader.
pub const PDF_STREAM: usize = 64 << 20;

/// The largest font map, font program, description or comment inside a document or an image that is looked at, unpacked.
pub const INNER_PART: usize = 8 << 20;

/// Bytes that may be unpacked and gone over for one PDF, beside 64 times its own size: what is drawn on every page costs
/// every time.
pub const PDF_WORK: u64 = 512 << 20;

/// Bytes that may be unpacked and gone over for all documents that are attached to one thing: a mail from a stranger must
/// not cost the mailbox that it lies in.
pub const ATTACHED_WORK: u64 = 128 << 20;

/// More pages than a document can be printed with; a tree of pages may claim any number.
pub const PDF_PAGES: usize = 100_000;

/// Links, notes, fields and attached files of a PDF, each on one page or in the whole document.
pub const PDF_NOTES: usize = 10_000;

/// The largest piece of the text of a page in one value. Pages of print have a tenth of it.
pub const PDF_TEXT: usize = 64 << 10;

/// How much text of a document is one row before the rest follows in headings.
pub const PDF_ROW: usize = 16 << 20;

/// What films and recordings may say of themselves.
pub const MEDIA_VALUES: usize = 2000;

/// Values of a description or an invoice that stands inside another file.
pub const XMP_VALUES: usize = 20_000;

/// The largest piece of text in a value that has no structure of its own to cut it by.
pub const TEXT_VALUE: usize = 8 << 10;

/// The largest part of a plain text that is one row. Larger texts are cut at line ends, so that a hit can be read
/// again without the rest.
pub const TEXT_ROW: usize = 256 << 10;

/// A cell that opens a quote and does not close it within this length has forgotten to.
pub const CELL: usize = 16 << 20;

/// How deep JSON may nest inside a record before the rest is kept as text: no screen can show more.
pub const DEPTH: usize = 256;

/// Steps of field names kept for a file. Real files have dozens; a file with ids as keys must not fill the memory.
pub const NAMES: usize = 1 << 18;

/// What all field names of a file may weigh together.
pub const NAMES_BYTES: usize = 64 << 20;

/// How many oddities of one kind are told with their place; the others are counted.
pub const ODDITIES_OF_A_KIND: usize = 5;

/// How many lists a file may hold; the position of a list is kept in 16 bits.
pub const LISTS: u16 = 10_000;

/// How deep mails may hold mails and parts hold parts before the rest is kept as text.
pub const MAIL_DEPTH: usize = 100;

/// How many cells the rows that decide a table's shape may have together.
pub const TABLE_SAMPLE_ROWS: usize = 100;
