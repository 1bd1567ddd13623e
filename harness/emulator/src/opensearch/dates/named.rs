//! The names that stand for patterns.

/// The pattern behind a built-in format's name; `strict_` makes no difference to any of these,
/// whose widths are already fixed. `None` for a name that is not known here.
pub(super) fn pattern(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("strict_").unwrap_or(name);
    Some(match name {
        "date" | "year_month_day" => "yyyy-MM-dd",
        "year_month" => "yyyy-MM",
        "year" => "yyyy",
        "basic_date" => "yyyyMMdd",
        "basic_date_time" => "yyyyMMdd'T'HHmmss.SSSX",
        "basic_date_time_no_millis" => "yyyyMMdd'T'HHmmssX",
        "date_time" => "yyyy-MM-dd'T'HH:mm:ss.nX",
        "date_time_no_millis" => "yyyy-MM-dd'T'HH:mm:ssX",
        "date_hour" => "yyyy-MM-dd'T'HH",
        "date_hour_minute" => "yyyy-MM-dd'T'HH:mm",
        "date_hour_minute_second" => "yyyy-MM-dd'T'HH:mm:ss",
        "date_hour_minute_second_millis" | "date_hour_minute_second_fraction" => {
            "yyyy-MM-dd'T'HH:mm:ss.n"
        }
        "hour_minute" => "HH:mm",
        "hour_minute_second" => "HH:mm:ss",
        "time" => "HH:mm:ss.nX",
        "time_no_millis" => "HH:mm:ssX",
        _ => return None,
    })
}
