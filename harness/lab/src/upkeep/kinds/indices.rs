//! Indices of OpenSearch, marked by the index template that they were made from.

use http::Method;

use crate::upkeep::Thing;
use crate::upkeep::desk::Desk;
use crate::upkeep::piece::Piece;
use crate::upkeep::refusal::{Refusal, or_absent};

pub(super) async fn look(desk: &Desk, thing: &Thing) -> Result<Vec<Piece>, Refusal> {
    let wide = "expand_wildcards=open,closed,hidden&ignore_unavailable=true";
    let path = format!("/{}/_mapping?{wide}", thing.name);
    let told = or_absent(desk.search(Method::GET, path).await)?.flatten().unwrap_or_default();
    let all = told.as_object().into_iter().flatten();
    Ok(all
        .map(|(index, told)| {
            let mut piece = Piece::whole(thing, &told["mappings"]["_meta"]);
            // The template also marks what others make under a name like ours while a run lasts.
            piece.run = piece.run.filter(|_| is_of_a_rotation(index, &thing.name));
            Piece { id: index.clone(), ..piece }
        })
        .collect())
}

/// Whether Firehose gives an index this name: that of the topology, or with the time of a rotation,
/// such as `logs-2026-11-27-09` or `logs-2026-w48`.
fn is_of_a_rotation(index: &str, pattern: &str) -> bool {
    match index.strip_prefix(pattern.trim_end_matches('*')) {
        Some("") => true,
        Some(rest) => {
            rest.starts_with("-2")
                && rest.chars().all(|it| it.is_ascii_digit() || it == '-' || it == 'w')
        }
        None => false,
    }
}

/// Removes one index by its whole name.
pub(super) async fn remove(desk: &Desk, index: &str) -> Result<(), Refusal> {
    desk.search(Method::DELETE, format!("/{index}")).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_names_are_not_taken_for_rotations() {
        let ours =
            ["logs", "logs-2026-11-27", "logs-2026-11-27-09", "logs-2026-11", "logs-2026-w48"];
        let others =
            ["logstash-2026-11-27", "logs-nginx", "logs_2026", "app", "logs-2026-web", "logs2"];
        for (names, expected) in [(&ours[..], true), (&others[..], false)] {
            for name in names {
                assert_eq!(is_of_a_rotation(name, "logs*"), expected, "{name}");
            }
        }
    }
}
