//! The `aws-chunked` body of a streaming upload (S3 reference, checksums).

use bytes::{Bytes, BytesMut};

use crate::kernel::ServiceError;

/// A decoded body and the trailers that came after it, names in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) body: Bytes,
    pub(super) trailers: Vec<(String, String)>,
}

/// Decodes `HEX[;chunk-signature=…]CRLF data CRLF … 0CRLF [name:value CRLF]… CRLF`.
///
/// # Errors
/// `IncompleteBody` when it ends early or has another length than was announced.
pub(super) fn decode(body: &Bytes, announced: Option<usize>) -> Result<Decoded, ServiceError> {
    let mut rest: &[u8] = body;
    let mut data = BytesMut::new();
    loop {
        let line = line(&mut rest).ok_or_else(incomplete)?;
        let size = line.split(|byte| *byte == b';').next().unwrap_or_default();
        let size =
            std::str::from_utf8(size).ok().and_then(|hex| usize::from_str_radix(hex, 16).ok());
        let size = size.ok_or_else(incomplete)?;
        if size == 0 {
            break;
        }
        let (chunk, after) = rest.split_at_checked(size).ok_or_else(incomplete)?;
        data.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").ok_or_else(incomplete)?;
    }
    if announced.is_some_and(|announced| announced != data.len()) {
        return Err(incomplete());
    }
    let mut trailers = Vec::new();
    while let Some(line) = line(&mut rest) {
        let text = String::from_utf8_lossy(line);
        if let Some((name, value)) = text.split_once(':') {
            trailers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(Decoded { body: data.freeze(), trailers })
}

fn line<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
    let line = &rest[..end];
    *rest = &rest[end + 2..];
    Some(line)
}

fn incomplete() -> ServiceError {
    ServiceError::client(
        "IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_chunks_signatures_and_trailers() {
        let body = Bytes::from_static(
            b"4;chunk-signature=ab\r\nWiki\r\n5\r\npedia\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n",
        );
        let decoded = decode(&body, Some(9)).expect("chunks");
        assert_eq!(decoded.body, "Wikipedia");
        let trailer = ("x-amz-checksum-crc32".to_owned(), "AAAAAA==".to_owned());
        assert_eq!(decoded.trailers, [trailer]);
    }

    #[test]
    fn tells_what_is_cut_short() {
        for text in ["", "4\r\nWi", "4\r\nWikiXX0\r\n", "zz\r\n", "4\r\nWiki\r\n"] {
            assert!(decode(&Bytes::from_static(text.as_bytes()), None).is_err(), "{text:?}");
        }
        assert!(decode(&Bytes::from_static(b"1\r\na\r\n0\r\n\r\n"), Some(2)).is_err());
    }
}
