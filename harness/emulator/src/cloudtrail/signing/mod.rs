//! Signatures of digest files: SHA256withRSA, which is PKCS #1 version 1.5 (CloudTrail user guide,
//! digest file structure).
//!
//! The exponentiation is our own: one key that protects nothing needs neither constant time nor the
//! weight of a library for it.

mod key;
mod number;

use md5::{Digest, Md5};
use sha2::Sha256;

use number::{Modulus, multiply_wide};

/// What stands before the hash in the signed block: the ASN.1 of "this is a SHA-256".
const SHA256_PREFIX: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];
/// What stands before the modulus in a public key of PKCS #1: a sequence, an integer of 257 bytes.
const DER_PREFIX: [u8; 9] = [0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00];
/// What follows it: the exponent 65,537.
const DER_SUFFIX: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];
/// The bytes of the modulus, and of a signature.
const SIZE: usize = 256;

/// Signs text with the one private key; made once, as it prepares its moduli.
#[derive(Debug, Clone)]
pub(super) struct Signer {
    p: Modulus<16>,
    q: Modulus<16>,
    fingerprint: String,
}

impl Signer {
    pub(super) fn new() -> Self {
        let fingerprint = hex(&Md5::digest(public_key()));
        Self { p: Modulus::new(key::P), q: Modulus::new(key::Q), fingerprint }
    }

    /// The fingerprint of the public key: the MD5 of its DER form, in hexadecimal digits.
    pub(super) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The signature of a text, in hexadecimal digits.
    pub(super) fn sign(&self, text: &[u8]) -> String {
        let (low, high) = limbs(&block(text));
        // Chinese remainders: two powers of half the length, put together again.
        let modulo_p = self.p.power(&high, &low, &key::D_P);
        let modulo_q = self.q.power(&high, &low, &key::D_Q);
        let factor = self.p.difference_times(&modulo_p, &modulo_q, &key::Q_INVERSE);
        let (low, high) = multiply_wide(&factor, &key::Q, &modulo_q);
        high.iter().rev().chain(low.iter().rev()).map(|limb| format!("{limb:016x}")).collect()
    }
}

/// The public key in the DER form of PKCS #1.
pub(super) fn public_key() -> Vec<u8> {
    let modulus = key::N.iter().rev().flat_map(|limb| limb.to_be_bytes());
    DER_PREFIX.into_iter().chain(modulus).chain(DER_SUFFIX).collect()
}

/// The padded block that is signed.
fn block(text: &[u8]) -> [u8; SIZE] {
    let mut block = [0xff; SIZE];
    let hash = Sha256::digest(text);
    let tail = SHA256_PREFIX.iter().chain(hash.iter()).rev();
    block[0] = 0;
    block[1] = 1;
    let mut places = block.iter_mut().rev();
    for (place, byte) in places.by_ref().zip(tail) {
        *place = *byte;
    }
    block[SIZE - 1 - SHA256_PREFIX.len() - hash.len()] = 0;
    block
}

/// The lower and the upper half of a block as limbs.
fn limbs(block: &[u8; SIZE]) -> ([u64; 16], [u64; 16]) {
    let (mut low, mut high) = ([0; 16], [0; 16]);
    let limb = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    let places = low.iter_mut().chain(&mut high);
    for (place, bytes) in places.zip(block.rchunks(8)) {
        *place = limb(bytes);
    }
    (low, high)
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf tributary | openssl dgst -sha256 -sign KEY -hex`.
    const OF_TRIBUTARY: &str = "\
        10a8d624a718d9dc32836e52503221662262fb92659ec5cdcd17a51ed4c01a9b4f9faffaa9d6618c\
        26d568734b157ac3c12d261836615e8f4a5dda6378b941dcfda0b5089dcb423361a1338a4edf61e4\
        26f2400b72d2a98ee0e0f344eb07b2a41453a00362a0f99c904dd75638428a40c1c748edbaa40385\
        f6e83d68ce94ec8857b2626373964816ef4c3ad21ec212e7449b238c8d8b25535d51ac84550a29c4\
        59c7f369add270d6550532914fb89714e81b14bef2f7877233acee0428b37a581803419a140dae12\
        d9391c6c4102a7e0d55e455ce083808f647b621e5f57a054cf0e7270355ef4ed7766669dfebd7ede\
        a893301246857065a03a13d22a456dcc";

    #[test]
    fn signs_as_openssl_does() {
        assert_eq!(Signer::new().sign(b"tributary"), OF_TRIBUTARY);
    }

    #[test]
    fn a_signature_opens_with_the_public_key() {
        let signature = Signer::new().sign(b"another text");
        let digits: Vec<u64> = (0..32)
            .map(|n| u64::from_str_radix(&signature[n * 16..n * 16 + 16], 16).expect("hex"))
            .rev()
            .collect();
        let number = <[u64; 32]>::try_from(digits).expect("32 limbs");
        let opened = Modulus::new(key::N).power(&[0; 32], &number, &[65_537]);
        let bytes: Vec<u8> = opened.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
        assert_eq!(bytes, block(b"another text"));
    }

    #[test]
    fn the_public_key_has_the_form_of_pkcs_1() {
        assert_eq!(public_key().len(), 270);
        assert_eq!(Signer::new().fingerprint(), "4f055bcf74546bc2200f453d9cb2b2c3");
    }
}
