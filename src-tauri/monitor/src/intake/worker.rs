//! The child in which an export is read. What it reads never reaches the parent but as an [`Entry`]
//! or as [`Exported`].

use super::{Ask, Column, Entry, Format, LARGEST, Parsed, mail, parse};
use crate::confined::{Input, Task, Worker};
use crate::exported::Exported;
use crate::fault::{self, Code, Fault};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// The child: much memory and time, for whoever imports a vault waits for it.
pub const TASK: Task = Task {
    argument: "--read-an-export-from-stdin",
    memory: 1024 * 1024 * 1024,
    seconds: 60,
    patience: Duration::from_secs(90),
    output: 128 * 1024 * 1024,
    work,
};

/// One line from the child.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Head {
        format: Format,
        sha256: String,
        columns: Vec<Column>,
        key: String,
        damaged: u64,
        others: u64,
    },
    Entry(Entry),
    Exported(Exported),
    Fault {
        code: String,
        params: Vec<(String, String)>,
    },
    End,
}

impl Worker {
    /// Reads an export.
    ///
    /// # Errors
    /// Those of [`parse`], with the path in their sentence; [`Code::CannotRead`].
    pub async fn read(&self, path: &Path, ask: &Ask) -> Result<Parsed> {
        let outcome = self.read_open(path, ask).await;
        outcome.map_err(|error| {
            let fault = fault::of(&error);
            if fault.code == Code::Other {
                return error;
            }
            fault.with("path", path.display().to_string()).into()
        })
    }

    async fn read_open(&self, path: &Path, ask: &Ask) -> Result<Parsed> {
        let cannot = || Fault::new(Code::CannotRead);
        // A pipe or a device would be waited for before it is seen what it is.
        let facts = std::fs::metadata(path).with_context(cannot)?;
        if !facts.is_file() {
            return Err(cannot().into());
        }
        let mut file = File::open(path).with_context(cannot)?;
        if facts.len() > LARGEST {
            // Mail is often larger than any vault: what it begins with is looked at and no more.
            let mut begins = [0; mail::MBOX.len()];
            file.read_exact(&mut begins).with_context(cannot)?;
            let code = match begins == mail::MBOX {
                true => Code::ImportIsMail,
                false => Code::ImportTooLarge,
            };
            return Err(Fault::new(code).into());
        }
        match self {
            Worker::Child(program) => child(program, file, ask).await,
            Worker::Here => parse(whole(file).with_context(cannot)?, ask),
        }
    }
}

async fn child(program: &Path, file: File, ask: &Ask) -> Result<Parsed> {
    let ask = serde_json::to_string(ask)?;
    let output = TASK.output(program, Some(ask), Input::File(file)).await?;
    // Whatever ended it, what it did not finish is not used.
    received(&output)
}

/// What the child wrote; damaged unless it came to its end.
fn received(output: &[u8]) -> Result<Parsed> {
    let damaged = || Fault::new(Code::ImportDamaged);
    let mut parsed: Option<Parsed> = None;
    for line in output
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        match serde_json::from_slice(line).map_err(|_| damaged())? {
            Line::Head {
                format,
                sha256,
                columns,
                key,
                damaged,
                others,
            } => {
                parsed = Some(Parsed {
                    format,
                    sha256,
                    columns,
                    key,
                    entries: Vec::new(),
                    exported: None,
                    damaged,
                    others,
                });
            }
            Line::Entry(entry) => parsed.as_mut().ok_or_else(damaged)?.push(entry)?,
            Line::Exported(exported) => {
                parsed.as_mut().ok_or_else(damaged)?.exported = Some(exported);
            }
            Line::Fault { code, params } => return Err(said(&code, &params).into()),
            Line::End => return parsed.ok_or_else(|| damaged().into()),
        }
    }
    Err(damaged().into())
}

/// A fault of the child, if it is one that a file can have.
fn said(code: &str, params: &[(String, String)]) -> Fault {
    let known = [
        Code::ImportEncrypted,
        Code::ImportUnknown,
        Code::ImportIsMail,
        Code::ImportTooLarge,
        Code::ImportUnpacks,
        Code::ImportTooMany,
        Code::ExportNewer,
        Code::NoSuchColumn,
    ];
    let code = known.into_iter().find(|known| known.word() == code);
    let mut fault = Fault::new(code.unwrap_or(Code::ImportDamaged));
    for (name, value) in params {
        let known = ["column", "version"]
            .into_iter()
            .find(|known| known == name);
        if let Some(name) = known {
            fault = fault.with(name, exposure::show::shown(value, 100));
        }
    }
    fault
}

fn work(ask: Option<OsString>) -> Result<()> {
    let ask = match ask {
        Some(text) => serde_json::from_str(&text.to_string_lossy())?,
        None => Ask::default(),
    };
    let out = &mut BufWriter::new(io::stdout().lock());
    let outcome = whole(io::stdin().lock())
        .map_err(anyhow::Error::from)
        .and_then(|bytes| parse(bytes, &ask));
    match outcome {
        Ok(parsed) => {
            let head = Line::Head {
                format: parsed.format,
                sha256: parsed.sha256,
                columns: parsed.columns,
                key: parsed.key,
                damaged: parsed.damaged,
                others: parsed.others,
            };
            write(out, &head)?;
            for entry in parsed.entries {
                write(out, &Line::Entry(entry))?;
            }
            if let Some(exported) = parsed.exported {
                write(out, &Line::Exported(exported))?;
            }
            write(out, &Line::End)?;
        }
        Err(error) => {
            let fault = fault::of(&error);
            let params = fault.params.iter();
            let params = params.map(|(name, value)| ((*name).to_owned(), value.clone()));
            let line = Line::Fault {
                code: fault.code.word().to_owned(),
                params: params.collect(),
            };
            write(out, &line)?;
        }
    }
    Ok(out.flush()?)
}

fn write(out: &mut impl Write, line: &Line) -> Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    Ok(out.write_all(b"\n")?)
}

/// A whole file, and one byte more than is allowed of a larger one.
fn whole(mut file: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    file.by_ref().take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_child_did_not_finish_is_not_used() {
        let head = r#"{"head":{"format":"chrome","sha256":"","columns":[],"key":"","damaged":0,"others":0}}"#;
        let entry = r#"{"entry":{"title":"Shop","places":[],"addresses":["ada@example.org"],"given_at":null,"alias":null}}"#;
        let check = |lines: &[&str], want: Result<usize, Code>| {
            let found = received(lines.join("\n").as_bytes());
            let found = found
                .map(|p| p.entries.len())
                .map_err(|e| fault::of(&e).code);
            assert_eq!(found, want, "{lines:?}");
        };
        check(&[head, entry, r#""end""#], Ok(1));
        check(&[head, entry], Err(Code::ImportDamaged));
        check(&[entry, r#""end""#], Err(Code::ImportDamaged));
        check(&["nonsense"], Err(Code::ImportDamaged));
        check(&[], Err(Code::ImportDamaged));
        check(
            &[r#"{"fault":{"code":"import_encrypted","params":[]}}"#],
            Err(Code::ImportEncrypted),
        );
        check(
            &[r#"{"fault":{"code":"disk_full","params":[]}}"#],
            Err(Code::ImportDamaged),
        );
    }
}
