//! `AssumeRole` (iam reference, operations).

use tributary_vocabulary::{AccountId, HOUR_MS};

use crate::iam::document::parse;
use crate::iam::error;
use crate::iam::key_id;
use crate::iam::policies::session_of;
use crate::iam::read::Shape;
use crate::iam::role::Role;
use crate::iam::session::Session;
use crate::iam::state::named;
use crate::iam::tags::Tags;
use crate::iam::view::time;
use crate::kernel::{Access, ArnParts, Caller, Ids, ServiceError, World};
use crate::policy::{Context, NamedPolicy, PolicyKind, Principal};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

use super::create_access_key::secret;

/// The room that what is passed with a session may take. AWS packs it in a way that is not
/// documented; here it is counted as it comes.
const PASSED_MAX: usize = 4_096;
/// After how many sessions those that ended are looked through.
const FORGET_EVERY: usize = 1_024;
/// How long a session that ended is still known as such.
const REMEMBERED_MS: i64 = 24 * HOUR_MS;

/// Takes on a role: the caller's side and the role's trust policy both decide.
///
/// # Errors
/// `ValidationError`, `MalformedPolicyDocument`, `PackedPolicyTooLarge`, `AccessDenied`, also for
/// a role that does not exist.
pub fn run(
    world: &mut World,
    caller: &Caller,
    parameters: &Parameters,
) -> Result<Option<Element>, ServiceError> {
    let request = Request::read(parameters)?;
    refuse_mfa(parameters)?;
    let is_root = matches!(caller.principal, Principal::Root { .. });
    if is_root && !world.settings.iam.root_assumes_roles {
        let message = "Roles may not be assumed by root accounts.";
        return Err(ServiceError::access_denied(message.to_owned()));
    }
    let policy = request.session_policy()?;
    let passed = Passed::of(world, caller, &request)?;
    let role = authorize(world, caller, &request, &passed)?;
    let (account, role_name) = (role.entity.account, role.entity.name.clone());
    let duration_s = request.duration(caller, &role)?;
    if let Some(arn) = request.policy_arns.iter().find(|arn| world.iam.managed(arn).is_none()) {
        let message = format!("The managed policy {arn} does not exist.{}", error::hint(arn));
        return Err(error::malformed(message));
    }
    let packed = request.packed_percent()?;
    let session = Session {
        principal: Principal::Session {
            account,
            role: role.entity.qualified_name(),
            session: request.session_name.to_owned(),
        },
        entity_id: role.entity.id.clone(),
        secret: secret(&mut world.iam.ids),
        token: token(&mut world.iam.ids),
        issued: world.now,
        expires: world.now.plus_s(duration_s),
        policy,
        policy_arns: request.policy_arns.iter().map(|arn| (*arn).to_owned()).collect(),
        tags: passed.tags,
        transitive: passed.transitive,
        source_identity: passed.source_identity,
    };
    let user = Element::new("AssumedRoleUser")
        .child(Element::text(
            "AssumedRoleId",
            format!("{}:{}", role.entity.id, request.session_name),
        ))
        .child(Element::text(
            "Arn",
            format!("arn:aws:sts::{account}:assumed-role/{role_name}/{}", request.session_name),
        ));
    let identity = session.source_identity.clone();
    world.trace("role assumed", request.role_arn, request.session_name.as_bytes());
    let answer = Element::new("Result")
        .child(user)
        .child(credentials(world, account, session))
        .maybe(packed.map(|percent| Element::text("PackedPolicySize", percent.to_string())))
        .maybe(identity.map(|identity| Element::text("SourceIdentity", identity)));
    Ok(Some(answer))
}

/// What the request says.
struct Request<'p> {
    role_arn: &'p str,
    session_name: &'p str,
    duration_s: Option<i64>,
    policy: Option<&'p str>,
    policy_arns: Vec<&'p str>,
    tags: Tags,
    transitive: Vec<&'p str>,
    external_id: Option<&'p str>,
    source_identity: Option<&'p str>,
}

