//! What an attachment holds, counted in a confined child: tables of spreadsheets and of text, also in
//! a zip. The file goes into the child and numbers come out ([`Counted`]); it is never written down,
//! here or there. What counts as a person, and as a list, is the business of
//! [`exposure::attachment`].

mod budget;
mod compound;
mod document;
mod packed;
mod sheet;
mod strings;
mod text;
mod workbook;
mod xml;

use crate::confined::{Input, Task, Worker};
use anyhow::Result;
use budget::Budget;
use exposure::attachment::Tally;
pub use exposure::attachment::{ColumnKind, Counted, LARGEST, Own, looks_like_list};
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::time::Duration;

/// The child: what a list of some thousand people takes, many times, and no more.
pub const TASK: Task = Task {
    argument: "--count-an-attachment-from-stdin",
    memory: 384 * 1024 * 1024,
    seconds: 2,
    patience: Duration::from_secs(2),
    output: 64 * 1024,
    work,
};

/// Counts what an attachment holds. `None`: it is larger than is looked at, or the child did not come
/// to its end, as files can bring about that mean harm.
///
/// # Errors
/// Where the program cannot be started as a child.
pub async fn count(worker: &Worker, bytes: &[u8], own: &Own) -> Result<Option<Counted>> {
    if bytes.len() as u64 > LARGEST {
        return Ok(None);
    }
    let program = match worker {
        Worker::Child(program) => program,
        Worker::Here => return Ok(Some(counted(bytes, own))),
    };
    // What is looked for goes before the file: others on this PC can see arguments.
    let mut own = serde_json::to_vec(own)?;
    own.push(b'\n');
    let input = Input::Bytes(&[&own, bytes]);
    let output = TASK.output(program, None, input).await?;
    Ok(serde_json::from_slice(&output).ok())
}

fn work(_: Option<OsString>) -> Result<()> {
    let mut input = Vec::new();
    io::stdin().lock().read_to_end(&mut input)?;
    let end = input.iter().position(|byte| *byte == b'\n');
    let (own, file) = input.split_at(end.map_or(0, |end| end + 1));
    let counted = counted(file, &serde_json::from_slice(own)?);
    Ok(io::stdout().write_all(&serde_json::to_vec(&counted)?)?)
}

fn counted(bytes: &[u8], own: &Own) -> Counted {
    let budget = Budget::new();
    let mut tally = Tally::new(own);
    match Shape::of(bytes) {
        Shape::Zip => packed::read(bytes, &budget, &mut tally),
        Shape::Compound => workbook::read(bytes, &budget, &mut tally),
        Shape::Text => text::read(bytes, &budget, &mut tally),
    }
    if budget.is_spent() {
        tally.cut();
    }
    tally.counted()
}

/// What a file is, whatever it is called.
enum Shape {
    Zip,
    Compound,
    Text,
}

impl Shape {
    fn of(bytes: &[u8]) -> Shape {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            Shape::Zip
        } else if bytes.starts_with(compound::MAGIC) {
            Shape::Compound
        } else {
            Shape::Text
        }
    }
}
