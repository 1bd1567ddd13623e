//! Walks a document along the mapping: does it fit, and what does it bring that is new?
//!
//! Nearly every document has the shape of the one before it. So the walk remembers, for each object
//! of the mapping, the members that it met last and in which order, and looks a name up in the tree
//! only when the order is broken.

use crate::opensearch::error::Failure;
use crate::opensearch::json::{Kind, Reader, Scalar};

use super::dynamic;
use super::field::{Field, FieldType};
use super::scalar::{Value, coercion};
use super::tree::{Dynamic, Mapping, Node, NodeId};

/// Whether a document fits a mapping as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// It does.
    Fits,
    /// It has a field that the mapping would have to learn.
    New,
}

/// The members that were met last, per object of the mapping. To be emptied when the mapping changes.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    orders: Vec<Vec<Step>>,
}

/// Most members that are remembered for one object.
const MAX_STEPS: usize = 512;

#[derive(Debug, Clone)]
struct Step {
    key: Box<str>,
    target: Target,
}

#[derive(Debug, Clone, Copy)]
enum Target {
    /// The member's node, and whether no scalar can fail there.
    Node(NodeId, bool),
    /// Content that is not looked at.
    Skip,
    /// Not in the mapping, which lets new fields in.
    New,
}

/// Why a walk ends early.
enum Stop {
    /// A field is new and the mapping may not be changed.
    New,
    /// The document is refused, by this very error.
    Refused(Failure),
    /// The document is refused, with this as the cause of `failed to parse`.
    Unparsed(Failure),
}

type Walked<T = ()> = Result<T, Stop>;

fn unparsed(failure: Failure) -> Stop {
    Stop::Unparsed(failure)
}

