//! The event history: what LookupEvents finds.

use std::collections::VecDeque;

use tributary_vocabulary::{AccountId, Region, Timestamp};

/// The latest management events of all accounts, whether a trail records them or not.
#[derive(Debug, Default)]
pub(super) struct History {
    events: VecDeque<Remembered>,
    /// How many were ever remembered: the number of the next.
    next: u64,
}

/// An event of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remembered {
    pub(super) number: u64,
    pub(super) account: AccountId,
    pub(super) region: Region,
    pub(super) at: Timestamp,
    pub(super) message: String,
}

impl History {
    /// Remembers an event, and forgets the oldest beyond `most`.
    pub(super) fn remember(
        &mut self,
        most: usize,
        (account, region): (AccountId, &Region),
        at: Timestamp,
        message: &str,
    ) {
        if most == 0 {
            return;
        }
        while self.events.len() >= most {
            self.events.pop_front();
        }
        let (number, region) = (self.next, region.clone());
        self.events.push_back(Remembered { number, account, region, at, message: message.into() });
        self.next += 1;
    }

    /// The events of an account in a Region, the latest first.
    pub(super) fn of<'a>(&'a self, account: AccountId, region: &'a Region) -> Vec<&'a Remembered> {
        let mut found: Vec<_> = self
            .events
            .iter()
            .filter(|event| event.account == account && event.region == *region)
            .collect();
        found.sort_by_key(|event| std::cmp::Reverse((event.at, event.number)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_the_latest_of_each_account_and_region() {
        let (one, two) = (AccountId::repeated(1), AccountId::repeated(2));
        let (here, there) = (Region::us_west_2(), "us-east-1".parse().expect("a Region"));
        let mut history = History::default();
        for (n, (account, region)) in
            [(one, &here), (two, &here), (one, &there), (one, &here), (one, &here)]
                .into_iter()
                .enumerate()
        {
            let at = Timestamp::from_ms(if n == 4 { 0 } else { 10 });
            history.remember(4, (account, region), at, &n.to_string());
        }
        let messages = |account, region| -> Vec<String> {
            history.of(account, region).iter().map(|event| event.message.clone()).collect()
        };
        assert_eq!(messages(one, &here), ["3", "4"], "by time, and the first one is forgotten");
        assert_eq!(messages(two, &here), ["1"]);
        assert_eq!(messages(one, &there), ["2"]);
    }
}
