//! Requests with as little to write as a test allows.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tributary_vocabulary::Timestamp;

use crate::kernel::{WireRequest, World, WorldConfig};
use crate::protocol::xml_read::Node;

pub(super) const A: &str = "111111111111";
pub(super) const B: &str = "222222222222";

/// Keys of a caller.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) token: Option<String>,
}

pub(super) fn root(account: &str) -> Keys {
    Keys { id: account.to_owned(), token: None }
}

/// An answer of the wire.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) root: Node,
}

impl Answer {
    /// The text of the first element of this name, at any depth.
    #[track_caller]
    pub(super) fn text(&self, name: &str) -> String {
        find(&self.root, name).unwrap_or_else(|| panic!("no {name} in {self:?}")).text.clone()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        find(&self.root, name).is_some()
    }

    /// The texts of all elements of this name.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        gather(&self.root, name, &mut texts);
        texts
    }

    /// The entries of a list of texts.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        find(&self.root, name)
            .map(|list| list.children.iter().map(|member| member.text.clone()).collect())
            .unwrap_or_default()
    }

    /// The answer is this error.
    #[track_caller]
    pub(super) fn is(&self, status: u16, code: &str, message: &str) {
        assert_eq!(
            (self.status, self.text("Code").as_str(), self.text("Message").as_str()),
            (status, code, message)
        );
    }
}

fn find<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    if node.name == name {
        return Some(node);
    }
    node.children.iter().find_map(|child| find(child, name))
}

fn gather(node: &Node, name: &str, texts: &mut Vec<String>) {
    if node.name == name {
        texts.push(node.text.clone());
    }
    node.children.iter().for_each(|child| gather(child, name, texts));
}

/// A world and the time in it.
pub(super) struct Bench {
    pub(super) world: World,
    pub(super) now: Timestamp,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Bench {
    pub(super) fn new() -> Self {
        let world = World::new(WorldConfig::default());
        Self { world, now: Timestamp::DEFAULT_EPOCH, headers: Vec::new() }
    }

    fn send(
        &mut self,
        keys: &Keys,
        service: &str,
        extra: &[(&str, &str)],
        body: String,
    ) -> (u16, Bytes) {
        let mut headers = HeaderMap::new();
        let credential = format!(
            "AWS4-HMAC-SHA256 Credential={}/20260101/us-east-1/{service}/aws4_request, \
             SignedHeaders=host, Signature=0",
            keys.id
        );
        let mut put = |name: &str, value: &str| {
            let name: HeaderName = name.parse().unwrap();
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        };
        put("authorization", &credential);
        extra.iter().for_each(|(name, value)| put(name, value));
        self.headers.iter().for_each(|(name, value)| put(name, value));
        if let Some(token) = &keys.token {
            put("x-amz-security-token", token);
        }
        let request = WireRequest {
            method: Method::POST,
            host: String::new(),
            path: "/".into(),
            query: String::new(),
            headers,
            body: body.into(),
        };
        let response = self.world.handle(self.now, &request);
        (response.status.as_u16(), response.body)
    }

    /// Calls IAM, or STS for its actions.
    pub(super) fn call(&mut self, keys: &Keys, action: &str, pairs: &[(&str, &str)]) -> Answer {
        let sts = ["AssumeRole", "GetCallerIdentity", "GetSessionToken", "GetAccessKeyInfo"];
        let service = if sts.contains(&action) { "sts" } else { "iam" };
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let mut body = format!("Action={action}&Version=2010-05-08");
        for (name, value) in pairs {
            body.push_str(&format!("&{}={}", encode(name), encode(value)));
        }
        let (status, body) = self.send(keys, service, &[], body);
        Answer { status, root: Node::parse(&body).expect("XML") }
    }

    /// Calls, and it succeeds.
    #[track_caller]
    pub(super) fn ok(&mut self, keys: &Keys, action: &str, pairs: &[(&str, &str)]) -> Answer {
        let answer = self.call(keys, action, pairs);
        assert_eq!(answer.status, 200, "{action} {pairs:?}: {answer:?}");
        answer
    }

    /// Calls CloudWatch Logs: the status, and the body as text.
    pub(super) fn logs(&mut self, keys: &Keys, action: &str, body: &str) -> (u16, String) {
        let target = format!("Logs_20140328.{action}");
        let extra = [("x-amz-target", target.as_str())];
        let (status, body) = self.send(keys, "logs", &extra, body.to_owned());
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    /// Whether the caller may create this log group; it is deleted again.
    pub(super) fn may_create(&mut self, keys: &Keys, group: &str) -> bool {
        let body = format!(r#"{{"logGroupName":"{group}"}}"#);
        let (status, _) = self.logs(keys, "CreateLogGroup", &body);
        if status == 200 {
            let account = self.ok(keys, "GetCallerIdentity", &[]).text("Account");
            self.logs(&root(&account), "DeleteLogGroup", &body);
        }
        status == 200
    }

    /// A user with keys.
    pub(super) fn user(&mut self, account: &str, name: &str) -> Keys {
        self.ok(&root(account), "CreateUser", &[("UserName", name)]);
        let answer = self.ok(&root(account), "CreateAccessKey", &[("UserName", name)]);
        Keys { id: answer.text("AccessKeyId"), token: None }
    }

    /// A role with this principal in its trust policy; its ARN.
    pub(super) fn role(&mut self, account: &str, name: &str, principal: &str) -> String {
        let trust = trust(principal, "sts:*");
        let pairs = [("RoleName", name), ("AssumeRolePolicyDocument", trust.as_str())];
        self.ok(&root(account), "CreateRole", &pairs).text("Arn")
    }

    /// Puts an inline policy of one Allow on a user or role.
    pub(super) fn allow(&mut self, account: &str, kind: &str, name: &str, action: &str) {
        let policy = allow(action);
        let parameter = format!("{kind}Name");
        let pairs =
            [(parameter.as_str(), name), ("PolicyName", "p"), ("PolicyDocument", policy.as_str())];
        self.ok(&root(account), &format!("Put{kind}Policy"), &pairs);
    }

    /// The keys of a session of a role.
    #[track_caller]
    pub(super) fn assume(&mut self, keys: &Keys, arn: &str, more: &[(&str, &str)]) -> Keys {
        let mut pairs = vec![("RoleArn", arn), ("RoleSessionName", "session")];
        pairs.extend(more);
        let answer = self.ok(keys, "AssumeRole", &pairs);
        Keys { id: answer.text("AccessKeyId"), token: Some(answer.text("SessionToken")) }
    }
}

pub(super) fn trust(principal: &str, action: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"{action}"}}]}}"#
    )
}

pub(super) fn allow(action: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"*"}}]}}"#
    )
}
