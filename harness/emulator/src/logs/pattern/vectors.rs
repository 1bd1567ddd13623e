//! The reference's table of patterns, events and verdicts, row by row.

use super::{Pattern, PatternError};

/// A row: its number, its patterns, events that each of them chooses, events that it does not.
type Row = (u32, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

fn check(rows: &[Row]) {
    for (number, patterns, chosen, others) in rows {
        for text in *patterns {
            let pattern = Pattern::parse(text);
            let pattern = pattern.unwrap_or_else(|error| panic!("row {number}: {text}: {error}"));
            for message in *chosen {
                assert!(pattern.matches(message), "row {number}: {text} has to choose {message}");
            }
            for message in *others {
                assert!(!pattern.matches(message), "row {number}: {text} may not choose {message}");
            }
        }
    }
}

fn refused(patterns: &[&str], error: &PatternError) {
    for text in patterns {
        assert_eq!(Pattern::parse(text).err().as_ref(), Some(error), "{text}");
    }
}

#[test]
fn terms() {
    check(&[
        (
            1,
            &["ERROR"],
            &["ERROR BAD REQUEST", "TERROR REQUEST", "[ERROR] REQUEST", "ERROR_ARGUMENTS"],
            &["error arguments request", "INTERNAL SERVER error"],
        ),
        (
            2,
            &["ERROR ARGUMENTS"],
            &["ARGUMENTS ERROR", "ERROR_ARGUMENTS", "ERROR\nARGUMENTS"],
            &["ERROR BAD REQUEST"],
        ),
        (3, &["?ERROR ?ARGUMENTS"], &["INFO ARGUMENTS", "ERROR-REQUEST"], &["INFO REQUEST"]),
        (4, &["?ERROR ?ARGUMENTS REQUEST"], &["INFO REQUEST"], &["ERROR_ARGUMENTS"]),
        (
            5,
            &["?ERROR ?ARGUMENTS -REQUEST"],
            &["plain", "INFO ARGUMENTS", "error arguments request"],
            &["ERROR BAD REQUEST"],
        ),
        (6, &["ERROR -ARGUMENTS"], &["ERROR BAD REQUEST"], &["ARGUMENTS ERROR"]),
        (7, &["-ERROR"], &["plain", "error arguments request"], &["TERROR REQUEST"]),
        (
            8,
            &["\"INTERNAL SERVER ERROR\""],
            &["ERROR INTERNAL SERVER ERROR"],
            &["ERROR INTERNAL  SERVER ERROR"],
        ),
        (9, &["ERROR -\"BAD REQUEST\""], &["ERROR ARGUMENTS REQUEST"], &["ERROR BAD REQUEST"]),
        (10, &["\"hello-world\""], &["hello-world"], &["say \"hello world\" now"]),
        // The guide says that this one chooses every event; AWS was seen to look for the space.
        (11, &["\" \""], &["INFO REQUEST"], &["plain"]),
        (12, &["", "  ", "\t"], &["plain", "", "{}", "a b"], &[]),
    ]);
    refused(&["ERR*"], &PatternError::Term("ERR*".to_owned()));
    refused(&["\"ERROR"], &PatternError::Term("\"ERROR".to_owned()));
    let error = Pattern::parse("\"ERROR").expect_err("row 14");
    assert_eq!(error.for_metrics(), "Invalid character(s) in term '\"ERROR'");
}

#[test]
fn regular_expressions() {
    check(&[
        (
            15,
            &["%^ERROR\\s[0-9]{3}$%"],
            &["ERROR 500", "ERROR\n500"],
            &["ERROR 5000", "xERROR 500"],
        ),
        (16, &["%ERROR|WARN%"], &["WARN 404", "xERROR 500"], &["error 500"]),
        (17, &["%^colou?r$%"], &["color", "colour"], &["colouur"]),
        (18, &["%10\\.10\\.0\\.1%"], &["10.10.0.1"], &["10010,051"]),
        (19, &["%10.10.0.1%"], &["10010,051"], &[]),
        (20, &["%\\x21%"], &["hello!"], &["hello("]),
        (21, &["%^a*b$%"], &["aaab"], &["abab"]),
        (22, &["%^[^a-z]+$%"], &["WARN 404"], &["color"]),
    ]);
    refused(&["%^(ERROR|WARN)%", "%hello!%", "%café%", "%[abc%"], &PatternError::Syntax);
}

#[test]
fn json_comparisons() {
    check(&[
        (
            24,
            &["{ $.v = 1 }"],
            &[r#"{"v":1}"#, r#"{"v":1.0}"#, r#"{"v":1e0}"#, r#"{"v":"1"}"#, r#"{"v":2,"v":1}"#],
            &[r#"{"v":"1.0"}"#, r#"{"v":true}"#, r#"{"v":[1,"Alpha",null]}"#],
        ),
        (
            25,
            &["{ $.v != 1 }"],
            &[
                r#"{"v":0}"#,
                r#"{"v":"1.0"}"#,
                r#"{"v":"Alpha"}"#,
                r#"{"v":""}"#,
                r#"{"v":1,"v":2}"#,
            ],
            &[r#"{"v":null}"#, r#"{"v":true}"#, r#"{"v":[]}"#, "{}"],
        ),
        (26, &["{ $.v > 1 }"], &[r#"{"v":1.5}"#, r#"{"v":10}"#], &[r#"{"v":"10"}"#, r#"{"v":1}"#]),
        (27, &["{ $.v >= 1 }"], &[r#"{"v":1.0}"#], &[r#"{"v":"1"}"#]),
        (28, &["{ $.v <= 1 }"], &[r#"{"v":-1}"#], &[r#"{"v":1.5}"#]),
        (29, &["{ $.v = 1e+0 }"], &[r#"{"v":1}"#], &[r#"{"v":"1"}"#]),
        (30, &["{ $.v = -1 }"], &[r#"{"v":-1}"#], &[r#"{"v":1}"#]),
        (31, &["{ $.v = \"1\" }"], &[r#"{"v":1}"#, r#"{"v":"1"}"#], &[r#"{"v":1.0}"#]),
        (
            32,
            &["{ $.v = \"Alpha\" }"],
            &[r#"{"v":"Alpha"}"#, r#"{"v":"\u0041lpha"}"#],
            &[r#"{"v":"alpha"}"#, r#"{"v":[1,"Alpha",null]}"#],
        ),
        (33, &["{ $.v = \"Alpha*\" }"], &[r#"{"v":"Alphabet"}"#], &[r#"{"v":"xAlpha"}"#]),
        (34, &["{ $.v = \"*Alpha\" }"], &[r#"{"v":"xAlpha"}"#], &[r#"{"v":"Alphabet"}"#]),
        (35, &["{ $.v = \"a?b\" }"], &[r#"{"v":"a?b"}"#], &[r#"{"v":"a*b"}"#]),
        (36, &["{ $.v = \"\" }"], &[r#"{"v":""}"#], &["{}"]),
        (
            37,
            &["{ $.v != \"Alpha\" }"],
            &[r#"{"v":0}"#, r#"{"v":"alpha"}"#],
            &[r#"{"v":true}"#, r#"{"v":{}}"#],
        ),
        (38, &["{ $.v = %^Al.*% }"], &[r#"{"v":"Alphabet"}"#], &[r#"{"v":"xAlpha"}"#]),
        (43, &["{ $.v = true }"], &[r#"{"v":"true"}"#], &[r#"{"v":true}"#]),
        (
            44,
            &["{ $.v = * }"],
            &[r#"{"v":0}"#, r#"{"v":""}"#],
            &[r#"{"v":true}"#, r#"{"v":null}"#, r#"{"v":[]}"#],
        ),
    ]);
    refused(&["{ $.v = null }"], &PatternError::Syntax);
}

#[test]
fn json_tests_of_kind() {
    check(&[
        (
            39,
            &["{ $.v IS NULL }"],
            &[r#"{"v":null}"#, r#"{"v":[1,"Alpha",null]}"#, " { \"v\" : [ null ] } "],
            &[r#"{"v":"null"}"#, "{}"],
        ),
        (
            40,
            &["{ $.v NOT EXISTS }"],
            &["{}"],
            &[r#"{"v":null}"#, "not JSON", r#"[{"v":1}]"#, r#"{"a":1"#, r#"{"a":1} x"#],
        ),
        (41, &["{ $.v IS TRUE }"], &[r#"{"v":true}"#], &[r#"{"v":"true"}"#]),
        (42, &["{ $.v IS FALSE }"], &[r#"{"v":false}"#], &[r#"{"v":0}"#]),
        (
            56,
            &["{ $.nested.value NOT EXISTS }"],
            &[r#"{"nested":null}"#, r#"{"nested":{}}"#],
            &[r#"{"nested":{"value":null}}"#],
        ),
        (
            57,
            &["{ $.nested.value IS NULL }"],
            &[r#"{"nested":{"value":null}}"#],
            &[r#"{"nested":null}"#],
        ),
    ]);
}

#[test]
fn json_selectors() {
    const FLAT: &str = r#"{"cluster.name":"flat","cluster":{"name":"nested"}}"#;
    check(&[
        (
            46,
            &["{ $.nested.value = \"hit\" }"],
            &[r#"{"nested":{"value":"hit"}}"#],
            &[r#"{"nested.value":"hit"}"#, r#"{"nested":[{"value":"hit"}]}"#],
        ),
        (47, &["{ $.['cluster.name'] = \"flat\" }"], &[FLAT], &[]),
        (48, &["{ $.cluster.name = \"flat\" }"], &[r#"{"cluster":{"name":"flat"}}"#], &[FLAT]),
        (
            49,
            &["{ $.arr[0] = \"hit\" }"],
            &[r#"{"arr":["hit","miss"]}"#],
            &[r#"{"arr":["miss","hit"]}"#, r#"{"arr":"hit"}"#, r#"{"arr":{"0":"hit"}}"#],
        ),
        (
            50,
            &["{ $.arr[*] = \"hit\" }"],
            &[r#"{"arr":["miss","hit"]}"#, r#"{"arr":{"0":"hit"}}"#],
            &[r#"{"arr":[["hit"]]}"#, r#"{"arr":"hit"}"#],
        ),
        (
            51,
            &["{ $.* = \"hit\" }"],
            &[r#"{"other":"hit"}"#, r#"{"nested.value":"hit"}"#],
            &[r#"{"nested":{"value":"hit"}}"#],
        ),
        (
            52,
            &["{ $.matrix[0][1] = 1 }"],
            &[r#"{"matrix":[[0,1],[2,3]]}"#],
            &[r#"{"matrix":[[1,0]]}"#],
        ),
        (
            53,
            &["{ $.items[*].a = 1 && $.items[*].b = 2 }"],
            &[r#"{"items":[{"a":1,"b":0},{"a":0,"b":2}]}"#],
            &[r#"{"items":[]}"#],
        ),
        (
            54,
            &["{ $.a = 1 || $.b = 2 && $.c = 3 }", "{$.a=1||$.b=2&&$.c=3}"],
            &[r#"{"a":1,"b":0,"c":0}"#, r#"{"a":0,"b":2,"c":3}"#],
            &[r#"{"a":0,"b":2,"c":0}"#],
        ),
        (
            55,
            &["{ ($.a = 1 || $.b = 2) && $.c = 3 }"],
            &[r#"{"a":1,"b":2,"c":3}"#],
            &[r#"{"a":1,"b":0,"c":0}"#],
        ),
    ]);
}

#[test]
fn json_that_is_refused() {
    refused(
        &[
            "{ $.v EXISTS }",
            "{ $.v IS NOT NULL }",
            "{ $.v == 1 }",
            "{ !($.v = 1) }",
            "{ $.v > 0 AND $.v < 2 }",
            "{ \"v\": [1] }",
            "{ $.v > \"Alpha\" }",
            "{ $..value = \"hit\" }",
            "{ $.arr[-1] = \"hit\" }",
            "{ $.arr[0:2] = \"hit\" }",
            "{ $.items[*].* = 1 }",
            "{ $.v = %(a)% }",
            "{ }",
            "{ $ = 1 }",
            "{ $.v = 1",
            "{ $.v = 1 } x",
        ],
        &PatternError::Syntax,
    );
    refused(&["{ $.v = %Alpha% || $.v = %Beta% || $.v = %Gamma% }"], &PatternError::TooManyRegexes);
    refused(
        &["{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d[*] = 1 }"],
        &PatternError::TooManyWildcards,
    );
    let error = Pattern::parse("{ $.v == 1 }").expect_err("row 58");
    assert_eq!(error.for_metrics(), "Invalid metric filter pattern");
    assert_eq!(error.for_subscriptions(), "Invalid filter pattern");
}

const A: &str =
    "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";
const B: &str = "127.0.0.2 - jane [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 410 0";
const C: &str = "127.0.0.3 - frank [10/Oct/2000:13:25:15 -0700] \"POST /api HTTP/1.0\" 500 2048";
const D: &str =
    "127.0.0.4 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 200 100";
const X: &str = "127.0.0.5  -  frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 \
                 1534 extra";
const T: &str =
    "127.0.0.1\t-\tfrank\t[10/Oct/2000:13:25:15 -0700]\t\"GET /index.html HTTP/1.0\"\t404\t1534";

#[test]
fn fields_between_spaces() {
    check(&[
        (
            60,
            &["[ip, identity, user, timestamp, request, status, bytes]"],
            &[A, B, X, T],
            &["ERROR request failed"],
        ),
        (
            61,
            &["[ip, identity, user, timestamp, request, status >= 400, bytes > 1000]"],
            &[A, C, T],
            &[B, D, X],
        ),
        (62, &["[..., request = *.html*, status = 4*, bytes]"], &[A, B, T], &[C, D, X]),
        (63, &["[..., status = 404 || status = 410, bytes]"], &[A, B], &[D, X]),
        (
            64,
            &["[ip = %127\\.0\\.0\\.[1-3]%, identity, user, timestamp, request, status, bytes]"],
            &[A, B, C],
            &[D],
        ),
        (65, &["[..., bytes]"], &[A, B, C, D, X, T, "ERROR", "ERROR \"two words\""], &[]),
        (
            66,
            &["[ip, ..., status, bytes]"],
            &["ERROR request failed", "ERROR \"unterminated words"],
            &["WARNING request"],
        ),
        (67, &["[]", "[ ]"], &[A, "x"], &["", " \t"]),
        (
            68,
            &["[w1=ERROR, w2]", "[ w1 = ERROR , w2 ]"],
            &["ERROR request failed", "ERROR \"two words\""],
            &["ERROR", "INFO request accepted"],
        ),
        (
            69,
            &["[w1!=ERROR && w1!=WARNING, w2]", "[w1!=ERROR&&w1!=WARNING,w2]"],
            &["INFO request accepted"],
            &["WARNING request"],
        ),
    ]);
    refused(&["[..., status, ...]"], &PatternError::DuplicateField("...".to_owned()));
    refused(&["[word, word]"], &PatternError::DuplicateField("word".to_owned()));
    refused(
        &["[a = 1 && b = 1]", "[a", "[a] x", "[a b]", "[a,,b]", "[a, ]", "[a > x]"],
        &PatternError::Syntax,
    );
    refused(&["[a = %a%, b = %b%, c = %c%]"], &PatternError::TooManyRegexes);
    let error = Pattern::parse("[word, word]").expect_err("row 70");
    assert_eq!(error.to_string(), "Duplicate field 'word'");
}

#[test]
fn what_fields_take_out() {
    let extracted = |pattern: &str, message: &str| {
        let pattern = Pattern::parse(pattern).expect("a pattern");
        let values = pattern.extract(message).expect("it is chosen");
        values.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    };
    let seven = "[ip, identity, user, timestamp, request, status, bytes]";
    let values = extracted(seven, A);
    assert_eq!(values[3], "$timestamp=10/Oct/2000:13:25:15 -0700");
    assert_eq!(values[4], "$request=GET /index.html HTTP/1.0");
    assert_eq!(extracted(seven, X)[6], "$bytes=1534 extra");
    let values = extracted("[..., request = *.html*, status = 4*, bytes]", A);
    let names: Vec<&str> = values.iter().filter_map(|value| value.split('=').next()).collect();
    assert_eq!(names, ["$1", "$2", "$3", "$4", "$request", "$status", "$bytes"]);
    assert_eq!(extracted("[..., bytes]", "ERROR"), ["$bytes=ERROR"]);
    assert_eq!(extracted("[..., bytes]", "ERROR \"two words\""), ["$1=ERROR", "$bytes=two words"]);
    assert_eq!(extracted("[..., bytes]", X)[6..], ["$7=1534", "$bytes=extra"]);
    let values = extracted("[ip, ..., status, bytes]", "ERROR \"unterminated words");
    assert_eq!(values, ["$ip=ERROR", "$status=\"unterminated", "$bytes=words"]);
    assert_eq!(extracted("ERROR", "ERROR"), Vec::<String>::new());
}

const E1: &str = r#"{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another value"],"objectList":[{"name":"a","id":1},{"name":"b","id":2}],"SomeObject":null}"#;
const E2: &str = r#"{"user":{"id":1,"email":"John.Stiles@example.com"},"users":[{"id":2,"email":"John.Doe@example.com"},{"id":3,"email":"Jane.Doe@example.com"}],"actions":["GET","PUT","DELETE"],"coordinates":[[0,1,2],[4,5,6],[7,8,9]]}"#;

#[test]
fn the_guides_examples() {
    check(&[
        (71, &["{ $.eventType = \"UpdateTrail\" }"], &[E1], &[E2]),
        (72, &["{ $.sourceIPAddress != 123.123.* }"], &[E1], &[E2]),
        (73, &["{ $.arrayKey[0] = \"value\" }"], &[E1], &[E2]),
        (74, &["{ $.objectList[1].id = 2 }"], &[E1], &[E2]),
        (75, &["{ $.SomeObject IS NULL }"], &[E1], &[E2]),
        (76, &["{ $.SomeOtherObject NOT EXISTS }"], &[E1, E2], &[]),
        (77, &["{ $.eventType = \"*\" && $.sourceIPAddress != 123.123.* }"], &[E1], &[E2]),
        (
            78,
            &["{ ($.user.id = 1) && ($.users[0].email = \"John.Doe@example.com\") }"],
            &[E2],
            &[E1],
        ),
        (
            79,
            &[
                "{ $.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = \"nonmatch\" \
               && $.actions[2] = \"nonmatch\" }",
            ],
            &[E2],
            &[E1],
        ),
        (
            80,
            &["{ ($.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = \
               \"nonmatch\") && $.actions[2] = \"nonmatch\" }"],
            &[],
            &[E2],
        ),
        (
            81,
            &["{ ($.user.id = 2 && $.users[0].email = \"nonmatch\") || $.actions[2] = \"GET\" }"],
            &[],
            &[E2],
        ),
    ]);
}

const F: &str = "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 \
                 4249 1418530010 1418530070 ACCEPT OK";
const R: &str = "2 123456789010 eni-1235b8ca123456789 10.0.2.7 172.31.16.21 20641 22 6 20 4249 \
                 1418530010 1418530070 REJECT OK";

#[test]
fn patterns_of_other_guides() {
    check(&[
        (
            82,
            &["[version, accountid, interfaceid, srcaddr, dstaddr, srcport, dstport=\"22\", \
               protocol=\"6\", packets, bytes, start, end, action=\"REJECT\", logstatus]"],
            &[R],
            &[F],
        ),
        (
            83,
            &["[version, accountid, interfaceid, srcaddr = 10.0.2.*, dstaddr, srcport, dstport, \
               protocol, packets, bytes, start, end, action, logstatus]"],
            &[R],
            &[F],
        ),
        (
            84,
            &["[version, accountid, interfaceid, srcaddr, dstaddr, srcport, dstport = 80 || \
               dstport = 8080, protocol, packets, bytes >= 400, start, end, action = REJECT, \
               logstatus]"],
            &[],
            &[F, R],
        ),
        (
            85,
            &[
                "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }",
            ],
            &[
                r#"{"errorCode":"Client.UnauthorizedOperation"}"#,
                r#"{"errorCode":"AccessDeniedException"}"#,
            ],
            &[r#"{"errorCode":null}"#],
        ),
        (
            86,
            &["{ ($.eventName = ConsoleLogin) && ($.errorMessage = \"Failed authentication\") }"],
            &[r#"{"eventName":"ConsoleLogin","errorMessage":"Failed authentication"}"#],
            &[r#"{"eventName":"ConsoleLogin"}"#],
        ),
        (
            87,
            &["{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && \
               $.eventType != \"AwsServiceEvent\" }"],
            &[r#"{"userIdentity":{"type":"Root"},"eventType":"AwsApiCall"}"#],
            &[
                r#"{"userIdentity":{"type":"Root","invokedBy":"x"},"eventType":"AwsApiCall"}"#,
                r#"{"userIdentity":{"type":"Root"}}"#,
            ],
        ),
    ]);
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_a_pattern_or_is_refused(
            text in "[\\[\\]{}%$.*\"'=!<>&|?, ()a-zA-Z0-9_-]{0,40}", message in ".{0,40}",
        ) {
            if let Ok(pattern) = Pattern::parse(&text) {
                prop_assert_eq!(pattern.matches(&message), pattern.extract(&message).is_some());
                prop_assert_eq!(pattern.text(), text);
            }
        }

        #[test]
        fn a_phrase_chooses_what_contains_it(phrase in "[a-z ]{1,6}", message in "[a-z ]{0,20}") {
            let pattern = Pattern::parse(&format!("\"{phrase}\"")).expect("a phrase");
            prop_assert_eq!(pattern.matches(&message), message.contains(&phrase));
            let pattern = Pattern::parse(&format!("-\"{phrase}\"")).expect("a phrase");
            prop_assert_eq!(pattern.matches(&message), !message.contains(&phrase));
        }
    }
}
