//! What crosses, laid out as C does.

use std::ffi::c_char;

/// Bytes of `ferrule_proc_stats.comm`, with the zero at its end.
pub const FERRULE_COMM_SIZE: usize = 256;

/// Bytes of `ferrule_tl_header_parse_result.error`, with the zero at its end.
pub const FERRULE_TL_ERROR_SIZE: usize = 192;

/// Who a process is. Zero in a field: not known.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessId {
    /// The IPv4 address as a number: 127.0.0.1 is 0x7f000001.
    pub ip: u32,
    /// The port: its low 16 bits, read as signed.
    pub port: i16,
    /// The low 16 bits of the process's number.
    pub pid: u16,
    /// When it began: seconds since 1970.
    pub utime: i32,
}

/// What the processor says of itself: leaf 1 of CPUID, of which eax is left out.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cpuid {
    /// FERRULE_CPUID_MAGIC once it is filled in.
    pub magic: i32,
    /// ebx, bit by bit.
    pub ebx: i32,
    /// ecx, bit by bit: bit 1 PCLMULQDQ, bit 20 SSE4.2.
    pub ecx: i32,
    /// edx, bit by bit.
    pub edx: i32,
}

/// Where skipping ended.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CfgScanResult {
    /// Bytes skipped.
    pub advance: usize,
    /// The line number behind them.
    pub line_no: i32,
    /// The next byte, 0 to 255; 0 at the end.
    pub ch: i32,
}

/// An integer, and how long it is written.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CfgIntResult {
    /// Its value, or what stands for none.
    pub value: i64,
    /// Bytes of sign and digits, without the blanks before them; 0: there is none.
    pub consumed: usize,
}

/// What a header is, or what is wrong with it.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TlHeaderParseResult {
    /// 0: a header was read. -1: the packet is bad, and of the fields below only errnum, error_len and error are set.
    pub status: i32,
    /// Bytes of the header: a multiple of 4, at least 12.
    pub consumed: i32,
    /// The operation; of an answer that has an error inside a result, RPC_REQ_ERROR_WRAPPED.
    pub op: i32,
    /// The operation as it was sent.
    pub real_op: i32,
    /// Always 0: no flag is known.
    pub flags: i32,
    /// The query's number.
    pub qid: i64,
    /// The actor a query is for: the last one named, or 0.
    pub actor_id: i64,
    /// 0 or -1002.
    pub errnum: i32,
    /// Bytes of the error's text, without the zero behind it.
    pub error_len: i32,
    /// What is wrong, with a zero behind it.
    pub error: [c_char; FERRULE_TL_ERROR_SIZE],
}

/// The first 42 fields of /proc/PID/stat by their names in proc(5).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "proc(5) has them")]
pub struct ProcStats {
    pub pid: i32,
    /// With the parentheses around it, up to 255 bytes, zeros behind.
    pub comm: [c_char; FERRULE_COMM_SIZE],
    /// A letter.
    pub state: i8,
    pub ppid: i32,
    pub pgrp: i32,
    pub session: i32,
    pub tty_nr: i32,
    pub tpgid: i32,
    pub flags: u64,
    pub minflt: u64,
    pub cminflt: u64,
    pub majflt: u64,
    pub cmajflt: u64,
    pub utime: u64,
    pub stime: u64,
    pub cutime: i64,
    pub cstime: i64,
    pub priority: i64,
    pub nice: i64,
    pub num_threads: i64,
    pub itrealvalue: i64,
    pub starttime: u64,
    pub vsize: u64,
    pub rss: i64,
    pub rlim: u64,
    pub startcode: u64,
    pub endcode: u64,
    pub startstack: u64,
    pub kstkesp: u64,
    pub kstkeip: u64,
    pub signal: u64,
    pub blocked: u64,
    pub sigignore: u64,
    pub sigcatch: u64,
    pub wchan: u64,
    pub nswap: u64,
    pub cnswap: u64,
    pub exit_signal: i32,
    pub processor: i32,
    pub rt_priority: u64,
    pub policy: u64,
    pub delayacct_blkio_ticks: u64,
}

/// The system's memory in bytes, of /proc/meminfo.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeminfoSummary {
    /// MemFree.
    pub mem_free: i64,
    /// Cached.
    pub mem_cached: i64,
    /// SwapTotal.
    pub swap_total: i64,
    /// SwapFree.
    pub swap_free: i64,
    /// What was found: 1 MemFree, 2 SwapTotal, 4 SwapFree, 8 Cached. Always all of them.
    pub found_mask: i32,
}

/// Queues between threads, and jobs: which operations are promised, and which are there.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConcurrencyBoundary {
    /// 1.
    pub boundary_version: u32,
    /// From bit 0: push, pop, is-empty, push and wait, pop and wait, pop without waiting.
    pub mpq_contract_ops: u32,
    /// The same.
    pub mpq_implemented_ops: u32,
    /// From bit 0: create, schedule, signal, retain, release, run those pending of the main thread, notify of creation.
    pub jobs_contract_ops: u32,
    /// The same.
    pub jobs_implemented_ops: u32,
}

/// Events, timers and buffers: which operations are promised, and which are there.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NetworkBoundary {
    /// 1.
    pub boundary_version: u32,
    /// From bit 0: ferrule_net_epoll_conv_flags, ferrule_net_epoll_unconv_flags.
    pub net_events_contract_ops: u32,
    /// The same.
    pub net_events_implemented_ops: u32,
    /// From bit 0: ferrule_net_timers_wait_msec.
    pub net_timers_contract_ops: u32,
    /// The same.
    pub net_timers_implemented_ops: u32,
    /// From bit 0: ferrule_msg_buffers_pick_size_index.
    pub net_msg_buffers_contract_ops: u32,
    /// The same.
    pub net_msg_buffers_implemented_ops: u32,
}
