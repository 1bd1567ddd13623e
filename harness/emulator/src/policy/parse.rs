//! From the text of a policy to its statements, refusing what AWS refuses to store.

use super::condition::{Condition, Operand, Operator};
use super::document::{
    ActionPattern, Actions, Effect, Grantees, PolicyDocument, ResourcePattern, Resources, Statement,
};
use super::grantee::Grantee;
use super::json::{self, Lines, Node, Value};
use super::kind::{PolicyKind, ResourceService};
use super::malformed::{MalformedPolicy, PolicyFault};
use super::variables::Template;

type Refused<T> = Result<T, MalformedPolicy>;

const DOCUMENT_ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// Reads a document; `checks_literals` is false where malformed condition values are kept.
pub(super) fn document(
    text: &str,
    kind: PolicyKind,
    checks_literals: bool,
) -> Refused<PolicyDocument> {
    let lines = Lines::new(text);
    let root = json::parse(text).map_err(|problem| MalformedPolicy {
        fault: problem.duplicate.map_or(PolicyFault::InvalidJson, PolicyFault::DuplicateKey),
        position: lines.position(problem.offset),
    })?;
    let mut reader = Reader { lines, kind, checks_literals, variables: false };
    let Value::Object(members) = &root.value else {
        return reader.refuse(&root, PolicyFault::InvalidJson);
    };
    if let Some((name, node)) =
        members.iter().find(|(n, _)| !DOCUMENT_ELEMENTS.contains(&n.as_str()))
    {
        return reader.refuse(node, PolicyFault::UnknownElement(name.clone()));
    }
    if let Some(node) = member(members, "Version") {
        reader.variables = match reader.string("Version", node)? {
            "2012-10-17" => true,
            "2008-10-17" => false,
            other => return reader.refuse(node, PolicyFault::UnknownVersion(other.to_owned())),
        };
    }
    let id = member(members, "Id").map(|node| reader.string("Id", node)).transpose()?;
    let Some(list) = member(members, "Statement") else {
        return reader.refuse(&root, PolicyFault::NoStatement);
    };
    let statements = reader.statements(list)?;
    let asks_context = statements.iter().any(Statement::asks_context);
    let id = id.map(str::to_owned);
    Ok(PolicyDocument { text: text.to_owned(), kind, id, statements, asks_context })
}

fn member<'n>(members: &'n [(String, Node)], name: &str) -> Option<&'n Node> {
    members.iter().find(|(key, _)| key == name).map(|(_, node)| node)
}

struct Reader<'t> {
    lines: Lines<'t>,
    kind: PolicyKind,
    checks_literals: bool,
    variables: bool,
}

