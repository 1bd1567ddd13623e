//! The operation table: every operation in both generations.

use super::form::Form::{self, Elasticsearch, OpenSearch};
use super::ops;
use crate::kernel::{Caller, ServiceError, WireResponse, World};
use crate::protocol::rest::RestMethod::{self, Delete, Get, Post};
use crate::protocol::rest::{RestOperation, RestRequest};

type Call = fn(&mut World, &Caller, &RestRequest<'_>) -> Result<WireResponse, ServiceError>;

const fn row(
    name: &'static str,
    method: RestMethod,
    path: &'static str,
    call: Call,
) -> RestOperation {
    RestOperation { name, method, path, call }
}

/// Gives an operation its form.
macro_rules! form {
    ($form:expr, $operation:ident) => {
        |world, caller, request| {
            const FORM: Form = $form;
            ops::$operation::call(world, caller, FORM, request)
        }
    };
}

/// The rows of the operation table.
pub const OPERATIONS: &[RestOperation] = &[
    row("CreateDomain", Post, "/2021-01-01/opensearch/domain", form!(OpenSearch, create_domain)),
    row(
        "DescribeDomain",
        Get,
        "/2021-01-01/opensearch/domain/{DomainName}",
        form!(OpenSearch, describe_domain),
    ),
    row(
        "DescribeDomains",
        Post,
        "/2021-01-01/opensearch/domain-info",
        form!(OpenSearch, describe_domains),
    ),
    row(
        "DescribeDomainConfig",
        Get,
        "/2021-01-01/opensearch/domain/{DomainName}/config",
        form!(OpenSearch, describe_domain_config),
    ),
    row(
        "UpdateDomainConfig",
        Post,
        "/2021-01-01/opensearch/domain/{DomainName}/config",
        form!(OpenSearch, update_domain_config),
    ),
    row(
        "DeleteDomain",
        Delete,
        "/2021-01-01/opensearch/domain/{DomainName}",
        form!(OpenSearch, delete_domain),
    ),
    row("ListDomainNames", Get, "/2021-01-01/domain", form!(OpenSearch, list_domain_names)),
    row("AddTags", Post, "/2021-01-01/tags", form!(OpenSearch, add_tags)),
    row("ListTags", Get, "/2021-01-01/tags", form!(OpenSearch, list_tags)),
    row("RemoveTags", Post, "/2021-01-01/tags-removal", form!(OpenSearch, remove_tags)),
    row(
        "CreateElasticsearchDomain",
        Post,
        "/2015-01-01/es/domain",
        form!(Elasticsearch, create_domain),
    ),
    row(
        "DescribeElasticsearchDomain",
        Get,
        "/2015-01-01/es/domain/{DomainName}",
        form!(Elasticsearch, describe_domain),
    ),
    row(
        "DescribeElasticsearchDomains",
        Post,
        "/2015-01-01/es/domain-info",
        form!(Elasticsearch, describe_domains),
    ),
    row(
        "DescribeElasticsearchDomainConfig",
        Get,
        "/2015-01-01/es/domain/{DomainName}/config",
        form!(Elasticsearch, describe_domain_config),
    ),
    row(
        "UpdateElasticsearchDomainConfig",
        Post,
        "/2015-01-01/es/domain/{DomainName}/config",
        form!(Elasticsearch, update_domain_config),
    ),
    row(
        "DeleteElasticsearchDomain",
        Delete,
        "/2015-01-01/es/domain/{DomainName}",
        form!(Elasticsearch, delete_domain),
    ),
    row("ListDomainNames", Get, "/2015-01-01/domain", form!(Elasticsearch, list_domain_names)),
    row("AddTags", Post, "/2015-01-01/tags", form!(Elasticsearch, add_tags)),
    row("ListTags", Get, "/2015-01-01/tags", form!(Elasticsearch, list_tags)),
    row("RemoveTags", Post, "/2015-01-01/tags-removal", form!(Elasticsearch, remove_tags)),
];
