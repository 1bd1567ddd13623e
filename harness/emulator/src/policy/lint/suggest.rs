//! Did you mean.

/// The candidate that is nearest to a word, if one is near enough to be meant: at most a third of
/// the word is otherwise. The first one wins among equals.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lower = word.to_ascii_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let limit =
            best.map_or_else(|| (lower.len() / 3).clamp(1, 4) + 1, |(distance, _)| distance);
        let other = candidate.to_ascii_lowercase();
        if lower.len().abs_diff(other.len()) >= limit {
            continue;
        }
        let distance = distance(&lower, &other);
        if distance < limit {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters have to be put in, taken out, changed or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let change = last[j] + usize::from(a != b);
            let mut cost = change.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let actions = ["PutRecord", "PutRecords", "GetRecords", "ListShards"];
        for (word, expected) in [
            ("PutRecrod", Some("PutRecord")),
            ("putrecordsz", Some("PutRecords")),
            ("PutEvents", None),
            ("ListShard", Some("ListShards")),
            ("Fly", None),
        ] {
            assert_eq!(nearest(word, actions), expected, "{word}");
        }
        assert_eq!(distance("ab", "ba"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
