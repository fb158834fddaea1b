//! The glue of fs: ferrule-fs 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class Reader
struct Reader(::ferrule_fs::Reader);

impl ::ferrule_node::Object for Reader {
    const NAME: &'static str = "Reader";
}

// @class Writer
struct Writer(::ferrule_fs::Writer);

impl ::ferrule_node::Object for Writer {
    const NAME: &'static str = "Writer";
}

// @class Walk
struct Walk(::ferrule_fs::Walk);

impl ::ferrule_node::Object for Walk {
    const NAME: &'static str = "Walk";
}

// @class Watch
struct Watch(::ferrule_fs::Watch);

impl ::ferrule_node::Object for Watch {
    const NAME: &'static str = "Watch";
}

// @enum Fsync
::ferrule_node::string_enum! {
    pub(crate) enum Fsync { None = "none", File = "file", Folder = "folder" }
}

impl Fsync {
    fn into_rust(self) -> ::ferrule_fs::Fsync {
        match self {
            Self::None => ::ferrule_fs::Fsync::None,
            Self::File => ::ferrule_fs::Fsync::File,
            Self::Folder => ::ferrule_fs::Fsync::Folder,
        }
    }
}

// @enum Existing
::ferrule_node::string_enum! {
    pub(crate) enum Existing { Replace = "replace", Skip = "skip", Error = "error" }
}

impl Existing {
    fn into_rust(self) -> ::ferrule_fs::Existing {
        match self {
            Self::Replace => ::ferrule_fs::Existing::Replace,
            Self::Skip => ::ferrule_fs::Existing::Skip,
            Self::Error => ::ferrule_fs::Existing::Error,
        }
    }
}

// @enum Kind
::ferrule_node::string_enum! {
    pub(crate) enum Kind { File = "file", Folder = "folder", Link = "link", Other = "other" }
}

impl Kind {
    fn from_rust(
        value: &::ferrule_fs::Kind,
    ) -> ::std::result::Result<Self, ::ferrule_node::core::error::BoundaryError> {
        match value {
            ::ferrule_fs::Kind::File => ::std::result::Result::Ok(Self::File),
            ::ferrule_fs::Kind::Folder => ::std::result::Result::Ok(Self::Folder),
            ::ferrule_fs::Kind::Link => ::std::result::Result::Ok(Self::Link),
            ::ferrule_fs::Kind::Other => ::std::result::Result::Ok(Self::Other),
        }
    }
}

// @enum WalkFlag
::ferrule_node::string_enum! {
    pub(crate) enum WalkFlag { Sorted = "sorted", FollowLinks = "followLinks", IgnoreFiles = "ignoreFiles", CollectErrors = "collectErrors" }
}

impl WalkFlag {
    fn into_rust(self) -> ::ferrule_fs::WalkFlag {
        match self {
            Self::Sorted => ::ferrule_fs::WalkFlag::Sorted,
            Self::FollowLinks => ::ferrule_fs::WalkFlag::FollowLinks,
            Self::IgnoreFiles => ::ferrule_fs::WalkFlag::IgnoreFiles,
            Self::CollectErrors => ::ferrule_fs::WalkFlag::CollectErrors,
        }
    }
}

// @enum HashAlgorithm
::ferrule_node::string_enum! {
    pub(crate) enum HashAlgorithm { Blake3 = "blake3", Sha256 = "sha256", Sha384 = "sha384", Sha512 = "sha512", Sha1 = "sha1", Md5 = "md5" }
}

impl HashAlgorithm {
    fn into_rust(self) -> ::ferrule_fs::HashAlgorithm {
        match self {
            Self::Blake3 => ::ferrule_fs::HashAlgorithm::Blake3,
            Self::Sha256 => ::ferrule_fs::HashAlgorithm::Sha256,
            Self::Sha384 => ::ferrule_fs::HashAlgorithm::Sha384,
            Self::Sha512 => ::ferrule_fs::HashAlgorithm::Sha512,
            Self::Sha1 => ::ferrule_fs::HashAlgorithm::Sha1,
            Self::Md5 => ::ferrule_fs::HashAlgorithm::Md5,
        }
    }
}

