//! The one window: how it is built, and what is refused to the page in it.

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
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(drag) = event {
            match drag {
                DragDropEvent::Enter { .. } => desk.dragging(true),
                DragDropEvent::Drop { paths, .. } => {
                    desk.dragging(false);
                    if !paths.is_empty() {
                        desk.open(paths.clone(), Vec::new());
                    }
                }
                DragDropEvent::Leave => desk.dragging(false),
                _ => {}
            }
        }
    });
    Ok(())
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
