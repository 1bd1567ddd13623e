//! A tiny HTTP server for tests.

use std::io::{Read, Write};
use std::net::TcpListener;

/// To a request that starts with this: a status, headers with their line ends, and a body.
pub(super) type Route = (&'static str, u16, &'static str, &'static str);

/// Serves the routes until the test is over; what has none is answered with the last of them.
pub(super) fn serve(routes: &'static [Route]) -> String {
    answer(move |head| {
        let route = routes.iter().find(|it| head.starts_with(it.0)).or(routes.last());
        let (_, status, headers, body) = *route.unwrap();
        (status, headers, body)
    })
}

/// Answers the first request with the first body and so on, and all others with the last.
pub(super) fn serve_in_turn<const N: usize>(bodies: [&'static str; N]) -> String {
    let mut next = 0;
    answer(move |_| {
        let body = bodies[next.min(N - 1)];
        next += 1;
        (200, "", body)
    })
}

fn answer(
    mut to: impl FnMut(&str) -> (u16, &'static str, &'static str) + Send + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (status, headers, body) = to(&read(&mut stream));
            let length = body.len();
            // Who asked may have gone.
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n{body}"
            );
        }
    });
    url
}

/// A URL at which nobody listens.
pub(super) fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// Reads a request, and gives its head.
fn read(stream: &mut impl Read) -> String {
    let mut seen = Vec::new();
    let mut byte = [0];
    while !seen.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        seen.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&seen).into_owned();
    let length = head
        .to_ascii_lowercase()
        .split_once("content-length: ")
        .and_then(|(_, rest)| rest.split_once("\r\n").and_then(|(length, _)| length.parse().ok()));
    let mut body = vec![0; length.unwrap_or(0)];
    let _ = stream.read_exact(&mut body);
    head
}
