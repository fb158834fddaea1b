//! `enum`: without data, with data, open.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weekday {
    Monday,
    Tuesday,
    Sunday,
}

impl Weekday {
    pub fn next(self) -> Self {
        match self {
            Self::Monday => Self::Tuesday,
            Self::Tuesday => Self::Sunday,
            Self::Sunday => Self::Monday,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Empty,
    Circle { radius: f64 },
    Rectangle(f64, f64),
}

#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Low,
    High,
}

pub fn area(shape: &Shape) -> f64 {
    match shape {
        Shape::Empty => 0.0,
        Shape::Circle { radius } => radius * radius * std::f64::consts::PI,
        Shape::Rectangle(width, height) => width * height,
    }
}

pub fn square(side: f64) -> Shape {
    Shape::Rectangle(side, side)
}

pub fn level(value: u8) -> Level {
    if value < 128 {
        Level::Low
    } else {
        Level::High
    }
}

pub async fn square_later(side: f64) -> Shape {
    square(side)
}
