//! The one window: how it is built, and what is refused to the page in it.

use std::path::{Path, PathBuf};

use tauri::webview::{DownloadEvent, NewWindowResponse, PermissionResponse};
use tauri::{AppHandle, DragDropEvent, Manager, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::desk::Desk;
use crate::platform;

/// Builds the window, hands the desk to it, and shows it.
pub(crate) fn open(app: &AppHandle, desk: Desk) -> tauri::Result<()> {
    app.manage(desk.clone());
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
        .title("Portolan")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 640.0)
        // Incognito leaves no storage, cache or cookies of the webview on the disk.
        .incognito(true)
        .devtools(cfg!(debug_assertions))
        .general_autofill_enabled(false)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _: DownloadEvent<'_>| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    platform::calm(&window)?;
    // Dropped files are opened here; the page never learns their paths.
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } if desk.asks_before_closing() => api.prevent_close(),
        WindowEvent::DragDrop(drag) => match drag {
            DragDropEvent::Enter { paths, .. } => desk.dragging(!files(paths).is_empty()),
            DragDropEvent::Drop { paths, .. } => {
                desk.dragging(false);
                let files = files(paths);
                if !files.is_empty() {
                    desk.dropped(files);
                }
            }
            DragDropEvent::Leave => desk.dragging(false),
            _ => {}
        },
        _ => {}
    });
    Ok(())
}

/// The files among what is dragged. Links come as if they were paths, and must not close the export that is open.
fn files(dragged: &[PathBuf]) -> Vec<PathBuf> {
    let file = |path: &PathBuf| {
        // Some programs name the computer, too: `file://localhost/…`.
        let here = path.strip_prefix("localhost").map(|rest| Path::new("/").join(rest));
        Some(here.unwrap_or_else(|_| path.clone())).filter(|path| path.is_absolute())
    };
    dragged.iter().filter_map(file).collect()
}

/// Whether an address is that of the page inside the program; there is no other to go to.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Windows has no schemes of one's own.
        "http" | "https" => {
            cfg!(windows) && url.host_str() == Some("tauri.localhost") && url.port().is_none()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn only_files_are_dropped() {
        let check = |dragged: &[&str], expected: &[&str]| {
            let dragged: Vec<PathBuf> = dragged.iter().map(PathBuf::from).collect();
            assert_eq!(
                files(&dragged),
                expected.iter().map(PathBuf::from).collect::<Vec<_>>(),
                "{dragged:?}"
            );
        };
        check(&["/home/c/export.zip", "/home/c/more"], &["/home/c/export.zip", "/home/c/more"]);
        check(&["localhost/home/c/export.zip"], &["/home/c/export.zip"]);
        check(&["https://example.org/export.zip"], &[]);
        check(&["/home/c/export.zip", "mailto:c@example.org"], &["/home/c/export.zip"]);
        check(&["", "about:blank", "export.zip"], &[]);
    }

    #[test]
    fn goes_nowhere_but_home() {
        let check = |url: &str, own: bool| assert_eq!(is_own_page(&url.parse().unwrap()), own, "{url}");
        check("tauri://localhost/", true);
        check("tauri://localhost/index.html#/search", true);
        check("tauri://elsewhere/", false);
        check("https://example.org/", false);
        check("http://localhost/", false);
        check("http://127.0.0.9:8000/", false);
        check("http://tauri.localhost/", cfg!(windows));
        check("http://tauri.localhost.example.org/", false);
        check("http://tauri.localhost:8080/", false);
        check("file:///etc/passwd", false);
        check("data:text/html,x", false);
        check("about:blank", false);
        check("javascript:void(0)", false);
        check("blob:tauri://localhost/1", false);
    }
}
