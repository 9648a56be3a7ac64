//! Lists and the why.

use crate::print::{Table, spark};
use crate::report;
use crate::terminal::Terminal;
use anyhow::Result;
use exposure::AddrSpec;
use monitor::fault::{Code, Fault};
use monitor::view;

/// `addresses`
pub fn addresses(terminal: &Terminal) -> Result<()> {
    let handle = terminal.open()?;
    let (picture, words) = (handle.picture()?, terminal.words());
    if terminal.json {
        return terminal.print(&view::addresses_json(&picture));
    }
    let rows = view::addresses(&picture, words)?;
    if rows.is_empty() {
        terminal.say(&words.say("terminal.no_addresses"));
        return Ok(());
    }
    let mut table = Table::new(&[
        words.say("terminal.address"),
        words.say("terminal.state"),
        words.say("terminal.junk_30d"),
        words.say("terminal.junk"),
        words.say("terminal.wanted"),
        words.say("terminal.services"),
    ]);
    for row in &rows {
        let (state, services) = match row.kind {
            Some(_) => (row.badge.text.clone(), row.services.join(", ")),
            None => (String::new(), row.kind_text.clone()),
        };
        table.row(&[
            row.address.clone(),
            state,
            words.number(row.junk_30d),
            words.number(row.junk_total),
            words.number(row.wanted_total),
            services,
        ]);
    }
    table.print();
    let unknown = handle.read(|store| store.unknown_recipients())?;
    if unknown > 0 {
        let count = words.count("count.messages", unknown, &[]);
        terminal.say(&words.fill("terminal.unknown_recipients", &[("count", &count)]));
    }
    for note in handle.read(|store| view::overview(&picture, store, words, false))?.coverage {
        terminal.say(&note);
    }
    Ok(())
}

/// `services`
pub fn services(terminal: &Terminal) -> Result<()> {
    let handle = terminal.open()?;
    let (picture, words) = (handle.picture()?, terminal.words());
    if terminal.json {
        return terminal.print(&handle.read(|store| view::services_json(&picture, store))?);
    }
    let rows = handle.read(|store| view::services(&picture, store, words))?;
    if rows.is_empty() {
        terminal.say(&words.say("terminal.no_services"));
        return Ok(());
    }
    let mut table = Table::new(&[
        words.say("terminal.services"),
        words.say("terminal.domains"),
        words.say("terminal.address"),
        words.say("terminal.last"),
    ]);
    for row in &rows {
        let addresses: Vec<&str> = row.addresses.iter().map(|a| a.address.as_str()).collect();
        table.row(&[row.service.clone(), row.domains.join(", "), addresses.join(", "), row.last_mail.clone()]);
    }
    table.print();
    Ok(())
}

/// `flags`
pub fn flags(terminal: &Terminal) -> Result<()> {
    let handle = terminal.open()?;
    let picture = handle.picture()?;
    if terminal.json {
        return terminal.print(&view::flags_json(&picture, terminal.words()));
    }
    let overview = handle.read(|store| view::overview(&picture, store, terminal.words(), false))?;
    report::overview(terminal, &overview);
    Ok(())
}

/// `incidents`
pub fn incidents(terminal: &Terminal) -> Result<()> {
    let handle = terminal.open()?;
    let (picture, words) = (handle.picture()?, terminal.words());
    if terminal.json {
        return terminal.print(&handle.read(|store| view::incidents_json(&picture, store))?);
    }
    let rows = handle.read(|store| view::incidents(&picture, store, words))?;
    if rows.is_empty() {
        terminal.say(&words.say("terminal.no_incidents"));
        return Ok(());
    }
    for row in &rows {
        println!("{}  {}  {}  {}", row.id, row.address, row.status, row.opened);
        println!("    {}", row.sentence);
    }
    Ok(())
}

/// `explain ADDRESS|SERVICE`
pub fn explain(terminal: &Terminal, name: &str) -> Result<()> {
    let handle = terminal.open()?;
    let (picture, words) = (handle.picture()?, terminal.words());
    let by_address = AddrSpec::parse(name).ok();
    let ids: Vec<i64> = picture
        .addresses
        .iter()
        .filter(|a| match &by_address {
            Some(spec) => a.spec == *spec,
            None => picture.disclosures.iter().any(|d| {
                d.address == a.id && picture.service_name(d.service).is_some_and(|s| s.to_lowercase() == name.to_lowercase())
            }),
        })
        .map(|a| a.id)
        .collect();
    if ids.is_empty() {
        return Err(Fault::new(Code::NoSuchAddress).with("address", name).into());
    }
    if terminal.json {
        let mut all = Vec::new();
        for id in &ids {
            all.push(handle.read(|store| view::explain_json(&picture, store, words, *id))?);
        }
        // An address is one object; a service is the list of its addresses.
        return terminal.print(&match by_address {
            Some(_) => all.swap_remove(0),
            None => all.into(),
        });
    }
    for id in ids {
        let page = handle.read(|store| view::address(&picture, store, words, id))?;
        println!("{}  [{}]", page.row.address, page.row.badge.text);
        println!("{}", page.about);
        println!("{}", spark(&page.row.spark));
        println!("{}\n", page.sentence);
        report::suspects(terminal, &page);
        for note in &page.coverage {
            println!("{note}");
        }
        let mut table = Table::new(&[words.say("terminal.senders"), String::new(), words.say("terminal.junk")]);
        for sender in page.senders.iter().take(12) {
            table.row(&[sender.domain.clone(), sender.detail.clone(), words.number(sender.junk)]);
        }
        table.print();
    }
    Ok(())
}
