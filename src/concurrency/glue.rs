//! The glue of concurrency: ferrule-concurrency 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class Queue
struct Queue(::ferrule_concurrency::Queue);

impl ::ferrule_node::Object for Queue {
    const NAME: &'static str = "Queue";
}

// @class Job
struct Job(::ferrule_concurrency::Job);

impl ::ferrule_node::Object for Job {
    const NAME: &'static str = "Job";
}

// @class Notifier
struct Notifier(::ferrule_concurrency::Notifier);

impl ::ferrule_node::Object for Notifier {
    const NAME: &'static str = "Notifier";
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_CONCURRENCY", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_CONCURRENCY", "the value was refused")
}

// @error ::ferrule_concurrency::Error
fn failed_ferrule_concurrency_error(error: ::ferrule_concurrency::Error) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_concurrency::Error::Range { name, least, most, found, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
                        "name",
                        &name,
                    ),
                    "least",
                    &least,
                ),
                "most",
                &most,
            ),
            "found",
            &found,
        ),
        ::ferrule_concurrency::Error::Full { items, bytes, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_CONCURRENCY_FULL", message),
                "items",
                &items,
            ),
            "bytes",
            &bytes,
        ),
        ::ferrule_concurrency::Error::TooLarge { bytes, limit, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
                "bytes",
                &bytes,
            ),
            "limit",
            &limit,
        ),
        ::ferrule_concurrency::Error::Closed { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_CONCURRENCY_CLOSED", message)
        }
        ::ferrule_concurrency::Error::Ended { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_CONCURRENCY_ENDED", message)
        }
        ::ferrule_concurrency::Error::Signal { signal, accepted, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
                "signal",
                &signal,
            ),
            "accepted",
            &accepted,
        ),
        ::ferrule_concurrency::Error::NotRetained { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_CONCURRENCY_NOT_RETAINED", message)
        }
        ::ferrule_concurrency::Error::Unknown { what, id, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_CONCURRENCY_UNKNOWN", message),
                "what",
                &what,
            ),
            "id",
            &id,
        ),
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_CONCURRENCY", message),
    }
}

// @item queueId
fn queue_id(this: &Queue) -> u64 {
    <::ferrule_concurrency::Queue>::id(&this.0)
}

// @item queuePush
fn queue_push(this: &Queue, item: &[u8]) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_concurrency::Queue>::push(&this.0, item).map_err(failed_ferrule_concurrency_error)
}

// @item queueRoom
async fn queue_room(
    this: ::ferrule_node::Shared<Queue>,
    length: u64,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_concurrency::Queue>::room(&(*this).0, length).await.map_err(failed_ferrule_concurrency_error)
}

// @item queuePop
fn queue_pop(this: &Queue) -> ::std::option::Option<::ferrule_node::Bytes> {
    <::ferrule_concurrency::Queue>::pop(&this.0).map(|value| ::ferrule_node::Bytes(value))
}

// @item queueReady
async fn queue_ready(this: ::ferrule_node::Shared<Queue>) -> bool {
    <::ferrule_concurrency::Queue>::ready(&(*this).0).await
}

// @item queueIsEmpty
fn queue_is_empty(this: &Queue) -> bool {
    <::ferrule_concurrency::Queue>::is_empty(&this.0)
}

// @item queueLength
fn queue_length(this: &Queue) -> usize {
    <::ferrule_concurrency::Queue>::len(&this.0)
}

// @item queueClose
fn queue_close(this: &Queue) {
    <::ferrule_concurrency::Queue>::close(&this.0)
}

// @item queueIsClosed
fn queue_is_closed(this: &Queue) -> bool {
    <::ferrule_concurrency::Queue>::is_closed(&this.0)
}

// @item queueLeave
fn queue_leave(this: &Queue) {
    <::ferrule_concurrency::Queue>::leave(&this.0)
}

// @item jobId
fn job_id(this: &Job) -> u64 {
    <::ferrule_concurrency::Job>::id(&this.0)
}

// @item jobSchedule
fn job_schedule(this: &Job) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_concurrency::Job>::schedule(&this.0).map_err(failed_ferrule_concurrency_error)
}

// @item jobSignal
fn job_signal(this: &Job, signal: u32) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_concurrency::Job>::signal(&this.0, signal).map_err(failed_ferrule_concurrency_error)
}

// @item jobRetain
fn job_retain(this: &Job) -> ::std::result::Result<u64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_concurrency::Job>::retain(&this.0).map_err(failed_ferrule_concurrency_error)
}

// @item jobRelease
fn job_release(this: &Job) -> ::std::result::Result<u64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_concurrency::Job>::release(&this.0).map_err(failed_ferrule_concurrency_error)
}

