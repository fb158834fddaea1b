//! Types that are a handful of bytes and are read as text: identifiers, addresses, bits.

use std::{
    fmt::Write as _,
    net::{Ipv4Addr, Ipv6Addr},
};

pub(super) fn write_uuid(value: [u8; 16], out: &mut String) {
    for (place, byte) in value.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        let _ = write!(out, "{byte:02x}");
    }
}

/// Family, bits of the mask, whether it is a network, count of bytes, the bytes.
pub(super) fn write_address(value: &[u8], out: &mut String) -> Result<(), String> {
    let unknown = || "the server sent an address of an unknown family".to_owned();
    let [_, bits, is_network, _, address @ ..] = value else { return Err(unknown()) };
    let all = if let Ok(four) = <[u8; 4]>::try_from(address) {
        let _ = write!(out, "{}", Ipv4Addr::from(four));
        32
    } else if let Ok(sixteen) = <[u8; 16]>::try_from(address) {
        let _ = write!(out, "{}", Ipv6Addr::from(sixteen));
        128
    } else {
        return Err(unknown());
    };
    if *is_network != 0 || *bits != all {
        let _ = write!(out, "/{bits}");
    }
    Ok(())
}

pub(super) fn write_hardware_address(value: &[u8], out: &mut String) {
    for (place, byte) in value.iter().enumerate() {
        let _ = write!(out, "{}{byte:02x}", if place == 0 { "" } else { ":" });
    }
}

/// Count of bits; then the bits, the first one highest.
pub(super) fn write_bits(value: &[u8], out: &mut String) -> Result<(), String> {
    let Some((count, bytes)) = value.split_first_chunk::<4>() else {
        return Err("the server sent bits without their number".to_owned());
    };
    let count = u32::from_be_bytes(*count) as usize;
    out.extend(
        bytes
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |bit| if byte >> bit & 1 == 1 { '1' } else { '0' }))
            .take(count),
    );
    Ok(())
}
