//! A client and a server of the engine against each other, over real connections.

use std::{convert::Infallible, future::Future, net::SocketAddr, time::Duration};

use ferrule_http::websocket::{
    Close, End, Error, Limits, WebSocket,
    accept::{Terms, judge},
};
use http::{Request, Response, StatusCode};
use http_body_util::Empty;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
    time::timeout,
};

fn limits() -> Limits {
    Limits { ping_interval_ms: 0, ..Limits::default() }
}

fn options(address: SocketAddr, change: &serde_json::Value) -> String {
    let mut options = serde_json::json!({
        "url": format!("http://{address}/"),
        "protocols": [],
        "headers": [],
        "tls": {},
        "limits": {
            "maxMessageBytes": 1 << 24,
            "maxFrameBytes": 1 << 24,
            "pingIntervalMs": 0,
            "pongTimeoutMs": 10_000,
            "closeTimeoutMs": 5_000,
        },
    });
    for (key, value) in change.as_object().into_iter().flatten() {
        match value.as_object() {
            Some(inner) => inner.iter().for_each(|(name, value)| options[key][name] = value.clone()),
            None => options[key] = value.clone(),
        }
    }
    options.to_string()
}

/// Nothing changed.
fn plain(address: SocketAddr) -> String {
    options(address, &serde_json::Value::Null)
}

/// A server that hands over every web socket it opens.
async fn server(terms: Terms, limits: Limits) -> (SocketAddr, mpsc::Receiver<WebSocket>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (opened, sockets) = mpsc::channel(16);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (opened, terms, limits) = (opened.clone(), terms.clone(), limits.clone());
            let service = service_fn(move |request| answer(request, terms.clone(), limits.clone(), opened.clone()));
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades());
        }
    });
    (address, sockets)
}

#[allow(clippy::unused_async, reason = "a service of hyper")]
async fn answer(
    request: Request<Incoming>,
    terms: Terms,
    limits: Limits,
    opened: mpsc::Sender<WebSocket>,
) -> Result<Response<Empty<&'static [u8]>>, Infallible> {
    let (parts, body) = request.into_parts();
    let mut response = Response::new(Empty::new());
    match judge(&parts, &terms) {
        Ok(grant) => {
            *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
            grant.write_headers(response.headers_mut());
            tokio::spawn(async move {
                let upgraded = hyper::upgrade::on(Request::from_parts(parts, body)).await.unwrap();
                let transport = Box::new(TokioIo::new(upgraded));
                let socket = WebSocket::open(transport, vec![], End::Server, limits, grant.protocol).await;
                let _ = opened.send(socket).await;
            });
        }
        Err(rejection) => {
            *response.status_mut() = rejection.status;
            response.headers_mut().extend(rejection.header);
        }
    }
    Ok(response)
}

async fn pair() -> (WebSocket, WebSocket) {
    let (address, mut sockets) = server(Terms::default(), limits()).await;
    let client = WebSocket::connect(plain(address)).await.unwrap();
    (client, sockets.recv().await.unwrap())
}

async fn within<T>(seconds: u64, future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(seconds), future).await.expect("done in time")
}

#[tokio::test]
async fn texts_and_bytes_go_both_ways_in_order() {
    let (client, server) = pair().await;
    let layout: Vec<u8> = [3, 2 | 1 << 31, 0_u32].iter().flat_map(|word| word.to_ne_bytes()).collect();
    client.send_many("a😀".into(), vec![1, 2], layout).await.unwrap();
    let mut came = (String::new(), vec![], vec![]);
    while came.2.len() < 3 {
        let batch = server.receive().await.unwrap();
        came.0.push_str(&batch.text);
        came.1.extend(batch.bytes);
        came.2.extend(batch.layout);
    }
    assert_eq!(came, ("a😀".into(), vec![1, 2], vec![3, 2 | 1 << 31, 0]));
    assert_eq!(client.take(), None, "nothing has come yet");
    server.send_text("back".into()).await.unwrap();
    assert!(client.ready().await);
    assert_eq!(client.take(), Some(("back".into(), None, None)));
}

#[tokio::test]
async fn closing_waits_for_the_peer_and_both_know_the_code() {
    let (client, server) = pair().await;
    client.send_text("last".into()).await.unwrap();
    within(5, client.close(4001, "done".into())).await;
    let close = Close { code: 4001, reason: "done".into(), was_clean: true };
    assert_eq!(client.closed().await, close);
    assert_eq!(within(5, server.closed()).await, close);
    assert_eq!(server.receive().await.unwrap().text, "last", "what came before the close frame is still there");
    assert_eq!(server.receive().await, None);
    assert_eq!(
        server.send_text("late".into()).await,
        Err(Error::Closed { close_code: 4001, close_reason: "done".into() })
    );
    within(1, client.close(1000, String::new())).await;
}

#[tokio::test]
async fn a_socket_that_is_dropped_tells_its_peer() {
    let (client, server) = pair().await;
    drop(client);
    assert_eq!(within(5, server.receive()).await, None);
    assert_eq!(within(5, server.closed()).await.code, 1001);
}

