//! Markdown, for a comment on a pull request or the summary of a CI step.

use std::fmt::Write as _;

use crate::bridged::{self, BEHIND, CARRIED, MARK};
use crate::model::{Check, Evidence, Outcome, Run};
use crate::story::{self, Stop};
use crate::words::{
    NARROW, NONE, bytes, clean, count, latency, moment, percent, span, throttled, wall,
};
use crate::{facts, omitted};

/// More missing capabilities are folded away.
const SKIPPED_MAX: usize = 12;

/// The run as GitHub-flavoured Markdown, with a newline at the end: the verdict and what did not
/// hold in sight, the stages beneath, and the evidence folded away.
#[must_use]
pub fn write(run: &Run) -> String {
    let mut out = String::new();
    heading(&mut out, run);
    for check in &run.checks {
        write_check(&mut out, run, check);
    }
    for threshold in &run.thresholds {
        let measured = story::measured(threshold, NARROW);
        item(
            &mut out,
            &format!("{} {} ({measured})", threshold.outcome.mark(), code(&threshold.source)),
        );
    }
    for bridge in bridged::unmarked(run) {
        item(&mut out, &format!("bridged: {}", text(bridge)));
    }
    stages(&mut out, run);
    bridges(&mut out, run);
    cannot(&mut out, run);
    for check in run.checks.iter().filter(|check| !check.evidence.is_empty()) {
        evidence(&mut out, check);
    }
    if !run.repeat.is_empty() {
        line(&mut out, "");
        line(&mut out, &format!("Repeat with {}", code(&run.repeat)));
    }
    out
}

// Writing to a String cannot fail.
fn line(out: &mut String, text: &str) {
    let _ = writeln!(out, "{text}");
}

fn item(out: &mut String, text: &str) {
    line(out, &format!("- {text}"));
}

fn heading(out: &mut String, run: &Run) {
    let note = omitted::note(run).map(|note| format!("; {note}")).unwrap_or_default();
    let mark = run.outcome.mark();
    line(out, &format!("### {mark} {}: {}{note}", text(&run.scenario), run.outcome));
    line(out, "");
    if run.outcome == Outcome::Skipped {
        line(out, &format!("**{}**", text(&omitted::not_judged(run))));
        line(out, "");
    }
    let total = &run.delivery.total;
    if total.generated > 0 {
        let simulated = if facts::simulated(run) {
            format!(" and {} of simulated", span(run.simulated_s))
        } else {
            String::new()
        };
        line(
            out,
            &format!(
                "**{}** of {} events are in OpenSearch ({}), in {} of real{} time.",
                count(total.indexed, NARROW),
                count(total.generated, NARROW),
                percent(total.indexed, total.generated),
                wall(run.wall_s),
                simulated,
            ),
        );
        line(out, "");
    }
    line(out, &format!("<sub>{}</sub>", text(&facts::of(run, NARROW).join(" · "))));
    line(out, "");
}

fn write_check(out: &mut String, run: &Run, check: &Check) {
    if !check.outcome.is_bad() {
        let skipped = if check.outcome == Outcome::Skipped { "skipped: " } else { "" };
        let sentence = text(&check.sentence);
        return item(out, &format!("{} {skipped}{sentence}", check.outcome.mark()));
    }
    item(
        out,
        &format!("{} **{}** {}", check.outcome.mark(), text(&check.sentence), code(&check.id)),
    );
    for stop in story::stops(run, check) {
        write_stop(out, run, check, &stop);
    }
}

fn write_stop(out: &mut String, run: &Run, check: &Check, stop: &Stop<'_>) {
    let [who, stage, by] = stop.place(run, check, NARROW);
    let place = format!("{who} **{}** {}", text(&stage), text(&by));
    line(out, &format!("  - {}: {}", place.trim_end(), text(stop.cause)));
    for why in &stop.why {
        line(out, &format!("    - {}", text(why)));
    }
    if let Some(mend) = stop.mend {
        line(out, &format!("    - mend: {}", text(mend)));
    }
    if let Some(see) = stop.see {
        line(out, &format!("    - see {}", code(see)));
    }
}

