//! Moto's server as a process of this machine.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use super::{Arm, Server};

/// A moto server that ends with this value.
pub struct Moto {
    child: Child,
    /// Where it answers.
    pub url: String,
}

impl Moto {
    /// Starts it on a free port; `program` is `moto_server` or a path to it.
    ///
    /// # Errors
    /// When it cannot be started, or does not answer within a minute.
    pub fn start(program: &str) -> Result<Self, String> {
        let told = |error: std::io::Error| format!("{program}: {error}");
        let free = TcpListener::bind(("127.0.0.1", 0)).map_err(told)?;
        let port = free.local_addr().map_err(told)?.port();
        drop(free);
        let child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(told)?;
        let url = format!("http://127.0.0.1:{port}");
        let mut moto = Self { child, url };
        let mut server = Server::aws("moto", &moto.url);
        for _ in 0..600 {
            if server.answers("/moto-api/") {
                return Ok(moto);
            }
            if let Ok(Some(status)) = moto.child.try_wait() {
                return Err(format!("{program} ended with {status}"));
            }
            server.pass_time();
        }
        Err(format!("{program} does not answer"))
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
