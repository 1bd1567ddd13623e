//! Places: of a filled document in its file, and of the account ids in a text.

use tributary_emulator::policy::Position;

/// Where a place of the filled text is in the file. Filling in leaves the lines as they are, but
/// what stands behind a filled-in word moves.
pub(super) fn in_file(
    raw: &str,
    filled: &str,
    at: Position,
    fill: impl Fn(&str) -> String,
) -> Position {
    let line = (at.line as usize).saturating_sub(1);
    let (Some(raw), Some(filled)) = (raw.lines().nth(line), filled.lines().nth(line)) else {
        return at;
    };
    if raw == filled {
        return at;
    }
    let offset = offset_of(filled, at.column);
    let behind = filled.get(offset..).unwrap_or_default();
    let place = if raw.ends_with(behind) {
        raw.len() - behind.len()
    } else {
        let starts = raw.char_indices().map(|(start, _)| start);
        starts
            .take_while(|&start| start <= raw.len())
            .filter(|&start| {
                let before = fill(&raw[..start]);
                before.len() <= offset && filled.starts_with(&before)
            })
            .last()
            .unwrap_or(0)
    };
    let column = raw[..place].encode_utf16().count() + 1;
    Position { line: at.line, column: u32::try_from(column).unwrap_or(u32::MAX) }
}

/// The byte at which a column of UTF-16 units begins.
fn offset_of(line: &str, column: u32) -> usize {
    let mut units = 1;
    for (offset, character) in line.char_indices() {
        if units >= column as usize {
            return offset;
        }
        units += character.len_utf16();
    }
    line.len()
}

/// Every run of exactly 12 digits that stands for itself, with its place.
pub(super) fn accounts_in(text: &str) -> Vec<(Position, &str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut start = None;
        for (offset, character) in line.char_indices().chain([(line.len(), ' ')]) {
            let word = character.is_ascii_alphanumeric();
            if word {
                start = start.or(Some(offset));
                continue;
            }
            let Some(from) = start.take() else { continue };
            let run = &line[from..offset];
            if run.len() == 12 && run.bytes().all(|byte| byte.is_ascii_digit()) {
                let column = line[..from].encode_utf16().count() + 1;
                let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let at = Position { line: number(index + 1), column: number(column) };
                found.push((at, run));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topology::{Accounts, fill};

    #[test]
    fn places_of_the_filled_text_are_those_of_the_file() {
        let accounts = Accounts::with_members(3);
        let region = tributary_vocabulary::Region::us_west_2();
        let filling = |text: &str| fill(text, &accounts, &region);
        let raw = "{\n \"R\": \"x:<REGION>:<MASTER_ACCOUNT_ID>:y\", \"S\": 1,\n \"A\": [\"<MEMBER_ACCOUNT_ID>\", \"b\"] }";
        let filled = filling(raw);
        for (word, column) in [("\"S\"", 43), ("\"b\"", 31), ("\"R\"", 2), ("\"x:", 7)] {
            let offset = filled.find(word).unwrap();
            let before = &filled[..offset];
            let line = before.matches('\n').count();
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let at = Position {
                line: u32::try_from(line + 1).unwrap(),
                column: u32::try_from(offset - start + 1).unwrap(),
            };
            let place = in_file(raw, &filled, at, filling);
            assert_eq!((place.line, place.column), (at.line, column), "{word}");
        }
    }

    #[test]
    fn account_ids_stand_alone() {
        let text =
            "Stmt1571094446639 \"222222222222\",\n arn:aws:iam::333333333333:root 1234567890123";
        let found: Vec<_> =
            accounts_in(text).iter().map(|(at, id)| (at.line, at.column, *id)).collect();
        assert_eq!(found, [(1, 20, "222222222222"), (2, 15, "333333333333")]);
    }
}
