//! The names of indexes, and their rotation (firehose reference, §7).

use tributary_vocabulary::Timestamp;

use super::super::WeekNumbers;

/// `IndexRotationPeriod`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// `NoRotation`: the name as it is.
    None,
    /// `OneHour`.
    Hour,
    /// `OneDay`, the default.
    Day,
    /// `OneWeek`.
    Week,
    /// `OneMonth`.
    Month,
}

impl Rotation {
    /// The names on the wire.
    pub const NAMES: [&'static str; 5] = ["NoRotation", "OneHour", "OneDay", "OneWeek", "OneMonth"];

    /// The rotation of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "NoRotation" => Self::None,
            "OneHour" => Self::Hour,
            "OneDay" => Self::Day,
            "OneWeek" => Self::Week,
            "OneMonth" => Self::Month,
            _ => return None,
        })
    }

    /// A number that is the same for two moments exactly when their index is, so that a name is
    /// formatted once per index and not once per document. Weeks and months fall back to the day.
    #[must_use]
    pub fn bucket(self, arrival: Timestamp) -> i64 {
        match self {
            Self::None => 0,
            Self::Hour => arrival.s().div_euclid(3_600),
            Self::Day | Self::Week | Self::Month => arrival.s().div_euclid(86_400),
        }
    }
}

/// The index of a document whose record arrived at `arrival`; times are UTC.
#[must_use]
pub fn index_name(base: &str, rotation: Rotation, week: WeekNumbers, arrival: Timestamp) -> String {
    let suffix = match rotation {
        Rotation::None => return base.to_owned(),
        Rotation::Hour => arrival.format("%Y-%m-%d-%H"),
        Rotation::Day => arrival.format("%Y-%m-%d"),
        Rotation::Month => arrival.format("%Y-%m"),
        Rotation::Week => match week {
            WeekNumbers::Iso => arrival.format("%G-w%V"),
            WeekNumbers::Sunday => sunday_week(arrival),
        },
    };
    format!("{base}-{suffix}")
}

/// Weeks from Sunday on, week 1 being the first that has a Saturday in the year.
fn sunday_week(arrival: Timestamp) -> String {
    // Such a week contains 1 January; `%U` counts it as week 00 unless 1 January is a Sunday.
    let year = arrival.format("%Y");
    let starts_on_sunday = format!("{year}-01-01T00:00:00Z")
        .parse::<Timestamp>()
        .is_ok_and(|first| first.format("%w") == "0");
    let counted: u32 = arrival.format("%U").parse().unwrap_or(0);
    format!("{year}-w{:02}", counted + u32::from(!starts_on_sunday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(rotation: Rotation, week: WeekNumbers, at: &str) -> String {
        index_name("myindex", rotation, week, at.parse().expect("a moment"))
    }

    #[test]
    fn names_are_those_of_the_guide() {
        let at = "2016-02-25T13:00:00Z";
        for (rotation, expected) in [
            ("NoRotation", "myindex"),
            ("OneHour", "myindex-2016-02-25-13"),
            ("OneDay", "myindex-2016-02-25"),
            ("OneWeek", "myindex-2016-w08"),
            ("OneMonth", "myindex-2016-02"),
        ] {
            let rotation = Rotation::named(rotation).expect("a rotation");
            assert_eq!(name(rotation, WeekNumbers::Iso, at), expected);
        }
        assert_eq!(name(Rotation::Week, WeekNumbers::Sunday, at), "myindex-2016-w09");
        assert_eq!(
            name(Rotation::Week, WeekNumbers::Sunday, "2017-01-01T00:00:00Z"),
            "myindex-2017-w01",
            "1 January 2017 is a Sunday"
        );
        assert_eq!(Rotation::named("onehour"), None);
    }

    #[test]
    fn rotates_at_midnight_utc() {
        let last = "2026-12-31T23:59:59.999Z";
        let first = "2027-01-01T00:00:00Z";
        for (rotation, before, after) in [
            (Rotation::Hour, "myindex-2026-12-31-23", "myindex-2027-01-01-00"),
            (Rotation::Day, "myindex-2026-12-31", "myindex-2027-01-01"),
            (Rotation::Month, "myindex-2026-12", "myindex-2027-01"),
            (Rotation::Week, "myindex-2026-w53", "myindex-2026-w53"),
        ] {
            assert_eq!(name(rotation, WeekNumbers::Iso, last), before);
            assert_eq!(name(rotation, WeekNumbers::Iso, first), after);
            let bucket = |at: &str| rotation.bucket(at.parse().expect("a moment"));
            assert_ne!(bucket(last), bucket(first));
        }
    }
}
