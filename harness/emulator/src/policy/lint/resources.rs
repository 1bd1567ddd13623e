//! The resources of a statement: whether they are ARNs, and of what its actions are about.

use super::actions::{Covered, CoveredWord};
use super::catalogue::{Named, ResourceKind, Service, prefixes, service};
use super::overlap::may_begin_with;
use super::text::{StatementText, Word};
use super::{Linter, listed, nearest};

const FIELDS: [&str; 6] = ["arn", "partition", "service", "Region", "account", "resource"];

impl Linter<'_> {
    /// Looks the resources over, each by itself and with the statement's actions.
    pub(super) fn resources(&mut self, statement: &StatementText, covered: &Covered) {
        let mut sound = true;
        for word in &statement.resources.list {
            let before = self.findings.len();
            self.arn(word);
            sound &= self.findings[before..].iter().all(|f| f.severity < super::Severity::Error);
        }
        let list = &statement.resources.list;
        if sound && !list.is_empty() && !statement.resources.negated {
            self.about(statement, covered);
            self.carrier(statement);
        }
    }

    /// One ARN, field by field. `*` and texts that begin with a variable are none.
    pub(super) fn arn(&mut self, word: &Word) {
        if !word.text.starts_with("arn:") {
            return;
        }
        if let Some(placeholder) = placeholder(&word.text) {
            let sentence = format!("{placeholder} is left in {}", word.text);
            let mend = format!("write what {placeholder} stands for");
            return self.error("arn.placeholder", word.at, sentence, mend);
        }
        let fields: Vec<&str> = word.text.splitn(6, ':').collect();
        let [_, partition, name, region, account, resource] = fields.as_slice() else {
            return self.too_few_fields(word, &fields);
        };
        let wild = |text: &str| text.contains(['*', '?', '$']);
        if !wild(partition) && !["aws", "aws-cn", "aws-us-gov"].contains(partition) {
            let sentence =
                format!("{} has the partition \"{partition}\", which is none", word.text);
            return self.error("arn.partition", word.at, sentence, "write arn:aws:…".to_owned());
        }
        if wild(name) {
            return;
        }
        let Some(service) = service(name) else {
            return self.unknown_service(word, name, resource);
        };
        if let Some(kind) = self.kind_of(word, service, resource) {
            self.region_and_account(word, kind, region, account);
        }
    }

    fn too_few_fields(&mut self, word: &Word, fields: &[&str]) {
        // `arn:aws:s3*` is completed with `*` for what it lacks.
        if fields.last().is_some_and(|last| last.contains('*')) && fields.len() < 4 {
            return;
        }
        let sentence = format!(
            "{} has {} of the six fields of an ARN (arn:partition:service:Region:account:resource)",
            word.text,
            fields.len()
        );
        let named = fields.get(2).and_then(|name| service(name));
        let example = named.and_then(|service| {
            let last = fields.last().copied().unwrap_or_default();
            best_kind(service, last).map(|kind| kind.arn)
        });
        let mend = match example {
            Some(form) => format!("its form is {}", readable(form)),
            None => format!("it lacks the {}", listed(&FIELDS[fields.len().min(5)..])),
        };
        self.error("arn.fields", word.at, sentence, mend);
    }

    fn unknown_service(&mut self, word: &Word, name: &str, resource: &str) {
        if name == "opensearch" && resource.starts_with("domain/") {
            let sentence = format!("{} is no domain: their ARNs say es", word.text);
            return self.error("arn.service", word.at, sentence, "write arn:aws:es:…".to_owned());
        }
        if prefixes().contains(name) {
            return;
        }
        let sentence = format!("{} is of the service \"{name}\", which is none", word.text);
        let mend = match nearest(name, prefixes().iter().copied()) {
            Some(near) => format!("did you mean arn:aws:{near}:…?"),
            None => "write the name of a service, such as kinesis or logs".to_owned(),
        };
        self.error("arn.service", word.at, sentence, mend);
    }

    /// The kind of resource that the last field names; tells when there is none of that name.
    fn kind_of(
        &mut self,
        word: &Word,
        service: &'static Service,
        resource: &str,
    ) -> Option<&'static ResourceKind> {
        if resource.starts_with(['*', '?', '$']) {
            return None;
        }
        if resource.is_empty() {
            let sentence = format!("{} names no resource behind its last colon", word.text);
            self.error("arn.resource", word.at, sentence, forms_of(service));
            return None;
        }
        let own = |kind: &&ResourceKind| kind.arn.split(':').nth(2) == Some(service.prefix);
        let known: Vec<&'static ResourceKind> = service.kinds.iter().filter(own).collect();
        // Of EC2 only the kinds of the pipeline are in the table.
        if known.is_empty() || service.prefix == "ec2" {
            return None;
        }
        let fits = known.iter().any(|kind| may_begin_with(resource, lead(kind.arn)));
        if !fits {
            let sentence = format!("no resource of {} is named \"{resource}\"", service.prefix);
            self.error("arn.resource", word.at, sentence, forms_of(service));
            return None;
        }
        let fitting = known.into_iter().filter(|kind| resource.starts_with(lead(kind.arn)));
        fitting.max_by_key(|kind| lead(kind.arn).len())
    }

    fn region_and_account(
        &mut self,
        word: &Word,
        kind: &ResourceKind,
        region: &str,
        account: &str,
    ) {
        let mut wanted = kind.arn.split(':').skip(3);
        let (wants_region, wants_account) = (wanted.next() != Some(""), wanted.next() != Some(""));
        let form = || format!("its form is {}", readable(kind.arn));
        let text = &word.text;
        let wild = |field: &str| field.contains(['*', '?', '$']);
        if wants_region && region.is_empty() {
            let sentence = format!("{text} has no Region, and a {} is in one", kind.name);
            self.error("arn.region", word.at, sentence, form());
        } else if !wants_region && !region.is_empty() && region != "*" {
            let sentence = format!("{text} has a Region, and a {} has none in its ARN", kind.name);
            self.error("arn.region", word.at, sentence, form());
        } else if !region.is_empty() && !wild(region) && !is_region(region) {
            let sentence = format!("{text} has the Region \"{region}\", which is none");
            self.error("arn.region", word.at, sentence, "write one such as us-west-2".to_owned());
        } else if wants_account && account.is_empty() {
            let sentence = format!("{text} has no account, and a {} belongs to one", kind.name);
            self.error("arn.account", word.at, sentence, form());
        } else if !wants_account && !account.is_empty() && account != "*" {
            let sentence =
                format!("{text} has an account, and a {} has none in its ARN", kind.name);
            self.error("arn.account", word.at, sentence, form());
        } else if !account.is_empty() && !wild(account) && account != "aws" && !is_account(account)
        {
            let sentence = format!("{text} has the account \"{account}\", which is not 12 digits");
            self.error(
                "arn.account",
                word.at,
                sentence,
                "write the account's 12 digits".to_owned(),
            );
        } else {
            self.other_region(word, region);
        }
    }

    /// A Region that is not the one everything is in.
    pub(super) fn other_region(&mut self, word: &Word, region: &str) {
        let Some(here) = &self.context.region else {
            return;
        };
        if is_region(region) && region != here.as_str() {
            let sentence =
                format!("{} is in {region}, and everything here is in {here}", word.text);
            self.warn("arn.elsewhere", word.at, sentence, format!("write {here}"));
        }
    }

    /// Whether the actions can be about the resources at all.
    fn about(&mut self, statement: &StatementText, covered: &Covered) {
        if statement.actions.negated || covered.words.is_empty() {
            return;
        }
        let resources = &statement.resources.list;
        let misfits: Vec<&CoveredWord> = covered
            .words
            .iter()
            .filter(|word| {
                !word.actions.iter().any(|a| fits_any(word.service, &a.names, a.name, resources))
            })
            .collect();
        if misfits.len() == covered.words.len() && !covered.open {
            return self.never(statement, &misfits);
        }
        for misfit in misfits {
            self.misfit(misfit, resources);
        }
        for resource in resources {
            let one = std::slice::from_ref(resource);
            let useful = covered.open
                || covered.words.iter().any(|word| {
                    word.actions.iter().any(|a| fits_any(word.service, &a.names, a.name, one))
                });
            if !useful {
                let sentence = format!("no action of this statement is about {}", resource.text);
                let mend = group_hint(&resource.text).unwrap_or_else(|| {
                    "remove it, or name it in the form that the actions want".into()
                });
                self.warn("resource.unused", resource.at, sentence, mend);
            }
        }
    }

    /// No action of the statement can be about any of its resources.
    fn never(&mut self, statement: &StatementText, misfits: &[&CoveredWord]) {
        let (Some(first), Some(resource)) = (misfits.first(), statement.resources.list.first())
        else {
            return;
        };
        let texts: Vec<&str> =
            statement.resources.list.iter().map(|word| word.text.as_str()).collect();
        let verb = match statement.effect {
            super::super::Effect::Allow => "allows",
            super::super::Effect::Deny => "denies",
        };
        let sentence = format!(
            "this statement {verb} nothing: {} is never about {}",
            first.word.text,
            listed(&texts)
        );
        let mend = group_hint(&resource.text)
            .filter(|_| first.service.prefix == "logs")
            .unwrap_or_else(|| wanted(first));
        self.error("statement.never-matches", resource.at, sentence, mend);
    }

    fn misfit(&mut self, misfit: &CoveredWord, resources: &[Word]) {
        let sentence = format!(
            "no resource of this statement fits {}, so it is not covered",
            misfit.word.text
        );
        let hint = resources.iter().find_map(|word| group_hint(&word.text));
        let mend =
            hint.filter(|_| misfit.service.prefix == "logs").unwrap_or_else(|| wanted(misfit));
        self.warn("action.without-resource", misfit.word.at, sentence, mend);
    }

    /// A policy that hangs on a resource has to be about it.
    fn carrier(&mut self, statement: &StatementText) {
        let Some(carrier) = self.context.attached_to.clone() else {
            return;
        };
        for word in &statement.resources.list {
            if may_begin_with(&word.text, &carrier) || self.is_told(word.at) {
                continue;
            }
            let sentence = format!("{} is not {carrier}, on which this policy hangs", word.text);
            self.error("resource.elsewhere", word.at, sentence, format!("write {carrier}"));
        }
    }
}

