//! Prints its port and answers whatever comes, unread, with the same bytes, until its input ends: what is left of a server when
//! it neither parses nor calls anybody. Nobody who goes through the same sockets can spend less.

use std::{
    io::{self, Read, Write},
    thread,
};

use mio::{
    Events, Interest, Poll, Token,
    net::{TcpListener, TcpStream},
};

const RESPONSE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 39\r\n\
    date: Thu, 26 Nov 2026 08:38:21 GMT\r\n\r\n{\"hello\":\"world\",\"at\":1,\"list\":[1,2,3]}";
const LISTENER: Token = Token(usize::MAX);

fn main() -> io::Result<()> {
    let mut listener = TcpListener::bind(([127, 0, 0, 1], 0).into())?;
    let mut poll = Poll::new()?;
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
    println!("{}", listener.local_addr()?.port());
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        std::process::exit(0);
    });
    let mut streams: Vec<Option<TcpStream>> = Vec::new();
    let mut events = Events::with_capacity(1024);
    loop {
        poll.poll(&mut events, None)?;
        for event in &events {
            if event.token() != LISTENER {
                let stream = &mut streams[event.token().0];
                if !stream.as_mut().is_some_and(|stream| answers(stream)) {
                    *stream = None;
                }
                continue;
            }
            while let Ok((mut stream, _)) = listener.accept() {
                stream.set_nodelay(true)?;
                poll.registry().register(&mut stream, Token(streams.len()), Interest::READABLE)?;
                streams.push(Some(stream));
            }
        }
    }
}

/// Whether the connection lives on. `wrk` sends the next request when it has its answer: what is read is one.
fn answers(stream: &mut TcpStream) -> bool {
    let mut request = [0; 4096];
    match stream.read(&mut request) {
        Ok(0) => false,
        Ok(_) => stream.write(RESPONSE).is_ok_and(|written| written == RESPONSE.len()),
        Err(error) => error.kind() == io::ErrorKind::WouldBlock,
    }
}
