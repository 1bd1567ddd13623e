//! A connection, and the part of it that a window sees.

/// A connection between two ends, with all that ever passes over it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Connection {
    /// Unix seconds of its first packet.
    pub(crate) from: i64,
    /// Unix seconds of its last packet.
    pub(crate) to: i64,
    pub(crate) exchange: Exchange,
}

/// Packets of both directions, and how large they are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exchange {
    /// Packets from the client.
    pub(crate) forward: u32,
    /// Packets from the server.
    pub(crate) back: u32,
    /// Bytes of a packet from the client, in 1/256.
    pub(crate) forward_size: u32,
    /// Bytes of a packet from the server, in 1/256.
    pub(crate) back_size: u32,
}

/// An aggregation window of an interface, in whole Unix seconds, both inclusive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

impl Window {
    /// How long it is, in seconds.
    pub(crate) const fn seconds(self) -> u32 {
        (self.to - self.from + 1) as u32
    }
}

/// What a window sees of one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) packets: u32,
    pub(crate) bytes: u64,
}

/// What a window sees of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    pub(crate) forward: Seen,
    pub(crate) back: Seen,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The first packets are in this part.
    pub(crate) opens: bool,
    /// The last ones are.
    pub(crate) closes: bool,
    /// The server ended it by a reset.
    pub(crate) reset: bool,
}

impl Connection {
    /// The part that `window` sees; `None` when it sees nothing.
    ///
    /// Windows that follow each other see it whole together, to the packet and to the byte,
    /// because a part is the difference of what had passed at two moments.
    pub(crate) fn share(&self, window: Window) -> Option<Share> {
        if self.to < window.from || self.from > window.to {
            return None;
        }
        let (before, after) = (self.passed(window.from), self.passed(window.to + 1));
        let seen = |from: u32, to: u32, size: u32| Seen {
            packets: to - from,
            bytes: weight(to, size) - weight(from, size),
        };
        let forward = seen(before.0, after.0, self.exchange.forward_size);
        let back = seen(before.1, after.1, self.exchange.back_size);
        (forward.packets > 0 || back.packets > 0).then(|| Share {
            forward,
            back,
            start: self.from.max(window.from) as u32,
            end: self.to.min(window.to) as u32,
            opens: before == (0, 0),
            closes: after == (self.exchange.forward, self.exchange.back),
            // One connection of 32, told by the size of its packets, which is as good as chance.
            reset: self.exchange.back_size & 31 == 9,
        })
    }

    /// Packets of both directions that passed before the second `at`.
    ///
    /// A cut that would leave one direction empty on one of its sides moves to the connection's
    /// end, so that no window sees half a conversation.
    fn passed(&self, at: i64) -> (u32, u32) {
        let Exchange { forward, back, .. } = self.exchange;
        if at <= self.from {
            return (0, 0);
        }
        if at > self.to {
            return (forward, back);
        }
        let (part, whole) = ((at - self.from) as u64, (self.to - self.from + 1) as u64);
        let cut = |packets: u32| (u64::from(packets) * part / whole) as u32;
        let (a, b) = (cut(forward), cut(back));
        if a == 0 || (b == 0 && back > 0) {
            (0, 0)
        } else if a == forward || (b == back && back > 0) {
            (forward, back)
        } else {
            (a, b)
        }
    }
}

/// Bytes of the first `packets` packets.
fn weight(packets: u32, size: u32) -> u64 {
    (u64::from(packets) * u64::from(size)) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn following_windows_see_it_whole(
            length in 0_i64..500, forward in 1_u32..5_000, back in 0_u32..5_000, phase in 0_i64..60,
        ) {
            let exchange = Exchange { forward, back, forward_size: 80 << 8, back_size: 301_111 };
            let connection = Connection { from: 1_000, to: 1_000 + length, exchange };
            let (mut packets, mut bytes) = ((0, 0), (0, 0));
            for n in 0..12 {
                let from = 940 + phase + n * 60;
                let Some(share) = connection.share(Window { from, to: from + 59 }) else { continue };
                prop_assert!(share.start <= share.end);
                prop_assert!(i64::from(share.start) >= from && i64::from(share.end) <= from + 59);
                packets = (packets.0 + share.forward.packets, packets.1 + share.back.packets);
                bytes = (bytes.0 + share.forward.bytes, bytes.1 + share.back.bytes);
                prop_assert!(share.forward.bytes >= u64::from(share.forward.packets) * 79);
            }
            prop_assert_eq!(packets, (forward, back));
            prop_assert_eq!(bytes, (weight(forward, 80 << 8), weight(back, 301_111)));
        }
    }
}
