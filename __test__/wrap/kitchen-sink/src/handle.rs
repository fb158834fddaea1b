//! `handle`: lent, lent alone, copied, used up.

/// Has copies.
#[derive(Debug, Clone)]
pub struct Jar {
    grams: u32,
}

impl Jar {
    pub fn of(grams: u32) -> Self {
        Self { grams }
    }

    pub fn grams(&self) -> u32 {
        self.grams
    }

    pub fn pour(&mut self, into: &mut Jar) {
        into.grams += std::mem::take(&mut self.grams);
    }

    pub fn joined(self, other: Jar) -> Jar {
        Jar { grams: self.grams + other.grams }
    }

    /// Waits in a task, so that other calls come while it holds the object.
    pub async fn grams_later(&self) -> u32 {
        self.grams
    }
}

/// Has none: by value it is used up.
pub struct Token {
    number: u32,
}

impl Token {
    pub fn of(number: u32) -> Self {
        Self { number }
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    pub fn spend(self) -> u32 {
        self.number
    }
}

pub fn heaviest<'a>(first: &'a Jar, second: Option<&'a Jar>) -> &'a Jar {
    match second {
        Some(second) if second.grams > first.grams => second,
        _ => first,
    }
}

pub fn grams_of_all(jars: &[Jar]) -> u32 {
    jars.iter().map(|jar| jar.grams).sum()
}

pub fn spend_both(first: Token, second: Token) -> u32 {
    first.number + second.number
}
