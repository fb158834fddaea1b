//! Files that stay open between reads.
//!
//! Opening and closing a file below `/proc` takes longer than reading it, and who asks for one tends to ask again. A file of a process
//! belongs to that very process, not to its number: when it has ended, reading gives `ESRCH`, and the file is opened anew, which finds
//! whoever has the number then, or nobody. proc(5) makes each text anew for a read from its beginning (`seq_read` in the kernel's
//! `fs/seq_file.c`).

use std::{cell::RefCell, fs::File, io, os::unix::fs::FileExt};

use super::read::Place;

/// Files a thread keeps open.
const MOST: usize = 64;
/// Larger than any text that is read here; a larger one is read in pieces.
const ROOM: usize = 8192;

struct Kept {
    /// The one used last stands last.
    files: Vec<(Place, File)>,
    room: Box<[u8; ROOM]>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::new(Kept { files: Vec::with_capacity(MOST), room: Box::new([0; ROOM]) });
}

/// What `take` makes of the text at a place.
pub(super) fn read<T>(place: Place, take: impl FnOnce(&[u8]) -> T) -> io::Result<T> {
    KEPT.with_borrow_mut(|Kept { files, room }| {
        if let Some(at) = files.iter().rposition(|(kept, _)| *kept == place) {
            files[at..].rotate_left(1);
            if let Some((_, file)) = files.last()
                && let Ok(length) = file.read_at(&mut room[..], 0)
                && length > 0
            {
                return whole(file, room, length, take);
            }
            files.pop();
        }
        let file = match File::open(place.path()) {
            // There may be room for more files once ours are closed.
            Err(error)
                if !files.is_empty() && error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error()) =>
            {
                files.clear();
                File::open(place.path())?
            }
            opened => opened?,
        };
        let length = file.read_at(&mut room[..], 0)?;
        let taken = whole(&file, room, length, take);
        if taken.is_ok() {
            if files.len() == MOST {
                files.remove(0);
            }
            files.push((place, file));
        }
        taken
    })
}

/// The text of which the first `length` bytes are read. It ends with a line's end: one that does not, or that fills the room, may have
/// more behind it.
fn whole<T>(file: &File, room: &mut [u8; ROOM], length: usize, take: impl FnOnce(&[u8]) -> T) -> io::Result<T> {
    let text = &room[..length];
    if length < ROOM && text.ends_with(b"\n") {
        return Ok(take(text));
    }
    let mut text = text.to_vec();
    loop {
        match file.read_at(&mut room[..], text.len() as u64)? {
            0 => return Ok(take(&text)),
            more => text.extend_from_slice(&room[..more]),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    fn kept() -> Vec<Place> {
        KEPT.with_borrow(|kept| kept.files.iter().map(|(place, _)| *place).collect())
    }

    #[test]
    fn a_text_that_is_longer_than_the_room_is_read_whole() {
        let path = std::env::temp_dir().join(format!("ferrule-sys-kept-{}", std::process::id()));
        let text: Vec<u8> = (0..3 * ROOM + 5).map(|index| b'a' + (index % 26) as u8).collect();
        for length in [0, 1, ROOM - 1, ROOM, ROOM + 1, text.len()] {
            std::fs::write(&path, &text[..length]).unwrap();
            let file = File::open(&path).unwrap();
            let mut room = [0; ROOM];
            let first = file.read_at(&mut room, 0).unwrap();
            assert_eq!(whole(&file, &mut room, first, <[u8]>::to_vec).unwrap(), &text[..length]);
        }
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn those_used_last_are_kept_and_a_process_that_ended_is_not_found() {
        let mut child = Command::new("sleep").arg("60").stdout(Stdio::null()).spawn().unwrap();
        let place = Place::Stat(child.id());
        let text = |place| read(place, <[u8]>::to_vec);
        assert!(text(place).unwrap().ends_with(b"\n"));
        assert_eq!(kept(), [place]);
        assert!(text(place).is_ok());
        child.kill().unwrap();
        child.wait().unwrap();
        let error = text(place).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert_eq!(kept(), []);

        let own = std::process::id();
        let places = [Place::Meminfo, Place::Stat(own), Place::Statm(own), Place::Thread(own, own)];
        for place in places {
            assert!(text(place).is_ok());
        }
        assert!(text(Place::Meminfo).is_ok());
        assert_eq!(kept(), [places[1], places[2], places[3], places[0]]);
        KEPT.with_borrow_mut(|kept| {
            let file = || File::open("/proc/self/stat").unwrap();
            kept.files.extend((0..MOST as u32 - 4).map(|pid| (Place::Statm(pid), file())));
        });
        assert!(text(Place::Stat(1)).is_ok());
        let now = kept();
        assert_eq!((now.len(), now[0], now[MOST - 1]), (MOST, places[2], Place::Stat(1)));
    }
}
