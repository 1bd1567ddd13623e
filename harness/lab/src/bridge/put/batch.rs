//! How many records go into one call.

/// The limits of a call.
#[derive(Debug, Clone, Copy)]
pub(super) struct CallLimits {
    pub(super) records: usize,
    pub(super) bytes: usize,
}

/// PutRecords: 500 records, 5 MB with the partition keys.
pub(super) const PUT_RECORDS: CallLimits = CallLimits { records: 500, bytes: 5 * 1024 * 1024 };
/// PutRecordBatch: 500 records, 4 MB.
pub(super) const PUT_RECORD_BATCH: CallLimits = CallLimits { records: 500, bytes: 4 * 1024 * 1024 };
/// One record a call.
pub(super) const SINGLE: CallLimits = CallLimits { records: 1, bytes: usize::MAX };

/// How many of the first records, of which these are the sizes, go into one call: always one, and
/// as many more as fit.
pub(super) fn fitting(sizes: impl Iterator<Item = usize>, limits: CallLimits) -> usize {
    let mut bytes = 0_usize;
    let fit = sizes.take(limits.records).take_while(|size| {
        bytes = bytes.saturating_add(*size);
        bytes <= limits.bytes
    });
    fit.count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_filled_up_to_its_limits() {
        let limits = CallLimits { records: 3, bytes: 10 };
        for (sizes, expected) in [
            (&[1, 2, 3, 4][..], 3),
            (&[5, 5, 1][..], 2),
            (&[5, 6][..], 1),
            (&[11, 1][..], 1),
            (&[0, 0][..], 2),
        ] {
            assert_eq!(fitting(sizes.iter().copied(), limits), expected, "{sizes:?}");
        }
        assert_eq!(fitting([1, 1].into_iter(), SINGLE), 1);
        let sizes = std::iter::repeat_n(9_000, 600);
        assert_eq!(fitting(sizes.clone(), PUT_RECORDS), 500);
        assert_eq!(fitting(sizes, PUT_RECORD_BATCH), 466);
    }
}
