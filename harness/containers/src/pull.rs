//! Makes sure that an image is here.

use futures_util::StreamExt;
use testcontainers::bollard::Docker;
use testcontainers::bollard::errors::Error as EngineError;
use testcontainers::bollard::models::CreateImageInfo;
use testcontainers::bollard::query_parameters::CreateImageOptionsBuilder;

use crate::engine::{refused, said};
use crate::error::StackError;
use crate::image::ImageName;
use crate::progress::Progress;

/// Pulls an image if the engine does not have it. Testcontainers would pull it as well, but says
/// nothing for minutes.
///
/// # Errors
/// [`StackError::ImageMissing`].
pub(crate) async fn ensure(
    docker: &Docker,
    image: &ImageName,
    tell: &(dyn Fn(Progress) + Send + Sync),
) -> Result<(), StackError> {
    match docker.inspect_image(&image.to_string()).await {
        Ok(_) => return Ok(()),
        Err(EngineError::DockerResponseServerError { status_code: 404, .. }) => {}
        Err(error) => return Err(refused("look for an image")(error)),
    }
    let options =
        CreateImageOptionsBuilder::new().from_image(&image.repository).tag(&image.version).build();
    let missing = |cause: String| StackError::ImageMissing { image: image.to_string(), cause };
    let mut last = String::new();
    let mut steps = docker.create_image(Some(options), None, None);
    while let Some(step) = steps.next().await {
        let step = step.map_err(|error| missing(said(&error)))?;
        if let Some(error) = &step.error_detail {
            return Err(missing(error.message.clone().unwrap_or_default()));
        }
        let status = status(&step);
        if status != last {
            tell(Progress::Pulling { image: image.to_string(), status: status.clone() });
            last = status;
        }
    }
    Ok(())
}

/// A step as people read it. Layers report every few kilobytes; whole tens of megabytes are enough.
fn status(step: &CreateImageInfo) -> String {
    const STEP: i64 = 10 * 1024 * 1024;
    let what = step.status.clone().unwrap_or_default();
    let detail = step.progress_detail.as_ref();
    match detail.and_then(|detail| Some((detail.current?, detail.total?))) {
        Some((current, total)) if total > STEP => {
            let megabytes = |bytes: i64| bytes / STEP * 10;
            format!("{what} {} of {} MB", megabytes(current), megabytes(total))
        }
        _ => what,
    }
}
