use ferrule_node::System;
pub(crate) fn register(_: &mut System) {}
