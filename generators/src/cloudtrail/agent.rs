//! User agents, and what their connections are like.

/// A program that calls; some name the call itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Agent {
    /// The service that calls, as its address.
    #[default]
    Service,
    /// The same text always.
    Fixed(&'static str),
    /// `aws-cli`, which names the command: `md/command#ec2.describe-instances`.
    Cli(&'static str),
    /// `aws-sdk-go-v2` and its like, which name the service: `api/sts#1.30.3`.
    Sdk(&'static str),
}

pub(super) const BROWSERS: [&str; 4] = [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
];

pub(super) const CLIS: [Agent; 3] = [
    Agent::Cli(
        "aws-cli/2.22.12 md/awscrt#0.22.0 ua/2.0 os/macos#24.1.0 md/arch#arm64 lang/python#3.12.6 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#",
    ),
    Agent::Cli(
        "aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/linux#6.8.0-48-generic md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/distrib#ubuntu.24 md/prompt#off md/command#",
    ),
    Agent::Cli(
        "aws-cli/2.15.30 Python/3.11.8 Linux/5.10.226-214.880.amzn2.x86_64 exe/x86_64.amzn.2 prompt/off command/",
    ),
];

pub(super) const TERRAFORM: [Agent; 2] = [
    Agent::Fixed(
        "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.76.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.32.5 os/linux lang/go#1.23.3 md/GOOS#linux md/GOARCH#amd64",
    ),
    Agent::Fixed(
        "APN/1.0 HashiCorp/1.0 Terraform/1.5.7 (+https://www.terraform.io) terraform-provider-aws/4.67.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.261 (go1.19.8; linux; amd64)",
    ),
];

pub(super) const PROGRAMS: [Agent; 6] = [
    Agent::Fixed(
        "Boto3/1.35.71 md/Botocore#1.35.71 ua/2.0 os/linux#6.1.115-126.197.amzn2023.x86_64 md/arch#x86_64 lang/python#3.12.7 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.35.71",
    ),
    Agent::Sdk("aws-sdk-go-v2/1.32.5 os/linux lang/go#1.23.3 md/GOOS#linux md/GOARCH#amd64 api/"),
    Agent::Fixed(
        "aws-sdk-java/2.29.20 md/io#sync md/http#Apache ua/2.1 os/Linux#5.10.226-214.880.amzn2.x86_64 lang/java#17.0.13 md/OpenJDK_64-Bit_Server_VM#17.0.13+11-LTS md/vendor#Amazon.com_Inc. md/en_US exec-env/AWS_ECS_FARGATE cfg/retry-mode#legacy",
    ),
    Agent::Sdk("aws-sdk-js/3.699.0 ua/2.1 os/linux#5.10.227 lang/js md/nodejs#20.18.0 api/"),
    Agent::Fixed("aws-sdk-go/1.55.5 (go1.22.9; linux; arm64) amazon-ssm-agent/"),
    Agent::Fixed(
        "Boto3/1.26.165 Python/3.9.20 Linux/5.10.226 exec-env/AWS_Lambda_python3.9 Botocore/1.29.165",
    ),
];

impl Agent {
    /// Which TLS such a program speaks: 0 is 1.3, 1 is 1.2 (reference, 3).
    pub(super) const fn tls(self) -> u8 {
        match self {
            Self::Service | Self::Sdk(_) => 0,
            Self::Cli(text) | Self::Fixed(text) => (text.len() % 2) as u8,
        }
    }
}

/// `DescribeInstances` as `describe-instances`, without the dates of Lambda's names.
pub(super) fn command(name: &str) -> String {
    let name = name.trim_end_matches("v2").trim_end_matches(|c: char| c.is_ascii_digit());
    let mut out = String::new();
    let mut before = None;
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let next_is_lower = letters.peek().is_some_and(char::is_ascii_lowercase);
        let starts = letter.is_ascii_uppercase()
            && before.is_some_and(|b: char| {
                b.is_ascii_lowercase() || b.is_ascii_digit() || next_is_lower
            });
        if starts {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
        before = Some(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_spelled_as_the_cli_does() {
        for (name, spelled) in [
            ("DescribeInstances", "describe-instances"),
            ("DescribeDBInstances", "describe-db-instances"),
            ("UpdateFunctionCode20150331v2", "update-function-code"),
            ("ListMFADevices", "list-mfa-devices"),
        ] {
            assert_eq!(command(name), spelled);
        }
    }
}
