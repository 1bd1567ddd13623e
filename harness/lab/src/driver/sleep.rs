//! The sleep that the AWS SDK gets: it lives in the lab's time.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use tributary_vocabulary::Timestamp;

use super::{Clock, SharedCore};

/// Clock and sleep of one lab, for the AWS SDK.
#[derive(Clone)]
pub(crate) struct LabSleep(pub(crate) SharedCore);

impl fmt::Debug for LabSleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LabSleep")
    }
}

impl AsyncSleep for LabSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        Sleep::new(wait(self.0.clone(), duration))
    }
}

impl TimeSource for LabSleep {
    fn now(&self) -> std::time::SystemTime {
        let ms = u64::try_from(self.0.lock().now().ms()).unwrap_or(0);
        std::time::SystemTime::UNIX_EPOCH + Duration::from_millis(ms)
    }
}

/// Waits in the lab's time.
pub(crate) async fn wait(core: SharedCore, duration: Duration) {
    let (clock, deadline) = {
        let core = core.lock();
        let ms = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        (core.clock(), core.now().plus_ms(ms))
    };
    match clock {
        Clock::Real => real_wait(&core, deadline).await,
        Clock::Virtual => VirtualWait::new(core, deadline).await,
    }
}

/// Waits on the machine's clock, and lets fall due what does meanwhile.
async fn real_wait(core: &SharedCore, deadline: Timestamp) {
    loop {
        let (now, next) = {
            let mut core = core.lock();
            let now = core.wall_now();
            core.advance_to(now);
            (now, core.next_deadline())
        };
        if now >= deadline {
            return;
        }
        let until = next.map_or(deadline, |next| next.min(deadline).max(now.plus_ms(1)));
        let ms = u64::try_from(until.ms_since(now)).unwrap_or(0);
        #[expect(
            clippy::disallowed_methods,
            reason = "real time is the one clock that is waited for"
        )]
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

/// How often a sleeper lets the others go first before it moves time on. Calls through the
/// in-process door are answered at once, so whoever can still run does so within a few turns.
const TURNS: u32 = 8;

/// A wait on virtual time: when nobody else can run, the earliest sleeper moves time on.
struct VirtualWait {
    core: SharedCore,
    deadline: Timestamp,
    sleeper: Option<u64>,
    turns: u32,
}

impl VirtualWait {
    fn new(core: SharedCore, deadline: Timestamp) -> Self {
        Self { core, deadline, sleeper: None, turns: 0 }
    }
}

impl Future for VirtualWait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let shared = self.core.clone();
        let mut core = shared.lock();
        if core.now() >= self.deadline {
            return Poll::Ready(());
        }
        let sleeper = match self.sleeper {
            Some(sleeper) => sleeper,
            None => {
                let sleeper = core.register_sleeper(self.deadline);
                self.sleeper = Some(sleeper);
                sleeper
            }
        };
        self.turns += 1;
        if self.turns >= TURNS && core.is_earliest_sleeper(sleeper) {
            core.advance_to(self.deadline);
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for VirtualWait {
    fn drop(&mut self) {
        if let Some(sleeper) = self.sleeper {
            self.core.lock().forget_sleeper(sleeper);
        }
    }
}
