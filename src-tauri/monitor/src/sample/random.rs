//! Numbers that look like chance and are the same on every machine.
//!
//! The generator is xoshiro256**, its state filled by SplitMix64; both are by David Blackman and
//! Sebastiano Vigna and in the public domain ("Scrambled linear pseudorandom number generators",
//! ACM TOMS 47, 2021). Nothing here calls a function of the mathematics library: its last digit
//! may differ from one system to the next, and the sample must not.

/// A stream of numbers.
pub(super) struct Random {
    state: [u64; 4],
}

impl Random {
    /// The stream of one room of the sample. Each room has its own, so that a change in one does
    /// not move the mail of another.
    pub(super) fn of(seed: u64, room: &str) -> Self {
        // FNV-1a, 64 bits, over the name of the room.
        let mut name = 0xcbf2_9ce4_8422_2325_u64;
        for byte in room.bytes() {
            name = (name ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let mut split = seed ^ name;
        let mut word = || {
            split = split.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = split;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        Random {
            state: [word(), word(), word(), word()],
        }
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// A whole number in `0..count`; 0 when `count` is 0. The bias of the multiplication method is
    /// below one in 2^32 for every count used here.
    pub(super) fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(count)) >> 64) as u64
    }

    /// A whole number in `low..=high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low).max(0) as u64 + 1) as i64
    }

    /// A number in `0.0..1.0`.
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True in this share of all cases.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// One of the choices. The tables are never empty.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }

    /// Puts the choices in another order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, choices: &mut [T]) {
        for place in (1..choices.len()).rev() {
            let other = self.below(place as u64 + 1) as usize;
            choices.swap(place, other);
        }
    }

    /// A waiting time with this mean: the sum of two uniform numbers, so between nothing and
    /// twice the mean.
    pub(super) fn wait(&mut self, mean: f64) -> f64 {
        mean * (self.share() + self.share())
    }

    /// Letters and figures, as servers put them into identifiers.
    pub(super) fn token(&mut self, length: usize) -> String {
        const SIGNS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyzA";
        (0..length).map(|_| char::from(self.pick(SIGNS))).collect()
    }
}
