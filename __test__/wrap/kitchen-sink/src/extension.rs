//! `extension`.

pub trait Vowels {
    fn vowels(&self) -> usize;
}

impl Vowels for str {
    fn vowels(&self) -> usize {
        self.chars().filter(|letter| "aeiou".contains(*letter)).count()
    }
}
