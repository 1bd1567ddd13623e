//! What all Describe operations have in common: ids, filters, pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::{invalid_parameter, invalid_value};
use super::filter::Filters;
use super::request::{dry_run, given, number};
use super::tags::Tags;
use crate::kernel::{Access, Caller, ServiceError, World};
use crate::protocol::ec2_query::{list, set};
use crate::protocol::query::Parameters;
use crate::protocol::xml::Element;

/// The most results of a page, and how many there are when the request does not say.
const RESULTS_MAX: i64 = 1_000;

/// Things by their ids.
type ById<T> = BTreeMap<Arc<str>, T>;

/// Which things are asked for.
#[derive(Debug)]
pub(super) struct Asked {
    ids: Vec<String>,
    filters: Filters,
    most: usize,
    after: Option<String>,
}

/// A Describe operation: its name, the list of ids it takes, its filters, its smallest page.
pub(super) struct Describing<'a> {
    pub(super) action: &'a str,
    pub(super) ids: &'a str,
    pub(super) filters: &'a [&'a str],
    pub(super) least: i64,
}

impl Describing<'_> {
    /// Reads the request and asks the policies.
    ///
    /// # Errors
    /// `InvalidParameterValue`, `InvalidParameterCombination`, `AccessDeniedException`,
    /// `DryRunOperation`.
    pub(super) fn ask(
        &self,
        world: &mut World,
        caller: &Caller,
        parameters: &Parameters,
    ) -> Result<Asked, ServiceError> {
        let filters = Filters::read(parameters, self.filters)?;
        let ids: Vec<String> = list(parameters, self.ids).into_iter().map(str::to_owned).collect();
        let most = number(parameters, "MaxResults")?;
        if let Some(most) = most.filter(|most| !(self.least..=RESULTS_MAX).contains(most)) {
            let (bound, limit) =
                if most < self.least { ("greater", self.least) } else { ("less", RESULTS_MAX) };
            return Err(invalid_value(format!(
                "Value ( {most} ) for parameter maxResults is invalid. Expecting a value {bound} \
                 than or equal to {limit}."
            )));
        }
        let after = given(parameters, "NextToken").map(read_token).transpose()?;
        world.authorize(caller, Access::to(self.action, "*"))?;
        dry_run(parameters)?;
        let most = usize::try_from(most.unwrap_or(RESULTS_MAX)).unwrap_or(usize::MAX);
        Ok(Asked { ids, filters, most, after })
    }
}

impl Asked {
    /// The answer: those things that were asked for, in the order of their ids.
    ///
    /// # Errors
    /// `missing` of an id that is asked for and not there.
    pub(super) fn answer<T>(
        &self,
        name: &'static str,
        (things, tags): (&ById<T>, &ById<Tags>),
        missing: fn(&str) -> ServiceError,
        value: impl Fn(&str, &str, &T) -> Option<String>,
        view: impl Fn(&str, &T, Option<&Tags>) -> Element,
    ) -> Result<Option<Element>, ServiceError> {
        if let Some(absent) = self.ids.iter().find(|id| !things.contains_key(id.as_str())) {
            return Err(missing(absent));
        }
        let mut chosen = things.iter().filter(|(id, thing)| {
            (self.ids.is_empty() || self.ids.iter().any(|wanted| wanted == &***id))
                && self.after.as_deref().is_none_or(|after| &***id > after)
                && self.filters.admit(tags.get(*id), |filter| value(filter, id, thing))
        });
        let mut page = Vec::new();
        let mut last = None;
        for (id, thing) in chosen.by_ref().take(self.most) {
            page.push(view(id, thing, tags.get(id)));
            last = Some(id);
        }
        let more = chosen.next().is_some();
        let token = last.filter(|_| more).map(|id| Element::text("nextToken", token(id)));
        Ok(Some(Element::new("").child(set(name, page)).maybe(token)))
    }
}

fn token(id: &str) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

fn read_token(token: &str) -> Result<String, ServiceError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    let id = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    id.ok_or_else(|| invalid_parameter(format!("Unable to parse pagination token '{token}'")))
}