// @record Stat
type StatOut = (
    Kind,
    u64,
    u32,
    u64,
    u32,
    u32,
    ::ferrule_node::BigU64,
    ::ferrule_node::BigU64,
    ::ferrule_node::BigI64,
    ::ferrule_node::BigI64,
    ::ferrule_node::BigI64,
    ::std::option::Option<::ferrule_node::BigI64>,
);

fn take_stat(value: &::ferrule_fs::Stat) -> ::std::result::Result<StatOut, ::ferrule_node::core::error::BoundaryError> {
    ::std::result::Result::Ok((
        Kind::from_rust((&value.kind))?,
        value.size,
        value.mode,
        value.links,
        value.uid,
        value.gid,
        ::ferrule_node::BigU64(*(&value.device)),
        ::ferrule_node::BigU64(*(&value.inode)),
        ::ferrule_node::BigI64(*(&value.modified)),
        ::ferrule_node::BigI64(*(&value.accessed)),
        ::ferrule_node::BigI64(*(&value.changed)),
        (&value.born).as_ref().map(|value| ::ferrule_node::BigI64(*value)),
    ))
}

// @record Entries
type EntriesOut = (
    ::std::vec::Vec<::std::string::String>,
    ::ferrule_node::Bytes,
    ::std::vec::Vec<::std::vec::Vec<::std::string::String>>,
    bool,
);

fn take_entries(
    value: &::ferrule_fs::Entries,
) -> ::std::result::Result<EntriesOut, ::ferrule_node::core::error::BoundaryError> {
    ::std::result::Result::Ok((
        (&value.paths).iter().map(|value| ::std::string::ToString::to_string(value)).collect::<::std::vec::Vec<_>>(),
        ::ferrule_node::Bytes((&value.kinds).to_vec()),
        (&value.errors)
            .iter()
            .map(|value| {
                value.iter().map(|value| ::std::string::ToString::to_string(value)).collect::<::std::vec::Vec<_>>()
            })
            .collect::<::std::vec::Vec<_>>(),
        value.ended,
    ))
}

// @record Many
type ManyOut = (
    ::std::vec::Vec<::ferrule_node::Bytes>,
    ::ferrule_node::Bytes,
    ::std::vec::Vec<::std::vec::Vec<::std::string::String>>,
);

fn take_many(value: &::ferrule_fs::Many) -> ::std::result::Result<ManyOut, ::ferrule_node::core::error::BoundaryError> {
    ::std::result::Result::Ok((
        (&value.blocks).iter().map(|value| ::ferrule_node::Bytes(value.to_vec())).collect::<::std::vec::Vec<_>>(),
        ::ferrule_node::Bytes((&value.places).to_vec()),
        (&value.errors)
            .iter()
            .map(|value| {
                value.iter().map(|value| ::std::string::ToString::to_string(value)).collect::<::std::vec::Vec<_>>()
            })
            .collect::<::std::vec::Vec<_>>(),
    ))
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_FS", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_FS", "the value was refused")
}

