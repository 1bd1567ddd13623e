//! Keeps, of each document that matched, the values that aggregations ask for.

use serde_json::{Map, Value};

use super::kind::Kind;
use super::parse::{Aggregation, Aggregations, Metric, What};
use crate::opensearch::error::Failure;
use crate::opensearch::mapping::Mapping;
use crate::opensearch::query::{Compiled, Context, Doc, FieldRef, Item, Query};
use crate::opensearch::search::{Scope, text_field};

/// Something that is kept of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Wanted<'a> {
    Field(&'a str),
    /// Whether it matches.
    Match(&'a Query),
}

/// What is kept of one document.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) index: usize,
    pub(super) slot: u32,
    values: Vec<Vec<Item>>,
}

/// The rows of a search.
#[derive(Debug)]
pub(in super::super) struct Collector<'a> {
    aggregations: &'a Aggregations,
    wanted: Vec<Wanted<'a>>,
    kinds: Vec<Kind>,
    rows: Vec<Row>,
}

/// Adds the documents of one index.
pub(in super::super) struct IndexRows<'c, 'm> {
    index: usize,
    columns: Vec<Column<'m>>,
    rows: &'c mut Vec<Row>,
}

enum Column<'m> {
    Field(FieldRef<'m>),
    Match(Compiled<'m>),
    Unmapped,
}

impl<'a> Collector<'a> {
    /// A collector for these aggregations.
    pub(in super::super) fn new(aggregations: &'a Aggregations) -> Self {
        let mut wanted = Vec::new();
        gather(aggregations, &mut wanted);
        let kinds = vec![Kind::default(); wanted.len()];
        Self { aggregations, wanted, kinds, rows: Vec::new() }
    }

    /// Begins with an index.
    ///
    /// # Errors
    /// `illegal_argument_exception` when a field cannot be aggregated on so.
    pub(in super::super) fn index<'m>(
        &mut self,
        index: usize,
        context: Context<'m>,
    ) -> Result<IndexRows<'_, 'm>, Failure> {
        let mut columns = Vec::new();
        for (place, wanted) in self.wanted.iter().enumerate() {
            columns.push(match wanted {
                Wanted::Match(query) => Column::Match(Compiled::new(query, context)?),
                Wanted::Field(name) => match FieldRef::of(context.mapping, name) {
                    None => Column::Unmapped,
                    Some(field) if field.is_text() => return Err(text_field(name)),
                    Some(field) => {
                        self.kinds[place] = Kind::of(field);
                        Column::Field(field)
                    }
                },
            });
        }
        check(self.aggregations, context.mapping)?;
        Ok(IndexRows { index, columns, rows: &mut self.rows })
    }

    /// Makes the answer of all rows.
    ///
    /// # Errors
    /// What an aggregation cannot be made of.
    pub(in super::super) fn finish(self, scopes: &[Scope<'_>]) -> Result<Value, Failure> {
        let all: Vec<&Row> = self.rows.iter().collect();
        let table = Table { collector: &self, scopes };
        table.make(self.aggregations, &all)
    }
}

impl IndexRows<'_, '_> {
    /// Adds a document.
    pub(in super::super) fn add(&mut self, doc: Doc<'_>) {
        let value = |column: &Column<'_>| match column {
            Column::Field(field) => field.items(doc.source, doc.slot),
            Column::Match(query) if query.score(doc).is_some() => vec![Item::Whole(1)],
            Column::Match(_) | Column::Unmapped => Vec::new(),
        };
        let values = self.columns.iter().map(value).collect();
        self.rows.push(Row { index: self.index, slot: doc.slot, values });
    }
}

/// Rows to make aggregations of.
#[derive(Clone, Copy)]
pub(super) struct Table<'t> {
    collector: &'t Collector<'t>,
    pub(super) scopes: &'t [Scope<'t>],
}

impl<'t> Table<'t> {
    /// All aggregations of these rows, by name.
    pub(super) fn make(
        &self,
        aggregations: &Aggregations,
        rows: &[&'t Row],
    ) -> Result<Value, Failure> {
        let mut out = Map::new();
        for (name, aggregation) in &aggregations.0 {
            out.insert(name.clone(), self.one(aggregation, rows)?);
        }
        Ok(Value::Object(out))
    }

    fn place(&self, wanted: Wanted<'_>) -> usize {
        self.collector.wanted.iter().position(|one| *one == wanted).unwrap_or(usize::MAX)
    }

    /// The values of a field in a row.
    pub(super) fn values(&self, field: &str) -> impl Fn(&'t Row) -> &'t [Item] + 't {
        let place = self.place(Wanted::Field(field));
        move |row| row.values.get(place).map_or(&[], Vec::as_slice)
    }

    /// Whether a row matches a query.
    pub(super) fn matches(&self, query: &Query) -> impl Fn(&'t Row) -> bool + 't {
        let place = self.place(Wanted::Match(query));
        move |row| row.values.get(place).is_some_and(|values| !values.is_empty())
    }

    /// What a field holds.
    pub(super) fn kind(&self, field: &str) -> &'t Kind {
        static UNMAPPED: Kind = Kind::Unmapped;
        self.collector.kinds.get(self.place(Wanted::Field(field))).unwrap_or(&UNMAPPED)
    }
}

fn gather<'a>(aggregations: &'a Aggregations, wanted: &mut Vec<Wanted<'a>>) {
    let mut add = |one: Wanted<'a>| {
        if !wanted.contains(&one) {
            wanted.push(one);
        }
    };
    for (_, Aggregation { what, .. }) in &aggregations.0 {
        match what {
            What::Terms { field, .. }
            | What::DateHistogram(super::parse::DateHistogram { field, .. })
            | What::Histogram { field, .. }
            | What::Range { field, .. }
            | What::Missing { field }
            | What::Metric { field, .. }
            | What::Percentiles { field, .. } => add(Wanted::Field(field)),
            What::Filter(query) => add(Wanted::Match(query)),
            What::Filters { filters, .. } => {
                filters.iter().for_each(|(_, query)| add(Wanted::Match(query)));
            }
            What::TopHits { .. } => {}
        }
    }
    for (_, Aggregation { below, .. }) in &aggregations.0 {
        gather(below, wanted);
    }
}

/// Refuses metrics over what is no number.
fn check(aggregations: &Aggregations, mapping: &Mapping) -> Result<(), Failure> {
    for (_, Aggregation { what, below }) in &aggregations.0 {
        check(below, mapping)?;
        let (field, name) = match what {
            What::Metric { kind: Metric::ValueCount | Metric::Cardinality, .. } => continue,
            What::Metric { field, kind, .. } => (field, format!("{kind:?}").to_lowercase()),
            What::Histogram { field, .. } => (field, "histogram".to_owned()),
            What::Percentiles { field, .. } => (field, "percentiles".to_owned()),
            What::DateHistogram(of) => (&of.field, "date_histogram".to_owned()),
            _ => continue,
        };
        let Some(found) = FieldRef::of(mapping, field) else { continue };
        if !Kind::of(found).is_numeric() {
            return Err(Failure::illegal_argument(format!(
                "Field [{field}] of type [{}] is not supported for aggregation [{name}]",
                found.field.type_name
            )));
        }
    }
    Ok(())
}
