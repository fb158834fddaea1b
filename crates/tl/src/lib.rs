//! The wire format of TL ("type language"), as RPC systems speak it: headers of queries and answers, and the primitive types.
//!
//! Everything is little-endian and a multiple of four bytes long. Nothing here needs its input aligned, keeps any of it, or takes
//! memory by a length that the input merely claims.
//!
//! # Use
//! ```
//! use ferrule_tl::{Limits, Reader, Writer, parse_query_header, wire};
//!
//! let mut writer = Writer::new();
//! writer.int(wire::RPC_INVOKE_REQ).long(7).int(wire::TL_ENGINE_NOP);
//! let header = parse_query_header(writer.as_bytes())?;
//! assert_eq!((header.qid, header.consumed), (7, 12));
//!
//! let mut writer = Writer::new();
//! writer.string(b"text")?;
//! let mut reader = Reader::new(writer.as_bytes(), Limits::default());
//! assert_eq!(reader.string()?, b"text");
//! reader.end()?;
//! # Ok::<(), ferrule_tl::Error>(())
//! ```
//!
//! # Errors
//! One type, [`Error`], with the code that the RPC systems know it by ([`Error::number`]) and their text.
#![forbid(unsafe_code)]

mod error;
mod header;
mod header_words;
mod reader;
mod shape;
mod shaped;
pub mod wire;
mod writer;

pub use error::Error;
pub use header::{AnswerHeader, QueryHeader, parse_answer_header, parse_query_header};
pub use header_words::{HeaderWords, answer_header_words, header_fault, query_header_words};
pub use reader::{Limits, Reader};
pub use shape::MAX_DEPTH;
pub use shaped::{encode, places};
pub use writer::Writer;
