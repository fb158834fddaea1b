#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| ferrule_fuzz::check("tl_query_header", data));
