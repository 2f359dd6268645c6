//! What the page may ask, one short function a question. Each one also stands in `build.rs` and in
//! `capabilities/main.json`; a test holds the three together.

use session::Passphrase;
use session::wire::{
    Accounts, CaseState, ConsentHistory, Draft, EntryLine, Event, Found, Head, Language, Ledger, LedgerQuery,
    LetterPreview, ListQuery, Named, Overview, Page, Place, RecordCard, RecordRow, Right, Saved, SearchQuery,
    Source, Start, Thread, ThreadLine, Trouble,
};
use tauri::ipc::{Channel, Invoke, Response};
use tauri::{State, WebviewWindow};

use crate::desk::{Desk, aside, nothing_open};
use crate::{dialog, save};

type Answer<T> = Result<T, Trouble>;

/// Answers a question of the page.
pub(crate) fn all() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        start,
        subscribe,
        open_sample,
        choose_files,
        choose_folder,
        unlock,
        stop,
        close,
        head,
        overview,
        entries,
        correct_kind,
        list,
        search,
        record,
        picture,
        source,
        ledger,
        threads,
        thread,
        consents,
        accounts,
        controllers,
        new_draft,
        letter,
        save_letter,
        open_dropped,
        leave_program,
        case_state,
        choose_case,
        open_case,
        keep_case,
        close_case,
    ]
}

#[tauri::command]
async fn start(desk: State<'_, Desk>) -> Answer<Start> {
    Ok(desk.start())
}

#[tauri::command]
async fn subscribe(desk: State<'_, Desk>, channel: Channel<Event>) -> Answer<()> {
    let desk = Desk::clone(&desk);
    aside(move || desk.subscribe(channel)).await
}

#[tauri::command]
async fn open_sample(desk: State<'_, Desk>, id: String) -> Answer<()> {
    let desk = Desk::clone(&desk);
    aside(move || desk.open_sample(&id)).await?
}

#[tauri::command]
async fn choose_files(desk: State<'_, Desk>, window: WebviewWindow) -> Answer<bool> {
    open_chosen(&desk, dialog::files(&window).await).await
}

#[tauri::command]
async fn choose_folder(desk: State<'_, Desk>, window: WebviewWindow) -> Answer<bool> {
    open_chosen(&desk, dialog::folder(&window).await).await
}

#[tauri::command]
async fn unlock(desk: State<'_, Desk>, passwords: Vec<String>) -> Answer<()> {
    let desk = Desk::clone(&desk);
    aside(move || desk.unlock(passwords)).await?
}

#[tauri::command]
async fn stop(desk: State<'_, Desk>) -> Answer<()> {
    let desk = Desk::clone(&desk);
    aside(move || desk.stop()).await
}

#[tauri::command]
async fn close(desk: State<'_, Desk>) -> Answer<()> {
    let desk = Desk::clone(&desk);
    aside(move || desk.close()).await
}

#[tauri::command]
async fn head(desk: State<'_, Desk>) -> Answer<Option<Head>> {
    let desk = Desk::clone(&desk);
    aside(move || desk.head()).await
}

#[tauri::command]
async fn overview(desk: State<'_, Desk>) -> Answer<Overview> {
    desk.ask(|session| session.overview()).await?.ok_or_else(nothing_open)
}

#[tauri::command]
async fn entries(
    desk: State<'_, Desk>,
    offset: u64,
    limit: u32,
    status: Option<String>,
) -> Answer<Page<EntryLine>> {
    desk.ask(move |session| session.entries(offset, limit, status.as_deref())).await
}

#[tauri::command]
async fn correct_kind(desk: State<'_, Desk>, entry: u32, kind: Option<String>) -> Answer<()> {
    desk.ask(move |session| session.correct_kind(entry, kind.as_deref())).await?
}

#[tauri::command]
async fn list(desk: State<'_, Desk>, query: ListQuery) -> Answer<Page<RecordRow>> {
    desk.ask(move |session| session.list(&query)).await
}

#[tauri::command]
async fn search(desk: State<'_, Desk>, query: SearchQuery) -> Answer<Found> {
    desk.ask(move |session| session.search(&query)).await
}

#[tauri::command]
async fn record(desk: State<'_, Desk>, id: String, at: Option<String>) -> Answer<RecordCard> {
    desk.ask(move |session| session.record(&id, at.as_deref())).await?
}

/// Width, height, width and height of the whole image, 1 where the file has more pages (32 bits each, the smallest byte
/// first), then the pixels: nothing that a decoder of the window's would have to look at.
#[tauri::command]
async fn picture(desk: State<'_, Desk>, entry: u32) -> Answer<Response> {
    let picture = desk.ask(move |session| session.picture(entry)).await??;
    let (width, height) = picture.whole;
    let head = [picture.width, picture.height, width, height, u32::from(picture.more)];
    let mut bytes: Vec<u8> = head.iter().flat_map(|n| n.to_le_bytes()).collect();
    bytes.extend_from_slice(&picture.pixels);
    Ok(Response::new(bytes))
}

#[tauri::command]
async fn source(desk: State<'_, Desk>, entry: String, at: String) -> Answer<Source> {
    desk.ask(move |session| session.source(&entry, &at)).await?
}

#[tauri::command]
async fn ledger(desk: State<'_, Desk>, query: LedgerQuery) -> Answer<Ledger> {
    desk.ask(move |session| session.ledger(&query)).await
}

