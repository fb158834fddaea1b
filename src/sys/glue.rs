//! The glue of sys: ferrule-sys 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @enum Match
::ferrule_node::string_enum! {
    pub(crate) enum Match { No = "no", Special = "special", Same = "exact" }
}

impl Match {
    fn from_rust(
        value: &::ferrule_sys::Match,
    ) -> ::std::result::Result<Self, ::ferrule_node::core::error::BoundaryError> {
        match value {
            ::ferrule_sys::Match::No => ::std::result::Result::Ok(Self::No),
            ::ferrule_sys::Match::Special => ::std::result::Result::Ok(Self::Special),
            ::ferrule_sys::Match::Same => ::std::result::Result::Ok(Self::Same),
        }
    }
}

// @enum ClockName
::ferrule_node::string_enum! {
    pub(crate) enum ClockName { Realtime = "realtime", Monotonic = "monotonic", MonotonicRaw = "monotonicRaw", Boottime = "boottime", ProcessCpu = "processCpu", ThreadCpu = "threadCpu" }
}

impl ClockName {
    fn into_rust(self) -> ::ferrule_sys::SystemClock {
        match self {
            Self::Realtime => ::ferrule_sys::SystemClock::Realtime,
            Self::Monotonic => ::ferrule_sys::SystemClock::Monotonic,
            Self::MonotonicRaw => ::ferrule_sys::SystemClock::MonotonicRaw,
            Self::Boottime => ::ferrule_sys::SystemClock::Boottime,
            Self::ProcessCpu => ::ferrule_sys::SystemClock::ProcessCpu,
            Self::ThreadCpu => ::ferrule_sys::SystemClock::ThreadCpu,
        }
    }
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_SYS", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_SYS", "the value was refused")
}

// @error ::ferrule_sys::Error
fn failed_ferrule_sys_error(error: ::ferrule_sys::Error) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_sys::Error::Unavailable { what, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_SYS_UNAVAILABLE", message),
            "what",
            &what,
        ),
        ::ferrule_sys::Error::NotFound { path, errno, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_SYS_NOT_FOUND", message),
                "path",
                &path,
            ),
            "errno",
            &errno,
        ),
        ::ferrule_sys::Error::Permission { path, errno, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_SYS_PERMISSION", message),
                "path",
                &path,
            ),
            "errno",
            &errno,
        ),
        ::ferrule_sys::Error::Refused { path, errno, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_SYS", message),
                "path",
                &path,
            ),
            "errno",
            &errno,
        ),
        ::ferrule_sys::Error::Malformed { path, field, found, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::core::error::BoundaryError::new("ERR_SYS_MALFORMED", message),
                    "path",
                    &path,
                ),
                "field",
                &field,
            ),
            "found",
            &found,
        ),
        ::ferrule_sys::Error::Inexact { field, found, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
                "field",
                &field,
            ),
            "found",
            &found,
        ),
        ::ferrule_sys::Error::Asked { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message)
        }
        ::ferrule_sys::Error::Sizes { index, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
            "index",
            &index,
        ),
        ::ferrule_sys::Error::Time { seconds, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
            "seconds",
            &seconds,
        ),
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_SYS", message),
    }
}

// @item commonIdentity
fn common_identity(
    ip: u32,
    port: u16,
    pid: u16,
    utime: i32,
) -> ::std::result::Result<::ferrule_node::Packed<[u32; 4]>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::identity_common(ip, port, pid, utime)
        .map_err(failed_ferrule_sys_error)
        .map(|value| ::ferrule_node::Packed(value))
}

// @item clientIdentity
fn client_identity(
    address: u32,
    ip: u32,
    port: u16,
    pid: u16,
    utime: i32,
) -> ::std::result::Result<::ferrule_node::Packed<[u32; 4]>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::identity_client(address, ip, port, pid, utime)
        .map_err(failed_ferrule_sys_error)
        .map(|value| ::ferrule_node::Packed(value))
}

