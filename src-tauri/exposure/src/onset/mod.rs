//! When the junk or the strangers of an address began (detection.md section 2).

use jiff::civil::Date;

/// The interval in which an onset lies. Every date may be missing: no date is claimed that the
/// observed days do not bear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    /// Lower end of the interval.
    pub earliest: Option<Date>,
    /// The median day.
    pub estimate: Option<Date>,
    /// Upper end of the interval.
    pub latest: Option<Date>,
}