// @error ::ferrule_fs::Error
fn failed_ferrule_fs_error(error: ::ferrule_fs::Error) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_fs::Error::NotFound { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_NOT_FOUND", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::Exists { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_EXISTS", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::Permission { path, destination, errno, step, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_FS_PERMISSION", message),
                            "path",
                            &path,
                        ),
                        "destination",
                        &destination,
                    ),
                    "errno",
                    &errno,
                ),
                "step",
                &step,
            )
        }
        ::ferrule_fs::Error::IsFolder { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_IS_FOLDER", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::NotFolder { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_NOT_FOLDER", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::NotEmpty { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_NOT_EMPTY", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::NoSpace { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_NO_SPACE", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::TooManyOpen { path, destination, errno, step, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_FS_TOO_MANY_OPEN", message),
                            "path",
                            &path,
                        ),
                        "destination",
                        &destination,
                    ),
                    "errno",
                    &errno,
                ),
                "step",
                &step,
            )
        }
        ::ferrule_fs::Error::CrossDevice { path, destination, errno, step, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_FS_CROSS_DEVICE", message),
                            "path",
                            &path,
                        ),
                        "destination",
                        &destination,
                    ),
                    "errno",
                    &errno,
                ),
                "step",
                &step,
            )
        }
        ::ferrule_fs::Error::Loop { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_LOOP", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::ReadOnly { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_READ_ONLY", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::NameTooLong { path, destination, errno, step, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_FS_NAME_TOO_LONG", message),
                            "path",
                            &path,
                        ),
                        "destination",
                        &destination,
                    ),
                    "errno",
                    &errno,
                ),
                "step",
                &step,
            )
        }
        ::ferrule_fs::Error::Busy { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS_BUSY", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::Other { path, destination, errno, step, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_FS", message),
                        "path",
                        &path,
                    ),
                    "destination",
                    &destination,
                ),
                "errno",
                &errno,
            ),
            "step",
            &step,
        ),
        ::ferrule_fs::Error::InvalidPath { path, reason, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_FS_INVALID_PATH", message),
                "path",
                &path,
            ),
            "reason",
            &reason,
        ),
        ::ferrule_fs::Error::InvalidUtf8 { path, offset, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_FS_INVALID_UTF8", message),
                "path",
                &path,
            ),
            "offset",
            &offset,
        ),
        ::ferrule_fs::Error::TooLarge { path, limit, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_FS_TOO_LARGE", message),
                "path",
                &path,
            ),
            "limit",
            &limit,
        ),
        ::ferrule_fs::Error::Pattern { pattern, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_FS_PATTERN", message),
            "pattern",
            &pattern,
        ),
        ::ferrule_fs::Error::Closed { path, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_STATE", message),
            "path",
            &path,
        ),
        ::ferrule_fs::Error::NoMemory { path, size, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_RESOURCE_EXHAUSTED", message),
                "path",
                &path,
            ),
            "size",
            &size,
        ),
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_FS", message),
    }
}

// @item readerNext
fn reader_next(
    this: &mut Reader,
    max: u32,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Bytes, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_fs::Reader>::next(&mut this.0, max, &|| token.check().map_err(|_| ::std::default::Default::default()))
        .map_err(|error| match token.check() {
            ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
            ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
        })
        .map(|value| ::ferrule_node::Bytes(value))
}

// @item writerWrite
fn writer_write(
    this: &mut Writer,
    data: &[u8],
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_fs::Writer>::write(&mut this.0, data, &|| token.check().map_err(|_| ::std::default::Default::default()))
        .map_err(|error| match token.check() {
            ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
            ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
        })
}

// @item writerFinish
fn writer_finish(
    this: &mut Writer,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_fs::Writer>::finish(&mut this.0, &|| token.check().map_err(|_| ::std::default::Default::default()))
        .map_err(|error| match token.check() {
            ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
            ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
        })
}

// @item walkNext
fn walk_next(
    this: &mut Walk,
    max: u32,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<EntriesOut, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_fs::Walk>::next(&mut this.0, max, &|| token.check().map_err(|_| ::std::default::Default::default()))
        .map_err(|error| match token.check() {
            ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
            ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
        })
        .and_then(|value| take_entries(&value))
}

// @item watchStart
fn watch_start(
    this: &Watch,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_fs::Watch>::start(&this.0, &|| token.check().map_err(|_| ::std::default::Default::default())).map_err(
        |error| match token.check() {
            ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
            ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
        },
    )
}

// @item watchTake
fn watch_take(
    this: &Watch,
) -> ::std::result::Result<
    (::ferrule_node::Bytes, ::std::vec::Vec<::std::string::String>),
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_fs::Watch>::take(&this.0).map_err(failed_ferrule_fs_error).map(|value| {
        let (item_0, item_1) = value;
        (::ferrule_node::Bytes(item_0), item_1)
    })
}

