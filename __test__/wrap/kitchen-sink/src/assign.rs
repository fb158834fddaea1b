//! `assign`: each of them.
use std::ops::{
    AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, ShlAssign, ShrAssign,
    SubAssign,
};

#[derive(Debug)]
pub struct Register {
    value: u32,
}

impl Register {
    pub fn of(value: u32) -> Self {
        Self { value }
    }

    pub fn value(&self) -> u32 {
        self.value
    }
}

impl AddAssign<u32> for Register {
    fn add_assign(&mut self, other: u32) {
        self.value += other;
    }
}

impl SubAssign<u32> for Register {
    fn sub_assign(&mut self, other: u32) {
        self.value -= other;
    }
}

impl MulAssign<u32> for Register {
    fn mul_assign(&mut self, other: u32) {
        self.value *= other;
    }
}

impl DivAssign<u32> for Register {
    fn div_assign(&mut self, other: u32) {
        self.value /= other;
    }
}

impl RemAssign<u32> for Register {
    fn rem_assign(&mut self, other: u32) {
        self.value %= other;
    }
}

impl BitAndAssign<u32> for Register {
    fn bitand_assign(&mut self, other: u32) {
        self.value &= other;
    }
}

impl BitOrAssign<u32> for Register {
    fn bitor_assign(&mut self, other: u32) {
        self.value |= other;
    }
}

impl BitXorAssign<u32> for Register {
    fn bitxor_assign(&mut self, other: u32) {
        self.value ^= other;
    }
}

impl ShlAssign<u32> for Register {
    fn shl_assign(&mut self, other: u32) {
        self.value <<= other;
    }
}

impl ShrAssign<u32> for Register {
    fn shr_assign(&mut self, other: u32) {
        self.value >>= other;
    }
}
