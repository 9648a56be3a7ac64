//! Reading the XML of a spreadsheet event by event. Entities that a document defines for itself are
//! never expanded, and nothing outside is ever asked for.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Read};

/// A reader of what a program wrote, or somebody who means harm.
pub(super) fn reader<R: Read>(bytes: R) -> Reader<BufReader<R>> {
    let mut reader = Reader::from_reader(BufReader::new(bytes));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    reader
}

/// Adds what an event has of a text.
pub(super) fn append(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(piece) => text.push_str(piece),
        Event::CData(piece) => text.push_str(piece),
        Event::GeneralRef(entity) => match entity.resolve_char_ref() {
            Ok(Some(character)) => text.push(character),
            Ok(None) | Err(_) => text.push_str(match entity.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                _ => "",
            }),
        },
        _ => {}
    }
}

/// Calls `each` with the name, without its prefix, and the value of every attribute.
pub(super) fn attributes(element: &BytesStart<'_>, mut each: impl FnMut(&str, &str)) {
    for attribute in element.attributes().with_checks(false).flatten() {
        each(attribute.key.local_name().as_ref(), &attribute.value);
    }
}