// @item jobReferences
fn job_references(this: &Job) -> u64 {
    <::ferrule_concurrency::Job>::references(&this.0)
}

// @item jobReady
async fn job_ready(this: ::ferrule_node::Shared<Job>) -> bool {
    <::ferrule_concurrency::Job>::ready(&(*this).0).await
}

// @item jobTake
fn job_take(this: &Job) -> u32 {
    <::ferrule_concurrency::Job>::take(&this.0)
}

// @item jobOrphan
fn job_orphan(this: &Job) {
    <::ferrule_concurrency::Job>::orphan(&this.0)
}

// @item notifierSubscribe
fn notifier_subscribe(
    this: &Notifier,
    job: &Job,
    signal: u32,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_concurrency::Notifier>::subscribe(&this.0, &job.0, signal).map_err(failed_ferrule_concurrency_error)
}

// @item notifierNotify
fn notifier_notify(this: &Notifier) -> usize {
    <::ferrule_concurrency::Notifier>::notify(&this.0)
}

// @item queueNew
fn queue_new(
    capacity: u32,
    max_bytes: u64,
) -> ::std::result::Result<::ferrule_node::New<Queue>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_concurrency::Queue::new(capacity, max_bytes)
        .map_err(failed_ferrule_concurrency_error)
        .map(|value| ::ferrule_node::New::of(Queue(value)))
}

// @item queueOpen
fn queue_open(
    id: u64,
) -> ::std::result::Result<::ferrule_node::New<Queue>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_concurrency::Queue::open(id)
        .map_err(failed_ferrule_concurrency_error)
        .map(|value| ::ferrule_node::New::of(Queue(value)))
}

// @item jobCreate
fn job_create(
    signals: u32,
) -> ::std::result::Result<::ferrule_node::New<Job>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_concurrency::Job::create(signals)
        .map_err(failed_ferrule_concurrency_error)
        .map(|value| ::ferrule_node::New::of(Job(value)))
}

// @item jobOpen
fn job_open(id: u64) -> ::std::result::Result<::ferrule_node::New<Job>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_concurrency::Job::open(id)
        .map_err(failed_ferrule_concurrency_error)
        .map(|value| ::ferrule_node::New::of(Job(value)))
}

// @item notifierNew
fn notifier_new() -> ::ferrule_node::New<Notifier> {
    ::ferrule_node::New::of(Notifier(::ferrule_concurrency::Notifier::create()))
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item queueId
    system.sync("queueId", &["queue"], queue_id);
    // @item queuePush
    system.sync("queuePush", &["queue", "item"], queue_push);
    // @item queueRoom
    system.future("queueRoom", &["queue", "length"], queue_room);
    // @item queuePop
    system.sync("queuePop", &["queue"], queue_pop);
    // @item queueReady
    system.future("queueReady", &["queue"], queue_ready);
    // @item queueIsEmpty
    system.sync("queueIsEmpty", &["queue"], queue_is_empty);
    // @item queueLength
    system.sync("queueLength", &["queue"], queue_length);
    // @item queueClose
    system.sync("queueClose", &["queue"], queue_close);
    // @item queueIsClosed
    system.sync("queueIsClosed", &["queue"], queue_is_closed);
    // @item queueLeave
    system.sync("queueLeave", &["queue"], queue_leave);
    // @item jobId
    system.sync("jobId", &["job"], job_id);
    // @item jobSchedule
    system.sync("jobSchedule", &["job"], job_schedule);
    // @item jobSignal
    system.sync("jobSignal", &["job", "signal"], job_signal);
    // @item jobRetain
    system.sync("jobRetain", &["job"], job_retain);
    // @item jobRelease
    system.sync("jobRelease", &["job"], job_release);
    // @item jobReferences
    system.sync("jobReferences", &["job"], job_references);
    // @item jobReady
    system.future("jobReady", &["job"], job_ready);
    // @item jobTake
    system.sync("jobTake", &["job"], job_take);
    // @item jobOrphan
    system.sync("jobOrphan", &["job"], job_orphan);
    // @item notifierSubscribe
    system.sync("notifierSubscribe", &["notifier", "job", "signal"], notifier_subscribe);
    // @item notifierNotify
    system.sync("notifierNotify", &["notifier"], notifier_notify);
    // @item queueNew
    system.sync("queueNew", &["capacity", "maxBytes"], queue_new);
    // @item queueOpen
    system.sync("queueOpen", &["id"], queue_open);
    // @item jobCreate
    system.sync("jobCreate", &["signals"], job_create);
    // @item jobOpen
    system.sync("jobOpen", &["id"], job_open);
    // @item notifierNew
    system.sync("notifierNew", &[], notifier_new);
}
