//! Numbers that look random and are the same in every run: SplitMix64.

pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) >> 32).expect("32 bits") % sides
    }

    /// True once in `sides`.
    pub(super) fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    /// Some of them, in their order.
    pub(super) fn some<T: Clone>(&mut self, from: &[T], most: usize) -> Vec<T> {
        let mut left: Vec<usize> = (0..from.len()).collect();
        let count = (1 + self.roll(most)).min(left.len());
        (0..count)
            .map(|_| {
                let at = self.roll(left.len());
                from[left.remove(at)].clone()
            })
            .collect()
    }
}
