//! A line of bars, one for a day or for some days together, and what stands under it.

use super::text::{Side, padded, width};
use jiff::civil::Date;
use monitor::Words;
use monitor::view::types::{ChartDay, Pin, PinKind};

/// Heights of a bar, from one message up.
const BARS: [char; 7] = ['▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Watched, and nothing came.
const NONE: char = '▁';
/// Not watched: neither zero nor anything else.
const UNSEEN: char = '·';

/// Marks the day on which junk began.
const MARK: &str = "▲";

/// The bars, the mark of the onset with its words, and the first and last day under them.
pub fn chart(days: &[ChartDay], pins: &[Pin], words: &Words, columns: usize) -> Vec<String> {
    let bars = spark(days, columns);
    let wide = width(&bars);
    let mut lines = vec![bars];
    let onset = pins.iter().find(|pin| pin.kind == PinKind::Onset);
    let place = onset.and_then(|pin| Some((pin, days.iter().position(|day| day.day == pin.day)?)));
    if let Some((pin, at)) = place {
        // The last bar is whole, so bars are counted from the end.
        let back = (days.len() - 1 - at) / together(days.len(), columns);
        lines.push(marked(&pin.label, wide.saturating_sub(back + 1), columns));
    }
    if let (Some(first), Some(last)) = (days.first().and_then(date), days.last().and_then(date)) {
        let (first, last) = (words.day(first, last), words.day(last, last));
        let scale = scale(days, words, columns);
        let room = wide.saturating_sub(width(&first) + width(&last));
        // The scale stands between the days where it fits, else on a line of its own.
        if room > width(&scale) + 2 {
            let before = (room - width(&scale)) / 2;
            let scale = padded(&scale, room - before, Side::Left);
            lines.push(format!("{first}{}{scale}{last}", " ".repeat(before)));
        } else {
            lines.push(format!("{first}{}{last}", " ".repeat(room.max(1))));
            lines.push(scale);
        }
    }
    lines
}

/// What the tallest bar stands for.
fn scale(days: &[ChartDay], words: &Words, columns: usize) -> String {
    let together = together(days.len(), columns);
    let most = days
        .rchunks(together)
        .map(|days| days.iter().map(|d| d.junk + d.stranger).sum::<u32>())
        .max()
        .unwrap_or(0);
    words.count(
        "terminal.bar",
        together as u64,
        &[("most", &words.number(u64::from(most)))],
    )
}

fn date(day: &ChartDay) -> Option<Date> {
    day.day.parse().ok()
}

/// The mark in its column, its words at the side where there is room.
fn marked(label: &str, column: usize, columns: usize) -> String {
    let before = format!("{label} ");
    if column + 2 + width(label) <= columns || column < width(&before) {
        return format!("{}{MARK} {label}", " ".repeat(column));
    }
    format!("{}{MARK}", padded(&before, column, Side::Right))
}

/// How many days one bar stands for.
fn together(days: usize, columns: usize) -> usize {
    days.div_ceil(columns.max(1)).max(1)
}

/// Bars of what reached an address from senders that are not on record (junk, and what nobody
/// judged), in at most so many columns; the tallest bar is the most that came.
pub fn spark(days: &[ChartDay], columns: usize) -> String {
    let bars: Vec<Option<u32>> = days
        .rchunks(together(days.len(), columns))
        .rev()
        .map(|days| {
            let seen = days.iter().any(|d| d.observed);
            let sum = days.iter().map(|d| d.junk + d.stranger).sum();
            (seen || sum > 0).then_some(sum)
        })
        .collect();
    let most = bars.iter().flatten().copied().max().unwrap_or(0);
    bars.into_iter()
        .map(|bar| bar.map_or(UNSEEN, |n| shape(n, most)))
        .collect()
}

fn shape(n: u32, most: u32) -> char {
    if n == 0 || most == 0 {
        return NONE;
    }
    let step = (n as usize * BARS.len()).div_ceil(most as usize);
    BARS.get(step.saturating_sub(1)).copied().unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(junk: u32, observed: bool) -> ChartDay {
        ChartDay {
            day: "2026-06-01".to_owned(),
            junk,
            stranger: 0,
            wanted: 9,
            observed,
        }
    }

    #[test]
    fn draws_one_bar_for_some_days_together() {
        let check = |junk: &[u32], columns: usize, want: &str| {
            let days: Vec<ChartDay> = junk.iter().map(|n| day(*n, true)).collect();
            assert_eq!(spark(&days, columns), want, "{junk:?} in {columns} columns");
        };
        check(&[0, 0, 1, 7], 10, "▁▁▂█");
        check(&[0, 0, 0], 10, "▁▁▁");
        check(&[1, 2, 3, 4, 5, 6, 7], 7, "▂▃▄▅▆▇█");
        // The last bar is whole; the first one may stand for fewer days.
        check(&[9, 0, 0, 1, 1], 3, "█▁▃");
        check(&[], 10, "");
    }

    #[test]
    fn marks_the_bar_in_which_junk_began() {
        let check = |at: usize, columns: usize, want: &[&str]| {
            let days: Vec<ChartDay> = (0..30)
                .map(|n| ChartDay {
                    day: format!("2026-06-{:02}", n + 1),
                    ..day(u32::from(n >= at), true)
                })
                .collect();
            let label = "junk began".to_owned();
            let pins = [Pin {
                day: format!("2026-06-{:02}", at + 1),
                kind: PinKind::Onset,
                label,
            }];
            let lines = chart(&days, &pins, Words::of(monitor::Lang::En), columns);
            assert_eq!(lines, want, "onset on day {at} in {columns} columns");
            assert!(
                lines.iter().all(|line| width(line) <= columns),
                "nothing leaves the chart"
            );
        };
        check(
            10,
            30,
            &[
                "▁▁▁▁▁▁▁▁▁▁████████████████████",
                "          ▲ junk began",
                "1 June                 30 June",
                "█ = 1 on one day",
            ],
        );
        check(
            25,
            30,
            &[
                "▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁█████",
                "              junk began ▲",
                "1 June                 30 June",
                "█ = 1 on one day",
            ],
        );
        check(
            27,
            15,
            &[
                "▁▁▁▁▁▁▁▁▁▁▁▁▁▅█",
                "  junk began ▲",
                "1 June  30 June",
                "█ = 2 in 2 days",
            ],
        );
    }

    #[test]
    fn a_day_that_was_not_watched_is_no_zero() {
        assert_eq!(
            spark(&[day(0, false), day(0, true), day(3, false)], 3),
            "·▁█"
        );
    }
}
