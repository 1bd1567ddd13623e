//! Cells of tables where there may be nothing to say.

use super::count;
use crate::model::StageFigures;

/// What stands where nothing was measured.
pub(crate) const NONE: &str = "–";

/// How much a stage refused; a dash where it refused nothing and is not known for refusing.
pub(crate) fn throttled(stage: &StageFigures, separator: char) -> String {
    if stage.throttled == 0 && !matches!(stage.stage.as_str(), "kinesis" | "opensearch") {
        NONE.to_owned()
    } else {
        count(stage.throttled, separator)
    }
}
