//! One cell of an account: its principals at work, call after call.

use crate::dice::{Dice, scatter};

use super::calls::{CallId, Calls};
use super::cast::{Actor, Cast, Casting, Credentials};
use super::catalog::Kind;
use super::mix::{PROFILES, Profile, Work};
use super::record::{Ids, Outcome};
use super::session::{Issue, Session};

/// A record before it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    pub(super) at_ms: i64,
    pub(super) key: u64,
    pub(super) focus: u64,
    pub(super) ids: Ids,
    pub(super) call: CallId,
    pub(super) outcome: Outcome,
    pub(super) caller: u32,
    pub(super) issued: Option<u32>,
    /// The plot that it belongs to.
    pub(super) plot: Option<u16>,
}

/// Which calls each profile makes: tables to draw from.
#[derive(Debug)]
pub(super) struct Mix {
    tables: Vec<Vec<CallId>>,
    data: Vec<CallId>,
    tail: Vec<CallId>,
    /// Of 1,000 records, those about data.
    pub(super) data_permille: u32,
}

const TABLE: usize = 1_024;

impl Mix {
    pub(super) fn new(calls: &Calls, data_permille: u32) -> Self {
        let tables = PROFILES.iter().map(|profile| table(calls, profile.calls)).collect();
        let data = table(calls, super::mix::DATA);
        Self { tables, data, tail: calls.tail_of(""), data_permille }
    }
}

/// A table in which every name has its share of places.
fn table(calls: &Calls, names: &[(&str, u32)]) -> Vec<CallId> {
    let sum: u32 = names.iter().map(|(_, weight)| weight).sum();
    let mut table = Vec::with_capacity(TABLE);
    let mut upto = 0;
    for (name, weight) in names {
        upto += weight;
        let end = TABLE * upto as usize / sum as usize;
        if let Some(id) = calls.named(name) {
            table.resize(end, id);
        }
    }
    table
}

/// What a principal is doing.
#[derive(Debug, Clone, Copy)]
struct Activity {
    actor: u32,
    left: u32,
    at_ms: i64,
    focus: u64,
    step: u64,
    /// The last call, when it failed and is tried again.
    again: Option<(CallId, Outcome)>,
}

/// Seconds from an event to its delivery at these shares of events (reference, 4).
const LAGS: [(f64, f64); 8] = [
    (0.0, 64.0),
    (0.05, 88.0),
    (0.25, 150.0),
    (0.5, 203.0),
    (0.75, 290.0),
    (0.95, 428.0),
    (0.995, 540.0),
    (1.0, 590.0),
];
const SHORTEST_MS: i64 = 45_000;
const LONGEST_MS: i64 = 592_000;

fn lag_ms(share: f64) -> i64 {
    for pair in LAGS.windows(2) {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        if share <= to {
            return ((low + (high - low) * (share - from) / (to - from)) * 1_000.0) as i64;
        }
    }
    LONGEST_MS
}

/// The principals of a cell and what they are doing.
#[derive(Debug)]
pub(super) struct Cell {
    cast: Cast,
    whole: u32,
    dice: Dice,
    key: u64,
    made: u64,
    activity: Activity,
    /// Sessions that nobody is in, and those that records of this delivery still speak of.
    free: Vec<u32>,
    retired: Vec<u32>,
    pub(super) planned: Vec<Planned>,
}

impl Cell {
    pub(super) fn new(casting: &Casting<'_>, key: u64) -> Self {
        let cast = Cast::new(casting);
        let whole = cast.weights.iter().sum();
        let activity =
            Activity { actor: 0, left: 0, at_ms: i64::MIN, focus: 0, step: 0, again: None };
        let dice = Dice::at(key, 0xce11, 1);
        Self {
            cast,
            whole,
            dice,
            key,
            made: 0,
            activity,
            free: Vec::new(),
            retired: Vec::new(),
            planned: Vec::new(),
        }
    }

    pub(super) fn session(&self, nth: u32) -> &Session {
        &self.cast.sessions[nth as usize]
    }

