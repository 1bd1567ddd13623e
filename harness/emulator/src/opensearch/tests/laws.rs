//! Laws that hold for all documents and queries.

use proptest::prelude::*;

use super::*;

fn document() -> impl Strategy<Value = Value> {
    (0_i64..5, "[ab]{1,2}", proptest::option::of(-3_i64..3))
        .prop_map(|(n, t, o)| json!({ "n": n, "t": t, "o": o }))
}

fn query() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0_i64..5).prop_map(|n| json!({ "term": { "n": n } })),
        (0_i64..5, 0_i64..5).prop_map(|(a, b)| json!({ "range": { "n": { "gte": a, "lt": b } } })),
        "[ab]{1,2}".prop_map(|t| json!({ "term": { "t.keyword": t } })),
        Just(json!({ "exists": { "field": "o" } })),
    ]
}

fn filled(documents: &[Value]) -> Site {
    let mut site = Site::new();
    let first = json!({ "n": 0, "t": "z", "o": 0 });
    let all: Vec<Value> = std::iter::once(first).chain(documents.iter().cloned()).collect();
    site.fill("i", &all);
    site
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_query_and_its_negation_share_all_documents(
        documents in prop::collection::vec(document(), 0..20),
        query in query(),
    ) {
        let mut site = filled(&documents);
        let with = site.ids("i", &query);
        let without = site.ids("i", &json!({ "bool": { "must_not": query } }));
        prop_assert_eq!(with.len() + without.len(), documents.len() + 1);
        prop_assert!(with.iter().all(|id| !without.contains(id)));
        let count = site.ok(Method::POST, "/i/_count", &json!({ "query": query }));
        prop_assert_eq!(count["count"].as_u64(), Some(with.len() as u64));
    }

    #[test]
    fn must_is_the_intersection_and_should_the_union(
        documents in prop::collection::vec(document(), 0..20),
        a in query(),
        b in query(),
    ) {
        let mut site = filled(&documents);
        let (of_a, of_b) = (site.ids("i", &a), site.ids("i", &b));
        let both = site.ids("i", &json!({ "bool": { "must": [a, b] } }));
        let either = site.ids("i", &json!({ "bool": { "should": [a, b] } }));
        prop_assert_eq!(both.len(), of_a.iter().filter(|id| of_b.contains(id)).count());
        prop_assert_eq!(either.len() + both.len(), of_a.len() + of_b.len());
    }

    #[test]
    fn sorted_hits_are_in_order_and_buckets_count_every_document(
        documents in prop::collection::vec(document(), 0..20),
    ) {
        let mut site = filled(&documents);
        let body = json!({ "size": 100, "sort": [{ "n": "asc" }],
            "aggs": { "n": { "terms": { "field": "n", "size": 100 } } } });
        let answer = site.ok(Method::POST, "/i/_search", &body);
        let keys: Vec<i64> = answer["hits"]["hits"].as_array().into_iter().flatten()
            .filter_map(|hit| hit["sort"][0].as_i64()).collect();
        prop_assert!(keys.is_sorted());
        let counted: u64 = answer["aggregations"]["n"]["buckets"].as_array().into_iter().flatten()
            .filter_map(|bucket| bucket["doc_count"].as_u64()).sum();
        prop_assert_eq!(counted, documents.len() as u64 + 1);
    }
}
