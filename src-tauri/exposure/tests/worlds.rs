//! A twentieth of the detection tables: no cell is worse than the reference by more than three
//! standard errors of the difference, and the promises of the shipped setting hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../benches/worlds/attribution.rs"]
mod attribution;
#[path = "../benches/worlds/onset.rs"]
mod onset;
#[path = "../benches/worlds/random.rs"]
mod random;
#[path = "../benches/worlds/rivals.rs"]
mod rivals;
#[path = "../benches/worlds/series.rs"]
mod series;
#[path = "../benches/worlds/services.rs"]
mod services;
#[path = "../benches/worlds/shipped.rs"]
mod shipped;
#[path = "../benches/worlds/shocks.rs"]
mod shocks;
#[path = "../benches/worlds/table.rs"]
mod table;
#[path = "../benches/worlds/trouble.rs"]
mod trouble;
#[path = "../benches/worlds/users.rs"]
mod users;

/// This part of the full size.
const PART: usize = 20;

#[test]
fn detection_is_as_good_as_the_reference() {
    check(onset::report, "onset");
}

#[test]
fn attribution_is_as_good_as_the_reference() {
    check(attribution::report, "attribution");
}

#[test]
fn the_shipped_setting_keeps_its_promises() {
    check(shipped::report, "shipped");
}

#[test]
fn busier_addresses_get_no_more_false_alarms() {
    check(rivals::report, "rivals");
}

#[test]
fn common_rises_and_second_leaks_are_told_apart() {
    check(shocks::report, "shocks");
}

#[test]
fn services_are_found_in_the_mail_itself() {
    check(services::report, "services");
}

#[test]
fn trouble_breaks_no_promise() {
    check(trouble::report, "trouble");
}

fn check(measure: fn(&mut table::Report, usize), what: &str) {
    let mut report = table::Report::default();
    measure(&mut report, PART);
    report.summary();
    println!("{}", report.text);
    assert!(
        report.worse.is_empty() && report.broken.is_empty(),
        "{what} is as good as it was measured:\n{}",
        report.text
    );
}