enum Tree<'m> {
    Fixed(&'m Mapping),
    Growing { mapping: &'m mut Mapping, slot: u32, old: usize },
}

struct Walker<'m, 'd> {
    tree: Tree<'m>,
    shape: &'m mut Shape,
    reader: Reader<'d>,
    source: &'d [u8],
    id: &'d str,
    max_depth: usize,
    /// Two values of this document bring different types to one new field.
    conflict: Option<Failure>,
}

/// Whether the document fits the mapping as it is.
///
/// # Errors
/// Why the document is refused, in the words of a bulk item.
pub fn fit(
    mapping: &Mapping,
    shape: &mut Shape,
    source: &[u8],
    id: &str,
    max_depth: usize,
) -> Result<Walk, Failure> {
    run(Tree::Fixed(mapping), shape, source, id, max_depth)
}

/// Adds to the mapping what the document brings; `slot` is the document's own.
///
/// # Errors
/// Why the document is refused; the mapping is then half changed and must be thrown away.
pub fn learn(
    mapping: &mut Mapping,
    source: &[u8],
    id: &str,
    slot: u32,
    max_depth: usize,
) -> Result<(), Failure> {
    let old = mapping.len();
    let tree = Tree::Growing { mapping, slot, old };
    run(tree, &mut Shape::default(), source, id, max_depth).map(drop)
}

fn run(
    tree: Tree<'_>,
    shape: &mut Shape,
    source: &[u8],
    id: &str,
    max_depth: usize,
) -> Result<Walk, Failure> {
    let outcome = match Reader::new(source) {
        Err(failure) => Err(unparsed(failure)),
        Ok(reader) => {
            let mut walker = Walker { tree, shape, reader, source, id, max_depth, conflict: None };
            walker.document().and_then(|()| match walker.conflict.take() {
                Some(conflict) => Err(Stop::Refused(conflict)),
                None => Ok(()),
            })
        }
    };
    match outcome {
        Ok(()) => Ok(Walk::Fits),
        Err(Stop::New) => Ok(Walk::New),
        Err(Stop::Refused(failure)) => Err(failure),
        Err(Stop::Unparsed(_)) if source.is_empty() => {
            Err(Failure::mapper_parsing("failed to parse, document is empty"))
        }
        Err(Stop::Unparsed(cause)) => {
            Err(Failure::mapper_parsing("failed to parse").because(cause))
        }
    }
}

impl Walker<'_, '_> {
    fn mapping(&self) -> &Mapping {
        match &self.tree {
            Tree::Fixed(mapping) => mapping,
            Tree::Growing { mapping, .. } => mapping,
        }
    }

    fn document(&mut self) -> Walked {
        let start = self.reader.offset();
        if self.source.get(start) != Some(&b'{') {
            return Err(Stop::Unparsed(Failure::new(
                400,
                "not_x_content_exception",
                "Compressor detection can only be called on some xcontent bytes or compressed xcontent bytes",
            )));
        }
        let root = Mapping::ROOT;
        if self.mapping().object(root).is_some_and(|root| root.enabled) {
            self.object(root, 1)?;
        } else {
            self.reader.skip().map_err(unparsed)?;
        }
        if !self.reader.at_end() {
            return Err(Stop::Unparsed(Failure::illegal_argument(
                "Malformed content, found extra data after parsing",
            )));
        }
        Ok(())
    }

    fn object(&mut self, at: NodeId, depth: usize) -> Walked {
        if depth > self.max_depth {
            return Err(Stop::Unparsed(Failure::new(
                400,
                "parse_exception",
                format!(
                    "The depth of the field has exceeded the allowed limit of [{}]. This limit can be set by changing the [index.mapping.depth.limit] index level setting.",
                    self.max_depth
                ),
            )));
        }
        self.reader.enter();
        let mut first = true;
        let mut cursor = 0;
        let mut seen = Seen::default();
        while let Some(key) = self.reader.key(&mut first).map_err(unparsed)? {
            let key = key.decoded();
            let (index, target) = self.step(at, &key, cursor)?;
            if let Some(index) = index {
                cursor = index + 1;
                if seen.again(index) {
                    return Err(Stop::Unparsed(Failure::new(
                        400,
                        "json_parse_exception",
                        format!("Duplicate field '{key}'"),
                    )));
                }
            }
            match target {
                Target::Node(node, lenient) => self.value(node, lenient, depth)?,
                Target::Skip => self.reader.skip().map_err(unparsed)?,
                Target::New => self.new_member(at, &key, depth)?,
            }
        }
        Ok(())
    }

    /// Where a member leads, and its number among those remembered.
    fn step(&mut self, at: NodeId, key: &str, cursor: usize) -> Walked<(Option<usize>, Target)> {
        let place = at.0 as usize;
        if self.shape.orders.len() <= place {
            self.shape.orders.resize_with(place + 1, Vec::new);
        }
        let order = &self.shape.orders[place];
        let known = match order.get(cursor) {
            Some(step) if *step.key == *key => Some(cursor),
            _ => order.iter().position(|step| *step.key == *key),
        };
        if let Some(index) = known {
            let target = order[index].target;
            // A growing mapping may have learnt the member since.
            let stale = matches!((target, &self.tree), (Target::New, Tree::Growing { .. }));
            let target = if stale { self.lookup(at, key)? } else { target };
            return Ok((known, target));
        }
        let target = self.lookup(at, key)?;
        let order = &mut self.shape.orders[place];
        if order.len() >= MAX_STEPS {
            // A document this wide is not checked for doubled names beyond the bound.
            return Ok((None, target));
        }
        order.push(Step { key: key.into(), target });
        Ok((Some(order.len() - 1), target))
    }

    fn lookup(&self, at: NodeId, key: &str) -> Walked<Target> {
        let mapping = self.mapping();
        if !key.contains('.') {
            if key.is_empty() {
                return Err(unparsed(Failure::illegal_argument(
                    "field name cannot be an empty string",
                )));
            }
            if let Some(child) = mapping.child(at, key) {
                return Ok(Target::Node(child, lenient(mapping, child)));
            }
            return self.unknown(at, key);
        }
        let parts = split(key).map_err(unparsed)?;
        let mut parent = at;
        for (index, part) in parts.iter().enumerate() {
            let last = index + 1 == parts.len();
            let Some(child) = mapping.child(parent, part) else {
                return self.unknown(parent, part);
            };
            if last {
                return Ok(Target::Node(child, lenient(mapping, child)));
            }
            match mapping.node(child) {
                Node::Object(object) if !object.enabled => return Ok(Target::Skip),
                Node::Object(object) if object.nested => {
                    return Err(Stop::Refused(Failure::mapper_parsing(format!(
                        "Cannot add a value for field [{key}] since one of the intermediate objects is mapped as a nested object: [{}]",
                        object.path
                    ))));
                }
                Node::Object(_) => parent = child,
                Node::Field(field) => {
                    return Err(Stop::Refused(Failure::mapper_parsing(format!(
                        "Could not dynamically add mapping for field [{key}]. Existing mapping for [{}] must be of type object but found [{}].",
                        field.path, field.type_name
                    ))));
                }
            }
        }
        Ok(Target::Skip)
    }

    fn unknown(&self, parent: NodeId, name: &str) -> Walked<Target> {
        let Some(object) = self.mapping().object(parent) else { return Ok(Target::Skip) };
        match object.effective_dynamic {
            Dynamic::True => Ok(Target::New),
            Dynamic::False => Ok(Target::Skip),
            Dynamic::Strict => Err(Stop::Refused(dynamic::strict(&object.path, name))),
        }
    }

    /// The value of a member that the mapping knows.
    fn value(&mut self, node: NodeId, lenient: bool, depth: usize) -> Walked {
        match self.reader.peek().map_err(unparsed)? {
            Kind::Array => {
                self.reader.enter();
                let mut first = true;
                while self.reader.item(&mut first).map_err(unparsed)? {
                    self.value(node, lenient, depth)?;
                }
                Ok(())
            }
            kind if lenient && kind != Kind::Object => self.reader.skip().map_err(unparsed),
            kind => match self.mapping().node(node) {
                Node::Object(object) if !object.enabled => self.reader.skip().map_err(unparsed),
                Node::Object(_) if kind == Kind::Object => self.object(node, depth + 1),
                Node::Object(_) => self.scalar_into_object(node, kind),
                Node::Field(_) if kind == Kind::Object => self.object_into_field(node),
                Node::Field(_) => self.scalar(node),
            },
        }
    }

    fn scalar_into_object(&mut self, node: NodeId, kind: Kind) -> Walked {
        let path = self.mapping().path(node);
        if kind == Kind::Null {
            return self.reader.skip().map_err(unparsed);
        }
        if self.fresh(node) {
            let scalar = self.reader.scalar().map_err(unparsed)?;
            let brought = dynamic::type_name(self.mapping(), &path, &scalar);
            return self.disagree(format!(
                "mapper [{path}] cannot be changed from type [{brought}] to [ObjectMapper]"
            ));
        }
        let name = path.rsplit('.').next().unwrap_or(&path);
        Err(Stop::Refused(Failure::mapper_parsing(format!(
            "object mapping for [{path}] tried to parse field [{name}] as object, but found a concrete value"
        ))))
    }

    fn object_into_field(&mut self, node: NodeId) -> Walked {
        let Some(field) = self.mapping().field(node).cloned() else { return Ok(()) };
        if self.fresh(node) {
            self.reader.skip().map_err(unparsed)?;
            return self.disagree(format!(
                "can't merge a non object mapping [{}] with an object mapping",
                field.path
            ));
        }
        let offset = self.reader.offset();
        let (line, column) = self.reader.place(offset);
        if field.ignore_malformed {
            return self.reader.skip().map_err(unparsed);
        }
        self.reader.skip().map_err(unparsed)?;
        let cause = match field.kind {
            FieldType::Whole { .. } | FieldType::Fraction { .. } => coercion(
                "Current token (START_OBJECT) not numeric, cannot use numeric value accessors"
                    .to_owned(),
            ),
            _ => Failure::new(
                400,
                "illegal_state_exception",
                format!("Can't get text on a START_OBJECT at {line}:{column}"),
            ),
        };
        let object = self.source.get(offset..).and_then(|rest| {
            serde_json::Deserializer::from_slice(rest).into_iter::<serde_json::Value>().next()
        });
        let preview =
            object.and_then(Result::ok).map_or_else(String::new, |value| java_text(&value));
        Err(Stop::Refused(self.refused(&field, &preview, cause)))
    }

    fn scalar(&mut self, node: NodeId) -> Walked {
        let scalar = self.reader.scalar().map_err(unparsed)?;
        if self.fresh(node) && !matches!(scalar, Scalar::Null) {
            let mapping = self.mapping();
            let path = mapping.path(node);
            let brought = dynamic::type_name(mapping, &path, &scalar);
            let known = mapping.field(node).map_or("", |field| field.type_name);
            if brought != known {
                return self.disagree(format!(
                    "mapper [{path}] cannot be changed from type [{known}] to [{brought}]"
                ));
            }
        }
        self.check(node, &scalar)
    }

    /// Checks a scalar against a field and its sub-fields.
    fn check(&self, node: NodeId, scalar: &Scalar<'_>) -> Walked {
        let Some(field) = self.mapping().field(node) else { return Ok(()) };
        match field.value(scalar) {
            Ok(Value::Term(term)) if field.immense(&term) => {
                return Err(Stop::Refused(field.immense_term()));
            }
            Ok(_) => {}
            Err(_) if field.ignore_malformed => {}
            Err(cause) => {
                let preview = scalar.text().unwrap_or("null");
                return Err(Stop::Refused(self.refused(field, preview, cause)));
            }
        }
        field.multi.values().try_for_each(|sub| self.check(*sub, scalar))
    }

    fn refused(&self, field: &Field, preview: &str, cause: Failure) -> Failure {
        Failure::mapper_parsing(format!(
            "failed to parse field [{}] of type [{}] in document with id '{}'. Preview of field's value: '{preview}'",
            field.path, field.type_name, self.id
        ))
        .because(cause)
    }

    /// Whether this document itself brought the node.
    fn fresh(&self, node: NodeId) -> bool {
        matches!(self.tree, Tree::Growing { old, .. } if node.0 as usize >= old)
    }

    #[expect(clippy::unnecessary_wraps, reason = "read as the end of a walk's step")]
    fn disagree(&mut self, reason: String) -> Walked {
        self.conflict.get_or_insert_with(|| Failure::illegal_argument(reason));
        Ok(())
    }

    /// The value of a member that the mapping does not know but would let in.
    fn new_member(&mut self, at: NodeId, key: &str, depth: usize) -> Walked {
        match self.reader.peek().map_err(unparsed)? {
            Kind::Null => self.reader.skip().map_err(unparsed),
            Kind::Array => {
                self.reader.enter();
                let mut first = true;
                while self.reader.item(&mut first).map_err(unparsed)? {
                    match self.lookup(at, key)? {
                        Target::Node(node, _) => self.value(node, false, depth)?,
                        Target::Skip => self.reader.skip().map_err(unparsed)?,
                        Target::New => self.new_member(at, key, depth)?,
                    }
                }
                Ok(())
            }
            kind => {
                let node = self.grow(at, key, kind)?;
                match (node, kind) {
                    (Some(node), Kind::Object) => self.value(node, false, depth),
                    _ => Ok(()),
                }
            }
        }
    }

    /// Adds the node that a value brings, with the objects on the way; a scalar is consumed.
    fn grow(&mut self, at: NodeId, key: &str, kind: Kind) -> Walked<Option<NodeId>> {
        let Tree::Growing { mapping, slot, .. } = &mut self.tree else { return Err(Stop::New) };
        let parts = split(key).map_err(unparsed)?;
        let Some((name, way)) = parts.split_last() else { return Ok(None) };
        let mut parent = at;
        for part in way {
            parent = match mapping.child(parent, part) {
                Some(child) => child,
                None => dynamic::add_object(mapping, parent, part, *slot).map_err(unparsed)?,
            };
        }
        if kind == Kind::Object {
            dynamic::add_object(mapping, parent, name, *slot).map(Some).map_err(unparsed)
        } else {
            let scalar = self.reader.scalar().map_err(unparsed)?;
            let node =
                dynamic::add_field(mapping, parent, name, &scalar, *slot).map_err(unparsed)?;
            self.check(node, &scalar)?;
            Ok(Some(node))
        }
    }
}

impl Mapping {
    fn path(&self, node: NodeId) -> String {
        match self.node(node) {
            Node::Object(object) => object.path.to_string(),
            Node::Field(field) => field.path.to_string(),
        }
    }
}

impl Shape {
    /// Forgets everything; for when the mapping has changed.
    pub fn clear(&mut self) {
        self.orders.clear();
    }
}

/// Which of the remembered members an object has already had.
#[derive(Default)]
struct Seen {
    first: u128,
    later: Vec<usize>,
}

impl Seen {
    fn again(&mut self, index: usize) -> bool {
        if index < 128 {
            let bit = 1_u128 << index;
            let again = self.first & bit != 0;
            self.first |= bit;
            again
        } else {
            let again = self.later.contains(&index);
            self.later.push(index);
            again
        }
    }
}

/// Whether no scalar can be refused here, so that its content need not be looked at.
fn lenient(mapping: &Mapping, node: NodeId) -> bool {
    let Node::Field(field) = mapping.node(node) else { return false };
    let here = match field.kind {
        FieldType::Text { .. } | FieldType::Binary => true,
        FieldType::Keyword { ignore_above, .. } => ignore_above.is_some_and(|most| most <= 8_191),
        _ => false,
    };
    here && field.multi.values().all(|sub| lenient(mapping, *sub))
}

/// The parts of a dotted name (OpenSearch reference, "dots expanded").
fn split(key: &str) -> Result<Vec<&str>, Failure> {
    // Java's split drops empty parts at the end.
    let parts: Vec<&str> = key.trim_end_matches('.').split('.').collect();
    if key.contains('.') && parts == [""] {
        return Err(Failure::illegal_argument("field name cannot contain only the character [.]"));
    }
    match parts.iter().find(|part| part.trim().is_empty()) {
        Some(part) if key.contains('.') && part.is_empty() => {
            Err(Failure::illegal_argument(format!(
                "object field starting or ending with a [.] makes object resolution ambiguous: [{key}]"
            )))
        }
        Some(_) if key.contains('.') => Err(Failure::illegal_argument(format!(
            "object field cannot contain only whitespace: ['{key}']"
        ))),
        _ => Ok(parts),
    }
}

/// A value as Java prints its maps and lists.
fn java_text(value: &serde_json::Value) -> String {
    use serde_json::Value as Json;
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => {
            format!("[{}]", items.iter().map(java_text).collect::<Vec<_>>().join(", "))
        }
        Json::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{name}={}", java_text(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        other => other.to_string(),
    }
}
