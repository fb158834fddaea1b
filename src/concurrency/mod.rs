//! The concurrency system: queues and jobs that threads share, over the `ferrule-concurrency` engine.

pub(crate) mod glue;

/// The exports, and the operations of the contract that they are.
pub(crate) fn register(system: &mut ferrule_node::System) {
    glue::register(system);
    system
        .group(
            "queue",
            &[
                ("push", "queuePush"),
                ("pop", "queuePop"),
                ("isEmpty", "queueIsEmpty"),
                ("pushWaiting", "queueRoom"),
                ("popWaiting", "queueReady"),
                ("popNow", "queuePop"),
            ],
        )
        .group(
            "jobs",
            &[
                ("create", "jobCreate"),
                ("schedule", "jobSchedule"),
                ("signal", "jobSignal"),
                ("retain", "jobRetain"),
                ("release", "jobRelease"),
                ("runPending", "jobTake"),
                ("notify", "notifierNotify"),
            ],
        );
}
