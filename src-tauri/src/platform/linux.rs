//! Linux: what the kernel and WebKitGTK are told.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use gtk::prelude::GtkSettingsExt;
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use webkit2gtk::{
    CacheModel, ContextMenuAction, ContextMenuExt, ContextMenuItemExt, SettingsExt, WebContextExt, WebViewExt,
};

/// System calls of the x32 kind carry this bit; they are a second door to the same rooms.
#[cfg(target_arch = "x86_64")]
const X32: i64 = 0x4000_0000;

/// Gives up what the program does not need. To be called first: threads and programs started later inherit it, the
/// processes of the webview among them.
///
/// None of this can fail on a kernel that WebKitGTK runs on; where it does all the same, the program still opens, and
/// [`super::network`] finds out and says so in the window.
pub(crate) fn harden() {
    // Whatever is written can be read by its owner alone.
    umask(rustix::fs::Mode::from_raw_mode(0o077));
    // Neither a crash nor another program of the same user gets at the memory with the export in it. The kernel makes
    // every program readable again that is started, so this does not reach the processes of the webview, which hold
    // what is on the screen; the limit below does.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = refuse_network();
}

/// From here on the kernel refuses every socket but those to other programs on this computer (the display, D-Bus) and
/// to the kernel itself (GLib asks it which networks there are).
fn refuse_network() -> Result<(), Box<dyn std::error::Error>> {
    let family = |family: i32| {
        SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, family.cast_unsigned().into())
    };
    let internet = SeccompRule::new(vec![family(libc::AF_UNIX)?, family(libc::AF_NETLINK)?])?;
    let mut refused = BTreeMap::from([
        (libc::SYS_socket, vec![internet]),
        // io_uring opens sockets without that call.
        (libc::SYS_io_uring_setup, vec![]),
    ]);
    #[cfg(target_arch = "x86_64")]
    refused.extend([(X32 | libc::SYS_socket, vec![]), (X32 | libc::SYS_io_uring_setup, vec![])]);
    let denied = SeccompAction::Errno(libc::EACCES.cast_unsigned());
    let filter =
        SeccompFilter::new(refused, SeccompAction::Allow, denied, std::env::consts::ARCH.try_into()?)?;
    seccompiler::apply_filter_all_threads(&BpfProgram::try_from(filter)?)?;
    Ok(())
}

/// Whether there is a screen to show a window on.
pub(crate) fn has_screen() -> bool {
    gtk::init().is_ok()
}

/// Switches off what a page that shows text does not need, and what would leave traces.
pub(crate) fn calm(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        // What is opened and saved stays out of the list of recent files that other programs show.
        if let Some(settings) = gtk::Settings::default() {
            settings.set_gtk_recent_files_enabled(false);
        }
        let webview = webview.inner();
        if let Some(context) = webview.context() {
            context.set_cache_model(CacheModel::DocumentViewer);
            context.set_spell_checking_enabled(false);
        }
        if let Some(settings) = WebViewExt::settings(&webview) {
            settings.set_enable_dns_prefetching(false);
            settings.set_enable_webrtc(false);
            settings.set_enable_media_stream(false);
            settings.set_enable_media(false);
            settings.set_enable_webaudio(false);
            settings.set_enable_webgl(false);
            settings.set_enable_html5_database(false);
            settings.set_enable_html5_local_storage(false);
            settings.set_enable_offline_web_application_cache(false);
            settings.set_enable_page_cache(false);
            settings.set_enable_back_forward_navigation_gestures(false);
            settings.set_javascript_can_open_windows_automatically(false);
            settings.set_javascript_can_access_clipboard(false);
            settings.set_allow_file_access_from_file_urls(false);
            settings.set_allow_universal_access_from_file_urls(false);
            settings.set_allow_top_navigation_to_data_urls(false);
            settings.set_enable_developer_extras(false);
        }
        webview.connect_context_menu(|_, menu, _, _| {
            for item in menu.items().into_iter().filter(|item| !is_for_text(item.stock_action())) {
                menu.remove(&item);
            }
            // True shows no menu at all.
            menu.n_items() == 0
        });
    })
}

/// Whether an item of the right-click menu is about text: the others reload, download, open or inspect.
fn is_for_text(action: ContextMenuAction) -> bool {
    use ContextMenuAction::{Copy, Cut, Delete, Paste, SelectAll};
    matches!(action, Copy | Cut | Paste | Delete | SelectAll)
}

/// Makes a new name in a folder survive a power cut.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
