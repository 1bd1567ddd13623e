//! The picture of the pipeline: a stream whose width is the events, with what it lost leaving it.

use super::svg::{Anchor, Svg};
use crate::model::{Run, StageFigures};
use crate::words::{NARROW, count};

const WIDTH: f64 = 960.0;
/// How wide the stream is where it is fullest.
const STREAM: f64 = 92.0;
/// The bed of the stream: bands stand on it.
const BED: f64 = 196.0;
/// From the bed down to the bed of the backup's branch.
const BRANCH: f64 = 124.0;
/// The room that what is lost needs above the stream.
const LOSS: f64 = 44.0;
const NODE: f64 = 10.0;
const MARGIN: f64 = 58.0;

/// One stage, placed.
struct Node<'a> {
    stage: &'a StageFigures,
    x: f64,
    height: f64,
    bed: f64,
}

/// The picture; nothing for a run without stages.
pub(super) fn draw(run: &Run) -> Option<String> {
    let (branch, stream): (Vec<_>, Vec<_>) =
        run.stages.iter().partition(|stage| stage.stage == "s3");
    let fullest = run.stages.iter().map(|stage| stage.events).max()?;
    let height = |events: u64| {
        if events == 0 { 0.0 } else { (share(events, fullest) * STREAM).max(1.5) }
    };
    #[expect(clippy::cast_precision_loss, reason = "a handful of stages")]
    let step = (WIDTH - 2.0 * MARGIN) / (stream.len().max(2) - 1) as f64;
    let mut x = MARGIN - step;
    let nodes: Vec<Node<'_>> = stream
        .into_iter()
        .map(|stage| {
            x += step;
            Node { stage, x, height: height(stage.events), bed: BED }
        })
        .collect();

    let mut svg = Svg::new(WIDTH);
    if let Some(&stage) = branch.first() {
        let from = nodes.iter().find(|node| node.stage.stage == "firehose").or(nodes.last());
        let bed = BED + BRANCH;
        let s3 = Node { stage, x: WIDTH - MARGIN, height: height(stage.events), bed };
        draw_branch(&mut svg, from, &s3);
    }
    for pair in nodes.windows(2) {
        if let [left, right] = pair {
            draw_link(&mut svg, left, right);
            draw_loss(&mut svg, left, right);
        }
    }
    // Where nothing is lost, nothing needs the room above the stream.
    let lossless = nodes.windows(2).all(|pair| pair[0].stage.events <= pair[1].stage.events);
    let top = if lossless { LOSS } else { 0.0 };
    for node in &nodes {
        draw_node(&mut svg, node);
        name(&mut svg, node.stage, Anchor::Middle, [node.x, top + 20.0]);
        svg.text("figure", Anchor::Middle, node.x, top + 40.0, &count(node.stage.events, NARROW));
    }
    let bottom = if branch.is_empty() { BED + 30.0 } else { BED + BRANCH + 14.0 };
    Some(svg.finish(top, bottom, &words(run)))
}

#[expect(clippy::cast_precision_loss, reason = "a share, to be drawn")]
fn share(events: u64, fullest: u64) -> f64 {
    if fullest == 0 { 0.0 } else { events as f64 / fullest as f64 }
}

fn name(svg: &mut Svg, stage: &StageFigures, anchor: Anchor, place: [f64; 2]) {
    svg.name(anchor, place, &stage.stage, stage.bridge.as_deref());
}

fn draw_node(svg: &mut Svg, node: &Node<'_>) {
    let height = node.height.max(2.0);
    let place = [node.x - NODE / 2.0, node.bed - height, NODE, height];
    svg.rect(if node.height > 0.0 { "node" } else { "node dry" }, place, 2.0);
    if node.stage.throttled > 0 {
        let throttled = format!("{} throttled", count(node.stage.throttled, NARROW));
        svg.text("warn", Anchor::Middle, node.x, node.bed + 18.0, &throttled);
    }
}

