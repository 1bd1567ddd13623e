//! What somebody may have meant who wrote a name that does not exist.

/// `; did you mean 'x'?` for the nearest of `names` that is near enough, or nothing.
pub(crate) fn meant<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let nearest = names.into_iter().map(|name| (distance(text, name), name)).min();
    match nearest {
        Some((steps, name)) if steps <= 1 + name.len() / 3 => format!("; did you mean '{name}'?"),
        _ => String::new(),
    }
}

/// Letters to insert, delete or replace to make one of the other, case aside.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_offered_and_far_ones_are_not() {
        assert_eq!(meant("scradr", ["srcaddr", "dstaddr"]), "; did you mean 'srcaddr'?");
        assert_eq!(meant("colour", ["srcaddr", "dstaddr"]), "");
        assert_eq!(distance("kitten", "Sitting"), 3);
    }
}
