//! Availability zones: three for every Region.

use tributary_vocabulary::Region;

/// The zones of a Region, by name: `us-west-2a` to `us-west-2c`.
pub(super) fn zones(region: &Region) -> [String; 3] {
    ["a", "b", "c"].map(|letter| format!("{region}{letter}"))
}

/// The id of a zone: `usw2-az1` of `us-west-2a`. AWS shuffles the letters for every account; here
/// the first is the first everywhere.
pub(super) fn zone_id(zone: &str) -> String {
    let (region, letter) = zone.split_at(zone.len().saturating_sub(1));
    let parts: Vec<&str> = region.split('-').collect();
    let mut short = String::new();
    for (place, part) in parts.iter().enumerate() {
        let initials: String = match *part {
            "northeast" => "ne".to_owned(),
            "northwest" => "nw".to_owned(),
            "southeast" => "se".to_owned(),
            "southwest" => "sw".to_owned(),
            "gov" => "g".to_owned(),
            whole if place == 0 || place + 1 == parts.len() => whole.to_owned(),
            word => word.chars().take(1).collect(),
        };
        short.push_str(&initials);
    }
    let number = letter.bytes().next().map_or(1, |letter| letter.saturating_sub(b'a') + 1);
    format!("{short}-az{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_for_their_regions() {
        for (zone, id) in [
            ("us-west-2a", "usw2-az1"),
            ("eu-central-1c", "euc1-az3"),
            ("ap-southeast-2b", "apse2-az2"),
            ("us-gov-west-1a", "usgw1-az1"),
        ] {
            assert_eq!(zone_id(zone), id);
        }
        assert_eq!(zones(&Region::us_west_2())[2], "us-west-2c");
    }
}
