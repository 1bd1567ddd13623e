//! Schedules of rules: `rate(5 minutes)` and `cron(0 12 * * ? *)`.
//!
//! They are checked and stored; nothing is fired, since a world in which something is always due
//! would never be at rest. A rule with a schedule can therefore only be DISABLED.

use super::error::invalid;
use crate::kernel::ServiceError;

/// Checks a schedule.
///
/// # Errors
/// `ValidationException`.
pub(super) fn check(text: &str) -> Result<(), ServiceError> {
    if is_rate(text) || is_cron(text) {
        return Ok(());
    }
    Err(invalid("Parameter ScheduleExpression is not valid."))
}

/// What a rule with a schedule is told that shall be enabled.
pub(super) fn not_fired() -> ServiceError {
    invalid(
        "This emulator does not fire schedules: a rule with a ScheduleExpression can be stored as \
         DISABLED only. Send the event that it would make with PutEvents.",
    )
}

fn is_rate(text: &str) -> bool {
    let Some(inside) = text.strip_prefix("rate(").and_then(|rest| rest.strip_suffix(')')) else {
        return false;
    };
    let Some((count, unit)) = inside.split_once(' ') else { return false };
    let Ok(count) = count.parse::<u32>() else { return false };
    match unit {
        "minute" | "hour" | "day" => count == 1,
        "minutes" | "hours" | "days" => count > 1,
        _ => false,
    }
}

fn is_cron(text: &str) -> bool {
    let Some(inside) = text.strip_prefix("cron(").and_then(|rest| rest.strip_suffix(')')) else {
        return false;
    };
    let fields: Vec<&str> = inside.split_ascii_whitespace().collect();
    let [minutes, hours, day, month, weekday, year] = fields[..] else { return false };
    // One of the two days has to be left open.
    if (day == "?") == (weekday == "?") {
        return false;
    }
    let field = |text: &str, special: &str| {
        let allowed = |c: char| c.is_ascii_digit() || ",-*/".contains(c) || special.contains(c);
        !text.is_empty() && text.chars().all(allowed)
    };
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    field(minutes, "")
        && field(hours, "")
        && field(day, "?LW")
        && field(month, letters)
        && field(weekday, &format!("{letters}?#"))
        && field(year, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_have_two_forms() {
        for good in [
            "rate(1 minute)",
            "rate(5 minutes)",
            "rate(12 hours)",
            "cron(0 12 * * ? *)",
            "cron(0/15 8-17 ? * MON-FRI 2026)",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "rate(1 minutes)",
            "rate(5 minute)",
            "rate(0 minutes)",
            "rate(5 weeks)",
            "cron(0 12 * * * *)",
            "cron(0 12 ? * ? *)",
            "cron(0 12 * * ?)",
            "every hour",
        ] {
            let error = check(bad).expect_err(bad);
            assert_eq!(error.message, "Parameter ScheduleExpression is not valid.");
        }
    }
}
