//! The path patterns of a file's fields, each with a number: a tree of steps, so that a known path costs no memory.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use serde::{Deserialize, Serialize};

use crate::limits;
use crate::mend::mend;

/// The path pattern of a field inside a row, as a number given out by [`Names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FieldId(pub u32);

/// The path patterns met in one file: `["lines", "*", "description"]`, `["Date d'émission"]`, `["header", "Subject"]`.
///
/// A `*` stands for a position in a list; the positions themselves are kept by the row.
#[derive(Debug, Clone)]
pub struct Names {
    paths: Vec<Vec<String>>,
    /// The step that each field ends at.
    ends: Vec<Step>,
    nodes: Vec<Node>,
    /// From the hash of (parent, step) to the first node with that hash; further ones hang on `Node::same_hash`.
    first: HashMap<u64, Step, BuildHasherDefault<Through>>,
    /// Seeded, so that nobody can write keys that all collide.
    seed: RandomState,
    /// What all paths weigh together, so that hostile keys cannot fill the memory.
    bytes: usize,
    /// The columns of each list that is a table, by position: the field, and which of its name it is from 2 on.
    tables: Vec<Vec<Column>>,
    /// Whether the file was encoded twice, so that its names and values are mended.
    mends: bool,
}

/// A place in the tree of steps.
pub(crate) type Step = u32;

/// The place above all steps.
pub(crate) const TOP: Step = 0;

/// No step.
pub(crate) const NOWHERE: Step = u32::MAX;

/// Where the values of keys go that are too many to be named.
const TOO_MANY: &str = "…";

/// One column of a table: its field, and the how-many-eth of that name it is, from 2 on.
pub(crate) type Column = (FieldId, Option<u32>);

#[derive(Debug, Clone)]
struct Node {
    parent: Step,
    name: Box<str>,
    field: Option<FieldId>,
    same_hash: Step,
    /// The step that came after this one the last time: records repeat their shape.
    next: Step,
    /// The step that came first below this one the last time.
    down: Step,
}

/// A hasher for keys that are hashes already.
#[derive(Debug, Clone, Default)]
struct Through(u64);

impl Hasher for Through {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

impl Default for Names {
    fn default() -> Self {
        let top = Node {
            parent: NOWHERE,
            name: "".into(),
            field: None,
            same_hash: NOWHERE,
            next: NOWHERE,
            down: NOWHERE,
        };
        Self {
            paths: Vec::new(),
            ends: Vec::new(),
            nodes: vec![top],
            first: HashMap::default(),
            seed: RandomState::new(),
            bytes: 0,
            tables: Vec::new(),
            mends: false,
        }
    }
}

impl Names {
    /// The field of this path, given a number if it is new.
    pub fn intern(&mut self, path: &[String]) -> FieldId {
        let mut at = TOP;
        for step in path {
            match self.step(at, step) {
                Some(next) => at = next,
                None => return self.too_many(),
            }
        }
        self.field(at)
    }

