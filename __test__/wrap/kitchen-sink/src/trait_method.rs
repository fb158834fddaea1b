//! `trait-method`.

pub trait Surface {
    fn surface(&self) -> f64;

    fn halved(&self) -> f64 {
        self.surface() / 2.0
    }
}

pub struct Tile {
    side: f64,
}

impl Tile {
    pub fn of(side: f64) -> Self {
        Self { side }
    }
}

impl Surface for Tile {
    fn surface(&self) -> f64 {
        self.side * self.side
    }
}
