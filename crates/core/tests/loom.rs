//! Every interleaving of the concurrent parts, within loom's bounds:
//! `RUSTFLAGS="--cfg ferrule_loom" cargo test -p ferrule-core --release --test loom --target-dir target/loom`
#![cfg(ferrule_loom)]

use ferrule_core::{callback::Waiters, error::code, gate::Gate, wake::WakeFlag};
use loom::{
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

#[test]
fn nobody_is_inside_a_gate_after_it_closed() {
    loom::model(|| {
        let gate = Arc::new(Gate::new());
        let inside = Arc::new(AtomicBool::new(false));
        let caller = {
            let (gate, inside) = (Arc::clone(&gate), Arc::clone(&inside));
            thread::spawn(move || {
                if let Some(_pass) = gate.enter() {
                    inside.store(true, Ordering::Relaxed);
                    inside.store(false, Ordering::Relaxed);
                }
            })
        };
        gate.close();
        // Relaxed on purpose: the gate itself must order what was done inside before what follows `close`.
        assert!(!inside.load(Ordering::Relaxed));
        assert!(gate.enter().is_none());
        caller.join().unwrap();
        assert!(!inside.load(Ordering::Relaxed));
    });
}

#[test]
fn two_callers_and_a_closer_leave_the_gate_empty() {
    loom::model(|| {
        let gate = Arc::new(Gate::new());
        let passed = Arc::new(AtomicUsize::new(0));
        let callers: Vec<_> = (0..2)
            .map(|_| {
                let (gate, passed) = (Arc::clone(&gate), Arc::clone(&passed));
                thread::spawn(move || {
                    if let Some(_pass) = gate.enter() {
                        passed.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        gate.close();
        let at_close = passed.load(Ordering::Relaxed);
        for caller in callers {
            caller.join().unwrap();
        }
        assert_eq!(passed.load(Ordering::Relaxed), at_close, "nobody passes once close has returned");
    });
}

#[test]
fn no_item_is_left_without_a_wake() {
    loom::model(|| {
        let flag = Arc::new(WakeFlag::new());
        let queue = Arc::new(Mutex::new(0));
        let wakes = Arc::new((Mutex::new(0), Condvar::new()));
        let producers: Vec<_> = (0..2)
            .map(|_| {
                let (flag, queue, wakes) = (Arc::clone(&flag), Arc::clone(&queue), Arc::clone(&wakes));
                thread::spawn(move || {
                    *queue.lock().unwrap() += 1;
                    if flag.raise() {
                        *wakes.0.lock().unwrap() += 1;
                        wakes.1.notify_one();
                    }
                })
            })
            .collect();
        // The consumer sleeps until woken, as the JavaScript thread does; a lost wake is a deadlock that loom reports.
        let mut taken = 0;
        while taken < 2 {
            let mut pending = wakes.0.lock().unwrap();
            while *pending == 0 {
                pending = wakes.1.wait(pending).unwrap();
            }
            *pending -= 1;
            drop(pending);
            flag.lower();
            taken += std::mem::take(&mut *queue.lock().unwrap());
        }
        for producer in producers {
            producer.join().unwrap();
        }
    });
}

#[test]
fn a_blocking_call_ends_when_it_is_answered_or_refused_whichever_comes_first() {
    loom::model(|| {
        let waiters = Arc::new(Waiters::<u32>::new());
        let waiter = waiters.register().unwrap();
        let id = waiter.id;
        let answering = {
            let waiters = Arc::clone(&waiters);
            thread::spawn(move || waiters.answer(id, Ok(1)))
        };
        let closing = {
            let waiters = Arc::clone(&waiters);
            thread::spawn(move || waiters.close())
        };
        match waiters.wait(&waiter, None) {
            Ok(answer) => assert_eq!(answer, 1),
            Err(error) => assert_eq!(error.code, code::ENVIRONMENT_CLOSED),
        }
        answering.join().unwrap();
        closing.join().unwrap();
        assert!(waiters.is_empty());
    });
}

#[test]
fn a_blocking_call_never_outlasts_a_javascript_thread_that_waits() {
    loom::model(|| {
        let waiters = Arc::new(Waiters::<u32>::new());
        let refused = Arc::new(AtomicBool::new(false));
        let calling = {
            let (waiters, refused) = (Arc::clone(&waiters), Arc::clone(&refused));
            thread::spawn(move || {
                let outcome = waiters.register().and_then(|waiter| waiters.wait(&waiter, None));
                refused.store(outcome.unwrap_err().code == code::WOULD_DEADLOCK, Ordering::SeqCst);
            })
        };
        // The JavaScript thread waits for the very thread that calls it: without the refusal this join never returns.
        waiters.begin_wait();
        calling.join().unwrap();
        waiters.end_wait();
        assert!(refused.load(Ordering::SeqCst));
    });
}
