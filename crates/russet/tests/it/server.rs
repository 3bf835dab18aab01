//! A server of the program, asked over a plain socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::program::Place;

/// A server that ends with the test.
pub(crate) struct Server {
    pub(crate) process: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(place: &Place) -> Self {
        Self::start_with(place, "64")
    }

    pub(crate) fn start_with(place: &Place, max_concurrent: &str) -> Self {
        let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.env("RUSSET_MAX_CONCURRENT", max_concurrent);
        Self::run(command)
    }

    /// Waits until a command serves.
    pub(crate) fn run(mut command: Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = lines.find_map(|line| Some(line.unwrap().split_once("http://")?.1.to_owned())).unwrap();
        // Whatever it says from now on must be read, or it would wait for room to say it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, address }
    }

    /// The head and the body of a reply.
    pub(crate) fn ask(&self, head: &str, body: &str) -> (String, String) {
        self.request(head, "Accept: */*", body)
    }

    /// The same with further headers.
    pub(crate) fn request(&self, head: &str, headers: &str, body: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let sent =
            format!("{head} HTTP/1.0\r\nHost: x\r\n{headers}\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(sent.as_bytes()).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        (head.to_lowercase(), body.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The events of a stream: the name and the part of each.
pub(crate) fn events(body: &str) -> Vec<(String, Value)> {
    let field = |event: &str, name: &str| {
        event.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned)).unwrap_or_default()
    };
    let events = body.split("\n\n").map(|event| (field(event, "id: "), field(event, "data: ")));
    events
        .filter(|(_, data)| !data.is_empty() && data != "[DONE]")
        .map(|(id, data)| (id, serde_json::from_str(&data).unwrap()))
        .collect()
}