/// Whether an action can be about one of these resources.
fn fits_any(service: &Service, names: &Named, action: &str, resources: &[Word]) -> bool {
    resources.iter().any(|resource| {
        let text = resource.text.as_str();
        if text == "*" || text.starts_with("${") {
            return true;
        }
        match names {
            Named::Nothing => false,
            Named::Anything => {
                let of = text.split(':').nth(2).unwrap_or("*");
                of == service.prefix || of.contains(['*', '?'])
            }
            Named::Kinds(kinds) => kinds.iter().filter_map(|kind| service.kind(kind)).any(|kind| {
                let tags_group = kind.name == "log-group"
                    && (action.contains("Tag") && text.contains(":log-group:"));
                let below_domain = action.starts_with("ESHttp") && !text.ends_with('*');
                tags_group
                    || kind.form.overlaps(text) && !(below_domain && text.matches('/').count() < 2)
            }),
        }
    })
}

/// What the first action of a word wants to be about.
fn wanted(word: &CoveredWord) -> String {
    let Some(action) = word.actions.first() else {
        return String::new();
    };
    let full = format!("{}:{}", word.service.prefix, action.name);
    let kinds = match &action.names {
        Named::Kinds(kinds) => kinds,
        Named::Nothing => {
            return format!("{full} takes no resource: give it a statement with \"*\"");
        }
        Named::Anything => return format!("write a resource of {}, or \"*\"", word.service.prefix),
    };
    // The plain kinds come first to mind: a bucket rather than an access point.
    let forms = kinds.iter().filter_map(|kind| word.service.kind(kind));
    let mut forms: Vec<&ResourceKind> = forms.collect();
    forms.sort_by_key(|kind| (kind.name.contains("point"), kind.arn.len()));
    let form =
        forms.first().map_or_else(String::new, |kind| form_of(word.service, kind, action.name));
    format!("{full} is about {form}")
}

