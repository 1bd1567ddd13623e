//! `_cat/indices`, `_cat/health`, `_cat/count`, `_cat/aliases` (OpenSearch reference, §7).

use serde_json::{Map, Value, json};

use super::Answer;
use super::cluster::Shards;
use crate::opensearch::engine::Engine;
use crate::opensearch::error::Failure;
use crate::opensearch::http::{HttpRequest, HttpResponse};
use crate::opensearch::targets::{Leniency, resolve};

/// Rows under headings.
struct Table {
    heads: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

/// Tells a table as text, or as JSON when that is asked for.
pub(in super::super) fn run(
    engine: &Engine,
    request: &HttpRequest,
    what: &str,
    targets: Option<&str>,
) -> Answer {
    let names = resolve(engine, targets, Leniency::of(request)?)?;
    let table = match what {
        "indices" => indices(engine, &names),
        "health" => health(engine, &names),
        "count" => count(engine, &names),
        "aliases" => aliases(engine),
        other => return Err(Failure::outside_subset(&format!("[_cat/{other}]"))),
    };
    table.answer(request)
}

impl Table {
    fn answer(mut self, request: &HttpRequest) -> Answer {
        let chosen = self.columns(request)?;
        if let Some(by) = request.param("s") {
            let (name, descending) = match by.split_once(':') {
                Some((name, order)) => (name, order == "desc"),
                None => (by, false),
            };
            let place = self.place(name)?;
            self.rows.sort_by(|a, b| compare(&a[place], &b[place]));
            if descending {
                self.rows.reverse();
            }
        }
        if request.param("format") == Some("json") {
            let row = |row: &Vec<String>| {
                let members = chosen.iter().map(|at| (self.heads[*at].to_owned(), json!(row[*at])));
                Value::Object(members.collect::<Map<_, _>>())
            };
            return Ok(HttpResponse::ok(&self.rows.iter().map(row).collect::<Vec<_>>()));
        }
        let heads = request.flag("v", false)?;
        let mut lines: Vec<Vec<&str>> = Vec::new();
        if heads {
            lines.push(chosen.iter().map(|at| self.heads[*at]).collect());
        }
        lines.extend(
            self.rows.iter().map(|row| chosen.iter().map(|at| row[*at].as_str()).collect()),
        );
        Ok(HttpResponse::text(aligned(&lines)))
    }

    fn columns(&self, request: &HttpRequest) -> Result<Vec<usize>, Failure> {
        match request.param("h") {
            None => Ok((0..self.heads.len()).collect()),
            Some(names) => names.split(',').map(|name| self.place(name.trim())).collect(),
        }
    }

    fn place(&self, name: &str) -> Result<usize, Failure> {
        let alias = match name {
            "docsCount" | "dc" => "docs.count",
            "i" => "index",
            other => other,
        };
        self.heads.iter().position(|head| *head == alias).ok_or_else(|| {
            let known = self.heads.join(", ");
            Failure::illegal_argument(format!("there is no column [{name}]; there are {known}"))
        })
    }
}

/// Numbers by their value, everything else as text.
fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

/// Lines with columns of one width each; numbers are aligned to the right.
fn aligned(lines: &[Vec<&str>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let widths: Vec<usize> =
        (0..columns).map(|at| lines.iter().map(|line| line[at].len()).max().unwrap_or(0)).collect();
    let mut out = String::new();
    for line in lines {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| match cell.parse::<f64>() {
                Ok(_) => format!("{cell:>width$}"),
                Err(_) => format!("{cell:<width$}"),
            })
            .collect();
        out.push_str(cells.join(" ").trim_end());
        out.push('\n');
    }
    out
}

fn indices(engine: &Engine, names: &[String]) -> Table {
    let heads = &[
        "health",
        "status",
        "index",
        "uuid",
        "pri",
        "rep",
        "docs.count",
        "docs.deleted",
        "store.size",
        "pri.store.size",
    ];
    let rows = names.iter().filter_map(|name| engine.indices.get(name)).map(|index| {
        let documents = index.documents();
        let size = human(documents.bytes());
        let deleted = u64::from(documents.slots()).saturating_sub(documents.count());
        vec![
            index.health().to_owned(),
            "open".to_owned(),
            index.name.clone(),
            index.uuid.clone(),
            index.settings.shards().to_string(),
            index.settings.replicas().to_string(),
            documents.count().to_string(),
            deleted.to_string(),
            size.clone(),
            size,
        ]
    });
    Table { heads, rows: rows.collect() }
}

/// Bytes as `_cat` writes them: `1.2mb`.
fn human(bytes: usize) -> String {
    const UNITS: [&str; 4] = ["kb", "mb", "gb", "tb"];
    if bytes < 1024 {
        return format!("{bytes}b");
    }
    let mut size = bytes as f64 / 1024.0;
    let mut unit = 0;
    while size >= 1024.0 && unit + 1 < UNITS.len() {
        size /= 1024.0;
        unit += 1;
    }
    let text = format!("{:.1}", (size * 10.0).floor() / 10.0);
    format!("{}{}", text.strip_suffix(".0").unwrap_or(&text), UNITS[unit])
}

fn health(engine: &Engine, names: &[String]) -> Table {
    let shards = Shards::of(engine, names);
    let row = vec![
        engine.identity.cluster_name.clone(),
        shards.status().to_owned(),
        "1".to_owned(),
        "1".to_owned(),
        shards.primaries.to_string(),
        shards.primaries.to_string(),
        shards.unassigned.to_string(),
        format!("{:.1}%", shards.active_percent()),
    ];
    let heads = &[
        "cluster",
        "status",
        "node.total",
        "node.data",
        "shards",
        "pri",
        "unassign",
        "active_shards_percent",
    ];
    Table { heads, rows: vec![row] }
}

fn count(engine: &Engine, names: &[String]) -> Table {
    let indices = names.iter().filter_map(|name| engine.indices.get(name));
    let count: u64 = indices.map(|index| index.documents().count()).sum();
    Table { heads: &["count"], rows: vec![vec![count.to_string()]] }
}

fn aliases(engine: &Engine) -> Table {
    let rows = engine.aliases.iter().map(|(alias, index, of)| {
        let write = of.is_write_index.map_or_else(|| "-".to_owned(), |write| write.to_string());
        vec![alias.to_owned(), index.to_owned(), write]
    });
    Table { heads: &["alias", "index", "is_write_index"], rows: rows.collect() }
}
