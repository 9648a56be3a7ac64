//! The sample held against what it promises. Everything in it is made up.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use jiff::civil::date;

#[test]
fn the_same_seed_and_day_give_the_same_bytes() {
    let one = plan(7, date(2026, 6, 20));
    assert_eq!(
        one,
        plan(7, date(2026, 6, 20)),
        "nothing but the seed and the day may enter"
    );
    assert_ne!(
        one,
        plan(8, date(2026, 6, 20)),
        "another seed is another year"
    );
}
