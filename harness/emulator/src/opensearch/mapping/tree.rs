//! The tree of objects and fields.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::opensearch::dates::DateFormat;
use crate::opensearch::error::Failure;

use super::field::Field;
use super::template::DynamicTemplate;

/// A node's place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

/// What happens to a field that the mapping does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dynamic {
    /// It is added.
    True,
    /// It stays in `_source` only.
    False,
    /// The document is refused.
    Strict,
}

impl Dynamic {
    /// The setting's text.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Strict => "strict",
        }
    }
}

/// An inner node.
#[derive(Debug, Clone)]
pub struct ObjectNode {
    /// Dotted path from the root; empty for the root.
    pub path: Arc<str>,
    /// Members by name.
    pub children: BTreeMap<Arc<str>, NodeId>,
    /// Its own `dynamic`, if it has one; else its parent's holds.
    pub dynamic: Option<Dynamic>,
    /// What holds after looking at the parents.
    pub effective_dynamic: Dynamic,
    /// Whether its content is looked at.
    pub enabled: bool,
    /// Whether it is of type `nested`.
    pub nested: bool,
    /// Whether it, or an object around it, is of type `nested`.
    pub within_nested: bool,
}

/// A node.
#[derive(Debug, Clone)]
pub enum Node {
    /// An object.
    Object(ObjectNode),
    /// A field.
    Field(Field),
}

/// A mapping.
#[derive(Debug, Clone)]
pub struct Mapping {
    nodes: Vec<Node>,
    /// Whether strings that are dates become dates.
    pub date_detection: bool,
    /// Whether strings that are numbers become numbers.
    pub numeric_detection: bool,
    /// What `date_detection` tries.
    pub dynamic_date_formats: Vec<Arc<DateFormat>>,
    /// Whether `dynamic_date_formats` was given, and is shown.
    pub dynamic_date_formats_given: bool,
    /// What overrides the types that documents bring.
    pub dynamic_templates: Vec<DynamicTemplate>,
    /// `_meta`, kept for whoever put it.
    pub meta: Option<serde_json::Value>,
}

impl Default for Mapping {
    fn default() -> Self {
        let root = ObjectNode {
            path: "".into(),
            children: BTreeMap::new(),
            dynamic: None,
            effective_dynamic: Dynamic::True,
            enabled: true,
            nested: false,
            within_nested: false,
        };
        let formats = [DateFormat::DEFAULT, DateFormat::SLASHES];
        Self {
            nodes: vec![Node::Object(root)],
            date_detection: true,
            numeric_detection: false,
            dynamic_date_formats: formats
                .iter()
                .filter_map(|text| DateFormat::compile(text).ok())
                .map(Arc::new)
                .collect(),
            dynamic_date_formats_given: false,
            dynamic_templates: Vec::new(),
            meta: None,
        }
    }
}

impl Mapping {
    /// The root object.
    pub const ROOT: NodeId = NodeId(0);

    /// The node at this place.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The node at this place, to change.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    /// The object at this place; a field is not one.
    #[must_use]
    pub fn object(&self, id: NodeId) -> Option<&ObjectNode> {
        match self.node(id) {
            Node::Object(object) => Some(object),
            Node::Field(_) => None,
        }
    }

    /// The field at this place; an object is not one.
    #[must_use]
    pub fn field(&self, id: NodeId) -> Option<&Field> {
        match self.node(id) {
            Node::Field(field) => Some(field),
            Node::Object(_) => None,
        }
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What counts against `index.mapping.total_fields.limit`: objects, fields and sub-fields.
    #[must_use]
    pub fn total_fields(&self) -> usize {
        self.nodes.len() - 1
    }

    /// The direct member of an object.
    #[must_use]
    pub fn child(&self, parent: NodeId, name: &str) -> Option<NodeId> {
        self.object(parent)?.children.get(name).copied()
    }

    /// The node of this dotted path, sub-fields included.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<NodeId> {
        let mut at = Self::ROOT;
        for part in path.split('.') {
            at = match self.node(at) {
                Node::Object(object) => *object.children.get(part)?,
                Node::Field(field) => *field.multi.get(part)?,
            };
        }
        Some(at)
    }

    /// The field of this dotted path that the root's queries can see.
    #[must_use]
    pub fn find_field(&self, path: &str) -> Option<(NodeId, &Field)> {
        let id = self.find(path)?;
        self.field(id).filter(|field| !field.nested).map(|field| (id, field))
    }

    /// Every field, in the order in which they came.
    pub fn fields(&self) -> impl Iterator<Item = (NodeId, &Field)> {
        (0_u32..).zip(&self.nodes).filter_map(|(id, node)| match node {
            Node::Field(field) => Some((NodeId(id), field)),
            Node::Object(_) => None,
        })
    }

    /// The dotted path of a member of this object.
    #[must_use]
    pub fn path_of(&self, parent: NodeId, name: &str) -> String {
        match self.node(parent) {
            Node::Object(object) if object.path.is_empty() => name.to_owned(),
            Node::Object(object) => format!("{}.{name}", object.path),
            Node::Field(field) => format!("{}.{name}", field.path),
        }
    }

    /// Adds a node under an object, or a sub-field under a field.
    pub fn add(&mut self, parent: NodeId, name: &str, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        match self.node_mut(parent) {
            Node::Object(object) => object.children.insert(name.into(), id),
            Node::Field(field) => field.multi.insert(name.into(), id),
        };
        id
    }

    /// Adds an empty object under another.
    pub fn add_object(&mut self, parent: NodeId, name: &str) -> NodeId {
        let (dynamic, within_nested) = self
            .object(parent)
            .map_or((Dynamic::True, false), |of| (of.effective_dynamic, of.within_nested));
        let object = ObjectNode {
            path: self.path_of(parent, name).into(),
            children: BTreeMap::new(),
            dynamic: None,
            effective_dynamic: dynamic,
            enabled: true,
            nested: false,
            within_nested,
        };
        self.add(parent, name, Node::Object(object))
    }

    /// Checks the limits that hold for a mapping (OpenSearch reference, "Limits").
    ///
    /// # Errors
    /// `illegal_argument_exception`.
    pub fn check_limits(&self, total_fields: usize, depth: usize) -> Result<(), Failure> {
        if self.total_fields() > total_fields {
            return Err(Failure::illegal_argument(format!(
                "Limit of total fields [{total_fields}] has been exceeded"
            )));
        }
        let too_deep = self.nodes.iter().find_map(|node| match node {
            Node::Object(object) if !object.path.is_empty() => {
                (object.path.split('.').count() + 1 > depth).then(|| object.path.clone())
            }
            _ => None,
        });
        match too_deep {
            Some(path) => Err(Failure::illegal_argument(format!(
                "Limit of mapping depth [{depth}] has been exceeded due to object field [{path}]"
            ))),
            None => Ok(()),
        }
    }
}
