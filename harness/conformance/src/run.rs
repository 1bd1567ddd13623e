//! Runs cases against an arm, and holds what it finds against what is declared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use crate::answer::{Answer, Request};
use crate::arm::Arm;
use crate::case::{Case, CaseFile, Expected, Step};
use crate::compare::{Comparison, Difference, Mode};
use crate::differences::{self, Declared};
use crate::variables::Variables;
use crate::{aws, normal};

/// How many times a `wait` step is repeated at the most.
const REPEATS: usize = 100;

/// Which suite: how requests are written, and how answers are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// The data plane of OpenSearch: recorded answers, compared as a whole.
    OpenSearch,
    /// AWS services: patterns.
    Aws,
}

impl Suite {
    /// The folder of its cases.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::OpenSearch => "opensearch",
            Self::Aws => "aws",
        }
    }

    fn request(self, step: &Step, variables: &Variables) -> Result<Request, String> {
        match self {
            Self::Aws => aws::request(step, variables),
            Self::OpenSearch => {
                let (method, target) =
                    step.line.split_once(' ').ok_or(format!("no path in '{}'", step.line))?;
                let mut headers = step.headers.clone();
                if !step.body.is_empty() && headers.is_empty() {
                    headers.push(("content-type".into(), "application/json".into()));
                }
                Ok(Request {
                    method: method.to_owned(),
                    target: target.to_owned(),
                    host: String::new(),
                    headers,
                    body: step.body.clone(),
                })
            }
        }
    }

    fn normal(self, answer: Answer) -> Answer {
        match self {
            Self::OpenSearch => normal::opensearch(answer),
            Self::Aws => aws::normal(answer),
        }
    }

    const fn mode(self) -> Mode {
        match self {
            Self::OpenSearch => Mode::Exact,
            Self::Aws => Mode::Pattern,
        }
    }
}

/// The differences of a case, by place: `2:body.error.reason`.
pub type Found = Vec<(String, Difference)>;

/// Runs the steps of a case; the answers are those of its own steps.
///
/// # Errors
/// When a server does not answer, or a step is not written as one.
pub fn run_case(
    suite: Suite,
    arm: &mut dyn Arm,
    case: &Case,
    fixture: Option<&Case>,
) -> Result<(Found, Vec<Answer>), String> {
    arm.begin()?;
    let mut variables = Variables { now_ms: arm.now_ms(), ..Variables::default() };
    variables.values.insert("run".to_owned(), arm.run());
    for step in fixture.iter().flat_map(|fixture| &fixture.steps) {
        let (answer, _) = run_step(suite, arm, step, &mut variables)?;
        if answer.status >= 300 || answer.body.get("errors") == Some(&Value::Bool(true)) {
            return Err(format!("the fixture's {} fails: {}", step.line, answer.body));
        }
    }
    let mut found = Vec::new();
    let mut answers = Vec::new();
    for (number, step) in case.steps.iter().enumerate() {
        let (answer, differences) = run_step(suite, arm, step, &mut variables)?;
        for difference in differences {
            found.push((format!("{}:{}", number + 1, difference.path), difference));
        }
        answers.push(answer);
    }
    Ok((found, answers))
}

fn run_step(
    suite: Suite,
    arm: &mut dyn Arm,
    step: &Step,
    variables: &mut Variables,
) -> Result<(Answer, Vec<Difference>), String> {
    let request = suite.request(step, variables)?;
    let mut repeats = 0;
    loop {
        let answer = suite.normal(arm.call(&request)?);
        let Some(expected) = &step.expected else {
            return Ok((answer, Vec::new()));
        };
        let comparison = compare(suite, expected, &answer, variables);
        repeats += 1;
        if !step.wait || comparison.differences.is_empty() || repeats == REPEATS {
            variables.values.extend(comparison.kept);
            return Ok((answer, comparison.differences));
        }
        arm.pass_time();
    }
}

fn compare(
    suite: Suite,
    expected: &Expected,
    answer: &Answer,
    variables: &Variables,
) -> Comparison {
    let mut comparison = Comparison::new(suite.mode());
    if expected.status != answer.status {
        // Then nothing else is the same either, and one place says it.
        let expected = serde_json::json!([expected.status, expected.body]);
        let got = serde_json::json!([answer.status, answer.body]);
        comparison.differ("status", Some(&expected), Some(&got));
        return comparison;
    }
    for (name, pattern) in &expected.headers {
        let pattern = Value::String(variables.fill(pattern));
        let got = answer.header(name).map(Value::from);
        comparison.compare(&format!("header.{name}"), &pattern, got.as_ref());
    }
    if !expected.body.is_null() || suite == Suite::OpenSearch {
        let body = variables.fill_value(&expected.body);
        comparison.compare("body", &body, Some(&answer.body));
    }
    comparison
}

