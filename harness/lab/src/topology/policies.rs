//! The policy documents of a scenario, with the ids of the run's accounts filled in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tributary_vocabulary::{AccountId, Region};

use super::Accounts;

/// A policy document that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PolicyFileError {
    /// It cannot be read.
    #[error("{path} cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
}

/// The documents of a scenario, by file name, as their authors wrote them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Policies(BTreeMap<String, String>);

impl Policies {
    /// The documents of the scenario `centralized-logging`, which come with the crate.
    pub(crate) fn centralized_logging() -> Self {
        let documents = crate::scenario::EMBEDDED_POLICIES
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Self(documents.collect())
    }

    /// The documents in a folder; one that is missing there is found missing when it is needed.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Self, PolicyFileError> {
        let unreadable = |error| PolicyFileError::Unreadable { path: folder.to_owned(), error };
        let mut documents = BTreeMap::new();
        for file in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = file.map_err(unreadable)?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| PolicyFileError::Unreadable { path: path.clone(), error })?;
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                documents.insert(name.unwrap_or_default(), text);
            }
        }
        Ok(Self(documents))
    }

    /// Takes the documents of `own` instead of those of the same name. Whoever has a destination
    /// policy of its own has the last word on who is admitted, too.
    pub(crate) fn overlay(&mut self, own: Self) {
        if own.0.contains_key("destination_policy.json") {
            self.0.remove("destination_policy_with_master.json");
        }
        self.0.extend(own.0);
    }

    /// Uses another text for a document.
    pub(crate) fn replace(&mut self, file: &str, text: &str) {
        self.0.insert(file.to_owned(), text.to_owned());
    }

    /// The names of all documents, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A document as its author wrote it.
    pub(crate) fn raw(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(String::as_str)
    }

    /// Leaves a document out.
    pub(crate) fn remove(&mut self, file: &str) {
        self.0.remove(file);
    }

    /// A document with the accounts of the run filled in, for this member (0 is the master);
    /// `None` when the scenario has no such document.
    pub(crate) fn filled(
        &self,
        file: &str,
        accounts: &Accounts,
        region: &Region,
        member: usize,
    ) -> Option<String> {
        let text = self.raw(file)?;
        let own = member.checked_sub(1).and_then(|place| accounts.members.get(place));
        Some(match own {
            Some(own) => fill_for(text, accounts.master, *own, member, region),
            None => fill(&text.replace("<ACCOUNT_ID>", accounts.master.as_str()), accounts, region),
        })
    }
}

/// Fills in the document of one member, or a text about it: `<ACCOUNT_ID>` and
/// `<MEMBER_ACCOUNT_ID>` are its own id, `<MEMBER_NUMBER>` is its number, from 1.
pub(crate) fn fill_for(
    text: &str,
    master: AccountId,
    account: AccountId,
    number: usize,
    region: &Region,
) -> String {
    let text = text
        .replace("<MEMBER_NUMBER>", &number.to_string())
        .replace("<MEMBER_ACCOUNT_ID>", account.as_str())
        .replace("<ACCOUNT_ID>", account.as_str());
    fill(&text, &Accounts { master, members: vec![account] }, region)
}

const EACH_MEMBER: &str = "<MEMBER_ACCOUNT_ID>";

/// Fills in `<REGION>` and `<MASTER_ACCOUNT_ID>`; a JSON string with `<MEMBER_ACCOUNT_ID>` in it
/// stands for one such string per member. Everything else stays as it is, byte for byte.
pub(crate) fn fill(text: &str, accounts: &Accounts, region: &Region) -> String {
    let text = text
        .replace("<REGION>", region.as_str())
        .replace("<MASTER_ACCOUNT_ID>", accounts.master.as_str());
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(place) = rest.find(EACH_MEMBER) {
        let (Some(open), Some(close)) =
            (rest[..place].rfind('"'), rest[place..].find('"').map(|end| place + end + 1))
        else {
            break;
        };
        let string = &rest[open..close];
        out.push_str(&rest[..open]);
        let each: Vec<String> = accounts
            .members
            .iter()
            .map(|member| string.replace(EACH_MEMBER, member.as_str()))
            .collect();
        out.push_str(&each.join(", "));
        rest = &rest[close..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_in_every_member_and_leaves_the_rest() {
        let accounts = Accounts::with_members(2);
        let region = Region::us_west_2();
        let text = r#"{ "AWS": ["<MEMBER_ACCOUNT_ID>"], "R": "x:<REGION>:<MASTER_ACCOUNT_ID>",
  "Paths": ["b/<MEMBER_ACCOUNT_ID>/*"] }"#;
        assert_eq!(
            fill(text, &accounts, &region),
            r#"{ "AWS": ["222222222222", "333333333333"], "R": "x:us-west-2:111111111111",
  "Paths": ["b/222222222222/*", "b/333333333333/*"] }"#
        );
        assert_eq!(fill("{ }", &accounts, &region), "{ }");
    }
}