fn stages(out: &mut String, run: &Run) {
    if run.stages.is_empty() {
        return;
    }
    line(out, "");
    line(out, "| stage | events | bytes | p50 | p99 | max | throttled |");
    line(out, "|---|--:|--:|--:|--:|--:|--:|");
    for stage in &run.stages {
        let time = |ms: Option<u64>| ms.map_or_else(|| NONE.to_owned(), latency);
        let cells = [
            text(&bridged::marked(&stage.stage, stage.bridge.as_deref())),
            count(stage.events, NARROW),
            bytes(stage.bytes),
            time(stage.latency_ms.p50),
            time(stage.latency_ms.p99),
            time(stage.latency_ms.max),
            throttled(stage, NARROW),
        ];
        line(out, &format!("| {} |", cells.join(" | ")));
    }
}

/// What the marks in the table mean.
fn bridges(out: &mut String, run: &Run) {
    let mut notes: Vec<String> =
        bridged::of(run).iter().map(|it| format!("{CARRIED}: {}", it.words())).collect();
    if bridged::delays(run) {
        notes.push(BEHIND.to_owned());
    }
    for note in notes {
        line(out, "");
        line(out, &format!("<sub>{MARK} {}</sub>", text(&note)));
    }
}

/// What the backend cannot do; folded away where it is long.
fn cannot(out: &mut String, run: &Run) {
    if run.skipped.is_empty() {
        return;
    }
    let fold = run.skipped.len() > SKIPPED_MAX;
    line(out, "");
    if fold {
        let title = format!("{}: {}", omitted::TITLE, run.skipped.len());
        line(out, &format!("<details><summary>{title}</summary>"));
        line(out, "");
    }
    line(out, &format!("| {} | why |", omitted::TITLE));
    line(out, "|---|---|");
    for skipped in &run.skipped {
        line(out, &format!("| {} | {} |", text(&skipped.requires), text(&skipped.reason)));
    }
    if fold {
        line(out, "");
        line(out, "</details>");
    }
}

fn evidence(out: &mut String, check: &Check) {
    line(out, "");
    let title = format!(
        "the first {} of {}",
        facts::plural(check.evidence.len() as u64, "event", NARROW),
        check.id
    );
    line(out, &format!("<details><summary>{}</summary>", text(&title)));
    line(out, "");
    line(out, "```");
    for found in &check.evidence {
        for found in evidence_lines(found) {
            // A fence within an event would end ours.
            line(out, &clean(&found).replace("```", "'''"));
        }
    }
    line(out, "```");
    line(out, "");
    line(out, "</details>");
}

fn evidence_lines(found: &Evidence) -> Vec<String> {
    let event = &found.event;
    let time = moment(event.timestamp);
    let mut lines = vec![
        format!("{}  {}/{}  {time}", event.account, event.log_group, event.log_stream),
        format!("  {}", event.message),
    ];
    if !found.detail.is_empty() {
        lines.push(format!("  {}", found.detail));
    }
    lines
}

/// Plain text: no markup, no mention of a user, no cell of a table ends in it.
fn text(plain: &str) -> String {
    let mut escaped = String::with_capacity(plain.len());
    for character in clean(plain).chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A span of code, fenced by more backticks than it holds.
fn code(plain: &str) -> String {
    let plain = clean(plain);
    let longest = plain.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{plain}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed() {
        insta::assert_snapshot!(write(&Run::example_passed()));
    }

    #[test]
    fn loss() {
        insta::assert_snapshot!(write(&Run::example_loss()));
    }

    #[test]
    fn refused() {
        insta::assert_snapshot!(write(&Run::example_refused()));
    }

    #[test]
    fn containers() {
        insta::assert_snapshot!(write(&Run::example_containers()));
    }

    #[test]
    fn skipped() {
        let mut run = Run::example_skipped();
        insta::assert_snapshot!(write(&run));
        run.skipped = vec![run.skipped[0].clone(); 13];
        assert!(write(&run).contains("<summary>what this backend cannot do: 13</summary>"));
    }

    #[test]
    fn foreign_text_is_text() {
        assert_eq!(text("<b>@who</b> a|b *c*"), "&lt;b&gt;&#64;who&lt;/b&gt; a\\|b \\*c\\*");
        assert_eq!(code("a`b"), "`` a`b ``");
        let mut run = Run::example_loss();
        run.checks[0].evidence[0].event.message = "```\n</details>".to_owned();
        assert!(write(&run).contains("'''\\n</details>"));
    }
}
