//! What of a topology is there before it is set up, and whose it is.

use std::collections::BTreeSet;

use super::at_once::{MOST, at_once};
use super::desk::Desk;
use super::piece::Piece;
use super::{Doors, Kind, Mark, Thing, kinds};
use crate::backend::BackendError;

/// How many things a sentence names.
const NAMED: usize = 3;

/// What of a topology is there, and whose it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Survey {
    found: Vec<Piece>,
}

/// Looks every thing up: whether it is there, and which run's tag it carries.
///
/// # Errors
/// When the backend does not answer, or the caller may not ask.
pub(crate) async fn survey(doors: &Doors, things: &[Thing]) -> Result<Survey, BackendError> {
    let found = at_once(things.to_vec(), MOST, |thing| {
        let desk = Desk::new(doors, thing.account);
        async move {
            let found = kinds::look(&desk, &thing).await;
            found.map_err(|refusal| refusal.into_backend_error(thing.account))
        }
    })
    .await;
    let mut survey = Survey::default();
    for pieces in found {
        survey.found.extend(pieces?);
    }
    Ok(survey)
}

/// Removes what a delivery stream that is gone left behind of its reading, before there is another of
/// its name.
///
/// # Errors
/// When the backend does not answer.
pub(crate) async fn forget_positions(doors: &Doors, things: &[Thing]) -> Result<(), BackendError> {
    for thing in things.iter().filter(|thing| thing.kind == Kind::DeliveryStream) {
        let desk = Desk::new(doors, thing.account);
        let forgotten = kinds::positions::forget(&desk, &thing.name).await;
        forgotten.map_err(|refusal| refusal.into_backend_error(thing.account))?;
    }
    Ok(())
}

impl Survey {
    /// Nothing, when nothing is there.
    ///
    /// # Errors
    /// [`BackendError::Occupied`] with what is there, whose it is, and what to do.
    pub(crate) fn must_be_free(&self) -> Result<(), BackendError> {
        let (ours, others): (Vec<_>, Vec<_>) =
            self.found.iter().partition(|piece| piece.run.is_some());
        let sentences = [others_sentence(&others), ours_sentence(&ours)];
        let sentences: Vec<String> = sentences.into_iter().flatten().collect();
        if sentences.is_empty() {
            return Ok(());
        }
        Err(BackendError::Occupied(sentences.join(". ")))
    }

    /// The things that earlier runs left, for [`super::tear_down`].
    pub(crate) fn leftovers(&self) -> Vec<Thing> {
        let ours = self.found.iter().filter(|piece| piece.run.is_some());
        let things: BTreeSet<Thing> = ours.map(|piece| piece.thing.clone()).collect();
        things.into_iter().collect()
    }
}

fn others_sentence(others: &[&Piece]) -> Option<String> {
    let listed = listed(others, |_| "somebody else's".to_owned())?;
    let (carries, is, it) = match others.len() {
        1 => ("it carries", "is", "it"),
        _ => ("they carry", "are", "them"),
    };
    Some(format!(
        "what the lab would make is there already: {listed}; {carries} no tag of Tributary and {is} \
         not touched: choose another endpoint or account, or remove {it} yourself"
    ))
}

fn ours_sentence(ours: &[&Piece]) -> Option<String> {
    let run_of = |piece: &Piece| piece.run.clone().unwrap_or_default();
    let listed = listed(ours, |piece| format!("of run {}", run_of(piece)))?;
    let runs: BTreeSet<String> = ours.iter().map(|piece| run_of(piece)).collect();
    let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
    let (run, it, was) = match runs.len() {
        1 => ("run", "it", "was"),
        _ => ("runs", "they", "were"),
    };
    let by_tag: Vec<String> = runs.iter().map(|run| format!("{}={run}", Mark::KEY)).collect();
    Some(format!(
        "an earlier run left what it made: {listed}. If {it} {was} killed, or told to keep it, run \
         `tributary run … --replace` to remove what {run} {} left, or remove it by tag {}; if {it} \
         still {}, wait for the end",
        in_words(&runs, "and"),
        in_words(&by_tag, "or"),
        if runs.len() == 1 { "works" } else { "work" },
    ))
}

/// The first of them with whose they are, and how many more there are.
fn listed(pieces: &[&Piece], whose: impl Fn(&Piece) -> String) -> Option<String> {
    let named = pieces.iter().take(NAMED);
    let mut words: Vec<String> = named.map(|piece| format!("{piece} ({})", whose(piece))).collect();
    match pieces.len().checked_sub(NAMED) {
        None if pieces.is_empty() => return None,
        None | Some(0) => {}
        Some(more) => words.push(format!("{more} more")),
    }
    Some(in_words(&words, "and"))
}

/// `a`, `a and b`, `a, b and c`.
fn in_words<T: AsRef<str>>(words: &[T], joint: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {joint} {last}", rest.join(", ")),
    }
}

#[cfg(test)]
#[path = "survey_test.rs"]
mod tests;
