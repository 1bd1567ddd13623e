//! Which hosts are AWS itself.

/// The domains under which AWS answers, of all its partitions. All of the top-level domain `aws`
/// belongs to AWS. A machine of one's own at AWS may have such a name as well; it is refused with the
/// others, and can be called by its address.
const DOMAINS: &[&str] = &[
    "aws",
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.cn",
    "amazonaws.eu",
    "amazonaws-us-gov.com",
    "amazonwebservices.com",
    "amazonwebservices.com.cn",
    "amazonwebservices.eu",
    "aws.dev",
    // The partitions that are apart from the internet.
    "c2s.ic.gov",
    "aws.ic.gov",
    "sc2s.sgov.gov",
    "aws.scloud",
    "cloud.adc-e.uk",
    "cloud-aws.adc-e.uk",
    "csp.hci.ic.gov",
    "aws.hci.ic.gov",
];

/// Whether a host is under a domain of AWS, whatever its letter case and its trailing dots.
pub(crate) fn is_aws_host(host: &str) -> bool {
    let decoded = percent_encoding::percent_decode_str(host).decode_utf8_lossy();
    let host = decoded.trim().trim_end_matches('.').to_ascii_lowercase();
    DOMAINS.iter().any(|domain| {
        host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// Whether the URL of an endpoint leads to AWS. What cannot be read as a URL is looked at word for
/// word, so that a spelling that only another reader of URLs understands does not get through.
pub(crate) fn is_aws_url(url: &str) -> bool {
    if let Some(host) = url.parse::<http::Uri>().ok().as_ref().and_then(http::Uri::host) {
        return is_aws_host(host);
    }
    names_aws(url)
}

/// Whether a text, such as what TLS says of a certificate, names a host of AWS.
pub(crate) fn names_aws(text: &str) -> bool {
    let other = |it: char| !(it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '%'));
    text.split(other).any(|word| word.contains('.') && is_aws_host(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aws_is_known_however_it_is_written() {
        for url in [
            "https://kinesis.us-east-1.amazonaws.com",
            "https://KINESIS.us-east-1.AmazonAWS.com/",
            "https://kinesis.us-east-1.amazonaws.com.",
            "https://kinesis.us-east-1.amazonaws.com..:443/path",
            "http://kinesis.us-east-1.amazonaws.com:8080",
            "https://user:word@logs.eu-west-1.amazonaws.com:443/x?y=z",
            "https://127.0.0.1@logs.eu-west-1.amazonaws.com",
            "https://127.0.0.1:4566@logs.eu-west-1.amazonaws.com",
            "https://logs.eu-west-1.amazonaws.com#@127.0.0.1",
            "https://amazonaws.com",
            "https://s3.%61mazonaws.com",
            "https://kinesis.cn-north-1.amazonaws.com.cn",
            "https://kinesis.us-gov-west-1.amazonaws.com",
            "https://vpce-1.kinesis.us-east-1.vpce.amazonaws.com",
            "https://kinesis.us-east-1.api.aws",
            "https://abc.lambda-url.us-east-1.on.aws",
            "https://search-x.us-east-1.es.amazonaws.com",
            "https://x.aoss.us-east-1.on.aws",
            "https://kinesis.eusc-de-east-1.amazonaws.eu",
            "https://logs.eusc-de-east-1.api.amazonwebservices.eu",
            "https://kinesis.us-iso-east-1.c2s.ic.gov",
            "https://kinesis.us-isob-east-1.sc2s.sgov.gov",
            "https://kinesis.eu-isoe-west-1.cloud.adc-e.uk",
            "https://kinesis.us-isof-south-1.csp.hci.ic.gov",
            "https://console.amazonaws-us-gov.com",
            "https://something.aws.dev",
            "kinesis.us-east-1.amazonaws.com",
            "kinesis.us-east-1.amazonaws.com:443",
            "//kinesis.us-east-1.amazonaws.com",
            "https:\\\\kinesis.us-east-1.amazonaws.com",
            "https://127.0.0.1\\@kinesis.us-east-1.amazonaws.com",
            "https:/kinesis.us-east-1.amazonaws.com",
            " https://kinesis.us-east-1.amazonaws.com ",
        ] {
            assert!(is_aws_url(url), "{url}");
        }
    }

    #[test]
    fn others_are_not_aws() {
        for url in [
            "http://127.0.0.1:4566",
            "http://[::1]:4566",
            "http://localhost:5000/",
            "http://localstack:4566",
            "http://localhost.localstack.cloud:4566",
            "https://s3.us-east-1.localhost.localstack.cloud:4566",
            "http://169.254.170.2",
            "http://notamazonaws.com",
            "http://amazonaws.com.example.org",
            "http://api.aws.example.org",
            "http://laws:4566",
            "http://aws-emulator:4566",
            "http://my.aws.internal:4566",
            "http://amazonaws.com@127.0.0.1:4566",
            "http://127.0.0.1:4566/amazonaws.com",
            "http://127.0.0.1:4566/?host=kinesis.us-east-1.amazonaws.com",
            "http://kinesis.corp.example",
            "",
        ] {
            assert!(!is_aws_url(url), "{url}");
        }
    }

    #[test]
    fn a_certificate_of_aws_tells_on_itself() {
        assert!(names_aws(
            "certificate not valid for name \"x\"; only valid for DnsName(\"*.us-east-1.amazonaws.com\")"
        ));
        assert!(!names_aws("invalid peer certificate: UnknownIssuer"));
    }
}
