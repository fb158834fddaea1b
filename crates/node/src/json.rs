//! Values of `serde` at the boundary: JSON text crosses, since V8 makes an object of a text faster than Node-API does property by
//! property.
//!
//! JSON has one kind of number and JavaScript reads it as a double: an integer that a double does not have is refused on its
//! way out, never rounded. Both ways a value has at most [`DEEPEST`] levels.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use ferrule_core::error::{BoundaryError, code};
use serde::{Serialize, de::DeserializeOwned};
pub use serde_json::Value;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};

use crate::{
    async_export::Lending,
    convert::{AsyncParam, IntoJs, Param},
    failure::{Failure, Refusal},
    js::Raw,
    scope::Scope,
};

/// Levels of arrays and objects: what `serde_json` reads.
const DEEPEST: usize = 127;

/// The largest integer that a double has with all its neighbours.
const SAFE: u64 = (1 << 53) - 1;

/// A value as JSON text.
pub struct Json(String);

impl Json {
    /// What the value's `Serialize` says.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, BoundaryError> {
        let mut bytes = Vec::new();
        let mut place = Place::default();
        let written = value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Checked(&mut place)));
        match written {
            Ok(()) => Ok(Self(String::from_utf8(bytes).expect("JSON is written as UTF-8"))),
            Err(error) => Err(place.error(&error)),
        }
    }

    /// What the type's `Deserialize` makes of it.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, BoundaryError> {
        let mut reader = serde_json::Deserializer::from_str(&self.0);
        serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let path = error.path().to_string();
            let said = error.inner().to_string();
            // Where it is in a text that nobody has seen helps nobody.
            let said = said.rsplit_once(" at line ").map_or(&*said, |(before, _)| before);
            let message = if path == "." { said.to_owned() } else { format!("at {path}: {said}") };
            BoundaryError::new(code::INVALID_ARG_TYPE, message).with("path", path)
        })
    }
}

impl IntoJs for Json {
    fn type_name(out: &mut String) {
        out.push_str("json");
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        self.0.into_js(scope)
    }
}

impl Param for Json {
    type Gathered = Raw;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("json");
    }

    fn gather(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        String::gather(scope, value)
    }

    fn gather_element(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        String::gather_element(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(Self, ()), Box<Refusal>> {
        // SAFETY: the caller's promise is passed on; a `String` owns its text.
        unsafe { String::convert(scope, gathered) }.map(|(text, ())| (Self(text), ()))
    }
}

impl AsyncParam for Json {
    type Owned = Self;

    fn own(scope: &Scope, gathered: &Raw, lending: &mut Lending) -> Result<Self, Box<Refusal>> {
        String::own(scope, gathered, lending).map(Self)
    }

    fn lend(owned: &mut Self) -> Self {
        Self(std::mem::take(&mut owned.0))
    }
}

enum Step {
    Index(usize),
    Key(String),
}

/// Where the writer is, and what stopped it there.
#[derive(Default)]
struct Place {
    steps: Vec<Step>,
    /// A key is being written: numbers in it are text.
    in_key: bool,
    fault: Option<String>,
}

impl Place {
    fn error(self, error: &serde_json::Error) -> BoundaryError {
        let mut path = String::new();
        for step in &self.steps {
            // Writing to a string cannot fail.
            let _ = match step {
                Step::Index(index) => write!(path, "[{index}]"),
                Step::Key(key) => write!(path, "{}{key}", if path.is_empty() { "" } else { "." }),
            };
        }
        let (code, said) = match self.fault {
            Some(fault) => (code::OUT_OF_RANGE, fault),
            None => (code::UNSUPPORTED, error.to_string()),
        };
        let message = if path.is_empty() { said } else { format!("at {path}: {said}") };
        BoundaryError::new(code, message).with("path", path)
    }

    fn stop(&mut self, fault: String) -> io::Error {
        self.fault = Some(fault);
        io::Error::other("stopped")
    }

    fn enter(&mut self, step: Step) -> io::Result<()> {
        if self.steps.len() == DEEPEST {
            return Err(self.stop(format!("more than {DEEPEST} levels of arrays and objects")));
        }
        self.steps.push(step);
        Ok(())
    }

    fn check(&mut self, number: impl std::fmt::Display, is_safe: bool) -> io::Result<()> {
        if is_safe || self.in_key {
            return Ok(());
        }
        Err(self.stop(format!("the integer {number} is beyond ±(2^53 - 1), which no number of JavaScript holds")))
    }
}

/// Writes compact JSON and looks at what it writes.
struct Checked<'place>(&'place mut Place);

/// The plain writer's way for a number, once it is known to be safe.
macro_rules! numbers {
    ($($name:ident $type:ty;)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, writer: &mut W, value: $type) -> io::Result<()> {
            let is_safe = u64::try_from(value.unsigned_abs_()).is_ok_and(|size| size <= SAFE);
            self.0.check(value, is_safe)?;
            CompactFormatter.$name(writer, value)
        }
    )*};
}

/// The size of a number, signed or not.
trait Size {
    type Unsigned;
    fn unsigned_abs_(self) -> Self::Unsigned;
}

macro_rules! sizes {
    ($($type:ty => $unsigned:ty, $size:expr;)*) => {$(
        impl Size for $type {
            type Unsigned = $unsigned;
            fn unsigned_abs_(self) -> $unsigned {
                $size(self)
            }
        }
    )*};
}

sizes! {
    i64 => u64, i64::unsigned_abs;
    u64 => u64, std::convert::identity;
    i128 => u128, i128::unsigned_abs;
    u128 => u128, std::convert::identity;
}

impl Formatter for Checked<'_> {
    numbers! {
        write_i64 i64;
        write_u64 u64;
        write_i128 i128;
        write_u128 u128;
    }

    /// A number of any precision: as it is written.
    fn write_number_str<W: ?Sized + Write>(&mut self, writer: &mut W, value: &str) -> io::Result<()> {
        let digits = value.trim_start_matches('-');
        let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_safe = !is_integer || digits.parse::<u64>().is_ok_and(|size| size <= SAFE);
        self.0.check(value, is_safe)?;
        CompactFormatter.write_number_str(writer, value)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if self.0.in_key
            && let Some(Step::Key(key)) = self.0.steps.last_mut()
        {
            key.push_str(fragment);
        }
        CompactFormatter.write_string_fragment(writer, fragment)
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        CompactFormatter.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.enter(Step::Index(0))?;
        CompactFormatter.begin_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if let (false, Some(Step::Index(index))) = (first, self.0.steps.last_mut()) {
            *index += 1;
        }
        CompactFormatter.begin_array_value(writer, first)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.steps.pop();
        CompactFormatter.end_array(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.enter(Step::Key(String::new()))?;
        CompactFormatter.begin_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if let Some(Step::Key(key)) = self.0.steps.last_mut() {
            key.clear();
        }
        self.0.in_key = true;
        CompactFormatter.begin_object_key(writer, first)
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.0.in_key = false;
        Ok(())
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.steps.pop();
        CompactFormatter.end_object(writer)
    }
}
