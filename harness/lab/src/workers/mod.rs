//! Several workers that send to one endpoint: worker 1 sets up, carries and removes; the others wait
//! for it; all begin at the same moment, so that together they make the traffic of one.

mod board;
mod limits;
mod notes;
mod pulse;
#[cfg(test)]
mod tests;
mod told;

use aws_sdk_s3::Client;
use tributary_generators::Worker;
use tributary_vocabulary::{AccountId, Timestamp};

use crate::backend::BackendError;
use crate::driver::WallClock;
use crate::ground::pause;
use board::Board;
use limits::Limits;
use notes::{Joined, START, Start, alive, done, heard, joined};
use pulse::{Heart, LeaderWatch, Pulse};
pub(crate) use told::Told;

/// The bucket of the notes.
pub(crate) fn bucket(master: AccountId) -> String {
    format!("tributary-workers-{master}")
}

/// One worker among others.
pub(crate) struct Crew {
    board: Board,
    worker: Worker,
    wall: WallClock,
    limits: Limits,
    /// Which process this is, so that a note which another left in the same place is no answer to it.
    token: String,
    _heart: Heart,
    /// Of all but worker 1: whether that one is still there.
    leader: Option<LeaderWatch>,
}

impl Crew {
    /// Worker 1, which has set everything up: others may come.
    pub(crate) fn lead(s3: Client, master: AccountId, worker: Worker, wall: WallClock) -> Self {
        Self::new(Board::new(s3, bucket(master)), worker, wall, Limits::USUAL)
    }

    /// Another worker: waits until worker 1 has set everything up and is alive.
    pub(crate) async fn follow(
        s3: Client,
        master: AccountId,
        worker: Worker,
        wall: WallClock,
    ) -> Result<Self, BackendError> {
        Self::follow_within(Board::new(s3, bucket(master)), worker, wall, Limits::USUAL).await
    }

    async fn follow_within(
        board: Board,
        worker: Worker,
        wall: WallClock,
        limits: Limits,
    ) -> Result<Self, BackendError> {
        let until = wall.now().plus_ms(limits.coming_ms);
        let mut first: Option<u64> = None;
        // Notes of an earlier run may still lie there, but none of them changes.
        loop {
            let beat: Option<u64> = board.get(&alive(0)).await?;
            match (beat, first) {
                (Some(beat), Some(first)) if beat != first => break,
                (Some(beat), None) => first = Some(beat),
                _ => {}
            }
            if wall.now() > until {
                let (coming, count) = (limits.coming(), worker.count);
                return Err(BackendError::Unfit(format!(
                    "worker 1 of {count} has not set the topology up within {coming}: start it with \
                     --worker 1/{count}, at the same endpoint"
                )));
            }
            pause(limits.pause).await;
        }
        Ok(Self::new(board, worker, wall, limits))
    }

    fn new(board: Board, worker: Worker, wall: WallClock, limits: Limits) -> Self {
        let heart = Heart::start(board.clone(), worker.index, &wall, limits);
        let token = format!("{}-{}-{}", worker.index, wall.now().ms(), std::process::id());
        let leader = (worker.index > 0).then(|| LeaderWatch::start(board.clone(), wall, limits));
        Self { board, worker, wall, limits, token, _heart: heart, leader }
    }

    fn leads(&self) -> bool {
        self.worker.index == 0
    }

    /// The moment at which all begin, when everybody is there and was told the same.
    pub(crate) async fn begin(&self, what: Told) -> Result<Timestamp, BackendError> {
        let mine = Joined { token: self.token.clone(), what };
        if !self.leads() {
            self.board.put(&joined(self.worker.index), &mine).await?;
            return self.wait_for_start().await;
        }
        match self.gather(&mine).await {
            Ok(tokens) => {
                let at = self.wall.now().plus_ms(self.limits.ahead_ms);
                self.board.put(START, &Start::At { ms: at.ms(), tokens }).await?;
                Ok(at)
            }
            Err(error) => {
                self.call_off(&error).await;
                Err(error)
            }
        }
    }

    async fn wait_for_start(&self) -> Result<Timestamp, BackendError> {
        let count = self.worker.count;
        let mut pulse = Pulse::new(0, &self.wall, self.limits);
        loop {
            match self.board.get(START).await? {
                Some(Start::At { ms, tokens }) if tokens.contains(&self.token) => {
                    return Ok(Timestamp::from_ms(ms));
                }
                Some(Start::At { .. }) => {
                    return Err(BackendError::Unfit(format!(
                        "{count} workers have begun at this endpoint without this one: wait for their \
                         end, and start all of them again"
                    )));
                }
                Some(Start::Never { why }) => {
                    // Worker 1 waits for this a moment, and goes without it as well.
                    let _ = self.board.put(&heard(self.worker.index), &true).await;
                    return Err(BackendError::Unfit(why));
                }
                None if pulse.is_gone(&self.board, &self.wall).await => {
                    return Err(BackendError::Unfit(format!(
                        "worker 1 of {count} has gone before all began: start all of them again, \
                         worker 1 with --replace"
                    )));
                }
                None => pause(self.limits.pause).await,
            }
        }
    }

