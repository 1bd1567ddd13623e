//! Pictures, written by hand so that the same run gives the same bytes.

use std::fmt::Write as _;

use crate::bridged::{CARRIED, MARK};
use crate::xml::escape;

/// An SVG picture in the making. Colours come from the page's style sheet, by class.
pub(super) struct Svg {
    body: String,
    width: f64,
}

/// Where a text stands against its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Svg {
    pub(super) const fn new(width: f64) -> Self {
        Self { body: String::new(), width }
    }

    /// A rectangle with softly rounded corners; its size is never negative.
    pub(super) fn rect(&mut self, class: &str, [x, y, w, h]: [f64; 4], radius: f64) {
        let (x, y, w, h) = (number(x), number(y), number(w.max(0.0)), number(h.max(0.0)));
        let radius = number(radius);
        self.push(&format!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{w}" height="{h}" rx="{radius}"/>"#
        ));
    }

    pub(super) fn line(&mut self, class: &str, [x1, y1, x2, y2]: [f64; 4]) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(number);
        self.push(&format!(r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#));
    }

    pub(super) fn circle(&mut self, class: &str, x: f64, y: f64, radius: f64) {
        let [x, y, radius] = [x, y, radius].map(number);
        self.push(&format!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"/>"#));
    }

    /// A path of steps such as `("M", &[x, y])`.
    pub(super) fn path(&mut self, class: &str, steps: &[(&str, &[f64])]) {
        let mut data = String::new();
        for (step, points) in steps {
            let points: Vec<String> = points.iter().copied().map(number).collect();
            data.push_str(step);
            data.push_str(&points.join(" "));
        }
        self.push(&format!(r#"<path class="{class}" d="{data}"/>"#));
    }

    pub(super) fn text(&mut self, class: &str, anchor: Anchor, x: f64, y: f64, text: &str) {
        let anchor = anchor.name();
        let (x, y, text) = (number(x), number(y), escape(text));
        self.push(&format!(
            r#"<text class="{class}" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>"#
        ));
    }

    /// A name, with the mark of the bridge that carried its events where there is one.
    pub(super) fn name(
        &mut self,
        anchor: Anchor,
        [x, y]: [f64; 2],
        name: &str,
        bridge: Option<&str>,
    ) {
        let Some(bridge) = bridge else { return self.text("name", anchor, x, y, name) };
        let anchor = anchor.name();
        let (x, y, name) = (number(x), number(y), escape(name));
        let title = escape(&format!("{CARRIED}: {bridge}"));
        self.push(&format!(
            "<text class=\"name\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{name} \
             <tspan class=\"bridge\">{MARK}<title>{title}</title></tspan></text>"
        ));
    }

    /// The picture from `top` down to `bottom`, with words for those who cannot see it.
    pub(super) fn finish(self, top: f64, bottom: f64, label: &str) -> String {
        let [width, top, height] = [self.width, top, bottom - top].map(number);
        let label = escape(label);
        format!(
            "<svg viewBox=\"0 {top} {width} {height}\" role=\"img\" aria-label=\"{label}\">\n{}</svg>",
            self.body
        )
    }

    fn push(&mut self, element: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.body, "{element}");
    }
}

/// One decimal, and none where it is zero; never `-0` or `NaN`, which no picture can show.
fn number(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_finite() {
        for (value, text) in
            [(1.0, "1"), (-0.01, "0"), (2.25, "2.2"), (f64::NAN, "0"), (f64::INFINITY, "0")]
        {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn a_bridge_is_marked_and_named() {
        let mut svg = Svg::new(10.0);
        svg.name(Anchor::End, [1.0, 2.0], "kinesis", Some("<b>"));
        svg.name(Anchor::End, [1.0, 2.0], "logs", None);
        let svg = svg.finish(0.0, 5.0, "");
        assert!(svg.contains("⇢<title>carried by the harness: &lt;b&gt;</title>"), "{svg}");
        assert_eq!(svg.matches('⇢').count(), 1);
    }

    #[test]
    fn text_is_escaped() {
        let mut svg = Svg::new(10.0);
        svg.text("name", Anchor::End, 1.0, 2.5, "<script>");
        let svg = svg.finish(0.0, 5.0, "a \"b\"");
        assert!(svg.contains("&lt;script&gt;") && svg.contains("a &quot;b&quot;"), "{svg}");
    }
}
