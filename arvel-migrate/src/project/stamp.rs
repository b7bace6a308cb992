//! Stamps of new files: `YYYY_MM_DD_HHMMSS` in UTC or another time zone, never one that the folder has.
//!
//! Two files of one second would be ordered by their slugs, not by when they were made; so a second is added until
//! the stamp is free.

use std::{collections::BTreeSet, fmt};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use super::Naming;
use crate::migration::split_stamp;

/// A moment to the second, in UTC unless another time zone is configured, as a file name begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(DateTime);

impl Stamp {
    /// The stamp of a number of seconds since 1970 (UTC). What has no year of four digits becomes the nearest that has.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Self {
        let latest = Timestamp::MAX.as_second();
        let moment = Timestamp::from_second(seconds.clamp(0, latest)).unwrap_or(Timestamp::UNIX_EPOCH);
        Self(moment.to_zoned(TimeZone::UTC).datetime())
    }

    /// The stamp of a moment in a time zone.
    pub(super) fn of_moment(moment: Timestamp, zone: &TimeZone) -> Self {
        let second = Timestamp::from_second(moment.as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
        Self(second.to_zoned(zone.clone()).datetime())
    }

    /// The seconds since 1970 at which it is that time in a zone. Of two such moments, where clocks are put back, the first.
    pub(super) fn epoch(self, zone: &TimeZone) -> i64 {
        zone.to_ambiguous_timestamp(self.0).compatible().map_or(0, |moment| moment.as_second())
    }

    /// A part of it as a file's name has it: `year`, `month`, …
    pub(super) fn part(self, token: &str) -> String {
        let at = self.0;
        match token {
            "year" => format!("{:04}", at.year()),
            "month" => format!("{:02}", at.month()),
            "day" => format!("{:02}", at.day()),
            "hour" => format!("{:02}", at.hour()),
            "minute" => format!("{:02}", at.minute()),
            _ => format!("{:02}", at.second()),
        }
    }

    pub(super) fn later_by_a_day(self) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().hours(24)))
    }

    fn earlier_by(self, seconds: u32) -> Self {
        Self(self.0.saturating_sub(jiff::Span::new().seconds(i64::from(seconds))))
    }

    /// The stamp of this moment.
    #[must_use]
    pub fn now() -> Self {
        Self::from_unix(Timestamp::now().as_second())
    }

    /// The stamp that a file stem begins with, when it is a moment. `1_create` has a stamp that is none.
    #[must_use]
    pub fn of_stem(stem: &str) -> Option<Self> {
        let number = split_stamp(stem).0?;
        let digits = number.to_string();
        if digits.len() != 14 {
            return None;
        }
        let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i8>().ok();
        let year = digits.get(..4)?.parse::<i16>().ok()?;
        DateTime::new(year, part(4, 6)?, part(6, 8)?, part(8, 10)?, part(10, 12)?, part(12, 14)?, 0)
            .ok()
            .map(Self)
    }

    /// One second later.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().seconds(1)))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.0;
        write!(f, "{:04}_{:02}_{:02}_", at.year(), at.month(), at.day())?;
        write!(f, "{:02}{:02}{:02}", at.hour(), at.minute(), at.second())
    }
}

/// Gives out free stamps, each later than the one before.
#[derive(Clone, Debug)]
pub struct Stamps {
    next: Stamp,
    taken: BTreeSet<u64>,
    naming: Naming,
}

impl Stamps {
    /// Begins at a moment, beside files of these stems.
    pub fn beside<'a>(now: Stamp, stems: impl IntoIterator<Item = &'a str>) -> Self {
        Self::named(&Naming::default(), now, stems)
    }

    /// The same for names of another form.
    pub fn named<'a>(naming: &Naming, now: Stamp, stems: impl IntoIterator<Item = &'a str>) -> Self {
        let stems: Vec<&str> = stems.into_iter().collect();
        let next = naming.floor(now, stems.iter().copied()).map_or(now, Stamp::next);
        let taken = stems.into_iter().filter_map(|stem| split_stamp(stem).0).collect();
        Self { next, taken, naming: naming.clone() }
    }

    /// The next free stamp, later than `floor` when there is one.
    pub fn after(&mut self, floor: Option<Stamp>) -> Stamp {
        let mut stamp = floor.map_or(self.next, |floor| self.next.max(floor.next()));
        while self.taken.contains(&self.naming.number(stamp)) && stamp != stamp.next() {
            stamp = stamp.next();
        }
        self.next = stamp.next();
        stamp
    }

    /// A free stamp before `ceiling`, later than `floor`, and with room for so many more behind it where there is any.
    pub(crate) fn before(&mut self, ceiling: Stamp, floor: Option<Stamp>, room: u32) -> Option<Stamp> {
        let far = ceiling.earlier_by(room).min(self.next);
        let mut stamp = floor.map_or(far, |floor| far.max(floor.next()));
        while stamp < ceiling && self.taken.contains(&self.naming.number(stamp)) {
            stamp = stamp.next();
        }
        let free = stamp < ceiling && self.taken.insert(self.naming.number(stamp));
        free.then_some(stamp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_utc_moments() {
        let stamp = Stamp::from_unix(1_795_185_002);
        assert_eq!(stamp.to_string(), "2026_11_20_143002");
        assert_eq!(Stamp::of_stem("2026_11_20_143002_x"), Some(stamp));
        assert_eq!(Stamp::of_stem("20261120143002_x"), Some(stamp));
        assert_eq!(Stamp::of_stem("2026_13_20_143002_x"), None);
        assert_eq!(Stamp::of_stem("1_x"), None);
        assert_eq!(Stamp::from_unix(-5).to_string(), "1970_01_01_000000");
        assert_eq!(&Stamp::from_unix(i64::MAX).to_string()[..4], "9999");
    }

    #[test]
    fn seconds_are_added_until_the_stamp_is_free() {
        let now = Stamp::from_unix(1_795_185_002);
        let mut stamps =
            Stamps::beside(now, ["2026_11_20_143002_a", "20261120143003_b", "2026_11_20_143005_c", "1_d"]);
        let given: Vec<String> = (0..3).map(|_| stamps.after(None).to_string()).collect();
        assert_eq!(given, ["2026_11_20_143004", "2026_11_20_143006", "2026_11_20_143007"]);
        let late = Stamp::of_stem("2026_11_20_235959_x");
        assert_eq!(stamps.after(late).to_string(), "2026_11_21_000000");
        assert_eq!(stamps.after(None).to_string(), "2026_11_21_000001");
    }

    #[test]
    fn a_stamp_before_another_leaves_room_for_more() {
        let stamp = |text: &str| Stamp::of_stem(&format!("2026_11_20_{text}_x")).unwrap();
        let mut stamps = Stamps::beside(stamp("150000"), ["2026_11_20_142958_a", "2026_11_20_143000_b"]);
        let ceiling = stamp("143000");
        assert_eq!(stamps.before(ceiling, None, 3), Some(stamp("142957")));
        assert_eq!(stamps.before(ceiling, Some(stamp("142957")), 3), Some(stamp("142959")));
        assert_eq!(stamps.before(ceiling, None, 2), None);
        assert_eq!(stamps.before(ceiling, Some(ceiling), 9), None);
    }
}
