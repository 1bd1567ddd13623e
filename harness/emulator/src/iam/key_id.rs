//! Access key ids carry their account: characters 5 to 13 are its number in base 32
//! (wire-protocols reference, credentials and account mapping).

use tributary_vocabulary::AccountId;

use crate::kernel::Ids;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Added to half of the account's number, so that the first character is never an `A`.
const OFFSET: u64 = 549_755_813_888;

/// A new id of `AKIA` or `ASIA` and 16 characters.
pub(super) fn make(prefix: &str, account: AccountId, ids: &mut Ids) -> String {
    let number: u64 = account.as_str().parse().unwrap_or(0);
    let packed = OFFSET + number / 2;
    let mut id = String::from(prefix);
    for place in (0..8).rev() {
        id.push(letter(packed >> (5 * place)));
    }
    id.push(letter(16 * (number % 2) + ids.number() % 16));
    for _ in 0..7 {
        id.push(letter(ids.number()));
    }
    id
}

/// The account in an id of this form.
pub(super) fn account(id: &str) -> Option<AccountId> {
    let places = id.get(4..13).filter(|_| id.len() == 20)?;
    let mut digits = places.bytes().map(|b| ALPHABET.iter().position(|&known| known == b));
    let mut packed: u64 = 0;
    for _ in 0..8 {
        packed = packed * 32 + u64::try_from(digits.next()??).ok()?;
    }
    let odd = digits.next()?? >= 16;
    Some(AccountId::from_number(2 * packed.checked_sub(OFFSET)? + u64::from(odd)))
}

fn letter(bits: u64) -> char {
    char::from(ALPHABET[usize::try_from(bits % 32).unwrap_or(0)])
}

#[cfg(test)]
mod tests {
    use tributary_vocabulary::Seed;

    use super::*;

    #[test]
    fn an_id_tells_its_account() {
        let mut ids = Ids::new(Seed::new(1));
        for number in [0, 1, 123_456_789_012, 999_999_999_999] {
            let owner = AccountId::from_number(number);
            let id = make("AKIA", owner, &mut ids);
            assert_eq!((id.len(), account(&id)), (20, Some(owner)), "{id}");
        }
        // Ids of the wire-protocols reference.
        let zero = AccountId::from_number(0);
        assert_eq!(account("ASIAQAAAAAAAGMKEM7X5"), Some(zero));
        assert_eq!(account("AKIARZPUZDIKGB2VALC4"), Some(AccountId::from_number(123_456_789_012)));
        for text in ["", "test", "AKIA1AAAAAAAGMKEM7X5", "AKIAAAAAAAAAGMKEM7X5"] {
            assert_eq!(account(text), None, "{text}");
        }
    }
}
