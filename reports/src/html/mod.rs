//! The report as one page: self-contained, dark where the reader's system is, without scripts.

mod flow;
mod latency;
mod page;
mod shards;
mod svg;
mod table;
mod tiles;

use askama::Template as _;

use crate::model::Run;
use page::Page;

/// The run as one HTML page that needs nothing but itself: no network, no script. The same run
/// gives the same bytes.
///
/// # Errors
/// Never for a [`Run`]: the template is checked when it is compiled, and a string takes any text.
pub fn write(run: &Run) -> Result<String, askama::Error> {
    Page::new(run).render()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set `TRIBUTARY_PAGES` to a folder to have the pages there as well, to look at.
    #[test]
    fn the_same_run_gives_the_same_bytes() {
        let folder = std::env::var_os("TRIBUTARY_PAGES").map(std::path::PathBuf::from);
        for (name, run) in [
            ("passed", Run::example_passed()),
            ("loss", Run::example_loss()),
            ("refused", Run::example_refused()),
            ("containers", Run::example_containers()),
            ("skipped", Run::example_skipped()),
        ] {
            let page = write(&run).unwrap();
            assert_eq!(page, write(&run.clone()).unwrap());
            if let Some(folder) = &folder {
                std::fs::write(folder.join(name).with_extension("html"), &page).unwrap();
            }
            insta::assert_snapshot!(name, page);
        }
    }

    #[test]
    fn it_needs_nothing_but_itself() {
        let page = write(&Run::example_refused()).unwrap();
        for outside in ["http://", "https://", "<script", "<link", "@import", "url(", "src="] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("prefers-color-scheme: dark"));
    }

    #[test]
    fn an_event_stays_text() {
        let mut run = Run::example_loss();
        run.scenario = "<b>bold</b>".to_owned();
        run.stages[0].stage = "<i>logs</i>".to_owned();
        run.checks[0].evidence[0].event.message = "<script>alert(1)</script>".to_owned();
        let page = write(&run).unwrap();
        assert!(!page.contains("<script") && !page.contains("<b>bold") && !page.contains("<i>"));
        assert!(page.contains("alert(1)"));
    }

    #[test]
    fn a_run_that_knows_nothing_yet_is_a_page_too() {
        let page = write(&Run::new("empty", 7)).unwrap();
        assert!(page.contains("Aborted") && !page.contains("<svg viewBox"));
    }
}
