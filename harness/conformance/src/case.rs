//! Case files: reading them, and writing them with answers of a server.
//!
//! ```text
//! case: bool-maps-to-boolean
//! says: true and false become a boolean field.
//! from: recorded from OpenSearch 3.8.0
//! with: flows                      (a fixture of the same file; optional)
//! POST /conf-a/_bulk?refresh=true
//! @content-type: application/json  (headers; optional)
//!   {"index":{}}                   (the body: every line two spaces in)
//! -> 200
//!   {"errors":false}
//! ```

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What is expected of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The HTTP status.
    pub status: u16,
    /// Headers, as patterns.
    pub headers: Vec<(String, String)>,
    /// The body; `null` expects nothing of it.
    pub body: Value,
}

/// One request of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Whether it is repeated until the answer is the one expected.
    pub wait: bool,
    /// `POST /path`, or `service:Operation [account]`.
    pub line: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// The body, with its final newline.
    pub body: String,
    /// The answer; `None` has not been recorded.
    pub expected: Option<Expected>,
}

/// One behaviour.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// `area/name`; the area is the file's name.
    pub id: String,
    /// Whether it only prepares what others name with `with:`.
    pub is_fixture: bool,
    /// What the service does, in a sentence.
    pub says: String,
    /// Where that is known from.
    pub from: String,
    /// The fixture that is run first.
    pub with: Option<String>,
    /// The requests.
    pub steps: Vec<Step>,
}

/// A file of cases.
#[derive(Debug)]
pub struct CaseFile {
    path: PathBuf,
    heading: Vec<String>,
    /// The cases, in order.
    pub cases: Vec<Case>,
}

/// The folder of case files of a suite.
#[must_use]
pub fn folder(suite: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(suite)
}

/// Reads all files of a suite, by name.
///
/// # Errors
/// The file and line that cannot be read.
pub fn load(suite: &str) -> Result<Vec<CaseFile>, String> {
    let folder = folder(suite);
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).map_err(told)? {
        paths.push(entry.map_err(told)?.path());
    }
    paths.sort();
    paths.iter().map(|path| CaseFile::read(path)).collect()
}

impl CaseFile {
    fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let area = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut file = Self { path: path.to_owned(), heading: Vec::new(), cases: Vec::new() };
        for (number, line) in text.lines().enumerate() {
            file.line(&area, line)
                .map_err(|error| format!("{}:{}: {error}", path.display(), number + 1))?;
        }
        Ok(file)
    }

    fn line(&mut self, area: &str, line: &str) -> Result<(), String> {
        for (word, is_fixture) in [("case: ", false), ("fixture: ", true)] {
            if let Some(name) = line.strip_prefix(word) {
                let id = format!("{area}/{name}");
                self.cases.push(Case {
                    id,
                    is_fixture,
                    says: String::new(),
                    from: String::new(),
                    with: None,
                    steps: Vec::new(),
                });
                return Ok(());
            }
        }
        let Some(case) = self.cases.last_mut() else {
            self.heading.push(line.to_owned());
            return Ok(());
        };
        if line.trim().is_empty() {
            return Ok(());
        }
        if let Some(text) = line.strip_prefix("says: ") {
            text.clone_into(&mut case.says);
        } else if let Some(text) = line.strip_prefix("from: ") {
            text.clone_into(&mut case.from);
        } else if let Some(name) = line.strip_prefix("with: ") {
            case.with = Some(format!("{area}/{name}"));
        } else {
            return case.step_line(line);
        }
        Ok(())
    }

    /// Writes the file again, as its cases are now.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write(&self) -> std::io::Result<()> {
        let mut text = self.heading.join("\n").trim_end().to_owned();
        text.push('\n');
        for case in &self.cases {
            text.push('\n');
            text.push_str(&case.render());
        }
        fs::write(&self.path, text)
    }
}

impl Case {
    fn step_line(&mut self, line: &str) -> Result<(), String> {
        let last = self.steps.last_mut();
        match (last, line) {
            (Some(step), line) if line.starts_with("  ") => step.body_line(&line[2..]),
            (Some(step), line) if line.starts_with('@') => {
                let (name, value) = line[1..].split_once(": ").ok_or("a header needs ': '")?;
                let header = (name.to_owned(), value.to_owned());
                match &mut step.expected {
                    Some(expected) => expected.headers.push(header),
                    None => step.headers.push(header),
                }
                Ok(())
            }
            (Some(step), line) if line.starts_with("-> ") => {
                let status = line[3..].trim().parse().map_err(|_| "a status is a number")?;
                step.expected = Some(Expected { status, headers: Vec::new(), body: Value::Null });
                Ok(())
            }
            (_, line) if line.starts_with([' ', '@', '-']) => Err("no request before it".into()),
            (_, line) => {
                let (wait, line) = match line.strip_prefix("wait ") {
                    Some(line) => (true, line),
                    None => (false, line),
                };
                self.steps.push(Step {
                    wait,
                    line: line.to_owned(),
                    headers: Vec::new(),
                    body: String::new(),
                    expected: None,
                });
                Ok(())
            }
        }
    }

    fn render(&self) -> String {
        let mut out = String::new();
        let name = self.id.split_once('/').map_or("", |(_, name)| name);
        let word = if self.is_fixture { "fixture" } else { "case" };
        let mut put = |line: String| {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{line}");
        };
        put(format!("{word}: {name}"));
        for (word, text) in [("says", &self.says), ("from", &self.from)] {
            if !text.is_empty() {
                put(format!("{word}: {text}"));
            }
        }
        if let Some((_, with)) = self.with.as_deref().and_then(|with| with.split_once('/')) {
            put(format!("with: {with}"));
        }
        for step in &self.steps {
            put(format!("{}{}", if step.wait { "wait " } else { "" }, step.line));
            for (name, value) in &step.headers {
                put(format!("@{name}: {value}"));
            }
            for line in step.body.lines() {
                put(format!("  {line}"));
            }
            if !step.body.is_empty() && !step.body.ends_with('\n') {
                put("  <no newline>".to_owned());
            }
            if let Some(expected) = &step.expected {
                put(format!("-> {}", expected.status));
                for (name, value) in &expected.headers {
                    put(format!("@{name}: {value}"));
                }
                if !expected.body.is_null() {
                    put(format!("  {}", expected.body));
                }
            }
        }
        out
    }
}

impl Step {
    fn body_line(&mut self, line: &str) -> Result<(), String> {
        match &mut self.expected {
            None if line == "<no newline>" => {
                self.body.pop();
            }
            None => {
                self.body.push_str(line);
                self.body.push('\n');
            }
            Some(expected) => {
                expected.body = serde_json::from_str(line)
                    .map_err(|error| format!("the answer is one line of JSON: {error}"))?;
            }
        }
        Ok(())
    }
}
