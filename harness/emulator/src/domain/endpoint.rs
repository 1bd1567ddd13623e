//! The host at which a domain answers.

use tributary_vocabulary::Region;

use crate::kernel::Ids;

/// `search-NAME-RANDOM.REGION.es.amazonaws.com`; `vpc-…` for a domain in a VPC.
pub(super) fn host(ids: &mut Ids, name: &str, region: &Region, in_vpc: bool) -> String {
    let random = ids.text(b"abcdefghijklmnopqrstuvwxyz234567", 26);
    let kind = if in_vpc { "vpc" } else { "search" };
    format!("{kind}-{name}-{random}.{region}.es.amazonaws.com")
}
