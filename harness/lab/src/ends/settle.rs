//! Waits until everything has arrived, or nothing moves any more.

use std::collections::BTreeMap;
use std::time::Duration;

use tributary_vocabulary::{Stage, Timestamp};

use super::{Bucket, Gathered, index, read_documents};
use crate::backend::Capability;
use crate::bridge::Bridges;
use crate::ground::{Backup, Index, Remote, Route, pause};
use crate::ledger::{Expected, Ledger, Reading, SharedLedger};
use crate::topology::Names;

/// How long nothing may move before what is missing is taken for lost: longer than Firehose's
/// longest buffer where buffers are observed, and than a loaded machine dawdles where not.
const PATIENCE_S: i64 = 60;
const PATIENCE_BUFFERED_S: i64 = 420;
/// How long an end may not answer.
const ABSENCE_S: i64 = 600;
/// How long the ends are left alone after something came.
const CALM_S: i64 = 2;
/// How long it is before a sentence is told again whose numbers have changed.
const AGAIN_S: i64 = 10;
const PAUSE: Duration = Duration::from_secs(1);

/// What was seen of the ends so far.
struct Watch<'a> {
    remote: &'a Remote,
    ledger: &'a SharedLedger,
    bucket: Option<Bucket>,
    documents: Option<Vec<bytes::Bytes>>,
    count: u64,
    /// The number of documents when they were read last.
    read_at: Option<u64>,
    moved: Timestamp,
    absent_since: Option<Timestamp>,
    /// What was told last, and when, by the sentence without its numbers.
    told: BTreeMap<String, (String, Timestamp)>,
}

/// Reads both ends until every event is there, nothing has moved for long, or `over` says why nothing
/// will come any more; whether they came to rest.
pub(crate) async fn settle(
    remote: &Remote,
    ledger: &SharedLedger,
    s3: aws_sdk_s3::Client,
    bridges: Option<&Bridges>,
    over: impl Future<Output = String>,
) -> (Gathered, bool) {
    let mut over = std::pin::pin!(over);
    let route = &remote.route;
    if let Some(bridges) = bridges {
        bridges.mark();
    }
    let mut watch = Watch {
        remote,
        ledger,
        bucket: (route.backup != Backup::None).then(|| Bucket::new(s3, Names::BUCKET)),
        documents: None,
        count: 0,
        read_at: None,
        moved: remote.wall.now(),
        absent_since: None,
        told: BTreeMap::new(),
    };
    let patience_s = if remote.capabilities.has(Capability::BufferTiming) {
        PATIENCE_BUFFERED_S
    } else {
        PATIENCE_S
    };
    loop {
        let trouble = watch.look().await;
        let now = remote.wall.now();
        if bridges.is_some_and(|bridges| !bridges.is_idle()) {
            watch.moved = now;
        }
        if let Some(trouble) = trouble {
            let since = *watch.absent_since.get_or_insert(now);
            watch.tell(&trouble);
            if now.ms_since(since) > ABSENCE_S * 1_000 {
                return (watch.end(vec![trouble]), false);
            }
        } else {
            watch.absent_since = None;
            let still_s = now.ms_since(watch.moved) / 1_000;
            if still_s >= CALM_S {
                let missing = watch.missing();
                if missing == 0 || still_s >= patience_s {
                    return (watch.end(Vec::new()), true);
                }
                watch.tell(&format!("waiting for {missing} events"));
            }
        }
        for trouble in bridges.into_iter().flat_map(Bridges::troubles) {
            watch.tell(&trouble);
        }
        tokio::select! {
            () = pause(PAUSE) => {}
            why = &mut over => return (watch.end_early(why).await, true),
        }
    }
}

