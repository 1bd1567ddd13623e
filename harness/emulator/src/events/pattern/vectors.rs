//! What matches what, and what is no pattern (guardduty reference, §6).

use serde_json::Value;

use super::Pattern;

const EVENT: &str = r#"{
    "version": "0", "source": "aws.guardduty", "detail-type": "GuardDuty Finding",
    "account": "111111111111", "resources": [], "tags": ["red", "Green", 5],
    "detail": {
        "severity": 8, "type": "Recon:EC2/Portscan", "empty": "", "none": null, "yes": true,
        "ip": "10.0.0.42", "ip6": "2001:db8::1", "path": "/a/b*c\\d.txt", "ratio": 2.50, "big": 6000000000,
        "text": "8", "nested": [["x"], ["y", ["z"]]],
        "people": [{"first": "Ann", "last": "Smith"}, {"first": "Bob", "last": "Jones"}],
        "object": {"inner": 1}
    }
}"#;

#[test]
fn patterns_match_as_the_rule_engine_says() {
    let event: Value = serde_json::from_str(EVENT).expect("JSON");
    for (pattern, expected) in [
        (r#"{"source": ["aws.guardduty"]}"#, true),
        (r#"{"source": ["aws.ec2", "aws.guardduty"], "detail-type": ["GuardDuty Finding"]}"#, true),
        (r#"{"source": ["aws.guardduty"], "detail-type": ["X"]}"#, false),
        (r#"{"source": ["aws.guard"]}"#, false),
        (r#"{"source": ["AWS.guardduty"]}"#, false),
        (r#"{"source": ["x"], "source": ["aws.guardduty"]}"#, true),
        (r#"{"source": ["aws.guardduty"], "source": ["x"]}"#, false),
        // Literals have types.
        (r#"{"detail": {"severity": [8]}}"#, true),
        (r#"{"detail": {"severity": [8.0]}}"#, true),
        (r#"{"detail": {"severity": [80e-1]}}"#, true),
        (r#"{"detail": {"severity": ["8"]}}"#, false),
        (r#"{"detail": {"text": [8]}}"#, false),
        (r#"{"detail": {"ratio": [2.5]}}"#, true),
        (r#"{"detail": {"empty": [""]}}"#, true),
        (r#"{"detail": {"none": [null]}}"#, true),
        (r#"{"detail": {"empty": [null]}}"#, false),
        (r#"{"detail": {"missing": [null]}}"#, false),
        (r#"{"detail": {"yes": [true]}}"#, true),
        (r#"{"detail": {"yes": ["true", false]}}"#, false),
        // Arrays: any element, at any depth.
        (r#"{"tags": ["Green"]}"#, true),
        (r#"{"tags": [5]}"#, true),
        (r#"{"tags": ["blue"]}"#, false),
        (r#"{"resources": ["x"]}"#, false),
        (r#"{"detail": {"nested": ["z"]}}"#, true),
        (r#"{"detail": {"people": {"first": ["Ann"], "last": ["Smith"]}}}"#, true),
        (r#"{"detail": {"people": {"first": ["Ann"], "last": ["Jones"]}}}"#, false),
        (r#"{"detail": {"people": {"first": ["Bob"], "middle": [{"exists": false}]}}}"#, true),
        (r#"{"detail": {"people": {"first": [{"exists": false}]}}}"#, false),
        (r#"{"detail": {"people": {"middle": [{"exists": false}]}}}"#, true),
        // Forms of texts.
        (r#"{"source": [{"prefix": "aws."}]}"#, true),
        (r#"{"source": [{"prefix": "Aws."}]}"#, false),
        (r#"{"source": [{"prefix": {"equals-ignore-case": "AWS."}}]}"#, true),
        (r#"{"source": [{"suffix": "duty"}]}"#, true),
        (r#"{"source": [{"suffix": {"equals-ignore-case": "DUTY"}}]}"#, true),
        (r#"{"source": [{"suffix": "DUTY"}]}"#, false),
        (r#"{"source": [{"equals-ignore-case": "AWS.GuardDuty"}]}"#, true),
        (r#"{"source": [{"equals-ignore-case": "AWS.Guard"}]}"#, false),
        (r#"{"detail": {"severity": [{"prefix": "8"}]}}"#, false),
        (r#"{"source": [{"wildcard": "aws.*"}]}"#, true),
        (r#"{"source": [{"wildcard": "*"}]}"#, true),
        (r#"{"source": [{"wildcard": "*duty"}]}"#, true),
        (r#"{"source": [{"wildcard": "a*.*ty"}]}"#, true),
        (r#"{"source": [{"wildcard": "aws.guardduty*"}]}"#, true),
        (r#"{"source": [{"wildcard": "aws.g*y*y"}]}"#, false),
        (r#"{"source": [{"wildcard": "aws"}]}"#, false),
        (r#"{"detail": {"path": [{"wildcard": "/a/b\\*c\\\\*.txt"}]}}"#, true),
        (r#"{"detail": {"path": [{"wildcard": "/a/\\*b*"}]}}"#, false),
        // Anything but.
        (r#"{"source": [{"anything-but": "aws.ec2"}]}"#, true),
        (r#"{"source": [{"anything-but": "aws.guardduty"}]}"#, false),
        (r#"{"source": [{"anything-but": ["aws.ec2", "aws.guardduty"]}]}"#, false),
        (r#"{"detail": {"severity": [{"anything-but": [1, 2]}]}}"#, true),
        (r#"{"detail": {"severity": [{"anything-but": 8.0}]}}"#, false),
        (r#"{"detail": {"severity": [{"anything-but": "8"}]}}"#, true),
        (r#"{"detail": {"missing": [{"anything-but": "x"}]}}"#, false),
        (r#"{"tags": [{"anything-but": "red"}]}"#, true),
        (r#"{"source": [{"anything-but": {"prefix": "aws."}}]}"#, false),
        (r#"{"source": [{"anything-but": {"prefix": ["x", "y"]}}]}"#, true),
        (r#"{"source": [{"anything-but": {"suffix": ["ec2", "duty"]}}]}"#, false),
        (r#"{"source": [{"anything-but": {"equals-ignore-case": "AWS.GUARDDUTY"}}]}"#, false),
        (r#"{"source": [{"anything-but": {"equals-ignore-case": ["a", "b"]}}]}"#, true),
        (r#"{"source": [{"anything-but": {"wildcard": "*guard*"}}]}"#, false),
        (r#"{"source": [{"anything-but": {"wildcard": ["*x*", "*z"]}}]}"#, true),
        // Numbers.
        (r#"{"detail": {"severity": [{"numeric": [">=", 7]}]}}"#, true),
        (r#"{"detail": {"severity": [{"numeric": [">", 8]}]}}"#, false),
        (r#"{"detail": {"severity": [{"numeric": ["=", 8.00]}]}}"#, true),
        (r#"{"detail": {"severity": [{"numeric": [">", 0, "<=", 8]}]}}"#, true),
        (r#"{"detail": {"severity": [{"numeric": [">=", 4, "<", 8]}]}}"#, false),
        (r#"{"detail": {"severity": [{"numeric": ["<", 5]}]}}"#, false),
        (r#"{"detail": {"text": [{"numeric": [">", 0]}]}}"#, false),
        (r#"{"detail": {"big": [{"numeric": [">", 0]}]}}"#, false),
        (r#"{"detail": {"big": [6000000000]}}"#, true),
        // Existence, of leaves only.
        (r#"{"detail": {"severity": [{"exists": true}]}}"#, true),
        (r#"{"detail": {"none": [{"exists": true}]}}"#, true),
        (r#"{"detail": {"missing": [{"exists": true}]}}"#, false),
        (r#"{"detail": {"missing": [{"exists": false}]}}"#, true),
        (r#"{"detail": {"object": [{"exists": true}]}}"#, false),
        (r#"{"detail": {"object": [{"exists": false}]}}"#, true),
        (r#"{"resources": [{"exists": false}]}"#, true),
        (r#"{"no": {"such": [{"exists": false}]}}"#, true),
        (r#"{"source": {"such": [{"exists": false}]}}"#, true),
        (r#"{"no": {"such": ["x"]}}"#, false),
        (r#"{"detail": {"missing": [{"exists": false}, "x"]}}"#, true),
        // Addresses.
        (r#"{"detail": {"ip": [{"cidr": "10.0.0.0/24"}]}}"#, true),
        (r#"{"detail": {"ip": [{"cidr": "10.0.1.0/24"}]}}"#, false),
        (r#"{"detail": {"ip": [{"cidr": "0.0.0.0/0"}]}}"#, true),
        (r#"{"detail": {"ip": [{"cidr": "10.0.0.42/32"}]}}"#, true),
        (r#"{"detail": {"ip6": [{"cidr": "2001:db8::/32"}]}}"#, true),
        (r#"{"detail": {"ip6": [{"cidr": "0.0.0.0/0"}]}}"#, false),
        (r#"{"detail": {"text": [{"cidr": "10.0.0.0/24"}]}}"#, false),
        // Or.
        (r#"{"$or": [{"source": ["x"]}, {"detail": {"severity": [8]}}]}"#, true),
        (r#"{"$or": [{"source": ["x"]}, {"source": ["y"]}]}"#, false),
        (r#"{"source": ["z"], "$or": [{"source": ["x"]}, {"source": ["aws.guardduty"]}]}"#, false),
        (r#"{"detail": {"$or": [{"yes": [false]}, {"severity": [{"numeric": [">", 7]}]}]}}"#, true),
        (r#"{"detail": {"people": {"$or": [{"first": ["Zed"]}, {"last": ["Jones"]}]}}}"#, true),
        (r#"{"$or": ["x"]}"#, false),
    ] {
        let parsed = Pattern::parse(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        assert_eq!(parsed.matches(&event), expected, "{pattern}");
    }
}

#[test]
fn what_is_no_pattern_is_refused_with_its_reason() {
    let alternatives: Vec<String> = (0..11).map(|n| format!(r#"{{"a": [{n}]}}"#)).collect();
    let or = format!("[{}]", alternatives.join(","));
    let many = format!(r#"{{"a": {{"$or": {or}}}, "b": {{"$or": {or}}}, "c": {{"$or": {or}}}}}"#);
    for (pattern, reason) in [
        ("", "Invalid JSON"),
        ("{", "Invalid JSON"),
        ("[]", "Filter is not an object"),
        ("{}", "Empty objects are not allowed"),
        (r#"{"a": {}}"#, "Empty objects are not allowed"),
        (r#"{"a": "b"}"#, "\"a\" must be an object or an array"),
        (r#"{"a": null}"#, "\"a\" must be an object or an array"),
        (r#"{"a": []}"#, "Empty arrays are not allowed"),
        (r#"{"a": [[1]]}"#, "Match value must be String, number, true, false, or null"),
        (r#"{"a": [{"between": 1}]}"#, "Unrecognized match type between"),
        (r#"{"a": [{"prefix": "a", "suffix": "b"}]}"#, "Only one key allowed in match expression"),
        (r#"{"a": [{"prefix": 1}]}"#, "prefix match pattern must be a string"),
        (r#"{"a": [{"suffix": ["x"]}]}"#, "suffix match pattern must be a string"),
        (
            r#"{"a": [{"equals-ignore-case": null}]}"#,
            "equals-ignore-case match pattern must be a string",
        ),
        (r#"{"a": [{"wildcard": "a**b"}]}"#, "Consecutive wildcard characters at pos 1"),
        (r#"{"a": [{"wildcard": "a\\b"}]}"#, "Invalid escape character at pos 1"),
        (r#"{"a": [{"anything-but": []}]}"#, "Empty arrays are not allowed"),
        (r#"{"a": [{"anything-but": [1, "a"]}]}"#, "mixed type is not supported"),
        (
            r#"{"a": [{"anything-but": {"exists": true}}]}"#,
            "Unsupported anything-but pattern: exists",
        ),
        (r#"{"a": [{"numeric": 1}]}"#, "Value of numeric must be an array."),
        (r#"{"a": [{"numeric": []}]}"#, "Invalid member in numeric match"),
        (r#"{"a": [{"numeric": ["~", 1]}]}"#, "Unrecognized numeric range operator: ~"),
        (r#"{"a": [{"numeric": [">", "1"]}]}"#, "must be a number"),
        (r#"{"a": [{"numeric": [">", 5, "<", 5]}]}"#, "Bottom must be less than top"),
        (r#"{"a": [{"numeric": ["<", 5, ">", 1]}]}"#, "Bad numeric range operator"),
        (r#"{"a": [{"numeric": [">", 6000000000]}]}"#, "between -5.0E9 and 5.0E9"),
        (r#"{"a": [{"exists": "yes"}]}"#, "exists match pattern must be either true or false."),
        (r#"{"a": [{"cidr": "10.0.0.0"}]}"#, "Malformed CIDR, one '/' required"),
        (r#"{"a": [{"cidr": "10.0.0.0/33"}]}"#, "Malformed CIDR"),
        (r#"{"a": [{"cidr": "x/3"}]}"#, "Malformed CIDR"),
        (r#"{"$or": [{"a": [1]}]}"#, "Unrecognized match type a"),
        (many.as_str(), "more than 1000 rule combinations"),
    ] {
        let error = Pattern::parse(pattern).expect_err(pattern);
        assert!(error.reason.contains(reason), "{pattern}: {error}");
        assert!(error.to_string().starts_with("Event pattern is not valid. Reason: "));
    }
}
