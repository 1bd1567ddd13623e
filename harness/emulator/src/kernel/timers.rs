//! What is due, in one total order.

use std::collections::BTreeMap;

use tributary_vocabulary::Timestamp;

/// A deadline of a service.
#[derive(Debug, Clone, PartialEq)]
pub enum Timer {
    /// Of Kinesis Data Streams.
    Kinesis(crate::kinesis::Timer),
    /// Of CloudWatch Logs.
    Logs(crate::logs::Timer),
    /// Of Data Firehose.
    Firehose(crate::firehose::Timer),
    /// Of Lambda.
    Lambda(crate::lambda::Timer),
    /// Of the OpenSearch domains.
    Domain(crate::domain::Timer),
    /// Of EC2.
    Ec2(crate::ec2::Timer),
    /// Of CloudTrail.
    CloudTrail(crate::cloudtrail::Timer),
    /// Of EventBridge.
    Events(crate::events::Timer),
}

/// All deadlines of a world: by time, and among equal times in the order in which they were set.
///
/// A deadline is never taken back: whoever sets one checks on its arrival whether it still means
/// something, usually by a generation number inside it.
#[derive(Debug, Default)]
pub struct Timers {
    queue: BTreeMap<(Timestamp, u64), Timer>,
    next: u64,
}

impl Timers {
    /// Sets a deadline.
    pub fn set(&mut self, at: Timestamp, timer: Timer) {
        self.queue.insert((at, self.next), timer);
        self.next += 1;
    }

    /// The time of the next deadline.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.queue.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes the next deadline when it is due at `now`.
    pub fn take_due(&mut self, now: Timestamp) -> Option<(Timestamp, Timer)> {
        let entry = self.queue.first_entry()?;
        if entry.key().0 > now {
            return None;
        }
        let ((at, _), timer) = entry.remove_entry();
        Some((at, timer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_times_keep_the_order_in_which_they_were_set() {
        let mut timers = Timers::default();
        let at = Timestamp::from_ms(5);
        let named = |n: u64| Timer::Lambda(crate::lambda::Timer::Answered { effect: n });
        timers.set(at, named(1));
        timers.set(Timestamp::from_ms(4), named(0));
        timers.set(at, named(2));
        assert_eq!(timers.take_due(Timestamp::from_ms(3)), None);
        for n in 0..3 {
            assert_eq!(timers.take_due(at).map(|(_, timer)| timer), Some(named(n)));
        }
        assert_eq!(timers.next_deadline(), None);
    }
}