fn form_of(service: &Service, kind: &ResourceKind, action: &str) -> String {
    let below = match (service.prefix, kind.name) {
        ("logs", "log-group") => ":*",
        ("es", "domain") if action.starts_with("ESHttp") => "/*",
        _ => "",
    };
    format!("{}{below}", readable(kind.arn))
}

/// What hangs on a log group's ARN is forgotten so often that it has a hint of its own.
fn group_hint(text: &str) -> Option<String> {
    let name = text.split_once(":log-group:")?.1;
    (!name.contains(':') && !name.ends_with('*')).then(|| format!("write {text}:*"))
}

fn best_kind(service: &'static Service, last: &str) -> Option<&'static ResourceKind> {
    let fitting = service.kinds.iter().filter(|kind| last.starts_with(lead(kind.arn)));
    fitting.max_by_key(|kind| lead(kind.arn).len())
}

fn forms_of(service: &Service) -> String {
    let forms: Vec<String> = service
        .kinds
        .iter()
        .filter(|kind| kind.arn.split(':').nth(2) == Some(service.prefix))
        .take(3)
        .map(|kind| readable(kind.arn))
        .collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    format!("resources of {} are written {}", service.prefix, forms.join(" or "))
}

/// The fixed start of the last field of an ARN's form: `stream/`.
fn lead(form: &str) -> &str {
    let last = form.splitn(6, ':').nth(5).unwrap_or_default();
    last.split_once("${").map_or(last, |(start, _)| start)
}

/// A form as people write it: `arn:aws:kinesis:REGION:ACCOUNT:stream/StreamName`.
fn readable(form: &str) -> String {
    form.replace("${Region}", "REGION")
        .replace("${Account}", "ACCOUNT")
        .replace("${", "")
        .replace('}', "")
}

pub(super) fn is_region(text: &str) -> bool {
    let mut words = text.split('-');
    let last = words.next_back().unwrap_or_default();
    last.len() == 1
        && last.bytes().all(|byte| byte.is_ascii_digit())
        && words.clone().count() >= 2
        && words.all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
}

pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A field that somebody was to fill in: `<REGION>`, `{{account}}`, `ACCOUNT_ID`, `${AWS::Region}`.
pub(super) fn placeholder(text: &str) -> Option<&str> {
    for (open, close) in [("<", ">"), ("{{", "}}"), ("${AWS::", "}"), ("[", "]")] {
        if let Some(start) = text.find(open)
            && let Some(end) = text[start..].find(close)
        {
            return text.get(start..start + end + close.len());
        }
    }
    let fields = text.splitn(6, ':').skip(1).take(4);
    let mut words = fields.filter(|field| {
        field.len() > 3
            && field.bytes().any(|b| b.is_ascii_uppercase())
            && field
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_-".contains(&b))
    });
    words.next().or_else(|| {
        let mut fields = text.splitn(6, ':').skip(3).take(2);
        fields.find(|f| {
            [
                "region",
                "account",
                "account-id",
                "accountid",
                "aws-region",
                "your-region",
                "123456789",
            ]
            .contains(f)
        })
    })
}
