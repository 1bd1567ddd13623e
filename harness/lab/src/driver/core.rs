//! The world, its time, and the work that the world asks for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tributary_emulator::{EffectKind, WireRequest, WireResponse, World};
use tributary_vocabulary::Timestamp;

use super::functions::{Functions, Job};
use super::{Clock, WallClock};

/// The core of one lab, shared by its doors.
#[derive(Clone)]
pub(crate) struct SharedCore(Arc<Mutex<Core>>);

impl SharedCore {
    pub(crate) fn new(core: Core) -> Self {
        Self(Arc::new(Mutex::new(core)))
    }

    /// The core, to itself. A panic of another holder does not make it unusable: every change is
    /// complete before the lock is given back or the world is thrown away with the lab.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Core> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The world, its time, and the work that the world asks for.
pub(crate) struct Core {
    pub(crate) world: World,
    pub(crate) functions: Functions,
    clock: Clock,
    wall: WallClock,
    jobs: BTreeMap<(Timestamp, u64), Job>,
    next_job: u64,
    sleepers: BTreeMap<u64, Timestamp>,
    next_sleeper: u64,
}

impl Core {
    pub(crate) fn new(world: World, functions: Functions, clock: Clock) -> Self {
        let wall = WallClock::starting_at(world.now());
        Self {
            world,
            functions,
            clock,
            wall,
            jobs: BTreeMap::new(),
            next_job: 0,
            sleepers: BTreeMap::new(),
            next_sleeper: 0,
        }
    }

    pub(crate) fn clock(&self) -> Clock {
        self.clock
    }

    /// The lab's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.world.now()
    }

    /// The machine's time, counted from the lab's epoch.
    pub(crate) fn wall_now(&self) -> Timestamp {
        self.wall.now()
    }

    /// Answers a request of the wire, at the lab's time.
    pub(crate) fn handle(&mut self, request: &WireRequest) -> WireResponse {
        self.catch_up();
        let now = self.world.now();
        let response = self.world.handle(now, request);
        self.do_effects();
        response
    }

    /// Does something to the world at the lab's time, and then what it asks for.
    pub(crate) fn with_world<T>(&mut self, act: impl FnOnce(&mut World) -> T) -> T {
        self.catch_up();
        let result = act(&mut self.world);
        self.do_effects();
        result
    }

    /// In real time, lets everything happen that fell due since the last call.
    fn catch_up(&mut self) {
        if self.clock == Clock::Real {
            let now = self.wall.now();
            self.advance_to(now);
        }
    }

    /// When something falls due next, in the world or of the work that it asked for.
    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        let job = self.jobs.first_key_value().map(|((at, _), _)| *at);
        match (self.world.next_deadline(), job) {
            (Some(world), Some(job)) => Some(world.min(job)),
            (world, job) => world.or(job),
        }
    }

    /// Whether work is under way that the world asked for.
    pub(crate) fn has_jobs(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// Lets everything happen that is due until `until`, each at its own time.
    pub(crate) fn advance_to(&mut self, until: Timestamp) {
        self.do_effects();
        while let Some(next) = self.next_deadline().filter(|next| *next <= until) {
            self.world.advance(next);
            self.do_effects();
            while let Some(entry) = self.jobs.first_entry().filter(|entry| entry.key().0 <= next) {
                let job = entry.remove();
                self.step(job);
            }
        }
        self.world.advance(until);
    }

    /// Does what the world asks for.
    fn do_effects(&mut self) {
        loop {
            let effects = self.world.take_effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                match effect.kind {
                    EffectKind::InvokeFunction { function_arn, payload, timeout_ms } => {
                        let job = self.functions.invoke(
                            &self.world,
                            effect.id,
                            &function_arn,
                            &payload,
                            timeout_ms,
                        );
                        self.step(job);
                    }
                }
            }
        }
    }

    /// Takes one step of an invocation: put records back, or answer.
    fn step(&mut self, job: Job) {
        if let Some((at, job)) = self.functions.step(&mut self.world, job) {
            self.jobs.insert((at, self.next_job), job);
            self.next_job += 1;
        }
    }

    pub(crate) fn register_sleeper(&mut self, deadline: Timestamp) -> u64 {
        self.next_sleeper += 1;
        self.sleepers.insert(self.next_sleeper, deadline);
        self.next_sleeper
    }

    pub(crate) fn forget_sleeper(&mut self, sleeper: u64) {
        self.sleepers.remove(&sleeper);
    }

    /// Whether nobody waits for an earlier time; among equal times the first to wait is earliest.
    pub(crate) fn is_earliest_sleeper(&self, sleeper: u64) -> bool {
        let earliest = self.sleepers.iter().min_by_key(|(id, at)| (**at, **id));
        earliest.is_some_and(|(id, _)| *id == sleeper)
    }
}