impl<'p> Request<'p> {
    fn read(parameters: &'p Parameters) -> Result<Self, ServiceError> {
        let mut shape = Shape::of_sts(parameters);
        let word = r"[\w+=,.@-]*";
        let role_arn = shape.required("RoleArn", 20, 2_048);
        let session_name = match shape.text("RoleSessionName", (2, 64), word, "") {
            Some(name) => name,
            None => shape.required("RoleSessionName", 2, 64),
        };
        let policy_arns: Vec<&str> = (1..=parameters.structures("PolicyArns").len())
            .map(|n| parameters.get(&format!("PolicyArns.member.{n}.arn")).unwrap_or_default())
            .collect();
        if policy_arns.len() > 10 {
            let constraint = "Member must have length less than or equal to 10";
            shape.fail("policyArns", "", constraint);
        }
        let request = Self {
            role_arn,
            session_name,
            duration_s: shape.integer("DurationSeconds", 900, 43_200),
            policy: shape.optional("Policy", 1, 2_048),
            policy_arns,
            tags: shape.tags(),
            transitive: shape.keys("TransitiveTagKeys"),
            external_id: shape.text("ExternalId", (2, 1_224), r"[\w+=,.@:\/-]*", ":/"),
            source_identity: shape.text("SourceIdentity", (2, 64), word, ""),
        };
        shape.finish()?;
        let parts = ArnParts::split(role_arn);
        let is_role = parts.is_some_and(|arn| {
            arn.service == "iam" && arn.account_id().is_some() && arn.resource.starts_with("role/")
        });
        if !is_role {
            return Err(error::validation(format!("{role_arn} is invalid")));
        }
        Ok(request)
    }

    fn owner(&self) -> Option<AccountId> {
        ArnParts::split(self.role_arn)?.account_id()
    }

    fn session_policy(&self) -> Result<Option<NamedPolicy>, ServiceError> {
        let Some(text) = self.policy else { return Ok(None) };
        let document = parse(text, PolicyKind::Session)?;
        let name = format!("session policy of {} as {}", self.role_arn, self.session_name);
        Ok(Some(named(name, document)))
    }

    /// How long the session lasts: at most as long as the role says, and an hour when a session
    /// assumes it.
    fn duration(&self, caller: &Caller, role: &Role) -> Result<i64, ServiceError> {
        let seconds = self.duration_s.unwrap_or(3_600);
        if matches!(caller.principal, Principal::Session { .. }) && seconds > 3_600 {
            return Err(error::validation(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed \
                 by role chaining.",
            ));
        }
        if seconds > role.max_session_s {
            return Err(error::validation(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            ));
        }
        Ok(seconds)
    }

    /// How much of its room is taken by what is passed, when anything is.
    fn packed_percent(&self) -> Result<Option<usize>, ServiceError> {
        let tags: usize = self.tags.iter().map(|(key, value)| key.len() + value.len()).sum();
        let arns: usize = self.policy_arns.iter().map(|arn| arn.len()).sum();
        let bytes = self.policy.map_or(0, str::len) + tags + arns;
        let percent = (bytes * 100).div_ceil(PASSED_MAX);
        if percent > 100 {
            let message =
                format!("Packed size of session policy consumes {percent}% of allotted space.");
            return Err(ServiceError::client("PackedPolicyTooLarge", message));
        }
        Ok((bytes > 0).then_some(percent))
    }
}

/// What goes into the session from the request and from the session that calls.
struct Passed {
    tags: Tags,
    transitive: Vec<String>,
    source_identity: Option<String>,
}

