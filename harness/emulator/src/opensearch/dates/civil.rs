//! The proleptic Gregorian calendar, by arithmetic.

use super::DAY_MS;

/// A civil date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// Year, may be negative.
    pub year: i64,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59.
    pub second: u32,
    /// 0 to 999.
    pub milli: u32,
}

impl Civil {
    /// The date and time, in UTC, of these milliseconds since 1970.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "remainders are small and not negative")]
    pub const fn from_ms(ms: i64) -> Self {
        let days = ms.div_euclid(DAY_MS);
        let rest = ms.rem_euclid(DAY_MS) as u32;
        let (year, month, day) = civil_from_days(days);
        Self {
            year,
            month,
            day,
            hour: rest / 3_600_000,
            minute: rest / 60_000 % 60,
            second: rest / 1_000 % 60,
            milli: rest % 1_000,
        }
    }

    /// Milliseconds since 1970 of this date and time in UTC; `None` for a date that does not exist.
    #[must_use]
    pub fn ms(self) -> Option<i64> {
        let fits = (1..=12).contains(&self.month)
            && self.day >= 1
            && self.day <= days_in_month(self.year, self.month)
            && self.hour < 24
            && self.minute < 60
            && self.second < 60
            && self.milli < 1_000
            && self.year.abs() < 200_000_000;
        fits.then(|| {
            days_from_civil(self.year, self.month, self.day) * DAY_MS
                + i64::from(self.hour) * 3_600_000
                + i64::from(self.minute) * 60_000
                + i64::from(self.second) * 1_000
                + i64::from(self.milli)
        })
    }

    /// This many months later, the day cut to the month's last.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a month is 0 to 11")]
    pub fn plus_months(self, months: i64) -> Self {
        let total = self.year * 12 + i64::from(self.month) - 1 + months;
        let year = total.div_euclid(12);
        let month = total.rem_euclid(12) as u32 + 1;
        Self { year, month, day: self.day.min(days_in_month(year, month)), ..self }
    }

    /// Monday is 1, Sunday is 7.
    #[must_use]
    pub fn weekday(self) -> i64 {
        (days_from_civil(self.year, self.month, self.day) + 3).rem_euclid(7) + 1
    }
}

/// Days in this month of this year.
const fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01, by eras of 400 years that begin in March.
const fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month as i64 + 9) % 12) + 2) / 5 + day as i64 - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 31 and 1 to 12")]
const fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * march_month + 2) / 5 + 1) as u32;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 } as u32;
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tributary_vocabulary::Timestamp;

    proptest! {
        #[test]
        fn agrees_with_the_vocabulary(ms in -60_000_000_000_000_i64..200_000_000_000_000) {
            let civil = Civil::from_ms(ms);
            prop_assert_eq!(civil.ms(), Some(ms));
            let printed = format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second, civil.milli
            );
            prop_assert_eq!(printed, Timestamp::from_ms(ms).to_string());
        }
    }

    #[test]
    fn knows_what_does_not_exist() {
        let day = Civil { year: 2023, month: 2, day: 29, hour: 0, minute: 0, second: 0, milli: 0 };
        assert_eq!(day.ms(), None);
        assert!(Civil { year: 2024, ..day }.ms().is_some());
        assert_eq!(Civil { year: 2024, month: 1, day: 31, ..day }.plus_months(1).day, 29);
        assert_eq!(Civil::from_ms(0).weekday(), 4);
    }
}
