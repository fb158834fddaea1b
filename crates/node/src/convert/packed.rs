//! Many small integers in one crossing.

use std::ptr;

use napi_sys as sys;

use super::IntoJs;
use crate::{
    failure::Failure,
    js::{Raw, check},
    scope::Scope,
};

/// A list of `u32`. What fits goes through the copy's scratch array and crosses as its length alone; what does not
/// becomes a new `Uint32Array`. A number therefore means: that many in `boundary.scratch`, to be read before the next call.
pub struct Packed<T: AsRef<[u32]>>(pub T);

impl<T: AsRef<[u32]>> IntoJs for Packed<T> {
    fn type_name(out: &mut String) {
        out.push_str("packed u32[]");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        let numbers = self.0.as_ref();
        if let Some(scratch) = scope.scratch()
            && numbers.len() <= scratch.length
        {
            // SAFETY: the scratch array has `length` elements, is kept alive by its copy, never leaves the package, and
            // JavaScript does not run now.
            unsafe { ptr::copy_nonoverlapping(numbers.as_ptr(), scratch.data, numbers.len()) };
            return (numbers.len() as u32).into_js(scope);
        }
        fresh(scope, numbers)
    }
}

fn fresh(scope: &Scope, numbers: &[u32]) -> Result<Raw, Failure> {
    let (mut data, mut buffer, mut array) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
    // SAFETY: all outputs live on this stack.
    check(unsafe { sys::napi_create_arraybuffer(scope.env(), size_of_val(numbers), &raw mut data, &raw mut buffer) })?;
    if !numbers.is_empty() {
        // SAFETY: the new buffer has exactly this size and nobody else has seen it.
        unsafe { ptr::copy_nonoverlapping(numbers.as_ptr(), data.cast(), numbers.len()) };
    }
    // SAFETY: `buffer` holds `numbers.len()` elements of four bytes.
    check(unsafe {
        sys::napi_create_typedarray(
            scope.env(),
            sys::TypedarrayType::uint32_array,
            numbers.len(),
            buffer,
            0,
            &raw mut array,
        )
    })?;
    Ok(array)
}
