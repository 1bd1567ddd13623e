//! The picture of the shards: how near each came to its limit.

use super::svg::{Anchor, Svg};
use crate::bridged;
use crate::model::{Run, ShardFigures};
use crate::words::{NARROW, PLAIN, count, decimal};

const WIDTH: f64 = 960.0;
const LEFT: f64 = 58.0;
const TOP: f64 = 26.0;
const HEIGHT: f64 = 150.0;
/// As many shards have room for their figures; of more, every few are numbered.
const FIGURES: usize = 20;
/// From this share of its limit on, a shard is near it.
const NEAR: f64 = 0.8;

/// The picture; nothing for a run without shards.
pub(super) fn draw(run: &Run) -> Option<String> {
    let fullest = run.shards.iter().map(|shard| shard.utilisation_max).reduce(f64::max)?;
    let top = fullest.max(1.0) * 1.02;
    let y = |share: f64| TOP + HEIGHT * (1.0 - share / top);
    let mut svg = Svg::new(WIDTH);
    for share in [0.0, 0.5, 1.0] {
        let class = if share >= 1.0 { "limit" } else { "grid" };
        svg.line(class, [LEFT, y(share), WIDTH, y(share)]);
        svg.text("tick", Anchor::End, LEFT - 10.0, y(share) + 4.0, &percent(share));
    }
    #[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
    let step = (WIDTH - LEFT) / run.shards.len() as f64;
    let width = (step * 0.72).min(64.0);
    let each = run.shards.len().div_ceil(FIGURES);
    let mut x = LEFT + step / 2.0;
    for (place, shard) in run.shards.iter().enumerate() {
        let top = y(shard.utilisation_max);
        svg.rect(class(shard), [x - width / 2.0, top, width, TOP + HEIGHT - top], 2.0);
        if each == 1 {
            svg.text("figure", Anchor::Middle, x, top - 6.0, &percent(shard.utilisation_max));
        }
        if place % each == 0 {
            let id = bridged::marked(short(&shard.shard_id), shard.bridge.as_deref());
            svg.text("tick", Anchor::Middle, x, TOP + HEIGHT + 18.0, &id);
        }
        if each == 1 && shard.throttled > 0 {
            let throttled = count(shard.throttled, NARROW);
            svg.text("warn", Anchor::Middle, x, TOP + HEIGHT + 34.0, &throttled);
        }
        x += step;
    }
    svg.line("axis", [LEFT, TOP + HEIGHT, WIDTH, TOP + HEIGHT]);
    let words =
        format!("The fullest second of the fullest shard: {} of its limit", percent(fullest));
    Some(svg.finish(0.0, TOP + HEIGHT + 42.0, &words))
}

fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 0, PLAIN))
}

fn class(shard: &ShardFigures) -> &'static str {
    if shard.throttled > 0 {
        "bar over"
    } else if shard.utilisation_max >= NEAR {
        "bar near"
    } else {
        "bar"
    }
}

/// `shardId-000000000012` is 12.
fn short(shard_id: &str) -> &str {
    let number = shard_id.rsplit('-').next().unwrap_or(shard_id).trim_start_matches('0');
    if number.is_empty() { "0" } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throttled_shard_stands_out() {
        assert_eq!(draw(&Run::new("demo", 7)), None);
        let mut run = Run::example_passed();
        run.shards[1].throttled = 12;
        run.shards[1].utilisation_max = 1.4;
        run.shards[3].utilisation_max = 0.85;
        let picture = draw(&run).unwrap();
        assert_eq!(picture.matches("bar over").count(), 1);
        assert_eq!(picture.matches("bar near").count(), 1);
        assert!(picture.contains(">140 %<"), "{picture}");
    }

    #[test]
    fn many_shards_are_numbered_now_and_then() {
        let mut run = Run::example_passed();
        let shard = run.shards[0].clone();
        run.shards = (0..200)
            .map(|number| ShardFigures {
                shard_id: format!("shardId-{number:012}"),
                ..shard.clone()
            })
            .collect();
        let picture = draw(&run).unwrap();
        assert_eq!(picture.matches("<rect").count(), 200);
        assert!(picture.contains(">190<") && !picture.contains(">191<"));
        assert_eq!(short("shardId-000000000000"), "0");
    }
}
