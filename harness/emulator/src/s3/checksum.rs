//! The checksums that S3 verifies and keeps (S3 reference, checksums).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crc_fast::{CrcAlgorithm, checksum};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::kernel::ServiceError;

/// How a checksum is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// CRC-32 of zip and gzip; what the SDKs add by default.
    Crc32,
    /// CRC-32C (Castagnoli).
    Crc32c,
    /// CRC-64/NVME; what S3 works out when the writer gave none.
    Crc64Nvme,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

/// A checksum that belongs to an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checksum {
    /// How it was worked out.
    pub algorithm: Algorithm,
    /// Base64 of its big-endian bytes.
    pub value: String,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    /// AWS's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The header, or trailer, that carries the value.
    #[must_use]
    pub fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
        }
    }

    /// How many bytes a value has.
    fn length(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme => 8,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }
}

impl Checksum {
    /// The checksum of these bytes.
    #[must_use]
    pub fn of(algorithm: Algorithm, bytes: &[u8]) -> Self {
        let sum = |algorithm| checksum(algorithm, bytes).to_be_bytes();
        let value = match algorithm {
            Algorithm::Crc32 => STANDARD.encode(&sum(CrcAlgorithm::Crc32IsoHdlc)[4..]),
            Algorithm::Crc32c => STANDARD.encode(&sum(CrcAlgorithm::Crc32Iscsi)[4..]),
            Algorithm::Crc64Nvme => STANDARD.encode(sum(CrcAlgorithm::Crc64Nvme)),
            Algorithm::Sha1 => STANDARD.encode(Sha1::digest(bytes)),
            Algorithm::Sha256 => STANDARD.encode(Sha256::digest(bytes)),
        };
        Self { algorithm, value }
    }

    /// Takes a value that a writer gave, if it is that of these bytes.
    ///
    /// # Errors
    /// `InvalidRequest` when it is no such value, `BadDigest` when it is another's.
    pub(super) fn verified(
        algorithm: Algorithm,
        value: &str,
        bytes: &[u8],
    ) -> Result<Self, ServiceError> {
        let length = STANDARD.decode(value).map(|decoded| decoded.len());
        if length != Ok(algorithm.length()) {
            return Err(ServiceError::client(
                "InvalidRequest",
                format!("Value for {} header is invalid.", algorithm.header()),
            ));
        }
        let sum = Self::of(algorithm, bytes);
        if sum.value == value {
            return Ok(sum);
        }
        let name = algorithm.name();
        Err(ServiceError::client(
            "BadDigest",
            format!("The {name} you specified did not match the calculated checksum."),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_check_values() {
        let check = |algorithm| {
            let value = Checksum::of(algorithm, b"123456789").value;
            super::super::object::hex(&STANDARD.decode(value).expect("base64"))
        };
        assert_eq!(check(Algorithm::Crc32), "cbf43926");
        assert_eq!(check(Algorithm::Crc32c), "e3069283");
        assert_eq!(check(Algorithm::Crc64Nvme), "ae8b14860a799888");
        assert!(check(Algorithm::Sha256).starts_with("15e2b0d3c33891ebb0f1ef609ec41942"));
    }

    #[test]
    fn refuses_values_of_other_bytes_and_what_is_no_value() {
        let code = |value: &str| {
            Checksum::verified(Algorithm::Crc32, value, b"123456789").map_err(|e| e.code).err()
        };
        assert_eq!(code("y/Q5Jg=="), None);
        assert_eq!(code("AAAAAA==").as_deref(), Some("BadDigest"));
        assert_eq!(code("AAAA").as_deref(), Some("InvalidRequest"));
        assert_eq!(code("?").as_deref(), Some("InvalidRequest"));
    }
}
