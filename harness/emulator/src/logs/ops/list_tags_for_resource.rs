//! ListTagsForResource.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::{Caller, ServiceError, World};
use crate::logs::tags::tags_of;

/// What ListTagsForResource reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// A log group or a destination.
    pub resource_arn: Option<String>,
}

/// What ListTagsForResource answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Output {
    /// The tags.
    pub tags: BTreeMap<String, String>,
}

/// Lists the tags of a resource.
///
/// # Errors
/// `InvalidParameterException`, `ResourceNotFoundException`, `AccessDeniedException`.
pub fn run(world: &mut World, caller: &Caller, input: Input) -> Result<Output, ServiceError> {
    let tags = tags_of(world, caller, "logs:ListTagsForResource", input.resource_arn.as_ref())?;
    Ok(Output { tags: tags.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::ops::{tag_resource, untag_resource};
    use crate::logs::tests::{member, stream_in, world};

    #[test]
    fn tags_are_set_listed_and_removed() {
        let (mut world, caller) = (world(), member(1));
        let arn = Some(stream_in(&mut world, &caller, "g", "s").arn());
        let tags = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
        };
        let input = tag_resource::Input {
            resource_arn: arn.clone(),
            tags: Some(tags(&[("a", "1"), ("b", "2")])),
        };
        assert_eq!(tag_resource::run(&mut world, &caller, input), Ok(()));
        let input = untag_resource::Input {
            resource_arn: arn.clone(),
            tag_keys: Some(vec!["a".to_owned(), "c".to_owned()]),
        };
        assert_eq!(untag_resource::run(&mut world, &caller, input), Ok(()));
        let output = run(&mut world, &caller, Input { resource_arn: arn.clone() });
        assert_eq!(output, Ok(Output { tags: tags(&[("b", "2")]) }));
        let many = (0..50).map(|n| (n.to_string(), String::new())).collect();
        let input = tag_resource::Input { resource_arn: arn, tags: Some(many) };
        let error = tag_resource::run(&mut world, &caller, input).expect_err("51");
        assert_eq!(error.code, "TooManyTagsException");
        let error = run(&mut world, &caller, Input { resource_arn: Some("x".to_owned()) });
        assert_eq!(error.map_err(|error| error.code), Err("InvalidParameterException".into()));
    }
}
