//! Checksums by a table, a byte at a time: slow, short, and what the fast ones are compared with.

/// A table of what each byte does to a register whose polynomial is reflected.
pub(crate) const fn table(polynomial: u64) -> [u64; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut register = byte as u64;
        let mut bit = 0;
        while bit < 8 {
            register = (register >> 1) ^ (polynomial * (register & 1));
            bit += 1;
        }
        table[byte] = register;
        byte += 1;
    }
    table
}

/// Moves a register over bytes.
pub(crate) fn partial(table: &[u64; 256], bytes: &[u8], register: u64) -> u64 {
    bytes.iter().fold(register, |register, byte| (register >> 8) ^ table[usize::from(register as u8 ^ byte)])
}
