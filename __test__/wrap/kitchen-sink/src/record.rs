//! `record`, `value-method`.

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub fn distance(&self, other: &Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

pub fn mirrored(point: Point) -> Point {
    Point { x: -point.x, y: -point.y }
}

pub fn farthest(points: &[Point]) -> Option<Point> {
    points.iter().copied().max_by(|a, b| a.x.hypot(a.y).total_cmp(&b.x.hypot(b.y)))
}

pub async fn mirrored_later(point: Point) -> Point {
    mirrored(point)
}
