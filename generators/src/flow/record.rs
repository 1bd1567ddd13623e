//! One record, and its line in the default format.

use crate::text;

pub(crate) const ICMP: u8 = 1;
pub(crate) const TCP: u8 = 6;
pub(crate) const UDP: u8 = 17;

/// What the record says happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Let through.
    Accept,
    /// Refused by a security group or a network ACL.
    Reject,
    /// The window had no traffic.
    NoData,
    /// The service lost records of the window.
    SkipData,
}

impl Verdict {
    pub(crate) const fn action(self) -> &'static str {
        match self {
            Self::Accept => "ACCEPT",
            Self::Reject => "REJECT",
            Self::NoData | Self::SkipData => "-",
        }
    }

    pub(crate) const fn status(self) -> &'static str {
        match self {
            Self::Accept | Self::Reject => "OK",
            Self::NoData => "NODATA",
            Self::SkipData => "SKIPDATA",
        }
    }
}

/// One record of one direction of one flow in one window of one interface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FlowRecord {
    pub(crate) source: u32,
    pub(crate) destination: u32,
    pub(crate) source_port: u16,
    pub(crate) destination_port: u16,
    pub(crate) protocol: u8,
    pub(crate) verdict: Verdict,
    pub(crate) packets: u32,
    pub(crate) bytes: u64,
    /// Unix seconds.
    pub(crate) start: u32,
    /// Unix seconds, not before `start`.
    pub(crate) end: u32,
    /// TCP flags that were seen, as flow logs record them.
    pub(crate) flags: u8,
    /// At a NAT gateway, the true far end that the gateway's own address stands for; else 0.
    pub(crate) behind: u32,
}

/// FIN, SYN, RST and SYN with ACK, the only flags that flow logs record.
pub(crate) const FIN: u8 = 1;
pub(crate) const SYN: u8 = 2;
pub(crate) const RST: u8 = 4;
pub(crate) const SYN_ACK: u8 = 18;

impl FlowRecord {
    /// A record of a window without data, or of lost data.
    pub(crate) const fn empty(verdict: Verdict, start: u32, end: u32) -> Self {
        Self {
            source: 0,
            destination: 0,
            source_port: 0,
            destination_port: 0,
            protocol: 0,
            verdict,
            packets: 0,
            bytes: 0,
            start,
            end,
            flags: 0,
            behind: 0,
        }
    }

    /// Appends the line in the default format, without a line end; `head` is
    /// `2 <account> <interface> `, which all lines of an interface share.
    pub(crate) fn write_default(&self, head: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(head);
        let tail: &[u8] = match self.verdict {
            Verdict::Accept => b" ACCEPT OK",
            Verdict::Reject => b" REJECT OK",
            Verdict::NoData => b" - NODATA",
            Verdict::SkipData => b" - SKIPDATA",
        };
        if matches!(self.verdict, Verdict::Accept | Verdict::Reject) {
            text::address(out, self.source);
            out.push(b' ');
            text::address(out, self.destination);
            for number in [
                u64::from(self.source_port),
                u64::from(self.destination_port),
                u64::from(self.protocol),
                u64::from(self.packets),
                self.bytes,
            ] {
                out.push(b' ');
                text::number(out, number);
            }
        } else {
            out.extend_from_slice(b"- - - - - - -");
        }
        out.push(b' ');
        text::number(out, u64::from(self.start));
        out.push(b' ');
        text::number(out, u64::from(self.end));
        out.extend_from_slice(tail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_shape_of_the_reference() {
        let record = FlowRecord {
            source: u32::from_be_bytes([10, 4, 1, 17]),
            destination: u32::from_be_bytes([10, 4, 9, 30]),
            source_port: 49160,
            destination_port: 5432,
            protocol: TCP,
            verdict: Verdict::Accept,
            packets: 14,
            bytes: 2310,
            start: 1_760_000_003,
            end: 1_760_000_051,
            flags: 0,
            behind: 0,
        };
        let line = |record: FlowRecord| {
            let mut out = Vec::new();
            record.write_default(b"2 210987654321 eni-0a1b2c3d4e5f60718 ", &mut out);
            text::ascii(out)
        };
        assert_eq!(
            line(record),
            "2 210987654321 eni-0a1b2c3d4e5f60718 10.4.1.17 10.4.9.30 49160 5432 6 14 2310 \
             1760000003 1760000051 ACCEPT OK"
        );
        assert_eq!(
            line(FlowRecord::empty(Verdict::NoData, 1, 2)),
            "2 210987654321 eni-0a1b2c3d4e5f60718 - - - - - - - 1 2 - NODATA"
        );
    }
}
