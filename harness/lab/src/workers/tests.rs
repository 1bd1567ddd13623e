//! Workers that find each other on the board of an embedded world, in a second instead of minutes.

use std::time::Duration;

use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};

use super::*;
use crate::Lab;

const SHORT: Limits = Limits {
    coming_ms: 1_500,
    silence_ms: 400,
    ahead_ms: 50,
    grace_ms: 300,
    hearing_ms: 500,
    beat: Duration::from_millis(40),
    pause: Duration::from_millis(20),
};

fn seed(seed: u64) -> Told {
    Told::default().with("scenario", "demo").with("seed", seed)
}

/// A world with a board in it.
struct Place {
    lab: Lab,
    master: AccountId,
}

impl Place {
    async fn new() -> Self {
        let lab = Lab::centralized_logging().start().await.unwrap();
        let master = lab.account("master").unwrap();
        let place = Self { lab, master };
        let region = CreateBucketConfiguration::builder()
            .location_constraint(BucketLocationConstraint::UsWest2)
            .build();
        let call = place.s3().create_bucket().bucket(bucket(master));
        call.create_bucket_configuration(region).send().await.unwrap();
        place
    }

    fn s3(&self) -> Client {
        let config = self.lab.sdk_config("master");
        let config = aws_sdk_s3::config::Builder::from(&config).force_path_style(true).build();
        Client::from_conf(config)
    }

    fn board(&self) -> Board {
        Board::new(self.s3(), bucket(self.master))
    }

    fn lead(&self, count: u32) -> Crew {
        Crew::new(self.board(), Worker { index: 0, count }, WallClock::of_the_machine(), SHORT)
    }

    async fn follow(&self, index: u32, count: u32) -> Result<Crew, BackendError> {
        let wall = WallClock::of_the_machine();
        Crew::follow_within(self.board(), Worker { index, count }, wall, SHORT).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_begin_at_the_same_moment_and_the_first_waits_for_the_last() {
    let place = Place::new().await;
    let leader = place.lead(3);
    let (second, third) = tokio::join!(place.follow(1, 3), place.follow(2, 3));
    let (second, third) = (second.unwrap(), third.unwrap());
    let (a, b, c) =
        tokio::join!(leader.begin(seed(7)), second.begin(seed(7)), third.begin(seed(7)));
    let at = a.unwrap();
    assert_eq!((b.unwrap(), c.unwrap()), (at, at));
    let (gone, told) = tokio::join!(leader.wait_for_others(), async {
        // Longer than the silence that is taken for an end: they live.
        pause(Duration::from_millis(600)).await;
        [second.end().await, third.end().await]
    });
    assert_eq!((gone, told), (Vec::new(), [None, None]));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_told_something_else_ends_it_for_all() {
    let place = Place::new().await;
    let leader = place.lead(3);
    let (second, third) = tokio::join!(place.follow(1, 3), place.follow(2, 3));
    let (second, third) = (second.unwrap(), third.unwrap());
    let all = tokio::join!(leader.begin(seed(7)), second.begin(seed(8)), third.begin(seed(7)));
    for outcome in [all.0, all.1, all.2] {
        let sentence = outcome.unwrap_err().to_string();
        assert!(
            sentence.contains(
                "worker 2 of 3 was told to send something else than worker 1 (seed 8 and seed 7)"
            ),
            "{sentence}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_come_is_named() {
    let place = Place::new().await;
    let error = place.follow(1, 2).await.err().unwrap().to_string();
    assert!(error.contains("worker 1 of 2 has not set the topology up within 1 s"), "{error}");
    let leader = place.lead(3);
    let second = place.follow(1, 3).await.unwrap();
    let (first, second) = tokio::join!(leader.begin(seed(7)), second.begin(seed(7)));
    for outcome in [first, second] {
        let sentence = outcome.unwrap_err().to_string();
        assert!(sentence.contains("worker 3 of 3 has not come within 1 s"), "{sentence}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_is_missed() {
    let place = Place::new().await;
    let leader = place.lead(2);
    let second = place.follow(1, 2).await.unwrap();
    let (first, other) = tokio::join!(leader.begin(seed(7)), second.begin(seed(7)));
    assert_eq!(first.unwrap(), other.unwrap());
    drop(second);
    let gone = leader.wait_for_others().await;
    assert_eq!(gone, ["worker 2 of 2 has gone without accounting for its share"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_first_nobody_begins_and_who_comes_late_is_no_part_of_it() {
    let place = Place::new().await;
    let leader = place.lead(2);
    let second = place.follow(1, 2).await.unwrap();
    drop(leader);
    let told = second.without_leader().await;
    assert!(told.starts_with("worker 1 of 2 has gone, and what it carried"), "{told}");
    let error = second.begin(seed(7)).await.unwrap_err().to_string();
    assert!(error.contains("worker 1 of 2 has gone before all began"), "{error}");

    let leader = place.lead(2);
    let (first, _) = tokio::join!(leader.begin(seed(7)), second.begin(seed(7)));
    first.unwrap();
    let again = place.follow(1, 2).await.unwrap();
    let error = again.begin(seed(7)).await.unwrap_err().to_string();
    assert!(error.contains("2 workers have begun at this endpoint without this one"), "{error}");
}
