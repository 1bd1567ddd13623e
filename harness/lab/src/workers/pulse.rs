//! Signs of life.

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tributary_vocabulary::Timestamp;

use super::board::Board;
use super::limits::Limits;
use super::notes::alive;
use crate::driver::WallClock;
use crate::ground::pause;

/// Shows that a worker lives, until it is dropped.
pub(super) struct Heart(JoinHandle<()>);

impl Heart {
    pub(super) fn start(board: Board, index: u32, wall: &WallClock, limits: Limits) -> Self {
        let key = alive(index);
        // What was left by an earlier worker of this number is another number than this one's.
        let first = u64::try_from(wall.now().ms()).unwrap_or(0);
        Self(tokio::spawn(async move {
            for beat in first.. {
                // A beat that does not come through is followed by others.
                let _ = board.put(&key, &beat).await;
                pause(limits.beat).await;
            }
        }))
    }
}

impl Drop for Heart {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Looks after worker 1, until it is dropped.
pub(super) struct LeaderWatch {
    task: JoinHandle<()>,
    gone: watch::Receiver<bool>,
}

impl LeaderWatch {
    pub(super) fn start(board: Board, wall: WallClock, limits: Limits) -> Self {
        let (tell, gone) = watch::channel(false);
        let task = tokio::spawn(async move {
            let mut pulse = Pulse::new(0, &wall, limits);
            while !pulse.is_gone(&board, &wall).await {
                pause(limits.beat).await;
            }
            // Nobody may be waiting for it.
            let _ = tell.send(true);
        });
        Self { task, gone }
    }

    pub(super) fn is_gone(&self) -> bool {
        *self.gone.borrow()
    }

    pub(super) async fn gone(&self) {
        let mut gone = self.gone.clone();
        // A watch that ended by itself tells of nothing.
        if gone.wait_for(|gone| *gone).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for LeaderWatch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Whether another worker still lives.
pub(super) struct Pulse {
    key: String,
    last: Option<u64>,
    heard: Timestamp,
    limits: Limits,
}

impl Pulse {
    pub(super) fn new(index: u32, wall: &WallClock, limits: Limits) -> Self {
        Self { key: alive(index), last: None, heard: wall.now(), limits }
    }

    /// Whether it has been silent for long. An endpoint that does not answer tells of no life.
    pub(super) async fn is_gone(&mut self, board: &Board, wall: &WallClock) -> bool {
        let beat = board.get(&self.key).await.unwrap_or_default();
        if beat.is_some() && beat != self.last {
            self.last = beat;
            self.heard = wall.now();
        }
        wall.now().ms_since(self.heard) > self.limits.silence_ms
    }
}
