//! One world: all accounts, all services, one queue of deadlines.

use std::collections::VecDeque;

use bytes::Bytes;
use tributary_vocabulary::{Seed, Stage, Timestamp};

use super::{
    Effect, EffectId, EffectKind, Hooks, Ids, InvokeOutcome, NoHooks, Observation, Settings, Timer,
    Timers, Trace,
};
use crate::{cloudtrail, domain, ec2, events, firehose, guardduty, iam, kinesis, lambda, logs, s3};

/// How to make a [`World`].
pub struct WorldConfig {
    /// Where every made-up id and every delay comes from.
    pub seed: Seed,
    /// The time at which it begins.
    pub epoch: Timestamp,
    /// What may be set.
    pub settings: Settings,
    /// The listener and planter of faults.
    pub hooks: Box<dyn Hooks>,
}

impl Default for WorldConfig {
    fn default() -> Self {
        Self {
            seed: Seed::new(7),
            epoch: Timestamp::DEFAULT_EPOCH,
            settings: Settings::default(),
            hooks: Box::new(NoHooks),
        }
    }
}

/// All accounts and all services, as one state machine.
pub struct World {
    pub(crate) now: Timestamp,
    pub(crate) settings: Settings,
    pub(crate) timers: Timers,
    pub(crate) trace: Trace,
    pub(crate) request_ids: Ids,
    effects: VecDeque<Effect>,
    next_effect: EffectId,
    hooks: Box<dyn Hooks>,
    pub(crate) kinesis: kinesis::State,
    pub(crate) logs: logs::State,
    pub(crate) firehose: firehose::State,
    pub(crate) s3: s3::State,
    pub(crate) iam: iam::State,
    pub(crate) lambda: lambda::State,
    pub(crate) domain: domain::State,
    pub(crate) ec2: ec2::State,
    pub(crate) cloudtrail: cloudtrail::State,
    pub(crate) events: events::State,
    pub(crate) guardduty: guardduty::State,
}

impl World {
    /// A world with no resources in it.
    #[must_use]
    pub fn new(config: WorldConfig) -> Self {
        let seed = config.seed.child("world");
        Self {
            now: config.epoch,
            settings: config.settings,
            timers: Timers::default(),
            trace: Trace::default(),
            request_ids: Ids::new(seed.child("request ids")),
            effects: VecDeque::new(),
            next_effect: 1,
            hooks: config.hooks,
            kinesis: kinesis::State::new(seed.child("kinesis")),
            logs: logs::State::new(seed.child("logs")),
            firehose: firehose::State::new(seed.child("firehose")),
            s3: s3::State::new(seed.child("s3")),
            iam: iam::State::new(seed.child("iam")),
            lambda: lambda::State::new(seed.child("lambda")),
            domain: domain::State::new(seed.child("domain")),
            ec2: ec2::State::new(seed.child("ec2")),
            cloudtrail: cloudtrail::State::new(seed.child("cloudtrail")),
            events: events::State::new(seed.child("events")),
            guardduty: guardduty::State::new(seed.child("guardduty")),
        }
    }

    /// The world's time: that of the last call or deadline.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The time of the next deadline; `None` when nothing is due ever.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.timers.next_deadline()
    }

    /// Lets everything happen that is due until `now`, in its order, each at its own time.
    ///
    /// Time never runs backwards: an earlier `now` changes nothing.
    pub fn advance(&mut self, now: Timestamp) {
        while let Some((at, timer)) = self.timers.take_due(now) {
            self.now = self.now.max(at);
            match timer {
                Timer::Kinesis(timer) => kinesis::on_timer(self, timer),
                Timer::Logs(timer) => logs::on_timer(self, timer),
                Timer::Firehose(timer) => firehose::on_timer(self, timer),
                Timer::Lambda(timer) => lambda::on_timer(self, timer),
                Timer::Domain(timer) => domain::on_timer(self, timer),
                Timer::Ec2(timer) => ec2::on_timer(self, timer),
                Timer::CloudTrail(timer) => cloudtrail::on_timer(self, timer),
                Timer::Events(timer) => events::on_timer(self, timer),
            }
        }
        self.now = self.now.max(now);
    }

    /// Takes the effects that were asked for, in the order in which they were.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        self.effects.drain(..).collect()
    }

    /// Tells the outcome of an effect, at the world's time `now`.
    ///
    /// What follows from it happens when the modelled duration is over. An effect that nobody
    /// waits for any more is ignored.
    pub fn complete(&mut self, now: Timestamp, effect: EffectId, outcome: InvokeOutcome) {
        self.advance(now);
        lambda::complete(self, effect, outcome);
    }

    /// The hash over everything that happened so far: 64 hexadecimal digits.
    #[must_use]
    pub fn trace_sha256(&self) -> String {
        self.trace.sha256()
    }

    pub(crate) fn set_timer(&mut self, at: Timestamp, timer: Timer) {
        self.timers.set(at.max(self.now), timer);
    }

    pub(crate) fn ask(&mut self, kind: EffectKind) -> EffectId {
        let id = self.next_effect;
        self.next_effect += 1;
        self.effects.push_back(Effect { id, at: self.now, kind });
        id
    }

    /// Tells the listener; whoever calls this also adds what happened to the trace.
    pub(crate) fn observe(&mut self, observation: &Observation<'_>) {
        self.hooks.observe(self.now, observation);
    }

    pub(crate) fn tampers(&self, stage: Stage) -> bool {
        self.hooks.tampers(stage)
    }

    pub(crate) fn hooks(&mut self) -> &mut dyn Hooks {
        self.hooks.as_mut()
    }

    /// Lets one record pass a stage; what shall pass instead when a fault is planted there.
    pub(crate) fn pass_record(&mut self, stage: Stage, record: Bytes) -> Vec<Bytes> {
        if self.hooks.tampers(stage) {
            self.hooks.tamper_record(self.now, stage, record)
        } else {
            vec![record]
        }
    }

    pub(crate) fn trace(&mut self, kind: &str, subject: &str, payload: &[u8]) {
        self.trace.add(self.now, kind, subject, payload);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_runs_backwards() {
        let mut world = World::new(WorldConfig::default());
        let later = Timestamp::DEFAULT_EPOCH.plus_s(5);
        world.advance(later);
        world.advance(Timestamp::DEFAULT_EPOCH);
        assert_eq!(world.now(), later);
        assert_eq!(world.next_deadline(), None);
    }
}
