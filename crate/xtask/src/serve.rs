//! Serving the files of one folder, on this machine alone.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};

use crate::budgets;
use crate::http::{Request, Response, Server};

/// LEIT on the keys of a telephone: the same address at every start, so that a bookmark holds.
const USUAL_PORT: u16 = 5348;

/// Which port to listen on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Port {
    /// The usual one, or any free one where it is taken.
    Usual,
    /// This one or none.
    Exactly(u16),
    /// Any free one.
    Any,
}

/// Starts to serve the files below `site` on 127.0.0.1.
///
/// # Errors
/// When the folder is missing or the port is taken.
pub(crate) fn start(site: &Path, port: Port) -> Result<Server> {
    let site = site.canonicalize().with_context(|| format!("{}: no such folder", site.display()))?;
    Server::start(listen(port)?, move |request| answer(request, &site)).context("the server has no address")
}

/// As [`start`], and as a static host serves files that it has compressed ahead of time: with brotli to those who read it.
/// The files must not change while the server runs.
///
/// # Errors
/// When the folder is missing.
pub(crate) fn start_packed(site: &Path) -> Result<Server> {
    let site = site.canonicalize().with_context(|| format!("{}: no such folder", site.display()))?;
    let packed = Mutex::new(HashMap::new());
    Server::start(listen(Port::Any)?, move |request| {
        let response = answer(request, &site);
        if request.brotli && response.status == "200 OK" {
            pack(&request.target, response, &packed)
        } else {
            response
        }
    })
    .context("the server has no address")
}

fn pack(target: &str, response: Response, packed: &Mutex<HashMap<String, Vec<u8>>>) -> Response {
    let mut packed = packed.lock().unwrap_or_else(PoisonError::into_inner);
    let body = packed.get(target).cloned().or_else(|| budgets::brotli(&response.body).ok());
    let Some(body) = body else { return response };
    packed.insert(target.to_owned(), body.clone());
    Response { body, brotli: true, ..response }
}

/// The address of the page.
pub(crate) fn url(server: &Server) -> String {
    format!("http://{}/", server.address())
}

fn listen(port: Port) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let bound = match port {
        Port::Exactly(port) => match bind(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                bail!(
                    "port {port} is taken by another program: choose another with --port, or leave --port away"
                )
            }
            bound => bound,
        },
        Port::Usual => bind(USUAL_PORT).or_else(|_| bind(0)),
        Port::Any => bind(0),
    };
    bound.context("cannot listen on 127.0.0.1")
}

fn answer(request: &Request, site: &Path) -> Response {
    let Request { method, target, .. } = request;
    if !matches!(method.as_str(), "GET" | "HEAD") {
        let text = format!("405: {method} is not possible here, only GET and HEAD.\n");
        return plain("405 Method Not Allowed", text);
    }
    match find(site, target).and_then(|path| Some((mime(&path), fs::read(path).ok()?))) {
        Some((mime, body)) => Response { status: "200 OK", mime, body, brotli: false },
        None => {
            let site = site.display();
            let text = format!("404: there is no {target} here.\nThis server serves the files of {site}.\n");
            plain("404 Not Found", text)
        }
    }
}

fn plain(status: &'static str, text: String) -> Response {
    Response { status, mime: "text/plain; charset=utf-8", body: text.into_bytes(), brotli: false }
}

/// The file that a request's target names: within `site`, symbolic links followed, or none.
fn find(site: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut file = site.to_owned();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let segment = decode(segment)?;
        if segment.starts_with('.') || segment.contains(['/', '\\', ':', '\0']) {
            return None;
        }
        file.push(segment);
    }
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    let file = file.canonicalize().ok()?;
    (file.starts_with(site) && file.is_file()).then_some(file)
}

/// Undoes %-encoding; `None` where it is broken or no UTF-8.
fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = if *first == b'%' {
            let [high, low, tail @ ..] = tail else { return None };
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            bytes.push(digit(*high)? * 16 + digit(*low)?);
            tail
        } else {
            bytes.push(*first);
            tail
        };
    }
    String::from_utf8(bytes).ok()
}

