//! Recognising a service by the names of entries, whatever they are called.

use records::Service;

/// Lines of any text, each the name of an entry.
pub(crate) fn any(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let names: Vec<&str> = text.lines().collect();
    if let Some((service, _)) = Service::recognise(names.iter().copied()) {
        let again = Service::recognise(names.iter().rev().copied());
        assert_eq!(again.map(|(s, _)| &s.id), Some(&service.id), "in whatever order the names come");
    }
}
