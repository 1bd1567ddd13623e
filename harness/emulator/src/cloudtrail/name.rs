//! Names of trails, and what they resolve to (cloudtrail reference, API essentials).

use tributary_vocabulary::{AccountId, Region};

use super::error::{invalid_arn, invalid_name, not_at_home, trail_not_found};
use super::trail::{Trail, TrailKey};
use crate::kernel::{ArnParts, Caller, ServiceError, World};

const SHORTEST: usize = 3;
const LONGEST: usize = 128;

/// Whether a trail may have this name.
///
/// # Errors
/// `InvalidTrailNameException`.
pub(super) fn check_name(name: &str) -> Result<(), ServiceError> {
    let plain = |c: char| c.is_ascii_alphanumeric();
    let mark = |c: char| matches!(c, '.' | '_' | '-');
    if name.is_empty() {
        return Err(invalid_name("Trail name cannot be blank!"));
    }
    if !name.chars().all(|c| plain(c) || mark(c)) {
        return Err(invalid_name(
            "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, \
             periods (.), hyphens (-), and underscores (_).",
        ));
    }
    let length = name.len();
    if length < SHORTEST {
        return Err(invalid_name(format!(
            "Trail name too short. Minimum allowed length: {SHORTEST} characters. Specified name \
             length: {length} characters."
        )));
    }
    if length > LONGEST {
        return Err(invalid_name(format!(
            "Trail name too long. Maximum allowed length: {LONGEST} characters. Specified name \
             length: {length} characters."
        )));
    }
    if !name.starts_with(plain) {
        return Err(invalid_name("Trail name must starts with a letter or number."));
    }
    if !name.ends_with(plain) {
        return Err(invalid_name("Trail name must ends with a letter or number."));
    }
    if name.as_bytes().windows(2).any(|pair| pair.iter().all(|byte| mark(char::from(*byte)))) {
        return Err(invalid_name(
            "Trail name cannot have adjacent periods, hyphens, or underscores.",
        ));
    }
    if name.parse::<std::net::Ipv4Addr>().is_ok() {
        return Err(invalid_name("Trail name cannot be in IP address format."));
    }
    Ok(())
}

/// What a request calls a trail.
enum Wanted<'a> {
    Name(&'a str),
    Arn(TrailKey),
}

/// # Errors
/// `InvalidTrailNameException`, `CloudTrailARNInvalidException`.
fn wanted(text: Option<&str>) -> Result<Wanted<'_>, ServiceError> {
    match text.unwrap_or_default() {
        "" => Err(invalid_name("Trail name or ARN can not be blank.")),
        arn if arn.starts_with("arn:") => key_of_arn(arn).map(Wanted::Arn),
        name => check_name(name).map(|()| Wanted::Name(name)),
    }
}

/// The key of the trail that an ARN names.
///
/// # Errors
/// `CloudTrailARNInvalidException`.
pub(super) fn key_of_arn(arn: &str) -> Result<TrailKey, ServiceError> {
    let refused = || invalid_arn(arn);
    let parts = ArnParts::split(arn).filter(|parts| parts.service == "cloudtrail");
    let parts = parts.ok_or_else(refused)?;
    let account = parts.account_id().ok_or_else(refused)?;
    let region = parts.region.parse().map_err(|_| refused())?;
    let name = parts.resource.strip_prefix("trail/").ok_or_else(refused)?;
    check_name(name).map_err(|_| refused())?;
    Ok(TrailKey::new(account, &region, name))
}

/// The caller's trail of this name or ARN, for an operation that reads. A name means a trail of the
/// Region that is called; the replica of another Region's trail has to be asked for by its ARN.
///
/// # Errors
/// `InvalidTrailNameException`, `CloudTrailARNInvalidException`, `TrailNotFoundException`.
pub(super) fn find(
    world: &World,
    caller: &Caller,
    text: Option<&str>,
) -> Result<TrailKey, ServiceError> {
    let key = match wanted(text)? {
        Wanted::Name(name) => TrailKey::new(caller.account, &caller.region, name),
        Wanted::Arn(key) => key,
    };
    if key.account == caller.account && world.cloudtrail.trails.contains_key(&key) {
        return Ok(key);
    }
    Err(trail_not_found(text.unwrap_or_default(), caller.account))
}

/// The same for an operation that changes the trail, which only its home Region takes.
///
/// # Errors
/// Those of [`find`], `InvalidHomeRegionException`.
pub(super) fn find_at_home(
    world: &World,
    caller: &Caller,
    text: Option<&str>,
) -> Result<TrailKey, ServiceError> {
    let shadow = || match wanted(text) {
        Ok(Wanted::Name(name)) => seen_in(world, caller.account, &caller.region)
            .find(|trail| *trail.key.name == *name)
            .map(|trail| trail.key.clone()),
        _ => None,
    };
    let key = find(world, caller, text).or_else(|error| shadow().ok_or(error))?;
    if key.region == caller.region { Ok(key) } else { Err(not_at_home(&key.arn(), &key.region)) }
}

/// The trails that are seen in a Region of an account: its own and those of all Regions.
pub(super) fn seen_in<'w>(
    world: &'w World,
    account: AccountId,
    region: &'w Region,
) -> impl Iterator<Item = &'w Trail> {
    let trails = world.cloudtrail.trails_of(account);
    trails.filter(move |trail| trail.key.region == *region || trail.multi_region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_rules_of_names() {
        for name in ["abc", "my-trail", "a.b_c-d", "1.2.3", &"a".repeat(128)] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        for (name, part) in [
            ("", "blank"),
            ("ab", "Specified name length: 2 characters"),
            (&*"a".repeat(129), "too long"),
            ("a b", "can only contain"),
            ("träil", "can only contain"),
            ("-abc", "starts with"),
            ("abc.", "ends with"),
            ("my-_name", "adjacent"),
            ("my--name", "adjacent"),
            ("192.168.5.4", "IP address"),
        ] {
            let error = check_name(name).expect_err(name);
            assert_eq!(error.code, "InvalidTrailNameException");
            assert!(error.message.contains(part), "{name}: {}", error.message);
        }
    }

    #[test]
    fn an_arn_names_one_trail() {
        let arn = "arn:aws:cloudtrail:us-east-2:123456789012:trail/MyTrail";
        assert_eq!(key_of_arn(arn).map(|key| key.arn()), Ok(arn.to_owned()));
        for arn in [
            "arn:aws:cloudtrail:us-east-2:123456789012:MyTrail",
            "arn:aws:cloudtrail:us-east-2:1:trail/MyTrail",
            "arn:aws:s3:us-east-2:123456789012:trail/MyTrail",
            "arn:aws:cloudtrail:useast2:123456789012:trail/MyTrail",
            "arn:aws:cloudtrail:us-east-2:123456789012:trail/a",
        ] {
            let error = key_of_arn(arn).expect_err(arn);
            assert_eq!(error.code, "CloudTrailARNInvalidException");
        }
    }
}
