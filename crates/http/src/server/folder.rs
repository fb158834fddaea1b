//! Folders that are served: only what is in them, whatever a path says.

use std::{
    fs::{self, File},
    hash::{BuildHasher, RandomState},
    io,
    path::{Component, Path, PathBuf},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use percent_encoding::percent_decode_str;
use tokio::task::spawn_blocking;

use super::{
    body::ReplyBody,
    conditional::{Validators, Verdict},
    config::FolderConfig,
    error::ServerError,
    file_body::{FileBody, Part, read_at},
    range::{Asked, asked},
    respond::plain,
};

/// Files up to this size are read where they are opened.
const SMALL: u64 = 64 * 1024;

#[derive(Clone)]
pub(super) struct Folder {
    pub(super) prefix: String,
    /// Without links: what a path leads to is compared with it.
    root: PathBuf,
    index: Option<String>,
    dotfiles: bool,
    cache_control: Option<HeaderValue>,
}

impl Folder {
    pub(super) fn new(config: &FolderConfig) -> Result<Self, ServerError> {
        let root = fs::canonicalize(&config.folder)
            .and_then(
                |root| if fs::metadata(&root)?.is_dir() { Ok(root) } else { Err(io::ErrorKind::NotADirectory.into()) },
            )
            .map_err(|error| ServerError::Config {
                message: format!("the folder {} for {} cannot be served: {error}", config.folder, config.prefix),
            })?;
        let cache_control = config.max_age_seconds.map(|seconds| {
            let immutable = if config.immutable { ", immutable" } else { "" };
            HeaderValue::try_from(format!("public, max-age={seconds}{immutable}")).expect("digits and words")
        });
        Ok(Self {
            prefix: config.prefix.clone(),
            root,
            index: config.index.clone(),
            dotfiles: config.dotfiles,
            cache_control,
        })
    }

    /// What stands behind the prefix, when a path begins with it.
    pub(super) fn rest<'path>(&self, path: &'path str) -> Option<&'path str> {
        path.strip_prefix(&*self.prefix).filter(|rest| rest.starts_with('/'))
    }

    /// Answers `GET` and `HEAD`.
    pub(super) async fn serve(&self, method: Method, path: &str, headers: HeaderMap) -> Response<ReplyBody> {
        let Some(rest) = self.rest(path) else { return plain(StatusCode::NOT_FOUND) };
        let Some(relative) = self.relative(rest) else { return plain(StatusCode::NOT_FOUND) };
        let (folder, path) = (self.clone(), path.to_owned());
        let served = spawn_blocking(move || folder.respond(&method, &path, &relative, &headers)).await;
        match served {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => plain(match error.kind() {
                io::ErrorKind::PermissionDenied => StatusCode::FORBIDDEN,
                io::ErrorKind::NotFound
                | io::ErrorKind::NotADirectory
                | io::ErrorKind::InvalidFilename
                | io::ErrorKind::InvalidInput => StatusCode::NOT_FOUND,
                _ => {
                    tracing::warn!(%error, "a file could not be served");
                    StatusCode::INTERNAL_SERVER_ERROR
                }
            }),
            Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE),
        }
    }

    /// The path below the root, of plain names only: nothing that leads up, out, or is read in another way elsewhere.
    fn relative(&self, rest: &str) -> Option<PathBuf> {
        let mut relative = PathBuf::new();
        let mut segments = rest[1..].split('/').peekable();
        while let Some(segment) = segments.next() {
            if segment.is_empty() && segments.peek().is_none() {
                break;
            }
            let name = percent_decode_str(segment).decode_utf8().ok()?;
            let is_plain = !name.is_empty() && !name.contains(['/', '\\', '\0', ':']) && name != "." && name != "..";
            if !is_plain || (name.starts_with('.') && !self.dotfiles) {
                return None;
            }
            relative.push(&*name);
        }
        Some(relative)
    }

    /// The file itself, which is in the folder: links are followed, but not out of it and not to what is hidden.
    fn inside(&self, relative: &Path) -> io::Result<PathBuf> {
        let found = fs::canonicalize(self.root.join(relative))?;
        let below = found.strip_prefix(&self.root).map_err(|_| io::Error::from(io::ErrorKind::NotFound))?;
        let hidden = below.components().any(|part| match part {
            Component::Normal(name) => name.as_encoded_bytes().starts_with(b"."),
            _ => true,
        });
        if hidden && !self.dotfiles { Err(io::ErrorKind::NotFound.into()) } else { Ok(found) }
    }

    fn respond(
        &self,
        method: &Method,
        path: &str,
        relative: &Path,
        headers: &HeaderMap,
    ) -> io::Result<Response<ReplyBody>> {
        let mut found = self.inside(relative)?;
        let mut kind = fs::metadata(&found)?;
        if kind.is_dir() {
            let Some(index) = &self.index else { return Ok(plain(StatusCode::NOT_FOUND)) };
            if !path.ends_with('/') {
                return Ok(moved(path));
            }
            found = self.inside(&relative.join(index))?;
            kind = fs::metadata(&found)?;
        } else if path.ends_with('/') {
            return Ok(plain(StatusCode::NOT_FOUND));
        }
        // Before it is opened: opening a pipe waits for its other end.
        if !kind.is_file() {
            return Ok(plain(StatusCode::NOT_FOUND));
        }
        let file = File::open(&found)?;
        let kind = file.metadata()?;
        self.file(method, file, &found, kind.len(), &Validators::new(kind.len(), kind.modified().ok()), headers)
    }

    fn file(
        &self,
        method: &Method,
        file: File,
        path: &Path,
        length: u64,
        validators: &Validators,
        headers: &HeaderMap,
    ) -> io::Result<Response<ReplyBody>> {
        let mut response = Response::new(ReplyBody::empty());
        let out = response.headers_mut();
        if let Ok(etag) = HeaderValue::try_from(&validators.etag) {
            out.insert(header::ETAG, etag);
        }
        if let Some(modified) = validators.modified
            && let Ok(date) = HeaderValue::try_from(httpdate::fmt_http_date(modified))
        {
            out.insert(header::LAST_MODIFIED, date);
        }
        if let Some(control) = &self.cache_control {
            out.insert(header::CACHE_CONTROL, control.clone());
        }
        match validators.verdict(headers) {
            Verdict::Go => {}
            Verdict::NotModified => {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return Ok(response);
            }
            Verdict::Failed => return Ok(plain(StatusCode::PRECONDITION_FAILED)),
        }
        out.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        let mime = mime_of(path);
        out.insert(header::CONTENT_TYPE, mime.clone());
        // A range of what is only looked at is no range.
        let range = headers.get(header::RANGE).filter(|_| method == Method::GET && validators.allows_range(headers));
        let ranges = match range.and_then(|range| range.to_str().ok()).map(|range| asked(range, length)) {
            None | Some(Asked::Whole) => {
                *response.body_mut() = whole(method, file, length)?;
                return Ok(response);
            }
            Some(Asked::Nothing) => {
                let mut refused = plain(StatusCode::RANGE_NOT_SATISFIABLE);
                refused.headers_mut().insert(header::CONTENT_RANGE, text(format!("bytes */{length}")));
                return Ok(refused);
            }
            Some(Asked::Ranges(ranges)) => ranges,
        };
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let out = response.headers_mut();
        let mut parts = Vec::new();
        if let [(first, last)] = ranges[..] {
            out.insert(header::CONTENT_RANGE, text(format!("bytes {first}-{last}/{length}")));
            parts.push(Part::Range(first, last - first + 1));
        } else {
            // Such as no file has by chance, or because somebody wrote it there.
            let boundary = format!("{:016x}", RandomState::new().hash_one(length));
            out.insert(header::CONTENT_TYPE, text(format!("multipart/byteranges; boundary={boundary}")));
            let mime = mime.to_str().unwrap_or_default();
            for (first, last) in ranges {
                let head = format!(
                    "\r\n--{boundary}\r\ncontent-type: {mime}\r\ncontent-range: bytes {first}-{last}/{length}\r\n\r\n"
                );
                parts.extend([Part::Bytes(head.into()), Part::Range(first, last - first + 1)]);
            }
            parts.push(Part::Bytes(format!("\r\n--{boundary}--\r\n").into()));
        }
        *response.body_mut() = ReplyBody::file(FileBody::new(file, parts));
        Ok(response)
    }
}

fn whole(method: &Method, file: File, length: u64) -> io::Result<ReplyBody> {
    if method == Method::GET && length <= SMALL {
        let (_, bytes): (File, Bytes) = read_at(file, 0, length)?;
        return Ok(ReplyBody::whole(bytes));
    }
    Ok(ReplyBody::file(FileBody::new(file, vec![Part::Range(0, length)])))
}

/// To the same path with a slash: relative names in the index file are meant to be below it.
fn moved(path: &str) -> Response<ReplyBody> {
    let mut response = plain(StatusCode::MOVED_PERMANENTLY);
    // `//host` would lead to another host.
    let target = format!("/{}/", path.trim_start_matches('/'));
    response.headers_mut().insert(header::LOCATION, text(target));
    response
}

fn text(value: String) -> HeaderValue {
    HeaderValue::try_from(value).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn mime_of(path: &Path) -> HeaderValue {
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = mime.type_() == "text" || matches!(mime.subtype().as_str(), "javascript" | "json" | "xml");
    text(if is_text { format!("{}; charset=utf-8", mime.essence_str()) } else { mime.essence_str().to_owned() })
}
