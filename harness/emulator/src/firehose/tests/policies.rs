use super::*;

const ALL: [&str; 4] = ["kinesis:*", "lambda:*", "es:*", "s3:*"];

#[test]
fn a_source_that_may_not_be_read_blocks_and_goes_on_when_it_may() {
    let mut bench = bench("FailedDocumentsOnly");
    bench.role(&json!([allow(&ALL[1..])]));
    bench.put("k", "a");
    bench.wait_s(300);
    let blocked = bench.world.firehose_blocked();
    assert_eq!(blocked.len(), 1);
    assert_eq!(blocked[0].why.code, "Kinesis.AccessDenied");
    assert!(blocked[0].why.message.contains("kinesis:"), "{}", blocked[0].why.message);
    assert!(!bench.world.firehose_pending().is_empty());
    assert!(indexed(&bench).is_empty());
    bench.role(&json!([allow(&ALL)]));
    bench.settle();
    assert_eq!(indexed(&bench), ["a"]);
    assert!(bench.world.firehose_blocked().is_empty());
}

#[test]
fn without_the_permission_to_invoke_records_lie_under_the_error_prefix() {
    let mut bench = bench("FailedDocumentsOnly");
    bench.role(&json!([allow(&["kinesis:*", "es:*", "s3:*"])]));
    bench.put("k", "a");
    bench.settle();
    let failed = bench.lines("processing-failed");
    assert_eq!(failed.len(), 1);
    assert!(failed[0]["errorCode"].as_str().is_some_and(|code| code.starts_with("Lambda.")));
    assert!(bench.events.is_empty());
    assert!(bench.heard.lock().expect("no panic").refused > 0);
}

#[test]
fn without_the_permission_to_post_documents_lie_under_the_error_prefix() {
    let mut bench = bench("FailedDocumentsOnly");
    bench.role(&json!([allow(&["kinesis:*", "lambda:*", "s3:*"])]));
    bench.put("k", "a");
    bench.settle();
    assert!(indexed(&bench).is_empty());
    assert_eq!(bench.lines("AmazonOpenSearchService-failed").len(), 1);
}
