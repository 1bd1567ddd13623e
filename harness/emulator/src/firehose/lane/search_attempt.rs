//! One attempt of a bulk batch, and what becomes of each document.

use bytes::Bytes;
use tributary_vocabulary::Stage;

use super::search::{Document, Flight, Refused, bulk_body, search_of};
use super::{Lane, count};
use crate::firehose::config::SearchPlan;
use crate::firehose::doors::{self, Item};
use crate::firehose::hop;
use crate::firehose::wire::Failure;
use crate::kernel::{Caller, Observation, ServiceError, World};

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is in its index.
    Indexed,
    /// The cluster may take it later: 429 and 5xx. AWS's split is not published.
    Later(Failure),
    /// It never will: any other status.
    Never(Failure),
}

impl Verdict {
    /// The verdict of a bulk item: its HTTP status and, of an error, the cluster's own text.
    pub(super) fn of(status: u16, error: impl FnOnce() -> String) -> Self {
        let failure = |text: String| Failure {
            code: status.to_string().into(),
            message: text.into(),
            cause: None,
        };
        match status {
            200..=299 => Self::Indexed,
            429 | 500..=599 => Self::Later(failure(error())),
            _ => Self::Never(failure(error())),
        }
    }
}

impl Lane {
    /// Sends what is left of the batch: one request for each index, the documents in their order.
    pub(super) fn attempt_bulk(&mut self, world: &mut World) {
        let Some(mut flight) = self.search.flight.take() else { return };
        let plan = flight.plan.clone();
        let Some(search) = search_of(&plan) else { return };
        flight.attempts += 1;
        let documents = std::mem::take(&mut flight.documents);
        let sent = !documents.is_empty();
        match hop::assume(world, &plan, &search.role_arn) {
            Err(error) => {
                let failure = Failure::of("OS.AccessDenied").because(error.message);
                let later = documents.into_iter().map(|document| (document, failure.clone()));
                self.later(world, flight, search, later.collect());
            }
            Ok(caller) => {
                let mut left = Vec::new();
                for group in by_index(documents) {
                    let verdicts = send(world, &caller, search, &group);
                    left.extend(self.sort(world, &mut flight, search, group, verdicts));
                }
                if sent {
                    world.firehose.count(self.stream, |statistics| statistics.bulk_requests += 1);
                }
                self.later(world, flight, search, left);
            }
        }
    }

    /// Tells of the indexed documents of one request and keeps the refused; gives the others.
    fn sort(
        &mut self,
        world: &mut World,
        flight: &mut Flight,
        search: &SearchPlan,
        group: Vec<Document>,
        verdicts: Vec<Verdict>,
    ) -> Vec<(Document, Failure)> {
        let Some(index) = group.first().map(|document| document.index.clone()) else {
            return Vec::new();
        };
        let (mut indexed, mut left, mut throttled): (Vec<Bytes>, _, u64) =
            (Vec::with_capacity(group.len()), Vec::new(), 0);
        for (document, verdict) in group.into_iter().zip(verdicts) {
            match verdict {
                Verdict::Indexed => indexed.push(document.record.data),
                Verdict::Later(failure) => {
                    throttled += u64::from(failure.code == "429");
                    left.push((document, failure));
                }
                Verdict::Never(failure) => {
                    let (attempts, ended) = (flight.attempts, world.now());
                    flight.refused.push(Refused { document, failure, attempts, ended });
                }
            }
        }
        if !indexed.is_empty() {
            world.firehose.count(self.stream, |statistics| {
                statistics.delivered += count(indexed.len());
            });
            world.observe(&Observation::Indexed {
                domain_arn: &search.domain_arn,
                index: &index,
                documents: &indexed,
            });
        }
        if throttled > 0 {
            world.trace("throttled", &search.domain_arn, &throttled.to_le_bytes());
            world.observe(&Observation::Throttled {
                stage: Stage::OpenSearch,
                resource_arn: &search.domain_arn,
                shard_id: "",
                records: throttled,
            });
        }
        left
    }

    /// What is left is sent again later, or given up when the retry duration would be over; the
    /// duration counts from the first attempt.
    fn later(
        &mut self,
        world: &mut World,
        mut flight: Flight,
        search: &SearchPlan,
        left: Vec<(Document, Failure)>,
    ) {
        let now = world.now();
        let settings = &world.settings.firehose;
        let wait = settings.backoff_ms(settings.delivery_backoff_ms, flight.attempts);
        let next = now.plus_ms(wait);
        if left.is_empty() || next > flight.first.plus_ms(search.retry_ms) {
            let (attempts, ended) = (flight.attempts, now);
            flight.refused.extend(left.into_iter().map(|(document, failure)| Refused {
                document,
                failure,
                attempts,
                ended,
            }));
            self.end_bulk(world, flight);
            return;
        }
        world.firehose.count(self.stream, |statistics| statistics.bulk_retries += 1);
        flight.documents = left.into_iter().map(|(document, _)| document).collect();
        flight.retry_at = next;
        self.search.flight = Some(flight);
    }
}

/// Runs of documents of one index; a batch over midnight has two.
fn by_index(documents: Vec<Document>) -> Vec<Vec<Document>> {
    let mut groups: Vec<Vec<Document>> = Vec::new();
    for document in documents {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|first| first.index == document.index) => {
                group.push(document);
            }
            _ => groups.push(vec![document]),
        }
    }
    groups
}

/// Sends one request; a verdict for each document.
fn send(
    world: &mut World,
    caller: &Caller,
    search: &SearchPlan,
    group: &[Document],
) -> Vec<Verdict> {
    let Some(first) = group.first() else { return Vec::new() };
    let body = bulk_body(&group.iter().collect::<Vec<_>>(), &search.type_name);
    let verdicts = doors::bulk(world, caller, &search.domain_arn, &first.index, body)
        .map_err(|error: ServiceError| Failure::of_bulk(&error))
        .map(|items| verdicts_of(&items));
    match verdicts {
        Ok(verdicts) if verdicts.len() == group.len() => verdicts,
        Ok(verdicts) => {
            let failure = Failure::of("OS.ResponseEntryCountMismatch").because(format!(
                "{} documents were sent, and {} items answered",
                group.len(),
                verdicts.len()
            ));
            vec![Verdict::Later(failure); group.len()]
        }
        Err(failure) => vec![Verdict::Later(failure); group.len()],
    }
}

/// A verdict for each item of the answer, in its order.
fn verdicts_of(items: &[Item]) -> Vec<Verdict> {
    items
        .iter()
        .map(|item| Verdict::of(item.status, || item.error.clone().unwrap_or_default()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overload_is_tried_again_and_mapping_errors_are_not() {
        for (status, retried) in [(429, true), (503, true), (500, true), (400, false), (403, false)]
        {
            let verdict = Verdict::of(status, || "text".to_owned());
            assert_eq!(matches!(verdict, Verdict::Later(_)), retried, "{status}");
        }
        assert_eq!(Verdict::of(201, String::new), Verdict::Indexed);
        let Verdict::Never(failure) = Verdict::of(400, || "mapper_parsing_exception".to_owned())
        else {
            panic!("400 is never taken");
        };
        assert_eq!((failure.code.as_ref(), failure.told()), ("400", "mapper_parsing_exception"));
    }
}