// @item read
fn read(
    path: &str,
    max_bytes: u64,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Bytes, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::read(path, max_bytes, &|| token.check().map_err(|_| ::std::default::Default::default()))
        .map_err(|error| match token.check() {
            ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
            ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
        })
        .map(|value| ::ferrule_node::Bytes(value))
}

// @item readText
fn read_text(
    path: &str,
    max_bytes: u64,
    keep_bom: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::std::string::String, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::read_text(path, max_bytes, keep_bom, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
}

// @item readMany
fn read_many(
    paths: ::std::vec::Vec<&str>,
    concurrency: ::std::option::Option<u32>,
    max_bytes: u64,
    as_text: bool,
    keep_bom: bool,
    collect: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<ManyOut, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::read_many(&paths, concurrency, max_bytes, as_text, keep_bom, collect, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
    .and_then(|value| take_many(&value))
}

// @item writeBytes
fn write_bytes(
    path: &str,
    data: &[u8],
    atomic: bool,
    mode: ::std::option::Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    overwrite: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::write_bytes(path, data, atomic, mode, fsync.into_rust(), create_folders, overwrite, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
}

// @item writeText
fn write_text(
    path: &str,
    data: &str,
    atomic: bool,
    mode: ::std::option::Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    overwrite: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::write_text(path, data, atomic, mode, fsync.into_rust(), create_folders, overwrite, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
}

// @item appendBytes
fn append_bytes(
    path: &str,
    data: &[u8],
    mode: ::std::option::Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::append(path, data, mode, fsync.into_rust(), create_folders, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
}

// @item appendText
fn append_text(
    path: &str,
    data: &str,
    mode: ::std::option::Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::append_text(path, data, mode, fsync.into_rust(), create_folders, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
}

// @item remove
fn remove(
    path: &str,
    recursive: bool,
    missing_ok: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::remove(path, recursive, missing_ok, &|| token.check().map_err(|_| ::std::default::Default::default()))
        .map_err(|error| match token.check() {
            ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
            ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
        })
}

// @item exists
fn exists(
    path: &str,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::exists(path).map_err(failed_ferrule_fs_error)
}

// @item stat
fn stat(
    path: &str,
    follow: bool,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<StatOut, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::stat(path, follow).map_err(failed_ferrule_fs_error).and_then(|value| take_stat(&value))
}

// @item copy
fn copy(
    from: &str,
    to: &str,
    recursive: bool,
    existing: Existing,
    keep_times: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<u64, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::copy(from, to, recursive, existing.into_rust(), keep_times, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
}

// @item move
fn r#move(
    from: &str,
    to: &str,
    existing: Existing,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::rename(from, to, existing.into_rust(), &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
}

// @item makeFolder
fn make_folder(
    path: &str,
    recursive: bool,
    mode: ::std::option::Option<u32>,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::make_folder(path, recursive, mode).map_err(failed_ferrule_fs_error)
}

// @item makeTemporaryFolder
fn make_temporary_folder(
    parent: ::std::option::Option<&str>,
    prefix: &str,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::std::string::String, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::make_temporary_folder(parent, prefix).map_err(failed_ferrule_fs_error)
}

// @item hashFile
fn hash_file(
    path: &str,
    algorithm: HashAlgorithm,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Bytes, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_fs::hash_file(path, algorithm.into_rust(), &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_fs_error(error),
    })
    .map(|value| ::ferrule_node::Bytes(value))
}

// @item readerNew
fn reader_new(path: &str, start: u64, end: ::std::option::Option<u64>) -> ::ferrule_node::New<Reader> {
    ::ferrule_node::New::of(Reader(::ferrule_fs::Reader::new(path, start, end)))
}

// @item writerNew
fn writer_new(
    path: &str,
    atomic: bool,
    mode: ::std::option::Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    overwrite: bool,
) -> ::ferrule_node::New<Writer> {
    ::ferrule_node::New::of(Writer(::ferrule_fs::Writer::new(
        path,
        atomic,
        mode,
        fsync.into_rust(),
        create_folders,
        overwrite,
    )))
}

// @item walkNew
fn walk_new(
    path: &str,
    max_depth: ::std::option::Option<u32>,
    include: ::std::vec::Vec<&str>,
    exclude: ::std::vec::Vec<&str>,
    kinds: u8,
    flags: ::std::vec::Vec<WalkFlag>,
) -> ::ferrule_node::New<Walk> {
    let flags = flags.into_iter().map(|value| value.into_rust()).collect::<::std::vec::Vec<_>>();
    ::ferrule_node::New::of(Walk(::ferrule_fs::Walk::new(path, max_depth, &include, &exclude, kinds, &flags)))
}

// @item watchNew
fn watch_new(
    path: &str,
    recursive: bool,
    debounce: ::std::time::Duration,
    wake: ::ferrule_node::Queued<()>,
) -> ::ferrule_node::New<Watch> {
    ::ferrule_node::New::of(Watch(::ferrule_fs::Watch::new(
        path,
        recursive,
        debounce,
        ::std::boxed::Box::new(move || {
            let _ = (|| -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> { wake.call(()) })();
        }),
    )))
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item readerNext
    system.blocking("readerNext", &["reader", "max"], reader_next);
    // @item writerWrite
    system.blocking("writerWrite", &["writer", "data"], writer_write);
    // @item writerFinish
    system.blocking("writerFinish", &["writer"], writer_finish);
    // @item walkNext
    system.blocking("walkNext", &["walk", "max"], walk_next);
    // @item watchStart
    system.blocking("watchStart", &["watch"], watch_start);
    // @item watchTake
    system.sync("watchTake", &["watch"], watch_take);
    // @item read
    system.blocking("read", &["path", "maxBytes"], read);
    // @item readText
    system.blocking("readText", &["path", "maxBytes", "keepBom"], read_text);
    // @item readMany
    system.blocking("readMany", &["paths", "concurrency", "maxBytes", "asText", "keepBom", "collect"], read_many);
    // @item writeBytes
    system.blocking(
        "writeBytes",
        &["path", "data", "atomic", "mode", "fsync", "createFolders", "overwrite"],
        write_bytes,
    );
    // @item writeText
    system.blocking(
        "writeText",
        &["path", "data", "atomic", "mode", "fsync", "createFolders", "overwrite"],
        write_text,
    );
    // @item appendBytes
    system.blocking("appendBytes", &["path", "data", "mode", "fsync", "createFolders"], append_bytes);
    // @item appendText
    system.blocking("appendText", &["path", "data", "mode", "fsync", "createFolders"], append_text);
    // @item remove
    system.blocking("remove", &["path", "recursive", "missingOk"], remove);
    // @item exists
    system.blocking("exists", &["path"], exists);
    // @item stat
    system.blocking("stat", &["path", "follow"], stat);
    // @item copy
    system.blocking("copy", &["from", "to", "recursive", "existing", "keepTimes"], copy);
    // @item move
    system.blocking("move", &["from", "to", "existing"], r#move);
    // @item makeFolder
    system.blocking("makeFolder", &["path", "recursive", "mode"], make_folder);
    // @item makeTemporaryFolder
    system.blocking("makeTemporaryFolder", &["parent", "prefix"], make_temporary_folder);
    // @item hashFile
    system.blocking("hashFile", &["path", "algorithm"], hash_file);
    // @item readerNew
    system.sync("readerNew", &["path", "start", "end"], reader_new);
    // @item writerNew
    system.sync("writerNew", &["path", "atomic", "mode", "fsync", "createFolders", "overwrite"], writer_new);
    // @item walkNew
    system.sync("walkNew", &["path", "maxDepth", "include", "exclude", "kinds", "flags"], walk_new);
    // @item watchNew
    system.sync("watchNew", &["path", "recursive", "debounce", "wake"], watch_new);
}
