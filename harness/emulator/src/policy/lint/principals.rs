//! The principals of a statement: whether anybody is behind them, and whom they let in.

use super::resources::placeholder;
use super::text::{StatementText, Word};
use super::{Linter, nearest};
use crate::policy::document::Effect;
use crate::policy::kind::{PolicyKind, ResourceService};

/// The services that take part in the pipeline or stand near it, by their principals.
const SERVICES: [&str; 40] = [
    "apigateway",
    "appsync",
    "athena",
    "autoscaling",
    "backup",
    "batch",
    "cloudformation",
    "cloudfront",
    "cloudtrail",
    "codebuild",
    "codepipeline",
    "config",
    "delivery.logs",
    "ecs",
    "ecs-tasks",
    "ec2",
    "edgelambda",
    "eks",
    "es",
    "events",
    "firehose",
    "glue",
    "guardduty",
    "iot",
    "kinesisanalytics",
    "lambda",
    "logdelivery.elasticloadbalancing",
    "logs",
    "opensearchservice",
    "pipes",
    "rds",
    "s3",
    "scheduler",
    "securityhub",
    "ses",
    "sns",
    "sqs",
    "ssm",
    "states",
    "vpc-flow-logs",
];

/// Services that also have a principal for each Region.
const REGIONAL: [&str; 5] = ["logs", "states", "ssm", "codedeploy", "elasticmapreduce"];

impl Linter<'_> {
    /// Looks over whom the statement names.
    pub(super) fn principals(&mut self, statement: &StatementText) {
        if !self.kind.has_principal() {
            return;
        }
        for (kind, word) in &statement.principals {
            match kind.as_str() {
                "Service" => self.service_principal(word),
                "AWS" => self.account_principal(word),
                _ => {}
            }
        }
        if self.kind == PolicyKind::Trust {
            self.assume_action(statement);
        }
        self.everyone(statement);
    }

    fn service_principal(&mut self, word: &Word) {
        let text = word.text.as_str();
        if placeholder(text).is_some() {
            let sentence = format!("a placeholder is left in {text}");
            let mend = "write the service, such as logs.amazonaws.com".to_owned();
            return self.error("principal.placeholder", word.at, sentence, mend);
        }
        let Some(name) = text.strip_suffix(".amazonaws.com") else {
            let other = [".amazonaws.com.cn", ".api.aws", ".amazon.com", ".aws.internal"];
            if !other.iter().any(|suffix| text.ends_with(suffix)) {
                let sentence = format!("{text} is no principal of a service");
                let service = text.split('.').next().unwrap_or(text);
                let near = nearest(service, SERVICES).unwrap_or(service);
                let mend = format!("write {near}.amazonaws.com");
                self.error("principal.service", word.at, sentence, mend);
            }
            return;
        };
        let (service, region) = match name.rsplit_once('.') {
            Some((service, region)) if super::resources::is_region(region) => {
                (service, Some(region))
            }
            _ => (name, None),
        };
        if !SERVICES.contains(&service)
            && !REGIONAL.contains(&service)
            && let Some(near) = nearest(service, SERVICES)
        {
            let sentence = format!("{text} is no principal that is known");
            let mend = format!("did you mean {near}.amazonaws.com?");
            return self.warn("principal.service", word.at, sentence, mend);
        }
        let Some(region) = region else { return };
        if !REGIONAL.contains(&service) {
            let sentence =
                format!("{service} has no principal for each Region, so {text} may match nobody");
            let mend = format!("write {service}.amazonaws.com");
            return self.warn("principal.region", word.at, sentence, mend);
        }
        let here = self.context.region.as_ref().map(|here| here.as_str().to_owned());
        if let Some(here) = here.filter(|here| here != region) {
            let sentence =
                format!("{text} is {service} of {region}, and everything here is in {here}");
            let mend = format!("write {service}.{here}.amazonaws.com or {service}.amazonaws.com");
            self.error("principal.region", word.at, sentence, mend);
        }
    }

    fn account_principal(&mut self, word: &Word) {
        let text = word.text.as_str();
        let destination = self.kind == PolicyKind::Resource(ResourceService::LogsDestination);
        let is_id = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        if destination && text != "*" && !is_id {
            let sentence =
                format!("{text} is no account id, so the destination admits nobody by it");
            let mend = "write the 12 digits of the sending account".to_owned();
            return self.error("principal.account-id", word.at, sentence, mend);
        }
        if text.starts_with("AIDA") || text.starts_with("AROA") {
            let sentence =
                format!("{text} is the id of a user or role; AWS shows it when that was deleted");
            let mend = "write the ARN of the user or role that is meant now".to_owned();
            return self.warn("principal.deleted", word.at, sentence, mend);
        }
        if text.starts_with("arn:") && !text.starts_with("arn:aws:") {
            let sentence = format!("{text} is of another partition, so it matches nobody here");
            self.error("principal.partition", word.at, sentence, "write arn:aws:…".to_owned());
        }
    }

    /// Who assumes a role by which call: a provider of identities has its own.
    fn assume_action(&mut self, statement: &StatementText) {
        if statement.actions.negated {
            return;
        }
        let allows = |name: &str| {
            statement.actions.list.iter().any(|word| {
                let pattern = word.text.to_ascii_lowercase();
                pattern == name || pattern.contains('*')
            })
        };
        for (kind, word) in &statement.principals {
            let (wanted, given) = match kind.as_str() {
                "Federated" if word.text.contains(":saml-provider/") => {
                    ("sts:AssumeRoleWithSAML", allows("sts:assumerolewithsaml"))
                }
                "Federated" => {
                    ("sts:AssumeRoleWithWebIdentity", allows("sts:assumerolewithwebidentity"))
                }
                _ => ("sts:AssumeRole", allows("sts:assumerole")),
            };
            if !given && statement.effect == Effect::Allow {
                let sentence =
                    format!("{} assumes a role by {wanted}, which this does not allow", word.text);
                self.error("trust.action", word.at, sentence, format!("add \"{wanted}\""));
            }
        }
    }

    /// Everybody, without a condition.
    fn everyone(&mut self, statement: &StatementText) {
        let is_open = statement.effect == Effect::Allow
            && statement.conditions.is_empty()
            && !statement.principals_negated;
        if !matches!(self.kind, PolicyKind::Trust | PolicyKind::Resource(_)) {
            return;
        }
        let anyone = statement.principals.iter().find(|(_, word)| word.text == "*");
        if let Some((_, word)) = anyone.filter(|_| is_open) {
            let whom = match self.kind {
                PolicyKind::Trust => "every account of AWS",
                _ => "everybody, signed or not",
            };
            let sentence = format!("this statement lets {whom} in");
            let mend =
                "name the accounts or services, or add a condition such as aws:PrincipalOrgID";
            self.warn("principal.everyone", word.at, sentence, mend.to_owned());
        }
    }
}
