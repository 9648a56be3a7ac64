//! A ledger in a folder of its own, for tests.
#![allow(dead_code)]

use anyhow::Result;
use exposure::AddrSpec;
use monitor::actor::{Change, Give};
use monitor::confined::Worker;
use monitor::exported::{Exported, json};
use monitor::fault::{self, Code};
use monitor::intake::Ask;
use monitor::shell::{Notice, Topic};
use monitor::vault::Memory;
use monitor::whole::Place;
use monitor::{Clock, ExportFormat, Handle, Lang, Shell, Start};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct Quiet;

impl Shell for Quiet {
    fn changed(&self, _: &[Topic]) {}
    fn notify(&self, _: Notice) {}
    fn worker(&self) -> Result<Worker> {
        Ok(Worker::Here)
    }
}

pub struct House {
    pub folder: tempfile::TempDir,
    pub handle: Handle,
    pub runtime: tokio::runtime::Runtime,
}

impl House {
    pub fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        let handle = Handle::open(start(&folder.path().join("data"))).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        House {
            folder,
            handle,
            runtime,
        }
    }

    /// A house in which this was imported.
    pub fn with(exported: &Exported) -> House {
        let house = House::new();
        house.import(json(exported).unwrap().as_bytes()).unwrap();
        house
    }

    /// The same house after a restart.
    pub fn again(mut self) -> House {
        let data = self.data().to_owned();
        self.handle.close();
        self.handle = Handle::open(start(&data)).unwrap();
        self
    }

    pub fn data(&self) -> &Path {
        self.handle.data()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, bytes: &[u8]) -> PathBuf {
        let path = self.path("with-no-telling-name");
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn import(&self, bytes: &[u8]) -> Result<monitor::Preview> {
        let path = self.file(bytes);
        self.runtime
            .block_on(self.handle.import(&path, &Ask::default()))
    }

    pub fn undo(&self) -> monitor::store::Undone {
        self.runtime
            .block_on(self.handle.undo_import(None))
            .unwrap()
    }

    pub fn change(&self, change: Change) -> i64 {
        self.runtime.block_on(self.handle.change(change)).unwrap()
    }

    pub fn give(&self, address: &str, service: &str) {
        self.change(Change::Give(Give {
            address: AddrSpec::parse(address).unwrap(),
            service: service.into(),
            domains: Vec::new(),
            processors: Vec::new(),
            on: Some("2024-01-02".parse().unwrap()),
            also: Vec::new(),
        }));
    }

    /// The bytes of an export.
    pub fn export(&self, format: ExportFormat) -> Vec<u8> {
        let path = self.path("export");
        self.handle.export(&path, format, Place::Any).unwrap();
        fs::read(&path).unwrap()
    }

    /// What an export holds.
    pub fn exported(&self) -> Exported {
        serde_json::from_slice(&self.export(ExportFormat::Json)).unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.handle.close();
    }
}

pub fn start(data: &Path) -> Start {
    Start {
        data: data.to_owned(),
        clock: Clock::Fixed("2026-06-20T12:00:00Z".parse().unwrap()),
        lang: Lang::En,
        vault: Arc::new(Memory::default()),
        shell: Arc::new(Quiet),
        zone: Some("Asia/Tokyo".into()),
    }
}

/// The names in a folder, in their order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The code of a refusal.
pub fn refused<T>(outcome: Result<T>) -> Option<Code> {
    outcome.err().map(|error| fault::of(&error).code)
}