/// What came of a suite on an arm.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many cases were run.
    pub cases: usize,
    /// The cases that differ as declared.
    pub differing: BTreeSet<String>,
    /// Sentences of what should not be.
    pub faults: Vec<String>,
}

/// Runs all cases of a suite on an arm.
///
/// # Errors
/// When the cases or the list of differences cannot be read.
pub fn run_suite(suite: Suite, arm: &mut dyn Arm) -> Result<Outcome, String> {
    let files = crate::case::load(suite.folder())?;
    let declared = differences::load(&list_of(suite, arm.name()))?;
    let only = std::env::var("TRIBUTARY_CASE").unwrap_or_default();
    let mut outcome = Outcome::default();
    for file in &files {
        for case in file.cases.iter().filter(|case| !case.is_fixture && case.id.contains(&only)) {
            outcome.cases += 1;
            match run_case(suite, arm, case, fixture_of(file, case)) {
                Ok((found, _)) => outcome.judge(case, &found, &declared),
                Err(error) => outcome.faults.push(format!("{}: {error}", case.id)),
            }
        }
    }
    if only.is_empty() {
        outcome.unknown_cases(&files, &declared);
    }
    Ok(outcome)
}

/// The name of the list of an arm's differences in a suite.
#[must_use]
pub fn list_of(suite: Suite, arm: &str) -> String {
    match (suite, arm) {
        (Suite::OpenSearch, "embedded") => "embedded-opensearch".to_owned(),
        (Suite::Aws, "embedded") => "embedded-aws".to_owned(),
        _ => arm.to_owned(),
    }
}

/// The fixture that a case names.
#[must_use]
pub fn fixture_of<'f>(file: &'f CaseFile, case: &Case) -> Option<&'f Case> {
    let with = case.with.as_ref()?;
    file.cases.iter().find(|fixture| fixture.is_fixture && &fixture.id == with)
}

impl Outcome {
    fn judge(&mut self, case: &Case, found: &Found, declared: &[Declared]) {
        let mine: Vec<&str> = declared
            .iter()
            .flat_map(|declared| &declared.places)
            .filter(|(id, _)| *id == case.id)
            .map(|(_, place)| place.as_str())
            .collect();
        let mut text = String::new();
        for (place, difference) in found {
            if !mine.iter().any(|declared| differences::covers(declared, place)) {
                let show = |value: &Option<Value>| {
                    value.as_ref().map_or("nothing".to_owned(), Value::to_string)
                };
                let (expected, got) = (show(&difference.expected), show(&difference.got));
                // Writing to a string cannot fail.
                let _ =
                    write!(text, "\n    {place}\n      expected {expected}\n      got      {got}");
            }
        }
        for declared in &mine {
            if !found.iter().any(|(place, _)| differences::covers(declared, place)) {
                let _ = write!(text, "\n    {declared} is declared to differ, and does not");
            }
        }
        if !text.is_empty() {
            self.faults.push(format!("{}: {}{text}", case.id, case.says));
        } else if !mine.is_empty() {
            self.differing.insert(case.id.clone());
        }
    }

    fn unknown_cases(&mut self, files: &[CaseFile], declared: &[Declared]) {
        let known: BTreeMap<&str, usize> = files
            .iter()
            .flat_map(|file| &file.cases)
            .map(|case| (case.id.as_str(), case.steps.len()))
            .collect();
        for (id, _) in declared.iter().flat_map(|declared| &declared.places) {
            if !known.contains_key(id.as_str()) {
                self.faults
                    .push(format!("{id}: a difference is declared for it, and there is none"));
            }
        }
    }

    /// The faults as one text.
    #[must_use]
    pub fn report(&self) -> String {
        format!(
            "{} cases, {} differ as declared, {} do not hold\n\n{}\n",
            self.cases,
            self.differing.len(),
            self.faults.len(),
            self.faults.join("\n\n")
        )
    }
}

/// Writes what a server answers into the case files, in place of what stands there.
///
/// # Errors
/// When a server does not answer, or a file cannot be read or written.
pub fn record(suite: Suite, arm: &mut dyn Arm, all: bool) -> Result<usize, String> {
    let mut recorded = 0;
    for mut file in crate::case::load(suite.folder())? {
        for place in 0..file.cases.len() {
            let case = &file.cases[place];
            let known = case.steps.iter().all(|step| step.expected.is_some());
            if case.is_fixture || (known && !all) {
                continue;
            }
            let (_, answers) = run_case(suite, arm, case, fixture_of(&file, case))
                .map_err(|error| format!("{}: {error}", case.id))?;
            for (step, answer) in file.cases[place].steps.iter_mut().zip(answers) {
                let Answer { status, body, .. } = answer;
                step.expected = Some(Expected { status, headers: Vec::new(), body });
            }
            recorded += 1;
        }
        file.write().map_err(|error| error.to_string())?;
    }
    Ok(recorded)
}
