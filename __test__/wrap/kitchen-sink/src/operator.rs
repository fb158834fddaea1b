//! `operator`: each of them.
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Rem, Shl, Shr, Sub};

#[derive(Debug, Clone, Copy)]
pub struct Amount {
    value: i32,
}

impl Amount {
    pub fn of(value: i32) -> Self {
        Self { value }
    }

    pub fn value(&self) -> i32 {
        self.value
    }
}

impl Neg for Amount {
    type Output = Amount;

    fn neg(self) -> Amount {
        Self::of(-self.value)
    }
}

impl Not for Amount {
    type Output = bool;

    fn not(self) -> bool {
        self.value == 0
    }
}

impl Add for Amount {
    type Output = Amount;

    fn add(self, other: Amount) -> Amount {
        Self::of(self.value + other.value)
    }
}

impl Sub for Amount {
    type Output = Amount;

    fn sub(self, other: Amount) -> Amount {
        Self::of(self.value - other.value)
    }
}

impl Mul for Amount {
    type Output = Amount;

    fn mul(self, other: Amount) -> Amount {
        Self::of(self.value * other.value)
    }
}

impl Div for Amount {
    type Output = Amount;

    fn div(self, other: Amount) -> Amount {
        Self::of(self.value / other.value)
    }
}

impl Rem for Amount {
    type Output = Amount;

    fn rem(self, other: Amount) -> Amount {
        Self::of(self.value % other.value)
    }
}

impl BitAnd for Amount {
    type Output = Amount;

    fn bitand(self, other: Amount) -> Amount {
        Self::of(self.value & other.value)
    }
}

impl BitOr for Amount {
    type Output = Amount;

    fn bitor(self, other: Amount) -> Amount {
        Self::of(self.value | other.value)
    }
}

impl BitXor for Amount {
    type Output = Amount;

    fn bitxor(self, other: Amount) -> Amount {
        Self::of(self.value ^ other.value)
    }
}

impl Shl for Amount {
    type Output = Amount;

    fn shl(self, other: Amount) -> Amount {
        Self::of(self.value << other.value)
    }
}

impl Shr for Amount {
    type Output = Amount;

    fn shr(self, other: Amount) -> Amount {
        Self::of(self.value >> other.value)
    }
}

impl Sub<i32> for Amount {
    type Output = Amount;

    fn sub(self, other: i32) -> Amount {
        Self::of(self.value - other)
    }
}
