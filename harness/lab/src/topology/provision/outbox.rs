//! Where destinations of other accounts deliver nothing: a stream in each member account, to which
//! its subscription filters deliver and from which a bridge carries the records on.

use aws_sdk_kinesis::Client;
use aws_types::SdkConfig;

use super::{Place, ProvisionError, Provisioned, Site, kinesis};
use crate::ground::Subscribe;
use crate::topology::{Names, Step};

/// `aws kinesis create-stream`, with one shard.
pub(super) async fn create(
    site: &Site<'_>,
    config: &SdkConfig,
    place: &Place,
    done: &mut Provisioned,
) -> Result<(), ProvisionError> {
    if site.plan.route.subscribe != Subscribe::Outbox {
        return Ok(());
    }
    let kinesis = Client::new(config);
    // Without it, events of this account get no further than without its filter.
    let step = Step::FlowLogsFilter;
    kinesis::make(site, &kinesis, step, place.account, Names::OUTBOX, 1, done).await?;
    Ok(())
}
