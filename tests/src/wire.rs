//! A wire to a server that can be cut: it forwards bytes and hangs up once, after so many.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A forwarding socket on loopback.
pub struct Wire {
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Wire {
    /// Forwards to a port. The first connection is cut after the server has sent `bytes`, and
    /// `cut` happens just before.
    pub async fn start(to: u16, bytes: usize, cut: impl Fn() + Send + 'static) -> Wire {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let first = count.fetch_add(1, Ordering::SeqCst) == 0;
                let far = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                if first {
                    forward_until(near, far, bytes).await;
                    cut();
                } else {
                    tokio::spawn(forward_until(near, far, usize::MAX));
                }
            }
        });
        Wire { port, connections }
    }

    /// The port to connect to.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn forward_until(near: TcpStream, far: TcpStream, bytes: usize) {
    let (mut near_in, mut near_out) = near.into_split();
    let (mut far_in, mut far_out) = far.into_split();
    let up = tokio::io::copy(&mut near_in, &mut far_out);
    let down = async {
        let (mut sent, mut piece) = (0, vec![0; 4096]);
        while sent < bytes {
            match far_in.read(&mut piece).await {
                Ok(0) | Err(_) => break,
                Ok(read) => {
                    if near_out.write_all(&piece[..read]).await.is_err() {
                        break;
                    }
                    sent += read;
                }
            }
        }
    };
    tokio::select! {
        _ = up => {}
        () = down => {}
    }
}
