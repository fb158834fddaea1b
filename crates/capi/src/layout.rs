//! Where the fields of each structure lie. The header asserts the same, so a C compiler that lays them out otherwise refuses it.

use std::mem::offset_of;

use crate::structs::{
    CfgIntResult, CfgScanResult, ConcurrencyBoundary, Cpuid, MeminfoSummary, NetworkBoundary, ProcStats, ProcessId,
    TlHeaderParseResult,
};

/// A structure's size and the offsets of its fields, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Its name in C.
    pub name: &'static str,
    /// Its name in Rust.
    pub rust_name: &'static str,
    /// Bytes of the whole.
    pub size: usize,
    /// The fields in order, each with its offset.
    pub fields: &'static [(&'static str, usize)],
}

macro_rules! layouts {
    ($($name:literal $type:ident { $($field:ident)* })*) => {
        /// All structures that cross.
        pub const LAYOUTS: &[Layout] = &[$(Layout {
            name: $name,
            rust_name: stringify!($type),
            size: size_of::<$type>(),
            fields: &[$((stringify!($field), offset_of!($type, $field))),*],
        }),*];
        // Naming each field in a pattern: one that is added is added here as well.
        $(const _: fn($type) = |$type { $($field: _),* }| {};)*
    };
}

layouts! {
    "ferrule_process_id" ProcessId { ip port pid utime }
    "ferrule_cpuid" Cpuid { magic ebx ecx edx }
    "ferrule_cfg_scan_result" CfgScanResult { advance line_no ch }
    "ferrule_cfg_int_result" CfgIntResult { value consumed }
    "ferrule_tl_header_parse_result" TlHeaderParseResult {
        status consumed op real_op flags qid actor_id errnum error_len error
    }
    "ferrule_proc_stats" ProcStats {
        pid comm state ppid pgrp session tty_nr tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime priority nice
        num_threads itrealvalue starttime vsize rss rlim startcode endcode startstack kstkesp kstkeip signal blocked sigignore sigcatch
        wchan nswap cnswap exit_signal processor rt_priority policy delayacct_blkio_ticks
    }
    "ferrule_meminfo_summary" MeminfoSummary { mem_free mem_cached swap_total swap_free found_mask }
    "ferrule_concurrency_boundary" ConcurrencyBoundary {
        boundary_version mpq_contract_ops mpq_implemented_ops jobs_contract_ops jobs_implemented_ops
    }
    "ferrule_network_boundary" NetworkBoundary {
        boundary_version net_events_contract_ops net_events_implemented_ops net_timers_contract_ops net_timers_implemented_ops
        net_msg_buffers_contract_ops net_msg_buffers_implemented_ops
    }
}

#[cfg(all(test, target_pointer_width = "64"))]
mod tests {
    use super::*;

    #[test]
    fn structures_are_laid_out_as_hosts_expect() {
        let sizes: Vec<_> = LAYOUTS.iter().map(|layout| layout.size).collect();
        assert_eq!(sizes, [12, 16, 16, 16, 240, 552, 40, 20, 28]);
        let offsets = |name: &str| {
            let layout = LAYOUTS.iter().find(|layout| layout.name == name).unwrap();
            layout.fields.iter().map(|(_, offset)| *offset).collect::<Vec<_>>()
        };
        assert_eq!(offsets("ferrule_process_id"), [0, 4, 6, 8]);
        assert_eq!(offsets("ferrule_cpuid"), [0, 4, 8, 12]);
        assert_eq!(offsets("ferrule_cfg_scan_result"), [0, 8, 12]);
        assert_eq!(offsets("ferrule_cfg_int_result"), [0, 8]);
        assert_eq!(offsets("ferrule_tl_header_parse_result"), [0, 4, 8, 12, 16, 24, 32, 40, 44, 48]);
        assert_eq!(offsets("ferrule_meminfo_summary"), [0, 8, 16, 24, 32]);
        let stat = [0, 4, 260, 264, 268, 272, 276, 280];
        let wide = (0..29).map(|field| 288 + field * 8);
        assert_eq!(
            offsets("ferrule_proc_stats"),
            stat.into_iter().chain(wide).chain([520, 524, 528, 536, 544]).collect::<Vec<_>>()
        );
    }
}