impl Reader<'_> {
    fn refuse<T>(&self, node: &Node, fault: PolicyFault) -> Refused<T> {
        Err(MalformedPolicy { fault, position: self.lines.position(node.start) })
    }

    fn wrong_form<T>(&self, node: &Node, element: &str, expected: &'static str) -> Refused<T> {
        self.refuse(node, PolicyFault::WrongForm { element: element.to_owned(), expected })
    }

    fn string<'n>(&self, element: &str, node: &'n Node) -> Refused<&'n str> {
        match &node.value {
            Value::String(text) => Ok(text),
            _ => self.wrong_form(node, element, "a string"),
        }
    }

    /// A string, or an array of strings, with the node of each.
    fn strings<'n>(&self, element: &str, node: &'n Node) -> Refused<Vec<(&'n str, &'n Node)>> {
        let items = match &node.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        items
            .iter()
            .map(|item| match &item.value {
                Value::String(text) => Ok((text.as_str(), item)),
                _ => self.wrong_form(item, element, "a string or an array of strings"),
            })
            .collect()
    }

    fn statements(&self, list: &Node) -> Refused<Vec<Statement>> {
        let nodes = match &list.value {
            Value::Array(nodes) => nodes.as_slice(),
            Value::Object(_) => std::slice::from_ref(list),
            _ => return self.wrong_form(list, "Statement", "an object or an array of objects"),
        };
        if nodes.is_empty() {
            return self.refuse(list, PolicyFault::NoStatement);
        }
        let mut statements: Vec<Statement> = Vec::with_capacity(nodes.len());
        let mut opening = list.start + 1;
        for node in nodes {
            let statement = self.statement(node, opening)?;
            opening = node.end;
            let twice = statement
                .sid
                .as_deref()
                .filter(|sid| !sid.is_empty() && self.kind.is_stored_by_iam())
                .filter(|&sid| statements.iter().any(|known| known.sid.as_deref() == Some(sid)));
            if let Some(sid) = twice {
                return self.refuse(node, PolicyFault::DuplicateSid(sid.to_owned()));
            }
            statements.push(statement);
        }
        Ok(statements)
    }

    fn statement(&self, node: &Node, opening: usize) -> Refused<Statement> {
        let Value::Object(members) = &node.value else {
            return self.wrong_form(node, "Statement", "an object or an array of objects");
        };
        let unknown = members.iter().find(|(n, _)| !STATEMENT_ELEMENTS.contains(&n.as_str()));
        if let Some((name, value)) = unknown {
            return self.refuse(value, PolicyFault::UnknownElement(name.clone()));
        }
        let statement = Statement {
            sid: self.sid(members)?,
            effect: self.effect(node, members)?,
            start: self.lines.position(node.start),
            opening: self.lines.position(opening),
            end: self.lines.position(node.end),
            grantees: self.grantees(node, members)?,
            actions: self.actions(node, members)?,
            resources: self.resources(node, members)?,
            conditions: self.conditions(members)?,
        };
        match self.kind {
            PolicyKind::Resource(ResourceService::LogsDestination) => {
                self.destination(node, &statement)?;
            }
            PolicyKind::Rcp => self.resource_control(node, &statement)?,
            _ => {}
        }
        Ok(statement)
    }

    fn sid(&self, members: &[(String, Node)]) -> Refused<Option<String>> {
        let Some(node) = member(members, "Sid") else {
            return Ok(None);
        };
        let sid = self.string("Sid", node)?;
        if self.kind.is_stored_by_iam() && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return self.refuse(node, PolicyFault::InvalidSid(sid.to_owned()));
        }
        Ok(Some(sid.to_owned()))
    }

    fn effect(&self, statement: &Node, members: &[(String, Node)]) -> Refused<Effect> {
        let Some(node) = member(members, "Effect") else {
            return self.refuse(statement, PolicyFault::WrongEffect(String::new()));
        };
        match self.string("Effect", node)? {
            "Allow" => Ok(Effect::Allow),
            "Deny" => Ok(Effect::Deny),
            other => self.refuse(node, PolicyFault::WrongEffect(other.to_owned())),
        }
    }

    /// The one of two elements that is there, and whether it is the negated one.
    fn either<'n>(
        &self,
        members: &'n [(String, Node)],
        plain: &'static str,
        negated: &'static str,
    ) -> Refused<Option<(&'n Node, bool, &'static str)>> {
        match (member(members, plain), member(members, negated)) {
            (Some(_), Some(node)) => self.refuse(node, PolicyFault::Exclusive(plain, negated)),
            (Some(node), None) => Ok(Some((node, false, plain))),
            (None, Some(node)) => Ok(Some((node, true, negated))),
            (None, None) => Ok(None),
        }
    }

    fn actions(&self, statement: &Node, members: &[(String, Node)]) -> Refused<Actions> {
        let Some((node, negated, element)) = self.either(members, "Action", "NotAction")? else {
            return self.refuse(statement, PolicyFault::NoAction);
        };
        let items = self.strings(element, node)?;
        if items.is_empty() {
            return self.refuse(node, PolicyFault::NoAction);
        }
        let mut list = Vec::with_capacity(items.len());
        for (text, item) in items {
            self.check_action(text, item)?;
            list.push(ActionPattern::new(text, self.lines.line(item.start)));
        }
        Ok(Actions { negated, list })
    }

    fn check_action(&self, text: &str, node: &Node) -> Refused<()> {
        let is_trust = self.kind == PolicyKind::Trust;
        let fault = match text.split_once(':') {
            _ if text == "*" && !is_trust => return Ok(()),
            Some((service, _)) if is_trust && !service.eq_ignore_ascii_case("sts") => {
                PolicyFault::NotAnAssumeRoleAction(text.to_owned())
            }
            None if is_trust => PolicyFault::NotAnAssumeRoleAction(text.to_owned()),
            None => PolicyFault::ActionWithoutService(text.to_owned()),
            Some((service, name)) => {
                let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
                let is_wild = |byte: u8| b"*?".contains(&byte);
                let wild_service = !self.kind.is_stored_by_iam();
                let service_fits = !service.is_empty()
                    && service.bytes().all(|b| is_plain(b) || wild_service && is_wild(b));
                let name_fits = !name.is_empty() && name.bytes().all(|b| is_plain(b) || is_wild(b));
                if service_fits && name_fits {
                    return Ok(());
                }
                if service_fits {
                    PolicyFault::WrongForm {
                        element: text.to_owned(),
                        expected: "a service, a colon and the name of an action",
                    }
                } else {
                    PolicyFault::InvalidService(service.to_owned())
                }
            }
        };
        self.refuse(node, fault)
    }

    fn resources(
        &self,
        statement: &Node,
        members: &[(String, Node)],
    ) -> Refused<Option<Resources>> {
        let found = self.either(members, "Resource", "NotResource")?;
        if !self.kind.has_resource() {
            return match found {
                Some((node, ..)) => self.refuse(node, PolicyFault::ResourceProhibited),
                None => Ok(None),
            };
        }
        let Some((node, negated, element)) = found else {
            return self.refuse(statement, PolicyFault::NoResource);
        };
        let items = self.strings(element, node)?;
        if items.is_empty() {
            return self.refuse(node, PolicyFault::NoResource);
        }
        let mut list = Vec::with_capacity(items.len());
        for (text, item) in items {
            if text != "*"
                && !text.starts_with("arn:")
                && !(self.variables && text.starts_with("${"))
            {
                return self.refuse(item, PolicyFault::ResourceNotArn(text.to_owned()));
            }
            let template = self.template(text, item)?;
            list.push(ResourcePattern::new(template, self.lines.line(item.start)));
        }
        Ok(Some(Resources { negated, list }))
    }

    fn template(&self, text: &str, node: &Node) -> Refused<Template> {
        match Template::parse(text, self.variables) {
            Ok(template) => Ok(template),
            Err(bad) => self.refuse(node, PolicyFault::InvalidVariable(bad.0)),
        }
    }

    fn grantees(&self, statement: &Node, members: &[(String, Node)]) -> Refused<Option<Grantees>> {
        let found = self.either(members, "Principal", "NotPrincipal")?;
        if !self.kind.has_principal() {
            return match found {
                Some((node, ..)) => self.refuse(node, PolicyFault::PrincipalProhibited),
                None => Ok(None),
            };
        }
        let Some((node, negated, element)) = found else {
            return self.refuse(statement, PolicyFault::NoPrincipal);
        };
        let is_allow = matches!(self.effect(statement, members)?, Effect::Allow);
        if negated && (is_allow || self.kind == PolicyKind::Trust) {
            return self.refuse(node, PolicyFault::NotPrincipalProhibited);
        }
        let list = match &node.value {
            Value::String(text) if text == "*" => vec![Grantee::Everyone],
            Value::Object(kinds) => {
                let mut list = Vec::new();
                for (kind, values) in kinds {
                    for (text, item) in self.strings(kind, values)? {
                        list.push(self.grantee(kind, text, item)?);
                    }
                }
                list
            }
            Value::String(text) => {
                let (kind, value) = (element.to_owned(), text.clone());
                return self.refuse(node, PolicyFault::InvalidPrincipal { kind, value });
            }
            _ => return self.wrong_form(node, element, "\"*\" or an object"),
        };
        if list.is_empty() {
            return self.refuse(node, PolicyFault::NoPrincipal);
        }
        Ok(Some(Grantees { negated, list, line: self.lines.line(node.start) }))
    }

    fn grantee(&self, kind: &str, text: &str, node: &Node) -> Refused<Grantee> {
        let is_destination = self.kind == PolicyKind::Resource(ResourceService::LogsDestination);
        let grantee = match kind {
            "AWS" if is_destination && text.starts_with("arn:") => {
                return self.refuse(node, PolicyFault::DestinationPrincipalArn(text.to_owned()));
            }
            // AWS took `logs.amazonaws.com` under "AWS" in a validated test: the service does
            // not look closer, and such a name admits nobody.
            "AWS" if is_destination => {
                Some(Grantee::aws(text).unwrap_or_else(|| Grantee::Nobody(text.to_owned())))
            }
            "AWS" => Grantee::aws(text),
            "Service" => {
                let is_name =
                    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
                (is_name && text.contains('.')).then(|| Grantee::Service(text.to_owned()))
            }
            "Federated" => (!text.is_empty()).then(|| Grantee::Federated(text.to_owned())),
            "CanonicalUser" => (!text.is_empty()).then(|| Grantee::CanonicalUser(text.to_owned())),
            _ => None,
        };
        match grantee {
            Some(grantee) => Ok(grantee),
            None => {
                let (kind, value) = (kind.to_owned(), text.to_owned());
                self.refuse(node, PolicyFault::InvalidPrincipal { kind, value })
            }
        }
    }

    fn conditions(&self, members: &[(String, Node)]) -> Refused<Vec<Condition>> {
        let Some(node) = member(members, "Condition") else {
            return Ok(Vec::new());
        };
        let Value::Object(operators) = &node.value else {
            return self.wrong_form(node, "Condition", "an object");
        };
        let mut conditions = Vec::new();
        for (name, block) in operators {
            let Some(operator) = Operator::parse(name) else {
                return self.refuse(block, PolicyFault::UnknownOperator(name.clone()));
            };
            let Value::Object(keys) = &block.value else {
                return self.wrong_form(block, name, "an object of condition keys");
            };
            for (key, values) in keys {
                conditions.push(Condition {
                    operator_name: name.clone(),
                    operator,
                    key: key.clone(),
                    lookup: key.to_ascii_lowercase(),
                    values: self.operands(name, operator, values)?,
                });
            }
        }
        Ok(conditions)
    }

    /// The values of a condition; numbers and booleans may stand without quotes.
    fn operands(&self, name: &str, operator: Operator, node: &Node) -> Refused<Vec<Operand>> {
        let items = match &node.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut operands = Vec::with_capacity(items.len());
        for item in items {
            let text = match &item.value {
                Value::String(text) | Value::Number(text) => text.as_str(),
                Value::Bool(true) => "true",
                Value::Bool(false) => "false",
                _ => return self.wrong_form(item, name, "a string or an array of strings"),
            };
            let template = self.template(text, item)?;
            if template.has_variable() && !operator.takes_variables() {
                return self.refuse(item, PolicyFault::InvalidVariable(text.to_owned()));
            }
            let operand = Operand::new(template, operator.comparison);
            if self.checks_literals && !operand.is_storable(operator.comparison) {
                let (operator, value) = (name.to_owned(), text.to_owned());
                return self.refuse(item, PolicyFault::InvalidLiteral { operator, value });
            }
            operands.push(operand);
        }
        Ok(operands)
    }

    /// A Logs destination policy admits accounts by id, or everyone of an organisation
    /// (cloudwatch-logs reference, destinations).
    fn destination(&self, node: &Node, statement: &Statement) -> Refused<()> {
        let grantees = statement.grantees();
        let is_organisation =
            |key: &str| matches!(key, "aws:PrincipalOrgID" | "aws:PrincipalOrgPaths");
        if let Some(other) = statement.conditions.iter().find(|c| !is_organisation(&c.key)) {
            return self.refuse(node, PolicyFault::DestinationConditionKey(other.key.clone()));
        }
        if grantees.contains(&Grantee::Everyone) && statement.conditions.is_empty() {
            let Value::Object(members) = &node.value else {
                return self.refuse(node, PolicyFault::DestinationGrammar);
            };
            let bare = member(members, "Principal")
                .is_some_and(|principal| matches!(principal.value, Value::String(_)));
            let fault = if bare {
                PolicyFault::DestinationGrammar
            } else {
                PolicyFault::DestinationPrincipalAnyone
            };
            return self.refuse(node, fault);
        }
        let names_nobody = grantees.iter().all(|grantee| {
            matches!(
                grantee,
                Grantee::Service(_) | Grantee::Federated(_) | Grantee::CanonicalUser(_)
            )
        });
        if names_nobody {
            return self.refuse(node, PolicyFault::DestinationGrammar);
        }
        Ok(())
    }

    /// A resource control policy denies to everyone; what allows is AWS's own
    /// `RCPFullAWSAccess` (Organizations guide, "RCP syntax").
    fn resource_control(&self, node: &Node, statement: &Statement) -> Refused<()> {
        let everyone = statement.grantees() == [Grantee::Everyone]
            && statement.grantees.as_ref().is_some_and(|grantees| !grantees.negated);
        let is_full_access = statement.actions.list.iter().all(|action| action.text == "*")
            && statement.conditions.is_empty();
        if everyone
            && !statement.actions.negated
            && (statement.effect == Effect::Deny || is_full_access)
        {
            Ok(())
        } else {
            self.refuse(node, PolicyFault::NotAResourceControl)
        }
    }
}
