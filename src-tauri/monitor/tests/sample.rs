//! The sample goes the way of all mail: written as a Maildir, read through the archive source,
//! assessed, and held against its truth.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use exposure::misfiled::Why;
use monitor::confined::Worker;
use monitor::surface::make_sample;
use monitor::vault::Memory;
use monitor::{Clock, Lang, Notice, Shell, Start, Topic, view};
use serde_json::Value;
use std::sync::Arc;

struct Quiet;

impl Shell for Quiet {
    fn changed(&self, _topics: &[Topic]) {}
    fn notify(&self, _notice: Notice) {}
    fn worker(&self) -> anyhow::Result<Worker> {
        Ok(Worker::Here)
    }
}

fn start(folder: &std::path::Path) -> Start {
    Start {
        data: folder.to_owned(),
        clock: Clock::Fixed("2026-06-20T03:00:00Z".parse().unwrap()),
        lang: Lang::En,
        vault: Arc::new(Memory::default()),
        shell: Arc::new(Quiet),
        zone: Some("Asia/Tokyo".into()),
    }
}

/// What the flags of a seed name, and what its truth expects.
async fn flags(seed: u64) -> (Vec<Value>, Value) {
    let folder = tempfile::tempdir().unwrap();
    let handle = make_sample(&start(folder.path()), &folder.path().join("sample"), seed)
        .await
        .unwrap();
    let flags = view::flags_json(&handle.picture().unwrap(), handle.words());
    let truth = std::fs::read_to_string(folder.path().join("sample/truth.json")).unwrap();
    handle.close();
    (
        flags.as_array().unwrap().clone(),
        serde_json::from_str(&truth).unwrap(),
    )
}

/// Seeds 1 to `ATESAKI_SEEDS` (4 unless told, 100 in the long run).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sample_names_those_who_leaked_and_nobody_else() {
    let seeds: u64 = std::env::var("ATESAKI_SEEDS")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(4);
    let (mut wrong, mut missed, mut late, mut named) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for seed in 1..=seeds {
        let (flags, truth) = flags(seed).await;
        let leaks = truth["leaks"].as_array().unwrap();
        for flag in &flags {
            if flag["level"] != "likely_source" {
                continue;
            }
            named += 1;
            if !leaks
                .iter()
                .any(|l| l["address"] == flag["address"] && l["service"] == flag["service"])
            {
                wrong.push(format!(
                    "seed {seed}: {} {} {}",
                    flag["address"], flag["service"], flag["text"]
                ));
            }
        }
        for leak in leaks.iter().filter(|l| l["strength"] == "strong") {
            let flag = flags
                .iter()
                .find(|f| f["address"] == leak["address"] && f["level"] == "likely_source");
            match flag {
                None => missed.push(format!("seed {seed}: {leak}")),
                Some(flag) => {
                    let day = |v: &Value| v.as_str().unwrap().parse::<jiff::civil::Date>().unwrap();
                    let delay = (day(&flag["flagged_on"]) - day(&leak["onset"])).get_days();
                    if delay > 14 {
                        late.push(format!("seed {seed}: {delay} days: {leak}"));
                    }
                }
            }
        }
    }
    println!(
        "{named} named over {seeds} seeds; wrong {wrong:#?}; missed {missed:#?}; late {late:#?}"
    );
    assert!(
        wrong.len() <= 1,
        "at most one flag in all may name a service that did not leak: {wrong:#?}"
    );
    assert!(missed.is_empty(), "every strong leak is named: {missed:#?}");
    assert!(late.is_empty(), "within 14 days: {late:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sample_lists_what_lies_in_junk_by_mistake_and_nothing_else() {
    for seed in [1, 2, 3] {
        let folder = tempfile::tempdir().unwrap();
        let handle = make_sample(&start(folder.path()), &folder.path().join("sample"), seed)
            .await
            .unwrap();
        let truth = std::fs::read_to_string(folder.path().join("sample/truth.json")).unwrap();
        let truth: Value = serde_json::from_str(&truth).unwrap();
        let picture = handle.picture().unwrap();
        let why: Vec<Why> = picture.misfiled.found.iter().map(|(_, why)| *why).collect();
        let people = truth["perhaps_not_junk"].as_u64().unwrap() as usize;
        assert_eq!(
            why,
            vec![Why::Person; people],
            "seed {seed}: a service's unwanted mail is not among it"
        );
        let exceptions = view::exceptions(&picture, handle.words());
        let sentences: Vec<&str> = exceptions.iter().map(|e| e.sentence.as_str()).collect();
        assert_eq!(
            sentences,
            [
                "11 services have your work address.",
                "2 services have your personal address."
            ]
        );
        handle.close();
    }
}
