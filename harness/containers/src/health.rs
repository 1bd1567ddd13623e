//! Waits until a service answers at its port of the loopback interface.
//!
//! Testcontainers' own wait asks at the bridge's gateway when this process is in a container itself,
//! and there nothing is published.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// Between two questions.
const PAUSE: Duration = Duration::from_millis(100);
/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(5);

/// Returns when a GET of this path is answered with 200; false when it is not within `limit`.
#[expect(
    clippy::disallowed_methods,
    reason = "a service that starts tells nobody, and lives in the machine's time"
)]
pub(crate) async fn answers(port: u16, path: &str, limit: Duration) -> bool {
    let asking = async {
        while !matches!(timeout(ANSWER, status(port, path)).await, Ok(Ok(200))) {
            sleep(PAUSE).await;
        }
    };
    timeout(limit, asking).await.is_ok()
}

/// The status of a GET.
async fn status(port: u16, path: &str) -> std::io::Result<u16> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut line = [0; 12];
    stream.read_exact(&mut line).await?;
    // `HTTP/1.1 200`
    let code = std::str::from_utf8(&line[9..]).ok().and_then(|code| code.parse().ok());
    code.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidData))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
    }

    #[test]
    fn waits_through_what_is_not_yet_an_answer() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for answer in ["", "HTTP/1.1 503 no\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"] {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 512]);
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        assert!(runtime().block_on(answers(port, "/", Duration::from_secs(20))));
    }

    #[test]
    fn gives_up_where_nobody_answers() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        assert!(!runtime().block_on(answers(free, "/", Duration::from_millis(300))));
    }
}
