//! Resource ids as AWS forms them: a prefix and 17 hexadecimal digits, the first of them 0.

use crate::text;

/// `eni-` and 17 digits.
pub(crate) fn interface_id(key: u64) -> String {
    resource("eni-", key)
}

/// The log stream of an interface whose flow log takes all traffic (flow-log reference, 2).
pub(crate) fn log_stream(interface: &str) -> String {
    format!("{interface}-all")
}

fn resource(prefix: &str, key: u64) -> String {
    let mut out = prefix.as_bytes().to_vec();
    text::hex(&mut out, u128::from(key), 17);
    text::ascii(out)
}
