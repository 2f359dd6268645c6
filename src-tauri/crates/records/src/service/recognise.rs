//! Telling the service of an export by the names of its entries, in one pass over them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use files::{Layout, List};

use super::pattern::{Pattern, glob, plain};
use super::{SERVICES, Service, ServiceFile};
use crate::record::Certainty;
use crate::words::fold;

/// The bit for a name that no other export has; the next ones are those of the groups, or of the files.
const SURELY: u64 = 1;

/// A pattern, and what it says when it is met: a bit of a service.
struct Sign {
    pattern: &'static Pattern,
    service: usize,
    bit: u64,
}

/// Every sign, by the last step of its pattern, so that a name is compared with few of them.
#[derive(Default)]
struct Signs {
    files: HashMap<&'static str, Vec<Sign>>,
    /// Names with a star, by their first letter; those that begin with the star stand under it.
    starred: HashMap<u8, Vec<Sign>>,
    /// Single folders by their name.
    folders: HashMap<&'static str, Vec<Sign>>,
    /// Folders of several steps or with a star.
    paths: Vec<Sign>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let mut signs = Signs::default();
    for (service, description) in SERVICES.iter().enumerate() {
        let mut add = |pattern: &'static Pattern, bit: u64| {
            let sign = Sign { pattern, service, bit };
            if let Some(folder) = pattern.one_folder() {
                signs.folders.entry(folder).or_default().push(sign);
            } else if pattern.is_folder() {
                signs.paths.push(sign);
            } else if pattern.last().contains('*') {
                signs.starred.entry(pattern.last().as_bytes()[0]).or_default().push(sign);
            } else {
                signs.files.entry(pattern.last()).or_default().push(sign);
            }
        };
        description.surely.iter().for_each(|pattern| add(pattern, SURELY));
        for (pattern, bit) in groups(description) {
            add(pattern, bit);
        }
    }
    signs
});

/// The patterns of a service that count one by one: its groups, or where it has none and no sure name, its files.
fn groups(service: &Service) -> Vec<(&Pattern, u64)> {
    let by_files = service.telling.is_empty() && service.surely.is_empty();
    let files = service.files.iter().filter(|_| by_files).map(|f| f.entry.as_slice());
    let all = service.telling.iter().map(Vec::as_slice).chain(files);
    // A test holds that no description has more groups than there are bits.
    all.zip(1..u64::BITS).flat_map(|(group, n)| group.iter().map(move |p| (p, 1 << n))).collect()
}

/// The files that are told by their keys alone, by the first of these keys.
static KEYED: LazyLock<Vec<(&'static Service, &'static ServiceFile)>> = LazyLock::new(|| {
    let files = |service: &'static Service| service.files.iter().map(move |file| (service, file));
    SERVICES.iter().flat_map(files).filter(|(_, f)| f.entry.is_empty() && !f.keys.is_empty()).collect()
});

/// Files told by their keys of which the first is among these.
pub(super) fn keyed(
    keys: &HashSet<String>,
) -> impl Iterator<Item = (&'static Service, &'static ServiceFile)> {
    KEYED.iter().copied().filter(|(_, file)| file.keys.first().is_some_and(|k| keys.contains(k)))
}

/// Names of fields and lists that are compared with what services hold.
const NAMES_MAX: usize = 2_000;

/// So many lists of one form of name make an entry that of a service.
const ALIKE_MIN: usize = 2;

/// The service of which an entry holds the fields and lists.
pub(super) fn holding(layout: &Layout) -> Option<&'static Service> {
    let steps = layout.names.iter().take(NAMES_MAX).flat_map(|(_, path)| path).map(String::as_str);
    let places = layout.lists.iter().take(NAMES_MAX);
    let names = places.clone().flat_map(|list| list.at.split('/').chain([list.name.as_str()]));
    let all: HashSet<String> = steps.chain(names).filter(|name| !name.is_empty()).map(fold).collect();
    let holds = |service: &&Service| service.holds.iter().any(|group| group.iter().all(|n| all.contains(n)));
    let alike = |service: &&Service| {
        let Some(form) = &service.lists_like else { return false };
        let top = |list: &List| list.at.strip_prefix('/').is_some_and(|at| !at.contains('/'));
        let fits = |list: &List| top(list) && list.name == fold(&list.name) && glob(form, &list.name);
        layout.lists.len() >= ALIKE_MIN && places.clone().all(fits)
    };
    SERVICES.iter().find(|service| holds(service) || alike(service))
}

