//! Native code is never unmapped: Node unloads an addon when its last environment ends, while a thread that could not be
//! joined may still run its code.

use std::sync::Once;

pub(crate) fn pin_library() {
    static PINNED: Once = Once::new();
    PINNED.call_once(pin);
}

#[cfg(unix)]
fn pin() {
    use std::{ffi::c_void, mem::MaybeUninit};

    let mut info = MaybeUninit::<libc::Dl_info>::uninit();
    // SAFETY: the address lies in this library, so `dladdr` fills `info`; the reopened handle is never closed on purpose.
    unsafe {
        if libc::dladdr((pin as *const ()).cast::<c_void>(), info.as_mut_ptr()) != 0 {
            libc::dlopen(info.assume_init().dli_fname, libc::RTLD_LAZY | libc::RTLD_NOLOAD | libc::RTLD_NODELETE);
        }
    }
}

#[cfg(windows)]
fn pin() {
    use windows_sys::Win32::System::LibraryLoader::{
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_PIN, GetModuleHandleExW,
    };

    let mut module = std::ptr::null_mut();
    // SAFETY: with FROM_ADDRESS the second argument is any address inside this module.
    unsafe {
        GetModuleHandleExW(
            GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
            (pin as *const ()).cast::<u16>(),
            &raw mut module,
        );
    }
}
