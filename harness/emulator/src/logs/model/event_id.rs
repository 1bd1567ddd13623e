//! The id of a log event: 56 decimal digits.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tributary_vocabulary::Timestamp;

/// How many digits an id has.
pub const DIGITS: usize = 56;
/// The number is held in limbs of nine digits, the lowest first.
const LIMBS: usize = 7;
const LIMB: u64 = 1_000_000_000;
/// How far an event's own time is shifted.
const TIME_SHIFT: u32 = 144;
/// What one millisecond of the event's own time adds to the number.
const MILLISECOND: [u64; LIMBS] = limbs([0, 1 << (TIME_SHIFT - 128), 0, 0, 0, 0]);

/// The id of a log event: `time << 144 | ingestion << 80 | batch << 16 | index`, written as 56
/// decimal digits (cloudwatch-logs reference, PutLogEvents); the same in FilterLogEvents and in the
/// envelopes of subscriptions. Its order is the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct LogEventId {
    /// The event's own time in milliseconds, 48 bits.
    time: u64,
    /// When it was accepted, in milliseconds.
    ingestion: u64,
    /// A random number that the events of one PutLogEvents call share.
    batch: u64,
    /// Its place in that call.
    index: u16,
}

/// A text that is not 56 decimal digits of such an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not the id of a log event: it has to be 56 decimal digits")]
pub struct LogEventIdError(pub String);

impl LogEventId {
    /// No id at all: what the event of a control message has, written as an empty text.
    pub const NONE: Self = Self { time: 0, ingestion: 0, batch: 0, index: 0 };

    /// The id of an event; a time before 1970 counts as 1970.
    #[must_use]
    pub fn new(timestamp: Timestamp, ingestion: Timestamp, batch: u64, index: u16) -> Self {
        let bits = |time: Timestamp| u64::try_from(time.ms()).unwrap_or(0);
        let time = bits(timestamp) & 0xffff_ffff_ffff;
        Self { time, ingestion: bits(ingestion), batch, index }
    }

    /// The event's own time.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_ms(i64::try_from(self.time).unwrap_or(i64::MAX))
    }

    /// The number in words of 32 bits, the highest first.
    fn words(self) -> [u64; 6] {
        let low = |bits: u64| bits & 0xffff_ffff;
        [
            self.time >> 16,
            low(self.time << 16) | (self.ingestion >> 48),
            low(self.ingestion >> 16),
            low(self.ingestion << 16) | (self.batch >> 48),
            low(self.batch >> 16),
            low(self.batch << 16) | u64::from(self.index),
        ]
    }
}

/// The decimal limbs of a number in words of 32 bits, the highest first.
const fn limbs(words: [u64; 6]) -> [u64; LIMBS] {
    let mut limbs = [0; LIMBS];
    let mut word = 0;
    while word < words.len() {
        let mut carry = words[word];
        let mut limb = 0;
        while limb < LIMBS {
            let sum = (limbs[limb] << 32) + carry;
            limbs[limb] = sum % LIMB;
            carry = sum / LIMB;
            limb += 1;
        }
        word += 1;
    }
    limbs
}

/// Writes ids one after the other; neighbours of one call cost an addition, not a conversion.
#[derive(Debug, Default)]
pub struct IdWriter {
    last: LogEventId,
    limbs: [u64; LIMBS],
}

impl IdWriter {
    /// The digits of the next id.
    pub fn digits(&mut self, id: LogEventId) -> [u8; DIGITS] {
        let steps = id.time.wrapping_sub(self.last.time);
        let near = id.ingestion == self.last.ingestion
            && id.batch == self.last.batch
            && id.index >= self.last.index
            && steps <= u64::from(u32::MAX);
        if near {
            let mut carry = u64::from(id.index - self.last.index);
            for (limb, step) in self.limbs.iter_mut().zip(MILLISECOND) {
                let sum = *limb + steps * step + carry;
                *limb = sum % LIMB;
                carry = sum / LIMB;
            }
        } else {
            self.limbs = limbs(id.words());
        }
        self.last = id;
        self.written()
    }

    fn written(&self) -> [u8; DIGITS] {
        let mut digits = [b'0'; DIGITS];
        for (chunk, limb) in digits.rchunks_mut(9).zip(self.limbs) {
            let mut rest = u32::try_from(limb).unwrap_or(0);
            for digit in chunk.iter_mut().rev() {
                *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
                rest /= 10;
            }
        }
        digits
    }
}

impl fmt::Display for LogEventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::NONE {
            return f.pad("");
        }
        let digits = IdWriter::default().digits(*self);
        f.pad(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for LogEventId {
    type Err = LogEventIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self::NONE);
        }
        let refused = || LogEventIdError(text.to_owned());
        if text.len() != DIGITS || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refused());
        }
        let mut words = [0_u64; 6];
        for digit in text.bytes() {
            let mut carry = u64::from(digit - b'0');
            for word in words.iter_mut().rev() {
                let sum = *word * 10 + carry;
                *word = sum & 0xffff_ffff;
                carry = sum >> 32;
            }
        }
        let [w0, w1, w2, w3, w4, w5] = words;
        Ok(Self {
            time: (w0 << 16) | (w1 >> 16),
            ingestion: ((w1 & 0xffff) << 48) | (w2 << 16) | (w3 >> 16),
            batch: ((w3 & 0xffff) << 48) | (w4 << 16) | (w5 >> 16),
            index: u16::try_from(w5 & 0xffff).map_err(|_| refused())?,
        })
    }
}

impl Serialize for LogEventId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LogEventId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(time: i64, ingestion: i64, batch: u64, index: u16) -> LogEventId {
        LogEventId::new(Timestamp::from_ms(time), Timestamp::from_ms(ingestion), batch, index)
    }

    #[test]
    fn a_number_known_from_elsewhere() {
        // 1 << 144, 1 << 80, 1 << 16, by an independent calculator.
        assert_eq!(
            id(1, 0, 0, 0).to_string(),
            "00000000000022300745198530623141535718272648361505980416"
        );
        assert_eq!(id(0, 1, 1, 3).to_string(), format!("{:056}", (1_u128 << 80) + (1 << 16) + 3));
        assert_eq!(LogEventId::NONE.to_string(), "");
        assert_eq!("".parse(), Ok(LogEventId::NONE));
        assert!("12".parse::<LogEventId>().is_err());
    }

    #[test]
    fn todays_ids_begin_as_those_of_aws_do() {
        // The documentation's sample envelope: time 1432826855000, id 31953106606966983378809025….
        let text = "31953106606966983378809025079804211143289615424298221568";
        let sample: LogEventId = text.parse().expect("an id");
        assert_eq!(sample.timestamp().ms(), 1_432_826_855_000);
        assert_eq!(sample.to_string(), text);
    }

    proptest! {
        #[test]
        fn digits_and_back_is_the_same_id(
            time in 0_i64..1 << 41, ingestion in 0_i64..1 << 62, batch: u64, index: u16,
        ) {
            let id = id(time, ingestion, batch, index);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }

        #[test]
        fn neighbours_are_written_as_strangers_are(
            ids in prop::collection::vec((0_i64..100_000_000, 0_u64..2, 0_u16..10_000), 1..40),
        ) {
            let mut writer = IdWriter::default();
            for (time, batch, index) in ids {
                let id = id(1_767_225_600_000 + time, 1_767_225_600_000, batch, index);
                prop_assert_eq!(writer.digits(id).to_vec(), id.to_string().into_bytes());
            }
        }
    }
}
