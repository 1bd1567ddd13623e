//! Calls from one account of the plan into another: AssumeRole is recorded in both, with one
//! shared event id (CloudTrail reference, 3).
//!
//! The two records are written by two cells, perhaps of two workers. Everything about a crossing
//! is computed from its place (round, account, number), so both write the same call.

use crate::dice::{Dice, scatter};
use crate::lane::Job;
use crate::text::dotted;

use super::agent::PROGRAMS;
use super::calls::Calls;
use super::cell::{Cell, Planned};
use super::record::{Ids, Outcome};
use super::session::{Issue, RoleFacts, Session};

/// One of so many records of the smaller of two first cells is such a call.
const EVERY: u32 = 40;
const SIX_HOURS: i64 = 21_600;
/// Role of the build system, which calls, and role of the audit, which is taken.
const CALLER: u32 = 12;
const TAKEN: u32 = 13;

/// What all crossings of a round follow from.
pub(super) struct Crossings<'a> {
    pub(super) job: &'a Job,
    pub(super) key: u64,
    pub(super) round: u64,
    /// Records of each account's first cell in this round.
    pub(super) leaders: &'a [u32],
    pub(super) calls: &'a Calls,
}

/// Plans what the first cell of `account` records of this round's crossings, at most `most`.
pub(super) fn plan(it: &Crossings<'_>, account: u32, most: u32, cell: &mut Cell) -> u32 {
    let accounts = it.leaders.len() as u32;
    if accounts < 2 {
        return 0;
    }
    let before = (account + accounts - 1) % accounts;
    // Planted records come first; if they left no room for all, nothing is told by halves.
    let (out, into) = (it.count(account), it.count(before));
    if out + into > most {
        return 0;
    }
    for nth in 0..out {
        it.push(account, nth, false, cell);
    }
    for nth in 0..into {
        it.push(before, nth, true, cell);
    }
    out + into
}

impl Crossings<'_> {
    /// How many calls `from` makes into the account after it.
    fn count(&self, from: u32) -> u32 {
        let into = (from as usize + 1) % self.leaders.len();
        let few = self.leaders[from as usize].min(self.leaders[into]);
        let pinned = |account: u32| self.job.plots.iter().any(|plot| plot.holder == account);
        // Where something is planted there may be no room for the other half.
        if pinned(from) || pinned(into as u32) { 0 } else { few / EVERY }
    }

    fn push(&self, from: u32, nth: u32, inside: bool, cell: &mut Cell) {
        let Some(call) = self.calls.named("sts:AssumeRole") else { return };
        let mut dice =
            Dice::at(self.key ^ 0xc405, self.round, u64::from(from) << 32 | u64::from(nth));
        let round_ms = self.round as i64 * crate::cells::ROUND_MS;
        let at_ms = self.job.start.plus_ms(round_ms).ms() - 70_000 - i64::from(dice.below(240_000));
        let (key, request, shared, issue_key) =
            (dice.next(), dice.next(), dice.next(), dice.next());
        let caller = self.caller(from, at_ms.div_euclid(1_000));
        let caller_key = format!("{}:{}", caller.role_id, caller.session_name);
        let caller = if inside {
            let account = self.job.world.accounts[from as usize];
            Session::foreign(account.as_str(), &caller_key, &caller.address, caller.agent)
        } else {
            caller
        };
        let into = (from + 1) % self.leaders.len() as u32;
        let mut taken = Session::default();
        let issue = Issue {
            session_name: "central-audit",
            created_s: at_ms.div_euclid(1_000),
            lasts_s: 3_600,
            key: issue_key,
            ..Issue::default()
        };
        taken.assume(&self.role(into, TAKEN), &issue);
        let (caller, issued) = (cell.lend(caller), cell.lend(taken));
        let Ids { event, .. } = cell.ids();
        cell.planned.push(Planned {
            at_ms,
            key,
            focus: key,
            ids: Ids { event, request, shared: Some(shared) },
            call,
            outcome: Outcome::Success,
            caller,
            issued: Some(issued),
            plot: None,
        });
    }

    /// The build system of `account`, in the credentials that it has at that time.
    fn caller(&self, account: u32, at_s: i64) -> Session {
        let world = &self.job.world;
        let created_s = at_s.div_euclid(SIX_HOURS) * SIX_HOURS;
        let key = scatter(self.key ^ u64::from(account) << 40 ^ created_s.unsigned_abs());
        let mut session = Session::default();
        let issue = Issue {
            session_name: "organisation-pipeline",
            created_s,
            lasts_s: SIX_HOURS,
            key,
            ..Issue::default()
        };
        session.assume(&self.role(account, CALLER), &issue);
        session.address = dotted(world.site(account, 4).public_address().unwrap_or(0));
        session.agent = PROGRAMS[0];
        session.tls = 1;
        session
    }

    fn role(&self, account: u32, nth: u32) -> RoleFacts {
        let role = self.job.world.role(account, nth);
        RoleFacts {
            account: self.job.world.accounts[account as usize].to_string(),
            name: role.name,
            path: role.path.to_owned(),
            id: role.role_id,
        }
    }
}
