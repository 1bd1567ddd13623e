//! JSON with places in it, compiled once and filled for every record.
//!
//! `$bucket`, `$instanceip` and the like name a thing of the account; the same name is the same
//! thing throughout a record, `$subnet_2` is another one. `$hex17`, `$uuid`, `$num5`, `$code40`
//! (base64), `$caps16`, `$key16` (base32) are chance; `$account`, `$region`, `$time`, `$callerarn`
//! and `$newkey` are what the record is about. `${bucket}` sets a name off from letters after it,
//! and `$$` is a dollar sign.

use crate::dice::{Dice, scatter};
use crate::glyphs;
use crate::text;

use super::estate::{Estate, Thing};
use super::session::Session;

/// What a template is filled from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) estate: &'a Estate,
    pub(super) caller: &'a Session,
    /// The session that this call begins, if it does.
    pub(super) issued: Option<&'a Session>,
    /// The root of the record's own chance.
    pub(super) key: u64,
    /// The root of its choice of things; records that are about the same share it.
    pub(super) focus: u64,
    /// When it happened, in seconds.
    pub(super) at_s: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text { from: u32, to: u32 },
    Thing { thing: Thing, facet: u8, ordinal: u8 },
    Hex { length: u8, ordinal: u8 },
    Number { length: u8, ordinal: u8 },
    Code { length: u16, ordinal: u8 },
    Caps { length: u8, ordinal: u8 },
    Key { length: u8, ordinal: u8 },
    Uuid { ordinal: u8 },
    Account,
    Region,
    Time,
    Epoch,
    Expiry,
    Date,
    Day,
    Caller(Of),
    New(Of),
}

/// Something of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Arn,
    Name,
    Key,
    Address,
    Role,
    RoleId,
    RoleArn,
    Session,
    Account,
    Host,
    Mfa,
}

/// A compiled template.
#[derive(Debug, Clone, Default)]
pub(super) struct Template {
    text: Vec<u8>,
    places: Vec<Place>,
}

/// A name that no template can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnknownPlace(pub(super) String);

impl Template {
    /// Compiles a template; the places that do not depend on the record are filled now.
    pub(super) fn new(source: &str) -> Result<Self, UnknownPlace> {
        let mut template = Self::default();
        let mut rest = source;
        while let Some(at) = rest.find('$') {
            let (before, after) = (rest.get(..at).unwrap_or(""), rest.get(at + 1..).unwrap_or(""));
            template.push_text(before);
            if let Some(after) = after.strip_prefix('$') {
                template.push_text("$");
                rest = after;
                continue;
            }
            let braced = after.strip_prefix('{');
            let body = braced.unwrap_or(after);
            let length = body.bytes().take_while(|b| name_byte(*b)).count();
            let name = body.get(..length).unwrap_or("");
            template.places.push(place(name).ok_or_else(|| UnknownPlace(name.to_owned()))?);
            rest = body.get(length + usize::from(braced.is_some())..).unwrap_or("");
        }
        template.push_text(rest);
        Ok(template)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            let from = self.text.len() as u32;
            self.text.extend_from_slice(text.as_bytes());
            self.places.push(Place::Text { from, to: self.text.len() as u32 });
        }
    }

    /// Appends the template, filled.
    pub(super) fn write(&self, scene: &Scene<'_>, out: &mut Vec<u8>) {
        for place in &self.places {
            if let Place::Text { from, to } = *place {
                out.extend_from_slice(&self.text[from as usize..to as usize]);
            } else {
                place.write(scene, out);
            }
        }
    }
}

const fn name_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

/// `hex17_2` is (`hex`, 17, 2).
fn place(name: &str) -> Option<Place> {
    let (stem, ordinal) = match name.rsplit_once('_') {
        Some((stem, ordinal)) => (stem, ordinal.parse().ok()?),
        None => (name, 1_u8),
    };
    let word = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let length: u16 = stem.get(word.len()..)?.parse().unwrap_or(0);
    let short = length as u8;
    Some(match word {
        "hex" => Place::Hex { length: short, ordinal },
        "num" => Place::Number { length: short, ordinal },
        "code" => Place::Code { length, ordinal },
        "caps" => Place::Caps { length: short, ordinal },
        "key" if length > 0 => Place::Key { length: short, ordinal },
        "uuid" => Place::Uuid { ordinal },
        "account" => Place::Account,
        "region" => Place::Region,
        "time" => Place::Time,
        "epoch" => Place::Epoch,
        "expiry" => Place::Expiry,
        "date" => Place::Date,
        "day" => Place::Day,
        _ => match word.strip_prefix("caller").and_then(of) {
            Some(of) => Place::Caller(of),
            None => match word.strip_prefix("new").and_then(of) {
                Some(of) => Place::New(of),
                None => {
                    let (thing, facet) = Thing::named(word)?;
                    Place::Thing { thing, facet, ordinal }
                }
            },
        },
    })
}