#[tauri::command]
async fn threads(desk: State<'_, Desk>, offset: u64, limit: u32) -> Answer<Page<ThreadLine>> {
    desk.ask(move |session| session.threads(offset, limit)).await
}

#[tauri::command]
async fn thread(desk: State<'_, Desk>, id: String) -> Answer<Thread> {
    desk.ask(move |session| session.thread(&id)).await?
}

#[tauri::command]
async fn consents(desk: State<'_, Desk>) -> Answer<Vec<ConsentHistory>> {
    desk.ask(|session| session.consents()).await
}

#[tauri::command]
async fn accounts(desk: State<'_, Desk>) -> Answer<Accounts> {
    desk.ask(|session| session.accounts()).await
}

#[tauri::command]
async fn controllers() -> Answer<Vec<Named>> {
    aside(session::controllers).await
}

#[tauri::command]
async fn new_draft(
    desk: State<'_, Desk>,
    right: Right,
    language: Language,
    items: Vec<Place>,
) -> Answer<Draft> {
    desk.ask(move |session| session.new_draft(right, language, items)).await
}

#[tauri::command]
async fn letter(desk: State<'_, Desk>, draft: Draft) -> Answer<LetterPreview> {
    desk.ask(move |session| session.letter(&draft, session::today())).await
}

#[tauri::command]
async fn save_letter(
    desk: State<'_, Desk>,
    window: WebviewWindow,
    draft: Draft,
    format: String,
) -> Answer<Option<Saved>> {
    let letter = desk.ask(move |session| session.render(&draft, &format, session::today())).await??;
    let Some(target) = dialog::target(&window, &save::safe_name(&letter.suggested_name)).await else {
        return Ok(None);
    };
    let export = desk.paths();
    aside(move || save::write(&target, &letter.bytes, &export)).await?.map(Some)
}

#[tauri::command]
async fn open_dropped(desk: State<'_, Desk>) -> Answer<()> {
    let desk = Desk::clone(&desk);
    aside(move || desk.open_dropped()).await
}

#[tauri::command]
async fn leave_program(desk: State<'_, Desk>, window: WebviewWindow, really: bool) -> Answer<()> {
    desk.closing_answered();
    if really {
        // A window that is gone already is closed as well.
        let _ = window.destroy();
    }
    Ok(())
}

#[tauri::command]
async fn case_state(desk: State<'_, Desk>) -> Answer<CaseState> {
    let desk = Desk::clone(&desk);
    aside(move || desk.case_state()).await
}

#[tauri::command]
async fn choose_case(desk: State<'_, Desk>, window: WebviewWindow) -> Answer<Option<String>> {
    let Some(path) = dialog::case(&window).await else { return Ok(None) };
    let desk = Desk::clone(&desk);
    aside(move || desk.choose_case(path)).await?.map(Some)
}

#[tauri::command]
async fn open_case(desk: State<'_, Desk>, passphrase: String) -> Answer<CaseState> {
    let (desk, passphrase) = (Desk::clone(&desk), Passphrase::from(passphrase));
    aside(move || desk.open_case(&passphrase)).await?
}

/// With a passphrase a new case is made, and the person is asked where; without, the open one is saved again.
#[tauri::command]
async fn keep_case(
    desk: State<'_, Desk>,
    window: WebviewWindow,
    passphrase: Option<String>,
) -> Answer<Option<CaseState>> {
    let (desk, passphrase) = (Desk::clone(&desk), passphrase.map(Passphrase::from));
    let target = match passphrase {
        Some(passphrase) => match dialog::new_case(&window).await {
            Some(path) => Some((path, passphrase)),
            None => return Ok(None),
        },
        None => None,
    };
    aside(move || {
        match target {
            Some((path, passphrase)) => desk.keep_in_new_case(path, &passphrase)?,
            None => desk.keep_in_open_case()?,
        }
        Ok(Some(desk.case_state()))
    })
    .await?
}

#[tauri::command]
async fn close_case(desk: State<'_, Desk>) -> Answer<()> {
    let desk = Desk::clone(&desk);
    aside(move || desk.close_case()).await
}

async fn open_chosen(desk: &Desk, paths: Option<Vec<std::path::PathBuf>>) -> Answer<bool> {
    let Some(paths) = paths else { return Ok(false) };
    let desk = desk.clone();
    aside(move || desk.open(paths, Vec::new())).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// The words between quotes or commas in the part of a text between two marks.
    fn words(text: &str, from: &str, to: &str) -> BTreeSet<String> {
        let (_, rest) = text.split_once(from).unwrap();
        let (part, _) = rest.split_once(to).unwrap();
        let words = part.split(|c: char| !(c.is_ascii_lowercase() || c == '_' || c == '-'));
        words.filter(|word| !word.is_empty()).map(|word| word.replace('-', "_")).collect()
    }

    #[test]
    fn every_command_is_declared_and_granted_and_no_other() {
        let handled = words(include_str!("commands.rs"), "generate_handler![", "]");
        let declared = words(include_str!("../build.rs"), "&[&str] = &[", "]");
        let granted = words(include_str!("../capabilities/main.json"), "\"permissions\": [", "]");
        let granted: BTreeSet<String> =
            granted.iter().map(|line| line.strip_prefix("allow_").unwrap().to_owned()).collect();
        assert!(handled.contains("start"), "the lists are found");
        assert_eq!(handled, declared);
        assert_eq!(handled, granted);
    }
}