    /// Adds a session that stands for ever.
    pub(super) fn stand(&mut self, session: Session) -> u32 {
        self.cast.sessions.push(session);
        self.cast.sessions.len() as u32 - 1
    }

    /// Adds a session that stands for this delivery.
    pub(super) fn lend(&mut self, session: Session) -> u32 {
        let nth = match self.free.pop() {
            Some(nth) => {
                self.cast.sessions[nth as usize] = session;
                nth
            }
            None => self.stand(session),
        };
        self.retired.push(nth);
        nth
    }

    /// Plans `count` records that are delivered at `at_ms`.
    pub(super) fn plan(&mut self, calls: &Calls, mix: &Mix, at_ms: i64, count: u32) {
        for _ in 0..count {
            self.next(calls, mix, at_ms);
        }
    }

    /// Forgets what was planned; sessions that ended can be used again.
    pub(super) fn clear(&mut self) {
        self.planned.clear();
        self.free.append(&mut self.retired);
    }

    /// Ids that no other record has.
    pub(super) fn ids(&mut self) -> Ids {
        self.made += 1;
        let high = scatter(self.key.wrapping_add(self.made));
        let low = scatter(high ^ scatter(self.key));
        Ids { event: (high, low), request: self.dice.next(), shared: None }
    }

    /// Adds a planned record with ids of its own.
    pub(super) fn push(&mut self, mut record: Planned, shared: bool) {
        let ids = self.ids();
        record.ids = Ids { shared: shared.then_some(!ids.request), ..ids };
        self.planned.push(record);
    }

    fn next(&mut self, calls: &Calls, mix: &Mix, at_ms: i64) {
        if self.activity.left == 0 {
            self.begin(at_ms);
        }
        let activity = self.activity;
        let nth = activity.actor as usize;
        let profile = &PROFILES[usize::from(self.cast.actors[nth].profile)];
        let time = self.tick(profile, at_ms);
        let (opened, caller) = match self.session_at(nth, profile, time) {
            (Some(opened), _) => (Some(opened), self.cast.actors[nth].issuer),
            (None, caller) => (None, caller),
        };
        if let (Some(issued), Some(call)) = (opened, self.cast.actors[nth].issue) {
            // A sign-in sometimes fails before it succeeds.
            let failed = profile.work == Work::UserConsole && self.dice.permille(120);
            let outcome = if failed { Outcome::General(0) } else { Outcome::Success };
            if failed {
                self.end_session(nth);
            }
            let shared = self.cast.sessions[caller as usize].foreign;
            let record = Planned {
                at_ms: time,
                key: self.dice.next(),
                focus: activity.focus,
                ids: Ids { event: (0, 0), request: 0, shared: None },
                call,
                outcome,
                caller,
                issued: Some(issued),
                plot: None,
            };
            self.push(record, shared);
            return;
        }
        let (call, outcome) = self.call(calls, mix, profile, nth);
        self.activity.left -= 1;
        self.activity.step += 1;
        let actor = &mut self.cast.actors[nth];
        actor.left = actor.left.saturating_sub(1);
        // What a call is about changes every few calls.
        let focus = scatter(activity.focus ^ (activity.step / 5));
        let (key, at_ms) = (self.dice.next(), time);
        let ids = Ids { event: (0, 0), request: 0, shared: None };
        let record =
            Planned { at_ms, key, focus, ids, call, outcome, caller, issued: None, plot: None };
        self.push(record, false);
    }

    /// Somebody begins to do something.
    fn begin(&mut self, at_ms: i64) {
        let mut place = self.dice.below(self.whole);
        let mut actor = 0;
        for (nth, &weight) in (0_u32..).zip(&self.cast.weights) {
            if place < weight {
                actor = nth;
                break;
            }
            place -= weight;
        }
        let profile = &PROFILES[usize::from(self.cast.actors[actor as usize].profile)];
        let (low, high) = profile.burst;
        let share = self.dice.unit();
        self.activity = Activity {
            actor,
            left: self.dice.between(low, high),
            at_ms: at_ms - lag_ms(share),
            focus: self.dice.next(),
            step: 0,
            again: None,
        };
    }

