//! Which elements of an XML file are records, told from its first levels.

use std::collections::HashMap;

use super::element::is_plural;
use super::tokens::{Tokens, What, name};

/// What an element near the root is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// One of many.
    Record,
    /// A record that stands alone.
    Alone,
    /// Records stand inside.
    Enter,
}

#[derive(Debug, Default)]
struct Child {
    count: usize,
    /// Whether it has elements or attributes.
    structured: bool,
    children: HashMap<String, Grandchild>,
}

#[derive(Debug, Default)]
struct Grandchild {
    count: usize,
    structured: bool,
}

/// So many elements around the lists are looked through: `/export/data/tickets/ticket`.
const WRAPPERS: usize = 3;

/// The roles of elements by their path (`/feed/entry`); nothing for a file that is one record.
pub(crate) fn roles(text: &str, from: usize, ended: bool) -> HashMap<String, Role> {
    if let Some(roles) = super::known::roles(text, from, ended) {
        return roles;
    }
    let mut around: Vec<String> = Vec::new();
    while around.len() < WRAPPERS {
        let (roles, wrapper) = roles_within(text, from, ended, &around);
        if !roles.is_empty() {
            return roles;
        }
        let Some(wrapper) = wrapper else { break };
        around.push(wrapper);
    }
    HashMap::new()
}

/// The roles of elements inside these wrappers; else the name of what may be one more wrapper: an element that holds
/// a single one.
fn roles_within(
    text: &str,
    from: usize,
    ended: bool,
    around: &[String],
) -> (HashMap<String, Role>, Option<String>) {
    let mut tokens = Tokens::new(text, from, ended);
    let mut root: Option<String> = None;
    let mut order: Vec<String> = Vec::new();
    let mut children: HashMap<String, Child> = HashMap::new();
    let mut path: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    while let Ok(Some(token)) = tokens.next() {
        match token.what {
            What::Start | What::Empty => {
                let tag = name(text, &token);
                let attributes = super::tokens::attributes(text, &token).next().is_some();
                // Wrappers hold nothing but one another, so what is deeper is inside them.
                match depth.wrapping_sub(around.len()) {
                    0 => {
                        root.get_or_insert_with(|| tag.to_owned());
                    }
                    1 => {
                        if !children.contains_key(tag) {
                            order.push(tag.to_owned());
                        }
                        let child = children.entry(tag.to_owned()).or_default();
                        child.count += 1;
                        child.structured |= attributes;
                    }
                    2 => {
                        let child = children.entry(path[around.len() + 1].clone()).or_default();
                        child.structured = true;
                        let grandchild = child.children.entry(tag.to_owned()).or_default();
                        grandchild.count += 1;
                        grandchild.structured |= attributes;
                    }
                    3 => {
                        if let Some(child) = children.get_mut(&path[around.len() + 1])
                            && let Some(grandchild) = child.children.get_mut(&path[around.len() + 2])
                        {
                            grandchild.structured = true;
                        }
                    }
                    _ => {}
                }
                if token.what == What::Start {
                    if depth < 4 + around.len() {
                        path.truncate(depth);
                        path.push(tag.to_owned());
                    }
                    depth += 1;
                }
            }
            What::End => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let mut roles = HashMap::new();
    let Some(root) = root else { return (roles, None) };
    let mut inside = around.to_vec();
    inside.push(root.clone());
    decide(&inside.join("/"), &order, &children, &mut roles);
    if !roles.is_empty() {
        for depth in 1..=inside.len() {
            roles.insert(format!("/{}", inside[..depth].join("/")), Role::Enter);
        }
    }
    let single = children.len() == 1 && children.values().all(|c| c.count == 1 && c.structured);
    (roles, single.then_some(root))
}

fn decide(
    root: &str,
    order: &[String],
    children: &HashMap<String, Child>,
    roles: &mut HashMap<String, Role>,
) {
    let only_one = children.len() == 1;
    let name = root.rsplit('/').next().unwrap_or(root);
    let repeated: Vec<&String> = order
        .iter()
        .filter(|tag| {
            let child = &children[*tag];
            (child.count > 1 && (child.structured || only_one))
                || (only_one && is_plural(name, tag) && child.structured)
        })
        .collect();
    let called = order.iter().any(|tag| {
        let child = &children[tag];
        !child.structured && child.count == 1 && OWN.contains(&plain(tag).as_str())
    });
    if !repeated.is_empty() {
        // An id tells less than a number: exports have one too, but no lines or payments.
        let known = order.iter().any(|tag| plain(tag) == "id" && children[tag].count == 1);
        // A single thing inside a wrapper is one thing, unless it is a feed.
        let wrapped = root.contains('/') && !matches!(plain(name).as_str(), "channel" | "feed");
        let alone = wrapped && order.iter().any(|tag| !children[tag].structured && children[tag].count == 1);
        if (called || known || alone) && repeated.iter().all(|tag| PARTS.contains(&plain(tag).as_str())) {
            return;
        }
        for tag in order {
            let child = &children[tag];
            if repeated.contains(&tag) {
                roles.insert(format!("/{root}/{tag}"), Role::Record);
            } else if child.structured && !child.children.is_empty() {
                inner_lists(root, tag, child, roles);
                roles.entry(format!("/{root}/{tag}")).or_insert(Role::Alone);
            }
        }
        return;
    }
    let mut inner = HashMap::new();
    for tag in order {
        inner_lists(root, tag, &children[tag], &mut inner);
    }
    if inner.is_empty() || called {
        return;
    }
    for tag in order {
        if children[tag].structured && !children[tag].children.is_empty() {
            inner.entry(format!("/{root}/{tag}")).or_insert(Role::Alone);
        }
    }
    *roles = inner;
}

/// Records one level deeper: `/export/invoices/invoice`.
fn inner_lists(root: &str, tag: &str, child: &Child, roles: &mut HashMap<String, Role>) {
    if child.count > 1 {
        return;
    }
    let one_name = child.children.len() == 1;
    for (name, grandchild) in &child.children {
        let many = grandchild.count > 1 && (grandchild.structured || one_name);
        if one_name && (many || is_plural(tag, name) && grandchild.structured) {
            roles.insert(format!("/{root}/{tag}"), Role::Enter);
            roles.insert(format!("/{root}/{tag}/{name}"), Role::Record);
        }
    }
}

fn plain(tag: &str) -> String {
    let local = tag.rsplit(':').next().unwrap_or(tag);
    local.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Elements by which a thing is called.
const OWN: &[&str] = &[
    "number",
    "numero",
    "invoicenumber",
    "invoiceno",
    "invoiceid",
    "orderid",
    "ordernumber",
    "ticketid",
    "reference",
    "ref",
    "subject",
    "objet",
    "documentnumber",
];

/// Elements that are parts of a thing.
const PARTS: &[&str] = &[
    "line",
    "lineitem",
    "item",
    "invoiceline",
    "orderline",
    "message",
    "comment",
    "payment",
    "address",
    "phone",
    "tag",
    "note",
    "attachment",
    "file",
    "product",
    "article",
    "position",
    "tax",
    "discount",
    "reply",
    "ligne",
    "paiement",
    "adresse",
    "commentaire",
    "reponse",
    "taxtotal",
];