fn of(name: &str) -> Option<Of> {
    Some(match name {
        "arn" => Of::Arn,
        "name" => Of::Name,
        "key" => Of::Key,
        "ip" => Of::Address,
        "role" => Of::Role,
        "roleid" => Of::RoleId,
        "rolearn" => Of::RoleArn,
        "session" => Of::Session,
        "account" => Of::Account,
        "host" => Of::Host,
        "mfa" => Of::Mfa,
        _ => return None,
    })
}

impl Of {
    fn write(self, session: &Session, out: &mut Vec<u8>) {
        let text: &str = match self {
            Self::Arn => &session.arn,
            Self::Name => &session.name,
            Self::Key => &session.access_key,
            Self::Address => &session.address,
            Self::Role => &session.role,
            Self::RoleId => &session.role_id,
            Self::RoleArn => &session.role_arn,
            Self::Session => &session.session_name,
            Self::Account => &session.account,
            Self::Host => &session.host,
            Self::Mfa if session.mfa => "Yes",
            Self::Mfa => "No",
        };
        out.extend_from_slice(text.as_bytes());
    }
}

impl Place {
    fn write(self, scene: &Scene<'_>, out: &mut Vec<u8>) {
        let chance = |ordinal: u8, kind: u64| scatter(scene.key ^ kind << 32 ^ u64::from(ordinal));
        match self {
            Self::Text { .. } => {}
            Self::Thing { thing, facet, ordinal } => {
                out.extend_from_slice(scene.estate.thing(thing, facet, scene.focus, ordinal));
            }
            Self::Hex { length, ordinal } => {
                glyphs::hex(out, chance(ordinal, 1), usize::from(length));
            }
            Self::Number { length, ordinal } => digits(chance(ordinal, 2), length, out),
            Self::Code { length, ordinal } => {
                glyphs::base64(out, chance(ordinal, 3), usize::from(length));
            }
            Self::Caps { length, ordinal } => {
                glyphs::base32(out, chance(ordinal, 4), usize::from(length), glyphs::CAPS);
            }
            Self::Key { length, ordinal } => {
                glyphs::base32(out, chance(ordinal, 5), usize::from(length), glyphs::BASE32);
            }
            Self::Uuid { ordinal } => {
                let mut dice = Dice::at(scene.key, u64::from(ordinal), 0x001d);
                glyphs::uuid(out, dice.next(), dice.next());
            }
            Self::Account => out.extend_from_slice(scene.estate.account.as_str().as_bytes()),
            Self::Region => out.extend_from_slice(scene.estate.region.as_str().as_bytes()),
            Self::Time => glyphs::seconds(out, scene.at_s),
            Self::Epoch => text::number(out, scene.at_s.unsigned_abs()),
            Self::Date => glyphs::long_date(out, scene.at_s),
            Self::Day => glyphs::day(out, scene.at_s),
            Self::Expiry => {
                let expires = scene.issued.map_or(scene.at_s + 3_600, |session| session.expires_s);
                glyphs::long_date(out, expires);
            }
            Self::Caller(of) => of.write(scene.caller, out),
            Self::New(of) => of.write(scene.issued.unwrap_or(scene.caller), out),
        }
    }
}

/// `length` digits, at most 18, the first of them not 0.
fn digits(key: u64, length: u8, out: &mut Vec<u8>) {
    let lowest = 10_u64.pow(u32::from(length.clamp(1, 18)) - 1);
    text::number(out, lowest + key % (lowest * 9));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_with_length_and_ordinal() {
        assert_eq!(place("hex17_2"), Some(Place::Hex { length: 17, ordinal: 2 }));
        assert_eq!(place("key16"), Some(Place::Key { length: 16, ordinal: 1 }));
        assert_eq!(place("callerarn"), Some(Place::Caller(Of::Arn)));
        assert_eq!(place("newkey"), Some(Place::New(Of::Key)));
        assert!(matches!(place("key"), Some(Place::Thing { .. })));
        assert_eq!(place("nothing"), None);
        assert_eq!(Template::new("a $bucket b $what").err(), Some(UnknownPlace("what".into())));
        let template = Template::new("x${bucket}y$uuid").unwrap();
        assert_eq!(template.places.len(), 4);
        assert_eq!(template.text, b"xy");
    }
}