#[tokio::test]
async fn who_does_not_receive_holds_the_sender_back() {
    let (client, server) = pair().await;
    let piece = vec![7; 64 * 1024];
    let mut sent = 0_usize;
    while timeout(Duration::from_millis(500), client.send_binary(piece.clone())).await.is_ok() {
        sent += 1;
        assert!(sent < 4096, "256 MiB were taken by nobody");
    }
    // One more may be on its way: the one whose sending was given up after it had begun.
    let mut received = 0;
    while let Ok(Some(batch)) = timeout(Duration::from_secs(1), server.receive()).await {
        received += batch.bytes.len() / piece.len();
    }
    assert!((sent..=sent + 1).contains(&received), "{sent} sent, {received} received");
    client.send_text("after".into()).await.unwrap();
    assert_eq!(within(5, server.receive()).await.unwrap().text, "after");
}

#[tokio::test]
async fn a_ping_is_answered_while_nobody_receives() {
    let (client, server) = pair().await;
    let milliseconds = within(5, server.ping(b"are you there".to_vec())).await.unwrap();
    assert!(milliseconds < 5000.0);
    within(5, client.ping(vec![])).await.unwrap();
}

#[tokio::test]
async fn a_peer_that_is_silent_is_lost() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (stream, _peer) =
        tokio::join!(tokio::net::TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
    let limits = Limits { ping_interval_ms: 50, pong_timeout_ms: 50, ..Limits::default() };
    let silent = WebSocket::open(Box::new(stream.unwrap()), vec![], End::Client, limits, None).await;
    let close = within(5, silent.closed()).await;
    assert_eq!((close.code, close.was_clean), (1006, false));
    assert_eq!(close.reason, "the peer did not answer a ping within 50 ms");
}

#[tokio::test]
async fn a_peer_that_answers_pings_stays() {
    let (address, mut sockets) = server(Terms::default(), limits()).await;
    let eager = options(address, &serde_json::json!({ "limits": { "pingIntervalMs": 20, "pongTimeoutMs": 200 } }));
    let client = WebSocket::connect(eager).await.unwrap();
    let server = sockets.recv().await.unwrap();
    assert!(timeout(Duration::from_millis(400), client.closed()).await.is_err());
    server.send_text("still here".into()).await.unwrap();
    assert_eq!(client.receive().await.unwrap().text, "still here");
}

#[tokio::test]
async fn a_message_beyond_the_limit_ends_the_connection_with_1009() {
    let (address, mut sockets) = server(Terms::default(), Limits { max_message_bytes: 10, ..limits() }).await;
    let client = WebSocket::connect(plain(address)).await.unwrap();
    let server = sockets.recv().await.unwrap();
    client.send_text("0123456789".into()).await.unwrap();
    client.send_text("0123456789x".into()).await.unwrap();
    let told = within(5, client.closed()).await;
    assert_eq!((told.code, told.reason.as_str()), (1009, "a message beyond 10 bytes"));
    assert!(!within(5, server.closed()).await.was_clean);
    assert_eq!(server.receive().await.unwrap().text, "0123456789");
}

#[tokio::test]
async fn a_subprotocol_is_agreed_on() {
    let terms = Terms { protocols: vec!["b".into(), "c".into()], origins: None };
    let (address, mut sockets) = server(terms, limits()).await;
    let offers = options(address, &serde_json::json!({ "protocols": ["a", "b", "c"] }));
    let client = WebSocket::connect(offers).await.unwrap();
    assert_eq!(client.protocol(), Some("b"));
    assert_eq!(sockets.recv().await.unwrap().protocol(), Some("b"));
}

async fn refusal_of(answer: &'static str) -> Error {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answered = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 4096];
        let _ = stream.read(&mut head).await.unwrap();
        stream.write_all(answer.as_bytes()).await.unwrap();
    });
    let refusal = within(5, WebSocket::connect(plain(address))).await.err().unwrap();
    answered.await.unwrap();
    refusal
}

#[tokio::test]
async fn an_answer_that_is_no_web_socket_is_refused() {
    let status = |error| match error {
        Error::Handshake { status, .. } => status,
        other => panic!("{other:?}"),
    };
    assert_eq!(status(refusal_of("HTTP/1.1 404 Not Found\r\n\r\n").await), Some(404));
    assert_eq!(status(refusal_of("HTTP/1.1 101 Switching Protocols\r\n\r\n").await), Some(101));
    assert_eq!(status(refusal_of("SSH-2.0-OpenSSH\r\n").await), None);
    assert_eq!(status(refusal_of("").await), None);
}

#[tokio::test]
async fn a_header_of_the_handshake_cannot_be_set() {
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    let wrong = options(nowhere, &serde_json::json!({ "headers": ["Sec-WebSocket-Key", "mine"] }));
    let refused = WebSocket::connect(wrong).await.err().unwrap();
    assert!(matches!(refused, Error::Header { header, .. } if header == "Sec-WebSocket-Key"));
}
