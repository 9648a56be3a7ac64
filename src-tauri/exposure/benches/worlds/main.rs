//! Prints the detection tables: `cargo bench -p exposure --bench worlds`, at full size, or
//! `-- --share 20` at a twentieth of it.
#![allow(clippy::indexing_slicing)]

mod attribution;
mod onset;
mod random;
mod rivals;
mod series;
mod services;
mod shipped;
mod shocks;
mod table;
mod trouble;
mod users;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let share = arguments
        .iter()
        .position(|a| a == "--share")
        .and_then(|at| arguments.get(at + 1)?.parse().ok());
    let part: usize = share.unwrap_or(1).max(1);
    let only = |name: &str| {
        let asked = arguments.iter().position(|a| a == "--only");
        asked.is_none_or(|at| arguments.get(at + 1).is_some_and(|a| a == name))
    };
    let mut report = table::Report::default();
    if only("onset") {
        onset::report(&mut report, part);
    }
    if only("attribution") {
        attribution::report(&mut report, part);
    }
    if only("shipped") {
        shipped::report(&mut report, part);
    }
    if only("rivals") {
        rivals::report(&mut report, part);
        trouble::report(&mut report, part);
    }
    if only("services") {
        services::report(&mut report, part);
    }
    if only("shocks") {
        shocks::report(&mut report, part);
    }
    report.summary();
    println!("{}", report.text);
}
