//! `ClientToken`: the same request twice has one effect and one answer.

use std::collections::BTreeMap;

use tributary_vocabulary::stable_hash;

use crate::kernel::ServiceError;
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// The answers that were given, by token.
#[derive(Debug, Default)]
pub(super) struct Tokens(BTreeMap<String, (u64, Element)>);

impl Tokens {
    /// The answer that was given to the same request.
    ///
    /// # Errors
    /// `IdempotentParameterMismatch` when the token came with another request.
    pub(super) fn answered(
        &self,
        token: &str,
        parameters: &Parameters,
    ) -> Result<Option<Element>, ServiceError> {
        match self.0.get(token) {
            None => Ok(None),
            Some((print, answer)) if *print == fingerprint(parameters) => Ok(Some(answer.clone())),
            Some(_) => Err(ServiceError::client(
                "IdempotentParameterMismatch",
                format!(
                    "The request uses the same client token '{token}' as a previous, but \
                     non-identical request."
                ),
            )),
        }
    }

    /// Keeps an answer.
    pub(super) fn keep(&mut self, token: &str, parameters: &Parameters, answer: Element) {
        self.0.insert(token.to_owned(), (fingerprint(parameters), answer));
    }
}

fn fingerprint(parameters: &Parameters) -> u64 {
    let mut pairs: Vec<_> = parameters
        .pairs()
        .filter(|(name, _)| !matches!(*name, "Action" | "Version" | "DryRun" | "ClientToken"))
        .collect();
    pairs.sort_unstable();
    let mut text = Vec::new();
    for (name, value) in pairs {
        for part in [name, value] {
            text.extend_from_slice(&part.len().to_le_bytes());
            text.extend_from_slice(part.as_bytes());
        }
    }
    stable_hash(&text)
}
