//! Medians, and ratios within a round.

/// The middle value; of an even number, the mean of the two in the middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// The median of the ratios of each round: what disturbs a whole round disturbs no ratio.
pub fn ratio(values: &[f64], base: &[f64]) -> f64 {
    let ratios: Vec<f64> = values.iter().zip(base).map(|(value, base)| value / base).collect();
    median(&ratios)
}

/// `12.3 ms` or `4.56 s`.
pub fn time(ms: f64) -> String {
    match ms {
        ms if ms.is_nan() => "-".to_owned(),
        ms if ms >= 1000.0 => format!("{:.2} s", ms / 1000.0),
        ms if ms >= 100.0 => format!("{ms:.0} ms"),
        ms if ms >= 10.0 => format!("{ms:.1} ms"),
        ms => format!("{ms:.2} ms"),
    }
}

/// `12.3 ms (11.0 to 15.2)`.
pub fn spread(values: &[f64]) -> String {
    let (low, high) = values.iter().fold((f64::INFINITY, 0.0_f64), |(l, h), v| (l.min(*v), h.max(*v)));
    if values.is_empty() {
        return "-".to_owned();
    }
    format!("{} ({} to {})", time(median(values)), time(low), time(high))
}
