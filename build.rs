//! Link flags Node addons need on each platform, and the one build setting the boundary depends on.

fn main() {
    napi_build::setup();
    // A panic must unwind into the trampoline to become ERR_PANIC; with `abort` it would end the host's process.
    if std::env::var("CARGO_CFG_PANIC").as_deref() == Ok("abort") {
        println!("cargo::error=ferrule needs panic = \"unwind\" in the build profile; found \"abort\"");
    }
}
