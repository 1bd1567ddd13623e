//! The usual chain of credentials. It is of the environment, which tests cannot change in their own
//! process: each runs itself in another.

use std::path::PathBuf;
use std::process::Command;

use super::server::Server;
use super::{account, call, region};
use crate::backend::{AccountsMode, BackendError, Endpoint};
use crate::door::AwsDoor;

const CHILD: &str = "TRIBUTARY_TEST_CHILD";

/// Whether this process is the one with this environment. If not, it is started for the test of
/// this name, and has to succeed.
pub(super) fn in_child(name: &str, environment: &[(&str, &str)]) -> bool {
    if std::env::var(CHILD).is_ok_and(|it| it == name) {
        return true;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    for (key, _) in std::env::vars().filter(|(key, _)| key.starts_with("AWS_")) {
        command.env_remove(key);
    }
    let test = format!("door::http::tests::{name}");
    let output = command
        .args([&test, "--exact", "--nocapture"])
        .env(CHILD, name)
        .env("HOME", "/nonexistent")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{errors}");
    false
}

/// The access key of a call in the name of the base credentials.
fn key_of(profile: Option<&str>) -> Result<String, BackendError> {
    let server = Server::always(200, "");
    let endpoint = Endpoint {
        accounts: AccountsMode::One,
        profile: profile.map(str::to_owned),
        ..Endpoint::at(&server.url)
    };
    let client = AwsDoor::open(&endpoint, &region())?.signed(account(1))?;
    client.send(&call("lambda", "https://lambda.us-west-2.amazonaws.com/")).unwrap();
    Ok(server.only().access_key().to_owned())
}

/// Configuration files in a folder of their own.
struct Files(PathBuf);

impl Files {
    fn write(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("tributary-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let keys = "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n\
                    [other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = s\n";
        let json = r#"{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"s"}"#;
        std::fs::write(folder.join("answer.json"), json).unwrap();
        let answer = folder.join("answer.json");
        let config = format!(
            "[profile process]\ncredential_process = cat {}\n\
             [profile sso]\nsso_start_url = https://x\nsso_region = us-west-2\n\
             sso_account_id = 111111111111\nsso_role_name = r\n",
            answer.display()
        );
        std::fs::write(folder.join("credentials"), keys).unwrap();
        std::fs::write(folder.join("config"), config).unwrap();
        Self(folder)
    }

    fn at(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn profiles_of_the_files_are_honoured() {
    let files = Files::write("files");
    let (keys, config) = (files.at("credentials"), files.at("config"));
    let environment =
        [("AWS_SHARED_CREDENTIALS_FILE", keys.as_str()), ("AWS_CONFIG_FILE", config.as_str())];
    if in_child("chain::profiles_of_the_files_are_honoured", &environment) {
        assert_eq!(key_of(None).unwrap(), "AKIADEFAULT");
        assert_eq!(key_of(Some("other")).unwrap(), "AKIAOTHER");
        assert_eq!(key_of(Some("process")).unwrap(), "AKIAPROCESS");
        let error = key_of(Some("sso")).unwrap_err().to_string();
        assert!(error.contains("export-credentials"), "{error}");
        let error = key_of(Some("nobody")).unwrap_err().to_string();
        assert!(error.contains("'nobody'") && error.contains("--profile"), "{error}");
    }
}

#[test]
fn a_named_profile_is_before_the_environment_and_that_before_aws_profile() {
    let files = Files::write("order");
    let keys = files.at("credentials");
    let environment = [
        ("AWS_SHARED_CREDENTIALS_FILE", keys.as_str()),
        ("AWS_PROFILE", "other"),
        ("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
    ];
    let test = "chain::a_named_profile_is_before_the_environment_and_that_before_aws_profile";
    if in_child(test, &environment) {
        assert_eq!(key_of(Some("default")).unwrap(), "AKIADEFAULT");
        assert_eq!(key_of(None).unwrap(), "AKIAENVIRONMENT");
    }
}

#[test]
fn aws_profile_is_honoured() {
    let files = Files::write("profile");
    let keys = files.at("credentials");
    let environment = [("AWS_SHARED_CREDENTIALS_FILE", keys.as_str()), ("AWS_PROFILE", "other")];
    if in_child("chain::aws_profile_is_honoured", &environment) {
        assert_eq!(key_of(None).unwrap(), "AKIAOTHER");
    }
}

#[test]
fn without_any_an_emulator_gets_test_and_aws_gets_nothing() {
    if !in_child("chain::without_any_an_emulator_gets_test_and_aws_gets_nothing", &[]) {
        return;
    }
    assert_eq!(key_of(None).unwrap(), "test");
    let accounts = AccountsMode::One;
    let endpoint = Endpoint { aws: None, accounts, ..Endpoint::at("") };
    let door = AwsDoor::open(&endpoint, &region()).unwrap();
    assert_eq!(door.url(), None);
    let error = door.sdk_config(account(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "there are no AWS credentials in the environment, in a profile, or of this machine: run `aws configure`, set AWS_PROFILE, or name a profile with --profile"
    );
}

#[test]
fn a_metadata_service_that_is_silent_or_refuses_is_none() {
    let silent = Server::start(|_| None);
    let refuses = Server::always(403, "no");
    for server in [silent, refuses] {
        let environment = [
            ("AWS_EC2_METADATA_DISABLED", "false"),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url.as_str()),
        ];
        let test = "chain::a_metadata_service_that_is_silent_or_refuses_is_none";
        if in_child(test, &environment) {
            assert_eq!(key_of(None).unwrap(), "test");
            return;
        }
        assert_eq!(server.seen().len(), 1);
    }
}
