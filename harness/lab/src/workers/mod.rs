//! Several workers that send to one endpoint: worker 1 sets up, carries and removes; the others wait
//! for it; all begin at the same moment, so that together they make the traffic of one.

mod board;

use std::time::Duration;

use aws_sdk_s3::Client;
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;
use tributary_generators::Worker;
use tributary_vocabulary::{AccountId, Timestamp};

use crate::backend::BackendError;
use crate::driver::WallClock;
use crate::ground::pause;
use board::Board;

/// How long others may take to come.
const COMING_MS: i64 = 600_000;
/// How long a worker may be silent before it is taken for gone.
const SILENCE_MS: i64 = 60_000;
/// How much later than now all begin.
const AHEAD_MS: i64 = 3_000;
const BEAT: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(500);

/// The bucket of the notes.
pub(crate) fn bucket(master: AccountId) -> String {
    format!("tributary-workers-{master}")
}

/// What a worker was told to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Joined {
    what: String,
}

/// When all begin; or why they do not.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Start {
    At(i64),
    Never(String),
}

/// One worker among others.
pub(crate) struct Crew {
    board: Board,
    worker: Worker,
    wall: WallClock,
    beat: JoinHandle<()>,
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.beat.abort();
    }
}

impl Crew {
    /// Worker 1, which has set everything up: others may come.
    pub(crate) fn lead(s3: Client, master: AccountId, worker: Worker, wall: WallClock) -> Self {
        Self::new(Board::new(s3, bucket(master)), worker, wall)
    }

    /// Another worker: waits until worker 1 has set everything up and is alive.
    pub(crate) async fn follow(
        s3: Client,
        master: AccountId,
        worker: Worker,
        wall: WallClock,
    ) -> Result<Self, BackendError> {
        let board = Board::new(s3, bucket(master));
        let until = wall.now().plus_ms(COMING_MS);
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
                return Err(BackendError::Unfit(format!(
                    "worker 1 of {} has not set the topology up within {} minutes: start it with \
                     --worker 1/{}, at the same endpoint",
                    worker.count,
                    COMING_MS / 60_000,
                    worker.count
                )));
            }
            pause(PAUSE).await;
        }
        Ok(Self::new(board, worker, wall))
    }

    fn new(board: Board, worker: Worker, wall: WallClock) -> Self {
        let (told, key) = (board.clone(), alive(worker.index));
        // What was left by an earlier worker of this number is another number than this one's.
        let first = u64::try_from(wall.now().ms()).unwrap_or(0);
        let beat = tokio::spawn(async move {
            for beat in first.. {
                // A beat that does not come through is followed by others.
                let _ = told.put(&key, &beat).await;
                pause(BEAT).await;
            }
        });
        Self { board, worker, wall, beat }
    }

    fn leads(&self) -> bool {
        self.worker.index == 0
    }

    /// The moment at which all begin, when everybody is there and was told the same.
    pub(crate) async fn begin(&self, what: &str) -> Result<Timestamp, BackendError> {
        let mine = Joined { what: what.to_owned() };
        if self.leads() {
            let start = self.gather(&mine).await;
            let note = match &start {
                Ok(at) => Start::At(at.ms()),
                Err(error) => Start::Never(error.to_string()),
            };
            self.board.put(START, &note).await?;
            return start;
        }
        self.board.put(&joined(self.worker.index), &mine).await?;
        let mut pulse = Pulse::new(0, &self.wall);
        loop {
            match self.board.get(START).await? {
                Some(Start::At(ms)) => return Ok(Timestamp::from_ms(ms)),
                Some(Start::Never(why)) => return Err(BackendError::Unfit(why)),
                None if pulse.is_gone(&self.board, &self.wall).await? => {
                    return Err(BackendError::Unfit(format!(
                        "worker 1 of {} has gone before all began: start all of them again, \
                         worker 1 with --replace",
                        self.worker.count
                    )));
                }
                None => pause(PAUSE).await,
            }
        }
    }

    /// Waits for all others; the moment to begin.
    async fn gather(&self, mine: &Joined) -> Result<Timestamp, BackendError> {
        let until = self.wall.now().plus_ms(COMING_MS);
        for index in 1..self.worker.count {
            loop {
                match self.board.get::<Joined>(&joined(index)).await? {
                    Some(theirs) if theirs == *mine => break,
                    Some(theirs) => {
                        return Err(BackendError::Unfit(format!(
                            "worker {} of {} was told to send something else than worker 1 ({} \
                             and {}): give all of them the same scenario, seed, rate and duration",
                            index + 1,
                            self.worker.count,
                            theirs.what,
                            mine.what
                        )));
                    }
                    None if self.wall.now() > until => {
                        return Err(BackendError::Unfit(format!(
                            "worker {} of {} has not come within {} minutes: start it with \
                             --worker {}/{}, at the same endpoint",
                            index + 1,
                            self.worker.count,
                            COMING_MS / 60_000,
                            index + 1,
                            self.worker.count
                        )));
                    }
                    None => pause(PAUSE).await,
                }
            }
        }
        Ok(self.wall.now().plus_ms(AHEAD_MS))
    }

    /// Says that this worker has accounted for its share; worker 1 waits until all have, since it
    /// carries what they sent. What went wrong with others.
    pub(crate) async fn end(&self) -> Result<Vec<String>, BackendError> {
        if !self.leads() {
            self.board.put(&done(self.worker.index), &true).await?;
            return Ok(Vec::new());
        }
        let mut gone = Vec::new();
        for index in 1..self.worker.count {
            let mut pulse = Pulse::new(index, &self.wall);
            while self.board.get::<bool>(&done(index)).await?.is_none() {
                if pulse.is_gone(&self.board, &self.wall).await? {
                    gone.push(format!(
                        "worker {} of {} has gone without accounting for its share",
                        index + 1,
                        self.worker.count
                    ));
                    break;
                }
                pause(PAUSE).await;
            }
        }
        Ok(gone)
    }
}

const START: &str = "start";

fn alive(index: u32) -> String {
    format!("alive/{}", index + 1)
}

fn joined(index: u32) -> String {
    format!("joined/{}", index + 1)
}

fn done(index: u32) -> String {
    format!("done/{}", index + 1)
}

/// Whether a worker still beats.
struct Pulse {
    key: String,
    last: Option<u64>,
    heard: Timestamp,
}

impl Pulse {
    fn new(index: u32, wall: &WallClock) -> Self {
        Self { key: alive(index), last: None, heard: wall.now() }
    }

    async fn is_gone(&mut self, board: &Board, wall: &WallClock) -> Result<bool, BackendError> {
        let beat = board.get(&self.key).await?;
        if beat.is_some() && beat != self.last {
            self.last = beat;
            self.heard = wall.now();
        }
        Ok(wall.now().ms_since(self.heard) > SILENCE_MS)
    }
}