    /// The time of the next call of the activity, which is delivered at `at_ms`.
    fn tick(&mut self, profile: &Profile, at_ms: i64) -> i64 {
        // Most calls of a page come at once, a few wait for an answer.
        let wide = u64::from(self.dice.below(profile.gap_ms * 2));
        let gap = wide * u64::from(self.dice.below(1_000)) / 1_000;
        // A burst that is still being delivered long after it began goes on now.
        let earliest = at_ms - LONGEST_MS;
        let time = (self.activity.at_ms + gap as i64).clamp(earliest, at_ms - SHORTEST_MS);
        self.activity.at_ms = time;
        time
    }

    /// The call that the actor makes, and how it ends.
    fn call(
        &mut self,
        calls: &Calls,
        mix: &Mix,
        profile: &Profile,
        nth: usize,
    ) -> (CallId, Outcome) {
        if let Some((call, outcome)) = self.activity.again {
            // Failures come in runs of the same principal and call.
            if self.dice.permille(420) {
                return (call, outcome);
            }
            self.activity.again = None;
        }
        let data = mix.data_permille > 0 && works_on_data(profile.work);
        let id = if let Some(own) = self.cast.actors[nth].own_call {
            own
        } else if data && self.dice.permille(mix.data_permille) {
            mix.data[(self.dice.next() >> 54) as usize % mix.data.len()]
        } else if profile.tail > 0 && self.dice.permille(profile.tail) {
            mix.tail[self.dice.below(mix.tail.len() as u32) as usize]
        } else {
            let table = &mix.tables[usize::from(self.cast.actors[nth].profile)];
            table[(self.dice.next() >> 54) as usize % table.len()]
        };
        let call = &calls.all[usize::from(id)];
        let mut place = self.dice.below(1_000);
        if !matches!(call.kind, Kind::Service | Kind::SignIn | Kind::Console) {
            for (fail, failure) in (0_u8..).zip(&call.fails) {
                if place < failure.permille {
                    return self.fail(id, Outcome::Fails(fail));
                }
                place -= failure.permille;
            }
            if place < profile.refused {
                let often = place * 4 < profile.refused;
                return self.fail(id, Outcome::General(u8::from(often)));
            }
        }
        (id, Outcome::Success)
    }

    fn fail(&mut self, id: CallId, outcome: Outcome) -> (CallId, Outcome) {
        if matches!(outcome, Outcome::General(_)) {
            self.activity.again = Some((id, outcome));
        }
        (id, outcome)
    }

    /// The session that the actor has at that time; a new one (first) or the old one (second).
    fn session_at(&mut self, nth: usize, profile: &Profile, at_ms: i64) -> (Option<u32>, u32) {
        let at_s = at_ms.div_euclid(1_000);
        let actor = &self.cast.actors[nth];
        if let (Credentials::Standing, Some(session)) = (actor.credentials, actor.session) {
            return (None, session);
        }
        if let Some(session) = actor.session {
            let held = &self.cast.sessions[session as usize];
            if actor.left > 0 && held.created_s <= at_s && at_s < held.expires_s {
                return (None, session);
            }
        }
        self.end_session(nth);
        if profile.work == Work::Chain {
            self.renew_issuer(nth, at_s);
        }
        let session = self.free.pop().unwrap_or_else(|| {
            self.cast.sessions.push(Session::default());
            self.cast.sessions.len() as u32 - 1
        });
        let (low, high) = profile.session;
        let (left, key) = (self.dice.between(low, high), self.dice.next());
        let lasts_s = *self.dice.pick(&[3_600, 3_600, 3_600, 43_200]);
        let mut fresh = std::mem::take(&mut self.cast.sessions[session as usize]);
        let opening = Opening { at_s, lasts_s, key };
        fresh.open(&self.cast.actors[nth], &self.cast.sessions, profile.work, opening);
        self.cast.sessions[session as usize] = fresh;
        let actor = &mut self.cast.actors[nth];
        (actor.session, actor.left) = (Some(session), left);
        (Some(session), session)
    }

    fn end_session(&mut self, nth: usize) {
        if let Some(old) = self.cast.actors[nth].session.take() {
            self.retired.push(old);
        }
    }