    /// The path of a field; empty for a number that was never given out.
    pub fn path(&self, field: FieldId) -> &[String] {
        self.paths.get(field.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// How many fields have been named.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether no field has been named yet.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Every field with its path, in the order they were met.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &[String])> {
        self.paths
            .iter()
            .enumerate()
            .map(|(i, p)| (FieldId(u32::try_from(i).unwrap_or(u32::MAX)), p.as_slice()))
    }

    /// The step of this name below `parent`, if it is known.
    pub(crate) fn find(&self, parent: Step, name: &str) -> Option<Step> {
        self.find_hashed(self.seed.hash_one((parent, name)), parent, name)
    }

    fn find_hashed(&self, hash: u64, parent: Step, name: &str) -> Option<Step> {
        let mut at = *self.first.get(&hash)?;
        while at != NOWHERE {
            let node = &self.nodes[at as usize];
            if node.parent == parent && *node.name == *name {
                return Some(at);
            }
            at = node.same_hash;
        }
        None
    }

    /// The step of this name below `parent`, made if it is new; none if there are too many already.
    pub(crate) fn step(&mut self, parent: Step, name: &str) -> Option<Step> {
        let hash = self.seed.hash_one((parent, name));
        if let Some(found) = self.find_hashed(hash, parent, name) {
            return Some(found);
        }
        if self.nodes.len() >= limits::NAMES || self.bytes >= limits::NAMES_BYTES {
            return None;
        }
        Some(self.add_step(hash, parent, name))
    }

    fn add_step(&mut self, hash: u64, parent: Step, name: &str) -> Step {
        let made = Step::try_from(self.nodes.len()).expect("limits::NAMES is far below 4 billion");
        let same_hash = self.first.insert(hash, made).unwrap_or(NOWHERE);
        self.bytes += name.len();
        self.nodes.push(Node {
            parent,
            name: name.into(),
            field: None,
            same_hash,
            next: NOWHERE,
            down: NOWHERE,
        });
        made
    }

    /// The step below `parent` that came after `before` the last time, if it has this name. With no `before`, the one
    /// that came first.
    fn guess(&self, before: Step, parent: Step, name: &str) -> Option<Step> {
        let next = match self.nodes.get(before as usize) {
            Some(node) => node.next,
            None => self.nodes.get(parent as usize)?.down,
        };
        let node = self.nodes.get(next as usize)?;
        (node.parent == parent && *node.name == *name).then_some(next)
    }

    fn set_guess(&mut self, before: Step, parent: Step, next: Step) {
        match self.nodes.get_mut(before as usize) {
            Some(node) => node.next = next,
            None => self.nodes[parent as usize].down = next,
        }
    }

    /// The field that ends at this step, if it has a number.
    pub(crate) fn field_of(&self, at: Step) -> Option<FieldId> {
        self.nodes.get(at as usize)?.field
    }

    /// The field that ends at this step, given a number if it is new.
    pub(crate) fn field(&mut self, at: Step) -> FieldId {
        if let Some(field) = self.nodes[at as usize].field {
            return field;
        }
        let path = self.path_to(at);
        let weight = weight(&path);
        if self.bytes + weight > limits::NAMES_BYTES + limits::NAMES_BYTES / 4 {
            return self.too_many();
        }
        self.bytes += weight;
        self.add_field(at, path)
    }

    /// The names of the steps from the top to this one.
    fn path_to(&self, at: Step) -> Vec<String> {
        let mut path = Vec::new();
        let mut up = at;
        while up != TOP {
            let node = &self.nodes[up as usize];
            path.push(node.name.to_string());
            up = node.parent;
        }
        path.reverse();
        path
    }

    /// The field for all that is too much to be named.
    pub(crate) fn too_many(&mut self) -> FieldId {
        if let Some(field) = self.find(TOP, TOO_MANY).and_then(|at| self.field_of(at)) {
            return field;
        }
        // This one is always granted, beyond the limits.
        let hash = self.seed.hash_one((TOP, TOO_MANY));
        let at = self.add_step(hash, TOP, TOO_MANY);
        self.add_field(at, vec![TOO_MANY.to_owned()])
    }

    /// Whether names and values are mended.
    pub(crate) fn mends(&self) -> bool {
        self.mends
    }

    pub(crate) fn set_mends(&mut self, mends: bool) {
        self.mends = mends;
    }

    /// The columns of the table that this list is.
    pub(crate) fn table(&self, list: u16) -> &[Column] {
        self.tables.get(usize::from(list)).map_or(&[], Vec::as_slice)
    }

    /// The columns of the table that this list is, to add to them.
    pub(crate) fn table_mut(&mut self, list: u16) -> &mut Vec<Column> {
        let wanted = usize::from(list) + 1;
        if self.tables.len() < wanted {
            self.tables.resize_with(wanted, Vec::new);
        }
        &mut self.tables[usize::from(list)]
    }

    fn add_field(&mut self, at: Step, path: Vec<String>) -> FieldId {
        let id = FieldId(u32::try_from(self.paths.len()).expect("fields are bounded by limits::NAMES"));
        self.paths.push(path);
        self.ends.push(at);
        self.nodes[at as usize].field = Some(id);
        id
    }

    /// What came since there were so many steps and fields, and a table had so many columns.
    pub(crate) fn grown(&self, since: &mut Known) -> Grown {
        let nodes = self.nodes.iter().skip(since.nodes.max(1));
        let steps = nodes.map(|node| (node.parent, node.name.to_string())).collect();
        let fields = self.ends[since.fields..].to_vec();
        since.columns.resize(self.tables.len().max(since.columns.len()), 0);
        let mut columns = Vec::new();
        for ((list, known), all) in (0_u16..).zip(&mut since.columns).zip(&self.tables) {
            if *known < all.len() {
                columns.push((list, all[*known..].to_vec()));
                *known = all.len();
            }
        }
        (since.nodes, since.fields) = (self.nodes.len(), self.paths.len());
        Grown { mends: self.mends, steps, fields, columns }
    }

    /// Takes over what came to the names of another process. None if it cannot have come from any.
    pub(crate) fn grow(&mut self, grown: Grown) -> Option<()> {
        self.mends = grown.mends;
        for (parent, name) in grown.steps {
            let most = limits::NAMES_BYTES + limits::NAMES_BYTES / 4;
            let fits = self.nodes.len() <= limits::NAMES && self.bytes + name.len() <= most;
            self.nodes.get(parent as usize).filter(|_| fits)?;
            self.add_step(self.seed.hash_one((parent, name.as_str())), parent, &name);
        }
        for at in grown.fields {
            self.nodes.get(at as usize).filter(|node| node.field.is_none())?;
            let path = self.path_to(at);
            self.bytes += weight(&path);
            if self.bytes > 2 * limits::NAMES_BYTES {
                return None;
            }
            self.add_field(at, path);
        }
        for (list, more) in grown.columns {
            let fields = self.paths.len();
            if list >= limits::LISTS || more.iter().any(|(field, _)| field.0 as usize >= fields) {
                return None;
            }
            self.table_mut(list).extend(more);
        }
        Some(())
    }
}

/// How much of the names another process knows.
#[derive(Debug, Default)]
pub(crate) struct Known {
    nodes: usize,
    fields: usize,
    columns: Vec<usize>,
}

/// What came to the names of a file since another process was told of them.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Grown {
    mends: bool,
    /// Each with the step above it.
    steps: Vec<(Step, String)>,
    /// The step that each new field ends at.
    fields: Vec<Step>,
    /// Columns that came to the table of a list.
    columns: Vec<(u16, Vec<Column>)>,
}

fn weight(path: &[String]) -> usize {
    path.iter().map(|step| step.len() + size_of::<String>()).sum()
}

/// Names for a first reading, where they grow, or for reading a row again, where they only are looked up.
pub(crate) enum Namer<'a> {
    Grow(&'a mut Names),
    Find(&'a Names),
}

impl Namer<'_> {
    /// The step of this name below `parent`, where `before` is the step that stood before it; [`NOWHERE`] if there is
    /// no room for it.
    pub(crate) fn step(&mut self, before: Step, parent: Step, name: &str) -> Step {
        if parent == NOWHERE {
            return NOWHERE;
        }
        let mends = match self {
            Self::Grow(names) => names.mends,
            Self::Find(names) => names.mends,
        };
        let name = &*if mends { mend(name) } else { Cow::Borrowed(name) };
        match self {
            Self::Grow(names) => {
                if let Some(step) = names.guess(before, parent, name) {
                    return step;
                }
                let step = names.step(parent, name).unwrap_or(NOWHERE);
                names.set_guess(before, parent, step);
                step
            }
            Self::Find(names) => {
                names.guess(before, parent, name).or_else(|| names.find(parent, name)).unwrap_or(NOWHERE)
            }
        }
    }

    /// The field that ends at this step.
    pub(crate) fn field(&mut self, at: Step) -> FieldId {
        match self {
            Self::Grow(names) if at == NOWHERE => names.too_many(),
            Self::Grow(names) => names.field(at),
            Self::Find(names) => names
                .field_of(at)
                .or_else(|| names.find(TOP, TOO_MANY).and_then(|at| names.field_of(at)))
                .unwrap_or(FieldId(u32::MAX)),
        }
    }

    /// The field of a path of steps from the top.
    pub(crate) fn path(&mut self, path: &[&str]) -> FieldId {
        let mut at = TOP;
        for step in path {
            at = self.step(NOWHERE, at, step);
        }
        self.field(at)
    }

    /// The field of this name below another one.
    pub(crate) fn below(&mut self, field: FieldId, name: &str) -> FieldId {
        let names: &Names = match self {
            Self::Grow(names) => names,
            Self::Find(names) => names,
        };
        let above = names.ends.get(field.0 as usize).copied().unwrap_or(NOWHERE);
        let step = self.step(NOWHERE, above, name);
        self.field(step)
    }

    /// The column at this position of a table, named `column N` beyond the header.
    pub(crate) fn column(&mut self, list: u16, position: usize) -> Column {
        match self {
            Self::Find(names) => {
                names.table(list).get(position).copied().unwrap_or((FieldId(u32::MAX), None))
            }
            Self::Grow(names) => {
                if let Some(known) = names.table(list).get(position) {
                    return *known;
                }
                if position >= limits::NAMES {
                    return (names.too_many(), None);
                }
                for n in names.table(list).len()..=position {
                    let field = Namer::Grow(names).path(&[&format!("column {}", n + 1)]);
                    names.table_mut(list).push((field, None));
                }
                names.table(list)[position]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &[&str]) -> Vec<String> {
        steps.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn a_path_keeps_its_number() {
        let mut names = Names::default();
        let a = names.intern(&path(&["lines", "*", "price"]));
        let b = names.intern(&path(&["lines", "*"]));
        assert_ne!(a, b);
        assert_eq!(names.intern(&path(&["lines", "*", "price"])), a);
        assert_eq!(names.path(a), path(&["lines", "*", "price"]));
        assert_eq!(names.len(), 2);
        assert_eq!(names.path(FieldId(9)), path(&[]));
    }

    #[test]
    fn names_are_bounded_and_the_rest_shares_one() {
        let mut names = Names::default();
        for n in 0..limits::NAMES + 10 {
            names.intern(&[n.to_string()]);
        }
        let rest = names.intern(&path(&["never seen"]));
        assert_eq!(names.path(rest), path(&["…"]));
        assert!(names.len() <= limits::NAMES + 1);
    }
}