    /// Waits for all others; which processes they are.
    async fn gather(&self, mine: &Joined) -> Result<Vec<String>, BackendError> {
        let mut until = self.wall.now().plus_ms(self.limits.coming_ms);
        let mut tokens = Vec::new();
        let mut differs = None;
        for index in 1..self.worker.count {
            loop {
                match self.board.get::<Joined>(&joined(index)).await? {
                    Some(theirs) => match theirs.what.difference(&mine.what) {
                        None => tokens.push(theirs.token),
                        Some(what) => {
                            // The others are told as well, when they come soon.
                            until = until.min(self.wall.now().plus_ms(self.limits.grace_ms));
                            differs.get_or_insert_with(|| self.differs(index, &what));
                        }
                    },
                    None if self.wall.now() > until => {
                        return Err(differs.unwrap_or_else(|| self.missing(index)));
                    }
                    None => {
                        pause(self.limits.pause).await;
                        continue;
                    }
                }
                break;
            }
        }
        differs.map_or(Ok(tokens), Err)
    }

    fn differs(&self, index: u32, what: &str) -> BackendError {
        BackendError::Unfit(format!(
            "worker {} of {} was told to send something else than worker 1 ({what}): give all of \
             them the same scenario, seed, rate and duration",
            index + 1,
            self.worker.count
        ))
    }

    fn missing(&self, index: u32) -> BackendError {
        let (number, count) = (index + 1, self.worker.count);
        BackendError::Unfit(format!(
            "worker {number} of {count} has not come within {}: start it with --worker \
             {number}/{count}, at the same endpoint",
            self.limits.coming()
        ))
    }

    /// Tells all who have come that nobody begins, and waits a moment until they have heard it: the
    /// board goes with everything else.
    async fn call_off(&self, error: &BackendError) {
        let note = Start::Never { why: error.to_string() };
        if self.board.put(START, &note).await.is_err() {
            return;
        }
        let until = self.wall.now().plus_ms(self.limits.hearing_ms);
        for index in 1..self.worker.count {
            let has_come = self.board.get::<Joined>(&joined(index)).await;
            if !has_come.is_ok_and(|come| come.is_some()) {
                continue;
            }
            while self.wall.now() < until {
                match self.board.get::<bool>(&heard(index)).await {
                    Ok(None) => pause(self.limits.pause).await,
                    _ => break,
                }
            }
        }
    }

    /// Worker 1 waits until all others have accounted for their shares, since it carries what they
    /// sent. Who has gone without.
    pub(crate) async fn wait_for_others(&self) -> Vec<String> {
        let mut gone = Vec::new();
        let others = if self.leads() { 1..self.worker.count } else { 0..0 };
        let mut pulses: Vec<(u32, Pulse)> =
            others.map(|index| (index, Pulse::new(index, &self.wall, self.limits))).collect();
        while !pulses.is_empty() {
            let mut there = Vec::new();
            for (index, mut pulse) in pulses {
                let is_done = self.board.get::<bool>(&done(index)).await.unwrap_or_default();
                if is_done.is_some() {
                    continue;
                }
                if pulse.is_gone(&self.board, &self.wall).await {
                    gone.push(format!(
                        "worker {} of {} has gone without accounting for its share",
                        index + 1,
                        self.worker.count
                    ));
                } else {
                    there.push((index, pulse));
                }
            }
            pulses = there;
            if !pulses.is_empty() {
                pause(self.limits.pause).await;
            }
        }
        gone
    }

    /// Waits until worker 1 has gone, and with it what it carries and all that it has set up; for
    /// worker 1 itself that is never.
    pub(crate) async fn without_leader(&self) -> String {
        match &self.leader {
            Some(leader) => leader.gone().await,
            None => std::future::pending().await,
        }
        format!(
            "worker 1 of {} has gone, and what it carried and had set up with it",
            self.worker.count
        )
    }

    /// Says that this worker has accounted for its share. What stood in the way.
    pub(crate) async fn end(self) -> Option<String> {
        // Without worker 1 there is nobody to tell.
        if self.leader.as_ref().is_none_or(LeaderWatch::is_gone) {
            return None;
        }
        let told = self.board.put(&done(self.worker.index), &true).await;
        told.err().map(|error| error.to_string())
    }
}