// @item serverIdentity
fn server_identity(
    address: u32,
    listening: u16,
    ip: u32,
    port: u16,
    pid: u16,
    utime: i32,
) -> ::std::result::Result<::ferrule_node::Packed<[u32; 4]>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::identity_server(address, listening, ip, port, pid, utime)
        .map_err(failed_ferrule_sys_error)
        .map(|value| ::ferrule_node::Packed(value))
}

// @item matchIdentity
fn match_identity(
    ip: u32,
    port: u16,
    pid: u16,
    utime: i32,
    other_ip: u32,
    other_port: u16,
    other_pid: u16,
    other_utime: i32,
) -> ::std::result::Result<Match, ::ferrule_node::core::error::BoundaryError> {
    Match::from_rust(&::ferrule_sys::identity_matches(
        ip,
        port,
        pid,
        utime,
        other_ip,
        other_port,
        other_pid,
        other_utime,
    ))
}

// @item isNewer
fn is_newer(
    ip: u32,
    port: u16,
    pid: u16,
    utime: i32,
    other_ip: u32,
    other_port: u16,
    other_pid: u16,
    other_utime: i32,
) -> bool {
    ::ferrule_sys::identity_is_newer(ip, port, pid, utime, other_ip, other_port, other_pid, other_utime)
}

// @item cpuid
fn cpuid() -> ::std::result::Result<::ferrule_node::Packed<[u32; 3]>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::cpuid().map_err(failed_ferrule_sys_error).map(|value| ::ferrule_node::Packed(value))
}

// @item monotonicTime
fn monotonic_time() -> f64 {
    ::ferrule_sys::monotonic_seconds()
}

// @item cachedTime
fn cached_time() -> f64 {
    ::ferrule_sys::cached_seconds()
}

// @item clockTime
fn clock_time(clock: ClockName) -> ::std::result::Result<f64, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::seconds_of(clock.into_rust()).map_err(failed_ferrule_sys_error)
}

// @item preciseTime
fn precise_time(precision: u32) -> ::ferrule_node::BigI64 {
    ::ferrule_node::BigI64(::ferrule_sys::precise_time(precision))
}

// @item lastMonotonicTime
fn last_monotonic_time() -> (f64, ::ferrule_node::BigI64) {
    {
        let (item_0, item_1) = ::ferrule_sys::last_monotonic();
        (item_0, ::ferrule_node::BigI64(item_1))
    }
}

// @item lastPreciseTime
fn last_precise_time() -> (::ferrule_node::BigI64, ::ferrule_node::BigI64) {
    {
        let (item_0, item_1) = ::ferrule_sys::last_precise();
        (::ferrule_node::BigI64(item_0), ::ferrule_node::BigI64(item_1))
    }
}

// @item ticks
fn ticks() -> ::ferrule_node::BigU64 {
    ::ferrule_node::BigU64(::ferrule_sys::ticks())
}

// @item toEpoll
fn to_epoll(events: i32) -> u32 {
    ::ferrule_sys::to_epoll(events)
}

// @item fromEpoll
fn from_epoll(told: u32) -> i32 {
    ::ferrule_sys::from_epoll(told)
}

// @item waitMilliseconds
fn wait_milliseconds(wakeup: f64, now: f64) -> i32 {
    ::ferrule_sys::wait_milliseconds(wakeup, now)
}

// @item pickSize
fn pick_size(
    sizes: ::std::vec::Vec<i32>,
    hint: i32,
) -> ::std::result::Result<u32, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::pick_size_of(&sizes, hint).map_err(failed_ferrule_sys_error)
}

// @item logPrefix
fn log_prefix(
    pid: i32,
    year: i32,
    month: i32,
    day: i32,
    hour: i32,
    minute: i32,
    second: i32,
    microsecond: i32,
) -> ::std::string::String {
    ::ferrule_sys::log_prefix_of(pid, year, month, day, hour, minute, second, microsecond)
}

// @item parseProcessStat
fn parse_process_stat(
    text: &[u8],
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::stat_cells(text).map_err(failed_ferrule_sys_error).map(|value| ::ferrule_node::Packed(value))
}