impl Passed {
    /// Transitive tags and the source identity carry over, and cannot be given other values.
    fn of(world: &World, caller: &Caller, request: &Request<'_>) -> Result<Self, ServiceError> {
        let mut tags = request.tags.clone();
        let mut transitive: Vec<String> =
            request.transitive.iter().map(|key| (*key).to_owned()).collect();
        let mut source_identity = request.source_identity.map(str::to_owned);
        let Some(session) = session_of(world, caller) else {
            return Ok(Self { tags, transitive, source_identity });
        };
        for key in &session.transitive {
            if request.tags.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
                return Err(error::validation(format!(
                    "The tag {key} is transitive in the calling session and cannot be set again."
                )));
            }
            let carried = session.tags.iter().find(|(known, _)| known.eq_ignore_ascii_case(key));
            if let Some((key, value)) = carried {
                tags.set(key, value);
                transitive.push(key.to_owned());
            }
        }
        if let Some(identity) = &session.source_identity {
            if source_identity.as_ref().is_some_and(|asked| asked != identity) {
                return Err(ServiceError::access_denied(format!(
                    "The source identity of the calling session is {identity} and cannot be changed."
                )));
            }
            source_identity = Some(identity.clone());
        }
        Ok(Self { tags, transitive, source_identity })
    }
}

/// Both sides have to permit the assumption, and the tags and the source identity as well. A role
/// that does not exist is refused in the same words as one that does not trust the caller.
fn authorize(
    world: &mut World,
    caller: &Caller,
    request: &Request<'_>,
    passed: &Passed,
) -> Result<Role, ServiceError> {
    let role = request.owner().and_then(|owner| world.iam.role_of_arn(owner, request.role_arn));
    let Some(role) = role.cloned() else {
        return Err(ServiceError::access_denied(format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {}",
            caller.principal, request.role_arn
        )));
    };
    let context = context(request, passed, &role);
    let mut actions = vec!["sts:AssumeRole"];
    if !passed.tags.is_empty() {
        actions.push("sts:TagSession");
    }
    if passed.source_identity.is_some() {
        actions.push("sts:SetSourceIdentity");
    }
    for action in actions {
        let context = context.clone();
        world.authorize(caller, Access { context, ..Access::to(action, request.role_arn) })?;
    }
    Ok(role)
}

fn context(request: &Request<'_>, passed: &Passed, role: &Role) -> Context {
    let mut context = passed.tags.tell_request(Context::new());
    context = role.entity.tags.tell("aws:ResourceTag", context);
    context = role.entity.tags.tell("iam:ResourceTag", context);
    context = context.with("sts:RoleSessionName", request.session_name);
    if !passed.transitive.is_empty() {
        let keys = passed.transitive.iter().map(String::as_str);
        context = context.with_list("sts:TransitiveTagKeys", keys);
    }
    if let Some(id) = request.external_id {
        context = context.with("sts:ExternalId", id);
    }
    if let Some(identity) = &passed.source_identity {
        context = context.with("sts:SourceIdentity", identity.as_str());
    }
    if let Some(seconds) = request.duration_s {
        context = context.with("sts:DurationSeconds", seconds.to_string());
    }
    context
}

/// There are no devices for a second factor here, so no code of one is right.
///
/// # Errors
/// `AccessDenied` when the request brings a code.
pub(super) fn refuse_mfa(parameters: &Parameters) -> Result<(), ServiceError> {
    if parameters.get("TokenCode").is_none() && parameters.get("SerialNumber").is_none() {
        return Ok(());
    }
    let message = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
    Err(ServiceError::access_denied(message.to_owned()))
}

/// Keeps the session under new keys, and answers them.
pub(super) fn credentials(world: &mut World, account: AccountId, session: Session) -> Element {
    let id = key_id::make("ASIA", account, &mut world.iam.ids);
    let element = Element::new("Credentials")
        .child(Element::text("AccessKeyId", id.as_str()))
        .child(Element::text("SecretAccessKey", session.secret.as_str()))
        .child(Element::text("SessionToken", session.token.as_str()))
        .child(Element::text("Expiration", time(session.expires)));
    // Those that ended long ago are forgotten now and then; until then they are told as expired.
    if world.iam.sessions.len() % FORGET_EVERY == FORGET_EVERY - 1 {
        let now = world.now;
        world.iam.sessions.retain(|_, session| now.ms_since(session.expires) < REMEMBERED_MS);
    }
    world.iam.sessions.insert(id, session);
    element
}

/// A session token: as opaque as AWS's.
pub(super) fn token(ids: &mut Ids) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    format!("FwoGZXIvYXdzE{}", ids.text(alphabet, 243))
}
