//! As much of HTTP/1.1 as a browser needs to load a page from this machine: one request a
//! connection, one thread a connection.
//!
//! Browsers open connections ahead of need and leave them idle, so a fixed number of threads can
//! always be used up: each connection has its own.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// No browser sends a longer head to this server.
const HEAD_BYTES: u64 = 64 * 1024;
/// How long an idle connection keeps its thread.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a client asks for: the request's first line, as sent, and whether the answer may be compressed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    /// Whether the client reads brotli.
    pub(crate) brotli: bool,
}

/// What it gets.
pub(crate) struct Response {
    /// The status code and its name.
    pub(crate) status: &'static str,
    pub(crate) mime: &'static str,
    pub(crate) body: Vec<u8>,
    /// Whether the body is compressed with brotli.
    pub(crate) brotli: bool,
}

/// A running server; dropping it closes its port.
pub(crate) struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers every request that comes to `listener` with what `answer` makes of it.
    ///
    /// # Errors
    /// When the listener has no address.
    pub(crate) fn start<F>(listener: TcpListener, answer: F) -> io::Result<Self>
    where
        F: Fn(&Request) -> Response + Send + Sync + 'static,
    {
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let accepting = Some(thread::spawn(move || accept(&listener, &stopped, &Arc::new(answer))));
        Ok(Self { address, stop, accepting })
    }

    /// Where the server listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process is ended from outside.
    pub(crate) fn wait(mut self) {
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which then sees that it is to stop.
        let woken = TcpStream::connect(self.address).is_ok();
        if let Some(accepting) = self.accepting.take().filter(|_| woken) {
            let _ = accepting.join();
        }
    }
}

fn accept<F>(listener: &TcpListener, stop: &AtomicBool, answer: &Arc<F>)
where
    F: Fn(&Request) -> Response + Send + Sync + 'static,
{
    loop {
        let connection = listener.accept();
        if stop.load(Ordering::SeqCst) {
            return;
        }
        match connection {
            Ok((stream, _)) => {
                let answer = Arc::clone(answer);
                // A client that has gone away, or sends nonsense, is no matter for the others.
                thread::spawn(move || converse(&stream, &*answer));
            }
            // Mostly too many open files: it passes.
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

fn converse(stream: &TcpStream, answer: &dyn Fn(&Request) -> Response) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some((first_line, brotli)) = read_head(stream)? else { return Ok(()) };
    match parse(&first_line, brotli) {
        Some(request) => send(stream, &answer(&request), request.method == "HEAD")?,
        None => {
            let body = b"400: this is no request of HTTP/1.\n".to_vec();
            let response = Response { status: "400 Bad Request", mime: "text/plain", body, brotli: false };
            send(stream, &response, false)?;
        }
    }
    // Closing with input unread would reset the connection, and the client might lose the answer.
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(HEAD_BYTES), &mut io::sink())?;
    Ok(())
}

/// Reads up to the empty line that ends a request's head; its first line and whether the client reads brotli, or `None`
/// when the client closed the connection without asking anything.
fn read_head(stream: &TcpStream) -> io::Result<Option<(String, bool)>> {
    let mut head = BufReader::new(stream.take(HEAD_BYTES));
    let mut first = Vec::new();
    if head.read_until(b'\n', &mut first)? == 0 {
        return Ok(None);
    }
    let mut line = Vec::new();
    let mut brotli = false;
    while head.read_until(b'\n', &mut line)? > 2 {
        brotli |= accepts_brotli(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(Some((String::from_utf8_lossy(&first).trim_end().to_owned(), brotli)))
}

/// Whether a line of a request's head is one by which a client says that it reads brotli.
fn accepts_brotli(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        name.eq_ignore_ascii_case("accept-encoding")
            && value.split(',').any(|coding| coding.split(';').next().is_some_and(|name| name.trim() == "br"))
    })
}

/// `GET /page HTTP/1.1` → its method and target.
fn parse(first_line: &str, brotli: bool) -> Option<Request> {
    let [method, target, version] = first_line.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let request = || Request { method: method.to_owned(), target: target.to_owned(), brotli };
    version.starts_with("HTTP/1.").then(request)
}

fn send(mut stream: &TcpStream, response: &Response, head_only: bool) -> io::Result<()> {
    let Response { status, mime, body, brotli } = response;
    let encoding = if *brotli { "Content-Encoding: br\r\nVary: Accept-Encoding\r\n" } else { "" };
    let allow = if status.starts_with("405") { "Allow: GET, HEAD\r\n" } else { "" };
    // nosniff: a wrong type shows here, and not on some stricter server.
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\n{encoding}{allow}Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if !head_only {
        stream.write_all(body)?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn echo() -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Server::start(listener, |request| Response {
            status: "200 OK",
            mime: "text/plain",
            body: format!("{} {}", request.method, request.target).into_bytes(),
            brotli: false,
        })
        .unwrap()
    }

    fn send_raw(mut stream: &TcpStream, request: &[u8]) -> String {
        stream.write_all(request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn idle_connections_keep_nobody_waiting() {
        let server = echo();
        // As browsers do: many connections at once, of which any one may be used first.
        let mut connections: Vec<_> =
            (0..64).map(|_| TcpStream::connect(server.address()).unwrap()).collect();
        while let Some(connection) = connections.pop() {
            let answer = send_raw(&connection, b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
            assert!(answer.ends_with("GET /a"), "{answer}");
        }
    }

    #[test]
    fn a_body_that_nobody_reads_does_not_cost_the_answer() {
        let server = echo();
        let stream = TcpStream::connect(server.address()).unwrap();
        let body = "x".repeat(50_000);
        let request = format!("POST /a HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        assert!(send_raw(&stream, request.as_bytes()).ends_with("POST /a"));
    }

    #[test]
    fn nonsense_is_answered_and_does_no_harm() {
        let server = echo();
        let long = vec![b'x'; 200_000];
        for nonsense in [b"\x16\x03\x01 hello\r\n\r\n".as_slice(), b"GET /\r\n\r\n", b"\r\n\r\n"] {
            let stream = TcpStream::connect(server.address()).unwrap();
            let answer = send_raw(&stream, nonsense);
            assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        }
        // An endless head is cut off; whether the client still reads the answer is its own affair.
        let mut stream = TcpStream::connect(server.address()).unwrap();
        let _ = stream.write_all(&long);
        let stream = TcpStream::connect(server.address()).unwrap();
        assert!(send_raw(&stream, b"GET /b HTTP/1.0\r\n\r\n").ends_with("GET /b"));
    }

    #[test]
    fn a_dropped_server_gives_its_port_back() {
        let server = echo();
        let address = server.address();
        drop(server);
        assert!(TcpListener::bind(address).is_ok());
    }

    #[test]
    fn only_a_whole_first_line_is_a_request() {
        let request = Request { method: "GET".into(), target: "/a?b".into(), brotli: true };
        assert_eq!(parse("GET /a?b HTTP/1.1", true), Some(request));
        for line in ["", "GET", "GET /a", "GET /a HTTP/2", "GET /a b HTTP/1.1"] {
            assert_eq!(parse(line, false), None, "{line}");
        }
    }

    #[test]
    fn who_reads_brotli_says_so() {
        for line in [
            "Accept-Encoding: gzip, deflate, br, zstd\r\n",
            "accept-encoding:br;q=1.0",
            "Accept-Encoding: br",
        ] {
            assert!(accepts_brotli(line), "{line}");
        }
        for line in ["Accept-Encoding: gzip", "Accept: br", "Accept-Encoding: brr", "", "br"] {
            assert!(!accepts_brotli(line), "{line}");
        }
    }
}