// @item readProcessStat
fn read_process_stat(
    pid: u32,
    tid: ::std::option::Option<u32>,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::read_stat_cells(pid, tid)
        .map_err(failed_ferrule_sys_error)
        .map(|value| ::ferrule_node::Packed(value))
}

// @item parseStatm
fn parse_statm(
    text: &[u8],
    fields: u32,
    page_size: i64,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::statm_cells(text, fields, page_size)
        .map_err(failed_ferrule_sys_error)
        .map(|value| ::ferrule_node::Packed(value))
}

// @item readStatm
fn read_statm(
    pid: u32,
    fields: u32,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::read_statm_cells(pid, fields)
        .map_err(failed_ferrule_sys_error)
        .map(|value| ::ferrule_node::Packed(value))
}

// @item parseMeminfo
fn parse_meminfo(
    text: &[u8],
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::meminfo_cells(text).map_err(failed_ferrule_sys_error).map(|value| ::ferrule_node::Packed(value))
}

// @item readMeminfo
fn read_meminfo()
-> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sys::read_meminfo_cells().map_err(failed_ferrule_sys_error).map(|value| ::ferrule_node::Packed(value))
}

// @item pageSize
fn page_size() -> i64 {
    ::ferrule_sys::page_size()
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item commonIdentity
    system.sync("commonIdentity", &["ip", "port", "pid", "utime"], common_identity);
    // @item clientIdentity
    system.sync("clientIdentity", &["address", "ip", "port", "pid", "utime"], client_identity);
    // @item serverIdentity
    system.sync("serverIdentity", &["address", "listening", "ip", "port", "pid", "utime"], server_identity);
    // @item matchIdentity
    system.sync(
        "matchIdentity",
        &["ip", "port", "pid", "utime", "otherIp", "otherPort", "otherPid", "otherUtime"],
        match_identity,
    );
    // @item isNewer
    system.sync("isNewer", &["ip", "port", "pid", "utime", "otherIp", "otherPort", "otherPid", "otherUtime"], is_newer);
    // @item cpuid
    system.sync("cpuid", &[], cpuid);
    // @item monotonicTime
    system.sync("monotonicTime", &[], monotonic_time);
    // @item cachedTime
    system.sync("cachedTime", &[], cached_time);
    // @item clockTime
    system.sync("clockTime", &["clock"], clock_time);
    // @item preciseTime
    system.sync("preciseTime", &["precision"], precise_time);
    // @item lastMonotonicTime
    system.sync("lastMonotonicTime", &[], last_monotonic_time);
    // @item lastPreciseTime
    system.sync("lastPreciseTime", &[], last_precise_time);
    // @item ticks
    system.sync("ticks", &[], ticks);
    // @item toEpoll
    system.sync("toEpoll", &["events"], to_epoll);
    // @item fromEpoll
    system.sync("fromEpoll", &["told"], from_epoll);
    // @item waitMilliseconds
    system.sync("waitMilliseconds", &["wakeup", "now"], wait_milliseconds);
    // @item pickSize
    system.sync("pickSize", &["sizes", "hint"], pick_size);
    // @item logPrefix
    system.sync("logPrefix", &["pid", "year", "month", "day", "hour", "minute", "second", "microsecond"], log_prefix);
    // @item parseProcessStat
    system.sync("parseProcessStat", &["text"], parse_process_stat);
    // @item readProcessStat
    system.sync("readProcessStat", &["pid", "tid"], read_process_stat);
    // @item parseStatm
    system.sync("parseStatm", &["text", "fields", "pageSize"], parse_statm);
    // @item readStatm
    system.sync("readStatm", &["pid", "fields"], read_statm);
    // @item parseMeminfo
    system.sync("parseMeminfo", &["text"], parse_meminfo);
    // @item readMeminfo
    system.sync("readMeminfo", &[], read_meminfo);
    // @item pageSize
    system.sync("pageSize", &[], page_size);
}
