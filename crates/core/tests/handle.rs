//! The handle table as stories, and against a plain map under random operations.

use std::{cell::RefCell, collections::HashMap, rc::Rc, sync::Arc};

use ferrule_core::handle::{Handle, HandleError, Table, Value};
use proptest::prelude::*;

fn shared(value: u32) -> Value {
    Value::Shared(Arc::new(value))
}

/// Looks and leaves again.
fn peek(table: &mut Table, handle: Handle) -> Result<u32, HandleError> {
    match table.share::<u32>(handle, "peek").copied() {
        Some(value) => {
            drop(table.release(handle));
            Ok(value)
        }
        None => Err(table.why_not(handle, "Number", false)),
    }
}

/// A value that tells when it is dropped.
struct Told(&'static str, Rc<RefCell<Vec<&'static str>>>);

impl Drop for Told {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

#[test]
fn a_number_is_a_handle_only_when_it_could_have_been_issued() {
    for number in [0.0, -1.0, 0.5, f64::NAN, f64::INFINITY, 4_294_967_295.0, 9_007_199_254_740_992.0, -0.0] {
        assert_eq!(Handle::from_f64(number), None, "{number}");
    }
    let handle = Table::new(1).insert("Number", shared(7), 8, None).unwrap();
    assert_eq!(Handle::from_f64(handle.to_f64()), Some(handle));
}

#[test]
fn a_disposed_handle_stays_refused_after_its_slot_is_used_again() {
    let mut table = Table::new(1);
    let first = table.insert("Number", shared(1), 8, None).unwrap();
    assert_eq!(table.close(first).unwrap().len(), 1);
    assert!(table.close(first).unwrap().is_empty(), "closing twice is fine");
    assert_eq!(peek(&mut table, first), Err(HandleError::Stale));
    let second = table.insert("Number", shared(2), 8, None).unwrap();
    assert_eq!(first.to_f64() as u64 as u32, second.to_f64() as u64 as u32, "the slot was used again");
    assert_eq!(peek(&mut table, first), Err(HandleError::Stale));
    assert_eq!(peek(&mut table, second), Ok(2));
}

#[test]
fn a_handle_of_another_environment_is_refused() {
    let (mut here, mut there) = (Table::new(1), Table::new(2));
    here.insert("Number", shared(1), 8, None).unwrap();
    let foreign = there.insert("Number", shared(2), 8, None).unwrap();
    assert_eq!(peek(&mut here, foreign), Err(HandleError::Invalid));
}

#[test]
fn a_handle_of_another_type_is_refused_by_name() {
    let mut table = Table::new(1);
    let text = table.insert("Text", Value::Shared(Arc::new(String::new())), 8, None).unwrap();
    assert_eq!(peek(&mut table, text), Err(HandleError::Type { expected: "Number", found: "Text" }));
}

#[test]
fn an_exclusive_use_shuts_out_all_others_and_is_shut_out_by_any() {
    let mut table = Table::new(1);
    let handle = table.insert("Number", shared(1), 8, None).unwrap();
    table.share::<u32>(handle, "reader").unwrap();
    assert_eq!(
        table.borrow_mut::<u32>(handle, "Number", "writer").unwrap_err(),
        HandleError::Busy { holder: "reader" }
    );
    drop(table.release(handle));
    *table.borrow_mut::<u32>(handle, "Number", "writer").unwrap() = 5;
    assert_eq!(peek(&mut table, handle), Err(HandleError::Busy { holder: "writer" }));
    assert_eq!(
        table.lend_shared::<u32>(handle, "Number", "reader").unwrap_err(),
        HandleError::Busy { holder: "writer" }
    );
    drop(table.release(handle));
    assert_eq!(peek(&mut table, handle), Ok(5));
}

#[test]
fn of_several_readers_the_one_that_still_reads_is_named() {
    let mut table = Table::new(1);
    let handle = table.insert("Number", shared(1), 8, None).unwrap();
    let lent = table.lend_shared::<u32>(handle, "Number", "long reader").unwrap();
    assert_eq!(peek(&mut table, handle), Ok(1));
    let busy = HandleError::Busy { holder: "long reader" };
    assert_eq!(table.borrow_mut::<u32>(handle, "Number", "writer").unwrap_err(), busy);
    drop(lent);
}

#[test]
fn an_object_counts_as_closed_from_its_own_or_its_parents_closing_on() {
    let mut table = Table::new(1);
    let parent = table.insert("Number", shared(1), 8, None).unwrap();
    let [idle, busy, poisoned] = [(); 3].map(|()| table.insert("Number", shared(2), 8, Some(parent)).unwrap());
    let lent = table.lend_shared::<u32>(busy, "Number", "call").unwrap();
    table.poison(poisoned);
    let all = [parent, idle, busy, poisoned];
    assert_eq!(all.map(|handle| table.is_closed(handle)), [false; 4]);
    drop(table.close(parent).unwrap());
    assert_eq!(all.map(|handle| table.is_closed(handle)), [true; 4]);
    drop(lent);
    drop(table.release(busy));
    assert!(table.is_closed(busy));
}

#[test]
fn an_async_call_keeps_a_disposed_object_alive_until_it_ends() {
    let mut table = Table::new(1);
    let handle = table.insert("Number", shared(1), 8, None).unwrap();
    let lent = table.lend_shared::<u32>(handle, "Number", "call").unwrap();
    assert!(table.close(handle).unwrap().is_empty(), "in use: nothing to drop yet");
    assert_eq!(peek(&mut table, handle), Err(HandleError::Closed));
    assert_eq!((*lent, table.len()), (1, 1));
    drop(lent);
    assert_eq!(table.release(handle).len(), 1);
    assert!(table.is_empty());
}

#[test]
fn a_value_on_exclusive_loan_comes_back_or_closes_its_object() {
    let mut table = Table::new(1);
    let handle = table.insert("Number", shared(1), 8, None).unwrap();
    let mut lent = table.lend_exclusive::<u32>(handle, "Number", "call").unwrap();
    *Arc::get_mut(&mut lent).unwrap() = 2;
    assert!(table.is_busy(handle, false));
    assert!(table.give_back(handle, Some(lent)).is_empty());
    assert_eq!(peek(&mut table, handle), Ok(2));
    drop(table.lend_exclusive::<u32>(handle, "Number", "call").unwrap());
    assert!(table.give_back(handle, None).is_empty());
    assert_eq!(peek(&mut table, handle), Err(HandleError::Stale));
}

#[test]
fn a_value_that_another_object_keeps_is_never_lent_exclusively() {
    let mut table = Table::new(1);
    let handle = table.insert("Number", shared(1), 8, None).unwrap();
    let kept = table.lend_shared::<u32>(handle, "Number", "maker").unwrap();
    drop(table.release(handle));
    let busy = HandleError::Busy { holder: "an object made from it" };
    assert_eq!(table.lend_exclusive::<u32>(handle, "Number", "call").unwrap_err(), busy);
    assert_eq!(table.borrow_mut::<u32>(handle, "Number", "call").unwrap_err(), busy);
    assert_eq!(peek(&mut table, handle), Ok(1), "and it is where it was");
    drop(kept);
    assert!(table.lend_exclusive::<u32>(handle, "Number", "call").is_ok());
}

#[test]
fn closing_a_parent_closes_its_children_first() {
    let log = Rc::new(RefCell::new(Vec::new()));
    let mut table = Table::new(1);
    let mut insert =
        |name, parent| table.insert("Told", Value::Bound(Box::new(Told(name, Rc::clone(&log)))), 8, parent).unwrap();
    let root = insert("root", None);
    let left = insert("left", Some(root));
    insert("leaf", Some(left));
    let right = insert("right", Some(root));
    drop(table.close(right).unwrap());
    drop(table.close(root).unwrap());
    assert_eq!(*log.borrow(), ["right", "leaf", "left", "root"]);
    assert!(table.is_empty());
}

#[test]
fn a_chain_of_a_hundred_thousand_children_closes_without_recursion() {
    let mut table = Table::new(1);
    let root = table.insert("Number", shared(0), 8, None).unwrap();
    let mut last = root;
    for depth in 1..100_000 {
        last = table.insert("Number", shared(depth), 8, Some(last)).unwrap();
    }
    assert_eq!(table.close(root).unwrap().len(), 100_000);
}

#[test]
fn an_object_whose_call_panicked_is_refused_but_can_be_closed() {
    let mut table = Table::new(1);
    let handle = table.insert("Number", shared(1), 8, None).unwrap();
    table.share::<u32>(handle, "panics").unwrap();
    table.poison(handle);
    assert!(table.release(handle).is_empty());
    assert_eq!(peek(&mut table, handle), Err(HandleError::Poisoned));
    assert_eq!(table.close(handle).unwrap().len(), 1);
    assert_eq!(table.bytes(), 0);
}

#[test]
fn a_collected_parent_leaves_its_children_open() {
    let mut table = Table::new(1);
    let parent = table.insert("Number", shared(1), 8, None).unwrap();
    let child = table.insert("Number", shared(2), 8, Some(parent)).unwrap();
    assert_eq!(table.abandon(parent).len(), 1);
    assert_eq!(peek(&mut table, child), Ok(2));
    assert_eq!(table.close(child).unwrap().len(), 1);
}

#[test]
fn a_slot_retires_after_its_last_generation() {
    let mut table = Table::new(1);
    let first = table.insert("Number", shared(0), 8, None).unwrap();
    drop(table.close(first).unwrap());
    let mut last = first;
    for _ in 1..(1 << 21) - 1 {
        last = table.insert("Number", Value::Bound(Box::new(())), 8, None).unwrap();
        assert_ne!(last, first, "no handle is issued twice");
        drop(table.close(last).unwrap());
    }
    assert_eq!(table.retired(), 1);
    let moved = table.insert("Number", shared(0), 8, None).unwrap();
    assert_eq!(moved.to_f64() as u64 as u32, 1, "the retired slot is not used again");
    assert_eq!(peek(&mut table, first), Err(HandleError::Stale));
    assert_eq!(peek(&mut table, last), Err(HandleError::Stale));
}

#[test]
fn diagnostics_count_live_objects_by_type() {
    let mut table = Table::new(1);
    let first = table.insert("Number", shared(1), 8, None).unwrap();
    table.insert("Number", shared(2), 8, None).unwrap();
    table.insert("Text", shared(3), 8, None).unwrap();
    drop(table.close(first).unwrap());
    assert_eq!(table.by_type().into_iter().collect::<Vec<_>>(), [("Number", 1), ("Text", 1)]);
}

/// One step of a random story. Handles are named by the order they were issued in, ended ones too.
#[derive(Debug, Clone)]
enum Step {
    Insert { parent: Option<usize> },
    Close(usize),
    Abandon(usize),
    Begin(usize),
    End(usize),
    Peek(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..64usize;
    prop_oneof![
        3 => proptest::option::of(which.clone()).prop_map(|parent| Step::Insert { parent }),
        2 => which.clone().prop_map(Step::Close),
        1 => which.clone().prop_map(Step::Abandon),
        2 => which.clone().prop_map(Step::Begin),
        2 => which.clone().prop_map(Step::End),
        3 => which.prop_map(Step::Peek),
    ]
}

/// What the table should do, in the plainest terms.
#[derive(Default)]
struct Model {
    objects: HashMap<usize, Object>,
}

struct Object {
    parent: Option<usize>,
    uses: usize,
    closing: bool,
}

impl Model {
    fn close(&mut self, name: usize) {
        let children: Vec<_> =
            self.objects.iter().filter(|(_, object)| object.parent == Some(name)).map(|(&child, _)| child).collect();
        for child in children {
            self.close(child);
        }
        self.close_one(name);
    }