fn draw_link(svg: &mut Svg, left: &Node<'_>, right: &Node<'_>) {
    let (x1, x2) = (left.x + NODE / 2.0, right.x - NODE / 2.0);
    let middle = f64::midpoint(x1, x2);
    // What is lost leaves at the top, so what goes on is the lower part; it widens again only
    // where a stage saw more than the one before it.
    let (y1, y2) = (BED - left.height.min(right.height), BED - right.height);
    let steps: [(&str, &[f64]); 5] = [
        ("M", &[x1, y1]),
        ("C", &[middle, y1, middle, y2, x2, y2]),
        ("L", &[x2, BED]),
        ("L", &[x1, BED]),
        ("Z", &[]),
    ];
    // The branch passes underneath.
    svg.path("under", &steps);
    svg.path("stream", &steps);
    if right.stage.bridge.is_some() {
        // A bridge over the stream, in dashes, for no hop of the backend is here.
        let (left, right) = (left.height.min(right.height), right.height);
        let deck = BED - f64::midpoint(left, right) / 2.0;
        svg.line("carried", [x1, deck, x2, deck]);
    }
}

fn draw_loss(svg: &mut Svg, left: &Node<'_>, right: &Node<'_>) {
    let lost = left.stage.events.saturating_sub(right.stage.events);
    if lost == 0 {
        return;
    }
    let height = (left.height - right.height).clamp(3.0, STREAM);
    let x = left.x + NODE / 2.0;
    let middle = f64::midpoint(left.x, right.x);
    let half = (height / 2.0).clamp(1.5, 22.0);
    let (top, end) = (BED - left.height, 80.0);
    svg.path(
        "loss",
        &[
            ("M", &[x, top]),
            ("C", &[middle - half, top, middle - half, top, middle - half, end]),
            ("L", &[middle + half, end]),
            ("C", &[middle + half, top + height, middle, top + height, x, top + height]),
            ("Z", &[]),
        ],
    );
    svg.text("lost", Anchor::Middle, middle, 72.0, &format!("− {}", count(lost, NARROW)));
}

fn draw_branch(svg: &mut Svg, from: Option<&Node<'_>>, s3: &Node<'_>) {
    if let Some(from) = from.filter(|_| s3.height > 0.0) {
        let (x1, x2) = (from.x + NODE / 2.0, s3.x - NODE / 2.0);
        let middle = x1 + (x2 - x1) * 0.5;
        let (top, height) = (s3.bed - s3.height, from.height.min(s3.height));
        svg.path(
            "branch",
            &[
                ("M", &[x1, BED - height]),
                ("C", &[middle, BED - height, middle, top, x2, top]),
                ("L", &[x2, s3.bed]),
                ("C", &[middle, s3.bed, middle, BED, x1, BED]),
                ("Z", &[]),
            ],
        );
    }
    draw_node(svg, s3);
    let y = s3.bed - s3.height.max(34.0) / 2.0;
    name(svg, s3.stage, Anchor::End, [s3.x - 16.0, y - 3.0]);
    svg.text("figure", Anchor::End, s3.x - 16.0, y + 15.0, &count(s3.stage.events, NARROW));
}

fn words(run: &Run) -> String {
    let stages: Vec<String> =
        run.stages.iter().map(|stage| format!("{} {}", stage.stage, stage.events)).collect();
    format!("Events by stage: {}", stages.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_leaves_the_stream() {
        assert_eq!(draw(&Run::new("demo", 7)), None);
        let whole = draw(&Run::example_passed()).unwrap();
        assert!(!whole.contains("class=\"loss\""));
        let leaking = draw(&Run::example_loss()).unwrap();
        assert_eq!(leaking.matches("class=\"loss\"").count(), 1);
        assert!(leaking.contains("− 1\u{202f}204<"), "{leaking}");
    }

    #[test]
    fn what_a_bridge_carried_is_dashed() {
        let picture = draw(&Run::example_containers()).unwrap();
        assert_eq!(picture.matches("class=\"carried\"").count(), 2, "{picture}");
        assert_eq!(picture.matches("class=\"bridge\"").count(), 2, "{picture}");
        assert!(!draw(&Run::example_passed()).unwrap().contains("carried"));
    }

    #[test]
    fn a_dry_pipeline_is_drawn_too() {
        let mut run = Run::example_passed();
        for stage in &mut run.stages {
            stage.events = 0;
        }
        let dry = draw(&run).unwrap();
        assert_eq!(dry.matches("node dry").count(), 7, "{dry}");
    }
}
