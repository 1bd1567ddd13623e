//! The accounts of a lab: one master, and members.

use tributary_vocabulary::AccountId;

/// The accounts of a lab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Accounts {
    /// The central account.
    pub(crate) master: AccountId,
    /// The member accounts, in order.
    pub(crate) members: Vec<AccountId>,
}

impl Accounts {
    /// `111111111111` and this many members: `222222222222`, `333333333333`, … and, when the
    /// digits are used up, `200000000009` and on.
    pub(crate) fn with_members(members: usize) -> Self {
        let member = |place: usize| match u8::try_from(place + 2) {
            Ok(digit @ 2..=9) => AccountId::repeated(digit),
            _ => AccountId::from_number(200_000_000_000 + place as u64 + 1),
        };
        Self { master: AccountId::repeated(1), members: (0..members).map(member).collect() }
    }

    /// All accounts, the master first.
    pub(crate) fn all(&self) -> Vec<AccountId> {
        std::iter::once(self.master).chain(self.members.iter().copied()).collect()
    }

    /// The account that a word names: `master`, `member-1` and on, or the 12 digits.
    pub(crate) fn named(&self, name: &str) -> Option<AccountId> {
        if name == "master" {
            return Some(self.master);
        }
        if let Some(number) = name.strip_prefix("member-").and_then(|n| n.parse::<usize>().ok()) {
            return self.members.get(number.checked_sub(1)?).copied();
        }
        let account = name.parse().ok()?;
        self.all().contains(&account).then_some(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn members_are_many_and_different() {
        let accounts = Accounts::with_members(300);
        assert_eq!(accounts.all().into_iter().collect::<BTreeSet<_>>().len(), 301);
        assert_eq!(accounts.named("master"), Some(AccountId::repeated(1)));
        assert_eq!(accounts.named("member-1"), Some(AccountId::repeated(2)));
        assert_eq!(accounts.named("member-9"), accounts.members.get(8).copied());
        assert_eq!(accounts.named("333333333333"), Some(AccountId::repeated(3)));
        for name in ["member-0", "member-301", "999999999998", "other"] {
            assert_eq!(accounts.named(name), None, "{name}");
        }
    }
}