    fn close_one(&mut self, name: usize) {
        if let Some(object) = self.objects.get_mut(&name) {
            object.closing = true;
            object.parent = None;
            if object.uses == 0 {
                self.objects.remove(&name);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn behaves_as_a_plain_map(seed: u64, steps in proptest::collection::vec(step(), 1..200)) {
        let mut table = Table::new(seed);
        let mut model = Model::default();
        let mut issued: Vec<Handle> = Vec::new();
        for step in steps {
            match step {
                Step::Insert { parent } => {
                    let parent = parent.filter(|&name| name < issued.len());
                    let outcome = table.insert("Number", shared(issued.len() as u32), 8, parent.map(|name| issued[name]));
                    let allowed = parent.is_none_or(|name| model.objects.get(&name).is_some_and(|object| !object.closing));
                    prop_assert_eq!(outcome.is_ok(), allowed);
                    if let Ok(handle) = outcome {
                        prop_assert!(!issued.contains(&handle));
                        model.objects.insert(issued.len(), Object { parent, uses: 0, closing: false });
                        issued.push(handle);
                    }
                }
                Step::Close(name) if name < issued.len() => {
                    drop(table.close(issued[name]).unwrap());
                    model.close(name);
                }
                Step::Abandon(name) if name < issued.len() => {
                    drop(table.abandon(issued[name]));
                    if model.objects.contains_key(&name) {
                        for object in model.objects.values_mut().filter(|object| object.parent == Some(name)) {
                            object.parent = None;
                        }
                        model.close_one(name);
                    }
                }
                Step::Begin(name) if name < issued.len() => {
                    let began = table.share::<u32>(issued[name], "story").is_some();
                    let open = model.objects.get_mut(&name).filter(|object| !object.closing);
                    prop_assert_eq!(began, open.is_some());
                    if let Some(object) = open {
                        object.uses += 1;
                    }
                }
                Step::End(name) if name < issued.len() => {
                    let Some(object) = model.objects.get_mut(&name).filter(|object| object.uses > 0) else { continue };
                    object.uses -= 1;
                    let gone = object.closing && object.uses == 0;
                    prop_assert_eq!(table.release(issued[name]).len(), usize::from(gone));
                    if gone {
                        model.objects.remove(&name);
                    }
                }
                Step::Peek(name) if name < issued.len() => {
                    let expected = match model.objects.get(&name) {
                        Some(object) if object.closing => Err(HandleError::Closed),
                        Some(_) => Ok(name as u32),
                        None => Err(HandleError::Stale),
                    };
                    prop_assert_eq!(peek(&mut table, issued[name]), expected);
                }
                _ => {}
            }
            prop_assert_eq!(table.len(), model.objects.len());
        }
    }
}
