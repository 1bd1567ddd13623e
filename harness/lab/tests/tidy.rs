//! The house keeps its order: lengths, layout, arrows between crates, links of the docs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and tells why"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every file below a folder that belongs to the repository, by its path from the root.
fn files(extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | ".git" | "node_modules") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn files_are_short() {
    const MOST: usize = 700;
    const MEDIAN: usize = 150;
    let sources = files("rs");
    let mut lengths: Vec<usize> = sources
        .iter()
        .map(|path| {
            let lines = read(path).lines().count();
            assert!(lines <= MOST, "{} has {lines} lines; {MOST} at the most", path.display());
            lines
        })
        .collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= MEDIAN, "the median of {} files is {median} lines", lengths.len());
}

#[test]
fn the_top_level_is_as_the_house_says() {
    let known = [
        ".ci",
        ".dockerignore",
        ".git",
        ".github",
        ".gitignore",
        "Cargo.lock",
        "Cargo.toml",
        "Dockerfile",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "clippy.toml",
        "docker-compose.yml",
        "docs",
        "generators",
        "harness",
        "reports",
        "rustfmt.toml",
        "scenarios",
        "target",
    ];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(known.contains(&name.as_str()), "{name} has no place at the top level");
    }
}

/// The crates of this workspace that a crate's manifest names, outside of its dev-dependencies.
fn arrows(manifest: &str) -> BTreeSet<String> {
    let mut arrows = BTreeSet::new();
    let mut counts = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            counts = line == "[dependencies]";
        } else if counts && line.starts_with("tributary") {
            let end = line.find(['.', ' ', '=']).unwrap();
            arrows.insert(line[..end].to_owned());
        }
    }
    arrows
}

#[test]
fn arrows_between_crates_run_one_way() {
    let words = ["tributary-vocabulary"];
    let rooms =
        ["tributary-emulator", "tributary-generators", "tributary-reports", "tributary-transform"];
    let allowed: BTreeMap<&str, Vec<&str>> = BTreeMap::from([
        ("harness/vocabulary", vec![]),
        ("harness/emulator", words.to_vec()),
        ("harness/transform", words.to_vec()),
        ("generators", words.to_vec()),
        ("reports", words.to_vec()),
        // `containers` only with the feature of that name.
        ("harness/lab", [&rooms[..], &words[..], &["tributary-containers"]].concat()),
        ("harness/containers", vec![]),
        (
            "harness/conformance",
            vec!["tributary-containers", "tributary-emulator", "tributary-vocabulary"],
        ),
        ("harness/cli", [&rooms[1..], &["tributary"][..], &words[..]].concat()),
    ]);
    let manifests: Vec<PathBuf> =
        files("toml").into_iter().filter(|path| path.ends_with("Cargo.toml")).collect();
    assert_eq!(manifests.len(), allowed.len() + 1, "a crate has no place in the house");
    for (folder, allowed) in allowed {
        for arrow in arrows(&read(&Path::new(folder).join("Cargo.toml"))) {
            assert!(allowed.contains(&arrow.as_str()), "{folder} may not import {arrow}");
        }
    }
}

/// The operations in a service's table, by AWS's name, with the module that the table gives.
fn operations_of(table: &str) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for (opening, path_ends_at) in
        [("json_operation!(\"", [")", ")"]), ("Operation { name: \"", ["::run", ","])]
    {
        for row in table.split(opening).skip(1) {
            let (name, rest) = row.split_once('"').unwrap();
            let rest = &rest[rest.find("ops::").unwrap_or(0)..];
            let ends = path_ends_at.iter().filter_map(|end| rest.find(end)).min().unwrap();
            let module = rest[..ends].rsplit("::").next().unwrap();
            rows.push((name.to_owned(), module.trim_matches([',', ' ', '\n']).to_owned()));
        }
    }
    rows
}

#[test]
fn every_operation_has_a_file_of_its_name() {
    let mut operations = 0;
    for path in files("rs") {
        let text = read(&path);
        if !path.starts_with("harness/emulator/src") || !text.contains("OPERATIONS: &[") {
            continue;
        }
        let folder = path.parent().unwrap();
        let folder = if folder.ends_with("ops") { folder.to_owned() } else { folder.join("ops") };
        for (name, module) in operations_of(&text) {
            let place = folder.join(format!("{module}.rs"));
            assert!(root().join(&place).is_file(), "{} of {name} is missing", place.display());
            operations += 1;
            assert_eq!(module, snake_case(&name), "{}", path.display());
        }
    }
    assert!(operations > 60, "only {operations} operations were found");
}

fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}

#[test]
fn links_of_the_docs_lead_somewhere() {
    for path in files("md") {
        let folder = path.parent().unwrap();
        for link in read(&path).split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let place = root().join(folder).join(target);
            assert!(place.exists(), "{} links to {target}", path.display());
        }
    }
}

#[test]
fn every_dependency_says_why() {
    let manifest = read(Path::new("Cargo.toml"));
    let table = manifest.split("[workspace.dependencies]").nth(1).unwrap();
    let table = table.split("\n[").next().unwrap();
    for line in table.lines().filter(|line| line.contains("version = ") || line.contains(" = \"")) {
        let own = line.starts_with("tributary");
        let of_a_family = own
            || line.starts_with("aws-")
            || line.starts_with("rand")
            || line.starts_with("hyper");
        assert!(line.contains('#') || of_a_family, "no reason stands beside: {line}");
    }
}
