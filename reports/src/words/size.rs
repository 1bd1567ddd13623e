//! Sizes in bytes.

/// `51.8 MB`: decimal units, as AWS's limits and bills are not, but every disk and network is.
#[expect(clippy::cast_precision_loss, reason = "a size to one decimal")]
pub(crate) fn bytes(bytes: u64) -> String {
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    let mut size = bytes as f64;
    let mut unit = "B";
    for larger in ["kB", "MB", "GB", "TB", "PB"] {
        // 999.95 would be written 1000.0.
        if size < 999.95 {
            break;
        }
        size /= 1_000.0;
        unit = larger;
    }
    format!("{size:.1} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_one_decimal_and_a_unit() {
        for (size, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (51_800_000, "51.8 MB"),
            (999_990_000, "1.0 GB"),
            (104_000_000, "104.0 MB"),
        ] {
            assert_eq!(bytes(size), text);
        }
    }
}
