//! `choice`.

pub trait Vessel {
    fn volume(&self) -> u32;
}

pub struct Cup {
    volume: u32,
}

pub struct Bowl {
    volume: u32,
}

impl Cup {
    pub fn of(volume: u32) -> Self {
        Self { volume }
    }
}

impl Bowl {
    pub fn of(volume: u32) -> Self {
        Self { volume }
    }
}

impl Vessel for Cup {
    fn volume(&self) -> u32 {
        self.volume
    }
}

impl Vessel for Bowl {
    fn volume(&self) -> u32 {
        self.volume * 10
    }
}

pub fn measured<V: Vessel>(vessel: &V, times: u32) -> u32 {
    vessel.volume() * times
}