/// The service that the names of the entries tell.
pub(super) fn by_names<'a>(names: impl Iterator<Item = &'a str>) -> Option<(&'static Service, Certainty)> {
    let (mut met, mut folder) = (vec![0u64; SERVICES.len()], String::new());
    for name in names {
        SIGNS.mark(&plain(name), &mut folder, &mut met);
    }
    let mut best: Option<(&Service, Certainty, u32)> = None;
    for (service, met) in SERVICES.iter().zip(met) {
        if let Some((certainty, points)) = judge(service, met)
            && best.is_none_or(|(_, c, p)| (certainty, points) > (c, p))
        {
            best = Some((service, certainty, points));
        }
    }
    best.map(|(service, certainty, _)| (service, certainty))
}

/// How certain a service is of which these signs were met, and how many points it has before others.
fn judge(service: &Service, met: u64) -> Option<(Certainty, u32)> {
    let groups = (met & !SURELY).count_ones();
    if service.telling.is_empty() && service.surely.is_empty() {
        // A handful of generic names can stand in any export; most of a description cannot.
        let files = u32::try_from(service.files.len()).unwrap_or(u32::MAX).max(1);
        return match groups * 100 / files {
            80.. => Some((Certainty::Certain, groups)),
            50..80 => Some((Certainty::Likely, groups)),
            _ => None,
        };
    }
    match (met & SURELY != 0, groups) {
        (true, _) => Some((Certainty::Certain, groups + 2)),
        (false, 3..) => Some((Certainty::Certain, groups)),
        (false, 2) => Some((Certainty::Likely, groups)),
        (false, _) => None,
    }
}

impl Signs {
    /// Marks what a name tells. Names of one folder come together: `before` is the folder of the last one.
    fn mark(&self, name: &str, before: &mut String, met: &mut [u64]) {
        let (folder, last) = name.rsplit_once('/').unwrap_or(("", name));
        for sign in self.files.get(last).into_iter().flatten() {
            if sign.pattern.fits(name) {
                met[sign.service] |= sign.bit;
            }
        }
        let first = last.as_bytes().first().copied().unwrap_or_default();
        for sign in [first, b'*'].iter().filter_map(|b| self.starred.get(b)).flatten() {
            if met[sign.service] & sign.bit == 0 && glob(sign.pattern.last(), last) && sign.pattern.fits(name)
            {
                met[sign.service] |= sign.bit;
            }
        }
        if folder == before {
            return;
        }
        folder.clone_into(before);
        for sign in folder.split('/').filter_map(|step| self.folders.get(step)).flatten() {
            met[sign.service] |= sign.bit;
        }
        for sign in &self.paths {
            if met[sign.service] & sign.bit == 0 && sign.pattern.fits(name) {
                met[sign.service] |= sign.bit;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], wanted: &str) {
        let told = Service::recognise(names.iter().copied());
        let told = told.map_or_else(|| "none".to_owned(), |(s, c)| format!("{} {}", s.id, c.word()));
        assert_eq!(told, wanted, "{names:?}");
    }

    #[test]
    fn no_description_has_more_groups_than_bits() {
        for service in SERVICES.iter() {
            let groups =
                service.telling.len().max(service.files.len() * usize::from(service.telling.is_empty()));
            assert!(groups < 63, "{}: {groups}", service.id);
        }
    }

    #[test]
    fn a_generic_archive_is_of_no_known_service() {
        check(&[], "none");
        for names in [
            ["account.json", "invoices.csv", "messages.json", "payments.json", "profile.json"].as_slice(),
            &["data/users.csv", "data/orders.csv", "data/settings.json", "data/README.txt", "data/log.txt"],
            &[
                "export/index.html",
                "export/profil.json",
                "export/factures/2024-01.pdf",
                "export/tickets.json",
            ],
            &["user.json", "conversations.json", "contacts.csv", "devices.csv", "Payments.json"],
            &["Profil.csv", "Kommentare.csv", "Anmeldungen.csv", "Bestellungen.csv", "Rechnungen.csv"],
            &["customers.csv", "orders.csv", "products.csv", "tickets.csv", "companies.csv", "users.csv"],
            &["Contacts.csv", "Messages.csv", "Calendar.ics", "Photos/1.jpg", "Files/a.docx", "Profile.csv"],
            &["posts.json", "comments.json", "friends.json", "likes.json", "messages/inbox.json"],
            &["user_data.json", "location_history.json", "search_history.json", "login_history.csv"],
        ] {
            check(names, "none");
        }
    }
}