impl Watch<'_> {
    /// Looks at both ends; what stood in the way.
    async fn look(&mut self) -> Option<String> {
        let mut trouble = None;
        if let Some(bucket) = &mut self.bucket {
            match bucket.read_on().await {
                Ok(0) => {}
                Ok(_) => self.moved = self.remote.wall.now(),
                Err(error) => trouble = Some(error),
            }
        }
        if !expected(self.remote).index {
            return trouble;
        }
        let Some(door) = self.remote.opensearch.clone() else { return trouble };
        let read_at = self.read_at;
        let looked = tokio::task::spawn_blocking(move || {
            let count = index::count(&door)?;
            let documents =
                if read_at == Some(count) { None } else { Some(read_documents(&door)?) };
            Ok::<_, String>((count, documents))
        });
        match looked.await {
            Ok(Ok((count, documents))) => {
                if count != self.count {
                    self.moved = self.remote.wall.now();
                }
                self.count = count;
                if let Some(documents) = documents {
                    self.read_at = Some(documents.len() as u64);
                    self.documents = Some(documents);
                }
            }
            Ok(Err(error)) => trouble = Some(error),
            Err(error) => trouble = Some(error.to_string()),
        }
        trouble
    }

    /// How many events are not yet where they have to be.
    fn missing(&self) -> usize {
        let mut ledger = self.ledger.lock();
        let mut reading = Reading::new(&ledger);
        for document in self.documents.iter().flatten() {
            reading.document(&ledger, document);
        }
        for (key, body) in self.bucket.iter().flat_map(Bucket::objects) {
            reading.object(&mut ledger, key, body);
        }
        missing(&ledger, &reading, expected(self.remote))
    }

    fn end(self, unread: Vec<String>) -> Gathered {
        Gathered {
            documents: self.documents,
            objects: self.bucket.map(Bucket::into_objects),
            unread,
        }
    }

    /// Looks once more, when nothing will come any more.
    async fn end_early(mut self, why: String) -> Gathered {
        self.tell(&why);
        let trouble = self.look().await;
        let mut unread: Vec<String> = trouble.into_iter().collect();
        if !unread.is_empty() || self.missing() > 0 {
            unread.insert(0, why);
        }
        self.end(unread)
    }

    /// Says a sentence, and no more than every ten seconds the same with other numbers.
    fn tell(&mut self, sentence: &str) {
        let is_number = |word: &str| word.trim_matches(['(', ')']).parse::<u64>().is_ok();
        let words: Vec<&str> = sentence.split(' ').filter(|word| !is_number(word)).collect();
        let now = self.remote.wall.now();
        let told = self.told.entry(words.join(" ")).or_insert_with(|| (String::new(), now));
        let again = told.0.is_empty() || now.ms_since(told.1) >= AGAIN_S * 1_000;
        if told.0 != sentence && again {
            *told = (sentence.to_owned(), now);
            self.remote.tell(sentence);
        }
    }
}

/// Which ends every event has to come to.
pub(crate) fn expected(remote: &Remote) -> Expected {
    expected_on(&remote.route, remote.opensearch.is_some())
}

/// A domain that the run itself makes has no URL that was given: it cannot be read.
fn expected_on(route: &Route, opensearch: bool) -> Expected {
    Expected {
        index: route.index != Index::None && opensearch,
        backup: route.backup != Backup::None,
        in_flight: false,
    }
}

fn missing(ledger: &Ledger, reading: &Reading, expected: Expected) -> usize {
    let entries = (0..).zip(&ledger.entries);
    entries
        .filter(|(index, entry)| {
            let entered = entry.was_seen(Stage::Logs) || entry.was_seen(Stage::Subscription);
            let gone = entry.failed || entry.dropped || !entered;
            let index_due = expected.index && reading.opensearch.copies_of(*index) == 0;
            let backup_due = expected.backup && reading.s3.copies_of(*index) == 0;
            let stream_due = !entry.was_seen(Stage::Kinesis) && !expected.backup && !expected.index;
            !gone && (index_due || backup_due || stream_due)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_that_cannot_be_read_is_not_waited_for() {
        let ends = |opensearch| {
            let expected = expected_on(&Route::WHOLE, opensearch);
            (expected.index, expected.backup)
        };
        assert_eq!((ends(true), ends(false)), ((true, true), (false, true)));
    }
}