    /// An instance that takes other roles has credentials of its own, for six hours each.
    fn renew_issuer(&mut self, nth: usize, at_s: i64) {
        const SIX_HOURS: i64 = 21_600;
        let issuer = self.cast.actors[nth].issuer as usize;
        let phase = (self.key % SIX_HOURS as u64) as i64;
        let created_s = (at_s - phase).div_euclid(SIX_HOURS) * SIX_HOURS + phase;
        if self.cast.sessions[issuer].created_s == created_s {
            return;
        }
        // Records of this delivery may still speak of the old one.
        let mut next = self.cast.sessions[issuer].clone();
        next.again(
            created_s,
            SIX_HOURS,
            scatter(self.key ^ created_s.unsigned_abs() ^ issuer as u64),
        );
        self.cast.sessions.push(next);
        self.cast.actors[nth].issuer = self.cast.sessions.len() as u32 - 1;
    }
}

const fn works_on_data(work: Work) -> bool {
    matches!(
        work,
        Work::Instance
            | Work::Function
            | Work::Task
            | Work::Chain
            | Work::Script
            | Work::Pod
            | Work::Cli
    )
}

/// When and how a session begins.
#[derive(Debug, Clone, Copy)]
struct Opening {
    at_s: i64,
    lasts_s: i64,
    key: u64,
}

impl Session {
    /// Makes this the session that the actor opens now.
    fn open(&mut self, actor: &Actor, standing: &[Session], work: Work, opening: Opening) {
        let Opening { at_s, lasts_s, key } = opening;
        self.console = false;
        self.invoked = false;
        self.foreign = false;
        self.agent = actor.agent;
        self.tls = actor.agent.tls();
        if self.tls == 0 && key & 7 < 3 {
            self.tls = 2;
        }
        super::session::compose(&mut self.address, &[&actor.address]);
        super::session::compose(&mut self.host, &[&actor.host]);
        let [name, user_id, _] = &actor.user;
        match actor.credentials {
            Credentials::Role | Credentials::Standing => {
                let mut task = [0_u8; 32];
                let session_name = match actor.session_names.first() {
                    Some(name) => name.as_str(),
                    None => hex32(key, &mut task),
                };
                let issue = Issue {
                    session_name,
                    created_s: at_s,
                    lasts_s,
                    key,
                    mfa: false,
                    instance: work == Work::Instance,
                    invoked_by: actor.invoked_by,
                    provider: actor.provider.as_deref(),
                };
                self.assume(&actor.role, &issue);
                self.console = work == Work::Console;
            }
            Credentials::SignIn => {
                let account = &standing[actor.issuer as usize].account;
                let [.., long_term] = &actor.user;
                self.user(account, name, user_id, long_term);
                self.in_console(at_s, key & 3 != 0, key);
            }
            Credentials::Root => {
                let account = &standing[actor.issuer as usize].account;
                self.root(account, at_s, key);
            }
            Credentials::Federated => {
                let issue = Issue { created_s: at_s, lasts_s: 3_600, key, ..Issue::default() };
                let session = actor.session_names.first().map_or("", String::as_str);
                self.federated(&standing[actor.issuer as usize], user_id, session, &issue);
            }
        }
    }

    /// The same session of a role with new credentials.
    fn again(&mut self, created_s: i64, lasts_s: i64, key: u64) {
        let path = super::session::RoleFacts {
            account: self.account.clone(),
            name: self.role.clone(),
            path: "/".to_owned(),
            id: self.role_id.clone(),
        };
        let name = self.session_name.clone();
        let issue = Issue {
            session_name: &name,
            created_s,
            lasts_s,
            key,
            instance: true,
            ..Issue::default()
        };
        self.assume(&path, &issue);
    }
}

fn hex32(key: u64, buffer: &mut [u8; 32]) -> &str {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let bits = u128::from(scatter(key)) << 64 | u128::from(scatter(!key));
    for (nth, digit) in buffer.iter_mut().enumerate() {
        *digit = HEX[(bits >> (4 * nth)) as usize & 15];
    }
    std::str::from_utf8(buffer).unwrap_or_default()
}
