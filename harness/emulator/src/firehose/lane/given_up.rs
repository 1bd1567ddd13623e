//! Records that were given up, grouped by why.

use bytes::Bytes;
use tributary_vocabulary::Stage;

use crate::firehose::wire::Failure;
use crate::kernel::{Observation, World};

/// Records that stopped at one stage, by their reasons, in the order in which these came up.
#[derive(Debug)]
pub struct GivenUp {
    stage: Stage,
    groups: Vec<(Failure, Vec<Bytes>)>,
}

impl GivenUp {
    /// None yet.
    #[must_use]
    pub fn at(stage: Stage) -> Self {
        Self { stage, groups: Vec::new() }
    }

    /// Adds a record.
    pub fn add(&mut self, failure: &Failure, record: Bytes) {
        match self.groups.iter_mut().find(|(known, _)| known == failure) {
            Some((_, records)) => records.push(record),
            None => self.groups.push((failure.clone(), vec![record])),
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.iter().map(|(_, records)| records.len()).sum()
    }

    /// Their bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let records = self.groups.iter().flat_map(|(_, records)| records);
        records.map(|record| super::count(record.len())).sum()
    }

    /// Tells the listener where they lie now; `lost` is why they lie nowhere.
    pub fn tell(&self, world: &mut World, place: &str, lost: Option<&Failure>) {
        for (failure, records) in &self.groups {
            let sentence = match lost {
                Some(lost) => format!("{}; {}: {}", failure.told(), lost.code, lost.told()),
                None => failure.told().to_owned(),
            };
            world.trace("gave up", &failure.code, sentence.as_bytes());
            world.observe(&Observation::GaveUp {
                stage: self.stage,
                code: &failure.code,
                message: &sentence,
                place,
                records,
            });
        }
    }
}
