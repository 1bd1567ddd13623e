//! When a document that is refused again and again is given up, so that it does not hold up a shard
//! for ever.

use tributary_vocabulary::Stage;

use crate::bridge::failure::{CallFailure, Reached};

/// So many refusals make an end.
const MOST: u32 = 8;

/// The refusals of one document.
#[derive(Debug)]
pub(super) struct Refusals {
    counted: u32,
    /// How many documents were taken when it was tried last.
    taken: u64,
}

/// What is known of OpenSearch when a document was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The refusal is this document's.
    Counts,
    /// Only asking OpenSearch can tell: no other document was taken meanwhile.
    Ask,
    /// It says nothing about the document: nobody answered, or a limit was met.
    TellsNothing,
}

impl Refusals {
    /// None yet; so many documents were taken by now.
    pub(super) fn new(taken: u64) -> Self {
        Self { counted: 0, taken }
    }

    /// What a failure says about the document. LocalStack answers 500 `InternalError` both for a
    /// document that OpenSearch does not take and for an OpenSearch that is away; in the second case
    /// no other document is taken either.
    pub(super) fn verdict(&mut self, failure: &CallFailure, taken: u64) -> Verdict {
        let others = taken > self.taken;
        self.taken = taken;
        match failure.reached {
            Reached::Service(_) if failure.is_throttle() => Verdict::TellsNothing,
            Reached::Service(_) if failure.is_about_request() || others => Verdict::Counts,
            Reached::Service(status) if status >= 500 => Verdict::Ask,
            _ => Verdict::TellsNothing,
        }
    }

    /// Counts a refusal; whether the document is to be given up.
    pub(super) fn count(&mut self) -> bool {
        self.counted += 1;
        self.counted >= MOST
    }
}

/// The stage at which a document that is given up has stopped: what the delivery stream says of the
/// request never came to OpenSearch.
pub(super) fn stage_of(failure: &CallFailure, is_the_document_s: bool) -> Stage {
    if is_the_document_s && !failure.is_about_request() {
        Stage::OpenSearch
    } else {
        Stage::Firehose
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(reached: Reached, code: &str) -> CallFailure {
        CallFailure { reached, code: code.to_owned(), message: String::new() }
    }

    #[test]
    fn a_refusal_counts_when_it_is_the_document_s() {
        let internal = failure(Reached::Service(500), "InternalError");
        let invalid = failure(Reached::Service(400), "ValidationException");
        let gone = failure(Reached::Service(400), "ResourceNotFoundException");
        let limit = failure(Reached::Service(503), "ServiceUnavailableException");
        let silent = failure(Reached::Perhaps, "Unanswered");
        for (failure, others, expected) in [
            (&internal, true, Verdict::Counts),
            (&internal, false, Verdict::Ask),
            (&invalid, false, Verdict::Counts),
            (&gone, false, Verdict::TellsNothing),
            (&limit, true, Verdict::TellsNothing),
            (&silent, true, Verdict::TellsNothing),
        ] {
            let mut refusals = Refusals::new(5);
            let taken = if others { 6 } else { 5 };
            assert_eq!(refusals.verdict(failure, taken), expected, "{failure:?} {others}");
        }
        assert_eq!(stage_of(&internal, true), Stage::OpenSearch);
        assert_eq!(stage_of(&internal, false), Stage::Firehose, "it was only tried too long");
        assert_eq!(stage_of(&invalid, true), Stage::Firehose);
    }

    #[test]
    fn only_what_others_are_spared_ends_it() {
        let internal = failure(Reached::Service(500), "InternalError");
        let mut refusals = Refusals::new(0);
        let mut taken = 0;
        let mut given_up = 0;
        for attempt in 1..=30 {
            // Another document is taken before every second attempt.
            taken += u64::from(attempt % 2 == 0);
            if refusals.verdict(&internal, taken) == Verdict::Counts && refusals.count() {
                given_up = attempt;
                break;
            }
        }
        assert_eq!(given_up, 16);
    }
}