fn mime(path: &Path) -> &'static str {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::tests::Scratch;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    fn site() -> (Scratch, PathBuf) {
        let scratch = Scratch::new();
        scratch.file("secret.txt", "outside");
        scratch.file("site/index.html", "<!doctype html><p>hello");
        scratch.file("site/wasm/engine.wasm", &"w".repeat(100_000));
        scratch.file("site/two words.txt", "spaced");
        scratch.file("site/.hidden", "hidden");
        let site = scratch.0.join("site");
        (scratch, site)
    }

    /// Sends the bytes of a request over a real socket; the answer's head and body.
    fn send(server: &Server, request: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        (String::from_utf8(answer[..end].to_vec()).unwrap(), answer[end + 4..].to_vec())
    }

    fn ask(server: &Server, method: &str, target: &str) -> (String, Vec<u8>) {
        send(server, &format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
    }

    #[test]
    fn a_file_comes_whole_with_its_type_and_uncached() {
        let (_scratch, site) = site();
        let server = start(&site, Port::Any).unwrap();
        let (head, body) = ask(&server, "GET", "/wasm/engine.wasm?version=1");
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        for line in ["Content-Type: application/wasm", "Cache-Control: no-store", "Content-Length: 100000"] {
            assert!(head.lines().any(|found| found.eq_ignore_ascii_case(line)), "{line} in {head}");
        }
        assert_eq!(body.len(), 100_000);
    }

    #[test]
    fn the_root_is_the_page_and_names_may_hold_spaces() {
        let (_scratch, site) = site();
        let server = start(&site, Port::Any).unwrap();
        let (head, body) = ask(&server, "GET", "/");
        assert!(head.contains("text/html; charset=utf-8"), "{head}");
        assert_eq!(body, b"<!doctype html><p>hello");
        assert_eq!(ask(&server, "GET", "/two%20words.txt").1, b"spaced");
    }

    #[test]
    fn head_tells_the_length_and_sends_no_body() {
        let (_scratch, site) = site();
        let server = start(&site, Port::Any).unwrap();
        let (head, body) = ask(&server, "HEAD", "/wasm/engine.wasm");
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert!(head.contains("Content-Length: 100000"), "{head}");
        assert!(body.is_empty());
    }

    #[test]
    fn packed_files_go_to_those_who_read_them() {
        let (_scratch, site) = site();
        let server = start_packed(&site).unwrap();
        let get = |head: &str| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            answer
        };
        let has = |answer: &[u8], line: &[u8]| answer.windows(line.len()).any(|window| window == line);
        for _ in 0..2 {
            let answer = get("GET /wasm/engine.wasm HTTP/1.1\r\nAccept-Encoding: gzip, br\r\n\r\n");
            assert!(
                has(&answer, b"Content-Encoding: br\r\n")
                    && has(&answer, b"Content-Type: application/wasm\r\n")
            );
            assert!(answer.len() < 10_000, "{} bytes", answer.len());
        }
        let plain = get("GET /wasm/engine.wasm HTTP/1.1\r\n\r\n");
        assert!(!has(&plain, b"Content-Encoding") && plain.len() > 100_000);
        assert!(!has(&get("GET /missing HTTP/1.1\r\nAccept-Encoding: br\r\n\r\n"), b"Content-Encoding"));
    }

    #[test]
    fn what_is_not_there_is_said_clearly() {
        let (_scratch, site) = site();
        let server = start(&site, Port::Any).unwrap();
        let (head, body) = ask(&server, "GET", "/missing.js");
        assert!(head.starts_with("HTTP/1.1 404"), "{head}");
        assert!(head.contains("text/plain"), "{head}");
        let text = String::from_utf8(body).unwrap();
        assert!(text.starts_with("404: there is no /missing.js here."), "{text}");
        let (head, _) = ask(&server, "POST", "/index.html");
        assert!(head.starts_with("HTTP/1.1 405"), "{head}");
        assert!(head.contains("Allow: GET, HEAD"), "{head}");
    }

    #[test]
    fn nothing_outside_the_folder_can_be_had() {
        let (scratch, site) = site();
        #[cfg(unix)]
        std::os::unix::fs::symlink(scratch.0.join("secret.txt"), site.join("link.txt")).unwrap();
        let server = start(&site, Port::Any).unwrap();
        for target in [
            "/../secret.txt",
            "/wasm/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/%2E%2E%2Fsecret.txt",
            "/..%5csecret.txt",
            "/wasm/%2e%2e/%2e%2e/secret.txt",
            "//../secret.txt",
            "/./../secret.txt",
            "/link.txt",
            "/.hidden",
            "/index.html%00.txt",
            "/%zz",
            "/%",
            "/%ff",
            "/wasm",
        ] {
            let (head, body) = ask(&server, "GET", target);
            assert!(head.starts_with("HTTP/1.1 404"), "{target}: {head}");
            assert!(!body.windows(7).any(|window| window == b"outside"), "{target} got out");
        }
        let absolute = scratch.0.join("secret.txt");
        assert_eq!(find(&site, &format!("/{}", absolute.display())), None);
        assert_eq!(find(&site, absolute.to_str().unwrap()), None);
    }

    #[test]
    fn a_taken_port_is_an_error_only_when_it_was_asked_for() {
        let (_scratch, site) = site();
        let first = start(&site, Port::Any).unwrap();
        let taken = first.address().port();
        let error = start(&site, Port::Exactly(taken)).err().expect("the port is taken").to_string();
        assert!(error.contains(&format!("port {taken} is taken")), "{error}");
        let usual = start(&site, Port::Usual).unwrap();
        let other = start(&site, Port::Usual).unwrap();
        assert_ne!(usual.address(), other.address());
        assert!(usual.address().ip().is_loopback() && other.address().ip().is_loopback());
    }

    #[test]
    fn types_are_those_that_browsers_insist_on() {
        for (file, expected) in [
            ("a.html", "text/html; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.mjs", "text/javascript; charset=utf-8"),
            ("a.CSS", "text/css; charset=utf-8"),
            ("a.wasm", "application/wasm"),
            ("a.json", "application/json"),
            ("a.svg", "image/svg+xml"),
            ("a.webmanifest", "application/manifest+json"),
            ("a.txt", "text/plain; charset=utf-8"),
            ("a.safetensors", "application/octet-stream"),
            ("a", "application/octet-stream"),
        ] {
            assert_eq!(mime(Path::new(file)), expected, "{file}");
        }
    }
}
