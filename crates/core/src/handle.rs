//! Native objects behind numbers.
//!
//! JavaScript holds a native object as one number. Numbers can be kept too long, copied, guessed or passed to the wrong
//! method, so a number is only a claim and every use of it is checked here:
//!
//! - A handle is `generation · 2³² + index`, below 2⁵³; generations run from 1 to 2²¹ − 1, so 0 is never a handle.
//! - A slot's first generation is derived from the table's random seed: a handle of another environment is refused with
//!   probability 1 − 2⁻²¹ even where the index exists.
//! - Each new occupant takes the slot's next generation. After all of them the slot retires and is never used again, so
//!   no handle ever means two objects.
//! - A parent is fixed at insertion. Closing a parent closes its children first.
//! - A slot in use (borrowed or in flight) that is closed refuses new uses at once and gives up its value when the last
//!   user leaves. Until then the value is neither dropped nor moved: `ferrule-node` builds references on that.
//! - Values leave the table by return value and are dropped by the caller: a `Drop` never runs while the table is borrowed.

use std::{any::Any, collections::BTreeMap, fmt, sync::Arc};

use crate::error::{BoundaryError, code};

const INDEX_BITS: u32 = 32;
const GENERATIONS: u32 = (1 << 21) - 1;
const NONE: u32 = u32::MAX;

/// Who holds a value that no call uses and that is still not the table's alone.
const MADE_FROM_IT: &str = "an object made from it";

/// A claim on a native object: what crosses to JavaScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(u64);

impl Handle {
    fn new(generation: u32, index: u32) -> Self {
        Self(u64::from(generation) << INDEX_BITS | u64::from(index))
    }

    /// Reads a number that claims to be a handle. `None` for 0, negatives, fractions, NaN and numbers from 2⁵³.
    pub fn from_f64(number: f64) -> Option<Self> {
        let bits = number as u64;
        // Exact on purpose: only a whole number survives the way there and back.
        #[allow(clippy::float_cmp)]
        let whole = bits as f64 == number;
        (whole && bits >> INDEX_BITS != 0 && bits < 1 << 53).then_some(Self(bits))
    }

    /// The number JavaScript sees: exact, below 2⁵³.
    pub fn to_f64(self) -> f64 {
        self.0 as f64
    }

    pub(crate) fn index(self) -> usize {
        self.0 as u32 as usize
    }

    fn generation(self) -> u32 {
        (self.0 >> INDEX_BITS) as u32
    }
}

/// Why a handle was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandleError {
    /// Not a handle of this table.
    Invalid,
    /// It was one; its object is gone.
    Stale,
    /// The object is of another type.
    Type {
        /// The type the call needs.
        expected: &'static str,
        /// The type the object has.
        found: &'static str,
    },
    /// Closed, but an earlier call still uses it.
    Closed,
    /// A borrow that excludes this one is active.
    Busy {
        /// The operation that holds the object.
        holder: &'static str,
    },
    /// An earlier call on the object panicked; nobody knows what it left behind.
    Poisoned,
    /// 2³² − 1 slots are in use or retired.
    Full,
}

impl fmt::Display for HandleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid => formatter.write_str("not a handle of this environment"),
            Self::Stale => formatter.write_str("its object was disposed and the handle has ended"),
            Self::Type { expected, found } => write!(formatter, "expected a {expected}, found a {found}"),
            Self::Closed => formatter.write_str("its object was disposed"),
            Self::Busy { holder } => write!(formatter, "the object is in use by {holder}"),
            Self::Poisoned => formatter
                .write_str("an earlier call on this object panicked and may have left it half-changed; make a new one"),
            Self::Full => formatter.write_str("the handle table is full"),
        }
    }
}

impl std::error::Error for HandleError {}

impl From<HandleError> for BoundaryError {
    #[cold]
    fn from(error: HandleError) -> Self {
        let code = match error {
            HandleError::Invalid => code::HANDLE_INVALID,
            HandleError::Stale => code::HANDLE_STALE,
            HandleError::Type { .. } => code::HANDLE_TYPE,
            HandleError::Closed => code::HANDLE_CLOSED,
            HandleError::Busy { .. } => code::BUSY,
            HandleError::Poisoned => code::PANIC,
            HandleError::Full => code::RESOURCE_EXHAUSTED,
        };
        let built = Self::new(code, error.to_string());
        match error {
            HandleError::Busy { holder } => built.with("holder", holder),
            _ => built,
        }
    }
}

/// A value in the table: shareable with other threads, or bound to the JavaScript thread.
pub enum Value {
    /// `Send + Sync`: async calls may use it.
    Shared(Arc<dyn Any + Send + Sync>),
    /// Anything else: created, used and dropped on the table's thread.
    Bound(Box<dyn Any>),
}

impl Value {
    fn get<T: 'static>(&self) -> Option<&T> {
        match self {
            Self::Shared(value) => value.downcast_ref(),
            Self::Bound(value) => value.downcast_ref(),
        }
    }
}

/// What a slot is doing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Free,
    Open,
    Poisoned,
    Closing,
    Retired,
}

impl State {
    fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Poisoned | Self::Closing)
    }
}

struct Slot {
    generation: u32,
    /// How many more occupants this slot can have.
    left: u32,
    state: State,
    type_name: &'static str,
    /// `None` while free, and while an exclusive async call has it on loan.
    value: Option<Value>,
    /// What the value holds outside the JavaScript heap, as its type estimates it.
    bytes: usize,
    shared: u32,
    exclusive: bool,
    holder: &'static str,
    parent: u32,
    first_child: u32,
    next_sibling: u32,
    previous_sibling: u32,
    next_free: u32,
}

/// One environment's native objects. Lives on the JavaScript thread and is touched by no other.
pub struct Table {
    slots: Vec<Slot>,
    first_free: u32,
    live: usize,
    bytes: usize,
    seed: u64,
}

/// Values that left the table, in the order they must be dropped: children before parents. Drop it outside any
/// borrow of the table: it runs the objects' destructors.
pub type Removed = Vec<Value>;

impl Table {
    /// An empty table; `seed` should be random, it makes foreign handles recognisable.
    pub fn new(seed: u64) -> Self {
        Self { slots: Vec::new(), first_free: NONE, live: 0, bytes: 0, seed }
    }

    /// How many objects are open or closing.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether no object is left.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// Bytes that live objects hold outside the JavaScript heap.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many slots have used up their generations.
    pub fn retired(&self) -> usize {
        self.slots.iter().filter(|slot| slot.state == State::Retired).count()
    }

    /// Live objects by type name.
    pub fn by_type(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for slot in self.slots.iter().filter(|slot| slot.state.is_live()) {
            *counts.entry(slot.type_name).or_default() += 1;
        }
        counts
    }

    /// Adds an object. With a parent, closing the parent closes this one first.
    pub fn insert(
        &mut self,
        type_name: &'static str,
        value: Value,
        bytes: usize,
        parent: Option<Handle>,
    ) -> Result<Handle, HandleError> {
        let parent = match parent {
            Some(handle) => self.open(handle)? as u32,
            None => NONE,
        };
        let index = self.vacant()?;
        let next_sibling =
            if parent == NONE { NONE } else { std::mem::replace(&mut self.slots[parent as usize].first_child, index) };
        if next_sibling != NONE {
            self.slots[next_sibling as usize].previous_sibling = index;
        }
        let slot = &mut self.slots[index as usize];
        slot.state = State::Open;
        slot.type_name = type_name;
        slot.value = Some(value);
        slot.bytes = bytes;
        slot.holder = "";
        slot.parent = parent;
        slot.first_child = NONE;
        slot.next_sibling = next_sibling;
        slot.previous_sibling = NONE;
        self.live += 1;
        self.bytes += bytes;
        Ok(Handle::new(slot.generation, index))
    }

    fn vacant(&mut self) -> Result<u32, HandleError> {
        if self.first_free != NONE {
            let index = self.first_free;
            self.first_free = self.slots[index as usize].next_free;
            return Ok(index);
        }
        let index = u32::try_from(self.slots.len()).ok().filter(|index| *index != NONE).ok_or(HandleError::Full)?;
        self.slots.push(Slot {
            generation: first_generation(self.seed, index),
            left: GENERATIONS,
            state: State::Free,
            type_name: "",
            value: None,
            bytes: 0,
            shared: 0,
            exclusive: false,
            holder: "",
            parent: NONE,
            first_child: NONE,
            next_sibling: NONE,
            previous_sibling: NONE,
            next_free: NONE,
        });
        Ok(index)
    }

    /// The slot a handle means, whatever it is doing.
    fn find(&self, handle: Handle) -> Result<usize, HandleError> {
        let index = handle.index();
        let slot = self.slots.get(index).ok_or(HandleError::Invalid)?;
        if slot.generation == handle.generation() && slot.state.is_live() {
            return Ok(index);
        }
        Err(if self.was_issued(index, handle.generation()) { HandleError::Stale } else { HandleError::Invalid })
    }

    /// Whether a generation lies between the slot's first and its current one, in the order they are handed out.
    fn was_issued(&self, index: usize, generation: u32) -> bool {
        let first = first_generation(self.seed, index as u32);
        let age = |generation: u32| (generation + GENERATIONS - first) % GENERATIONS;
        let slot = &self.slots[index];
        (1..=GENERATIONS).contains(&generation)
            && (slot.state == State::Retired || age(generation) < age(slot.generation))
    }

    fn open(&self, handle: Handle) -> Result<usize, HandleError> {
        let index = self.find(handle)?;
        match self.slots[index].state {
            State::Open => Ok(index),
            State::Poisoned => Err(HandleError::Poisoned),
            _ => Err(HandleError::Closed),
        }
    }

    /// Begins a shared use on this thread. The reference stays valid until [`Table::release`], whatever else happens.
    /// `None`: [`Table::why_not`] says what was wrong. (Told apart later, so that the common case is one look.)
    #[inline]
    pub fn share<T: 'static>(&mut self, handle: Handle, holder: &'static str) -> Option<&T> {
        let slot = self.slots.get_mut(handle.index())?;
        if slot.generation != handle.generation() || slot.state != State::Open || slot.exclusive {
            return None;
        }
        let value = slot.value.as_ref()?.get::<T>()?;
        // Of several users the earliest is told: the later ones on this thread end before it.
        if slot.shared == 0 {
            slot.holder = holder;
        }
        slot.shared += 1;
        Some(value)
    }

    /// Begins an exclusive use on this thread.
    pub fn borrow_mut<T: 'static>(
        &mut self,
        handle: Handle,
        expected: &'static str,
        holder: &'static str,
    ) -> Result<&mut T, HandleError> {
        let index = self.open(handle)?;
        if self.slots[index].shared > 0 || self.slots[index].exclusive {
            return Err(self.why_not(handle, expected, true));
        }
        let slot = &mut self.slots[index];
        let found = slot.type_name;
        let value = match slot.value.as_mut() {
            Some(Value::Shared(value)) if !value.is::<T>() => return Err(HandleError::Type { expected, found }),
            Some(Value::Shared(value)) => {
                Arc::get_mut(value).ok_or(HandleError::Busy { holder: MADE_FROM_IT })?.downcast_mut()
            }
            Some(Value::Bound(value)) => value.downcast_mut(),
            None => None,
        };
        let value = value.ok_or(HandleError::Type { expected, found })?;
        slot.exclusive = true;
        slot.holder = holder;
        Ok(value)
    }

    /// Begins a shared use by an async call: the value lives at least until the returned reference is gone.
    pub fn lend_shared<T: Send + Sync + 'static>(
        &mut self,
        handle: Handle,
        expected: &'static str,
        holder: &'static str,
    ) -> Result<Arc<T>, HandleError> {
        let index = self.open(handle)?;
        let slot = &mut self.slots[index];
        if !slot.exclusive
            && let Some(Value::Shared(value)) = &slot.value
            && let Ok(value) = Arc::downcast::<T>(Arc::clone(value))
        {
            slot.shared += 1;
            slot.holder = holder;
            return Ok(value);
        }
        Err(self.why_not(handle, expected, false))
    }

    /// Begins an exclusive use by an async call: the value leaves the table until [`Table::give_back`].
    pub fn lend_exclusive<T: Send + Sync + 'static>(
        &mut self,
        handle: Handle,
        expected: &'static str,
        holder: &'static str,
    ) -> Result<Arc<T>, HandleError> {
        let index = self.open(handle)?;
        let slot = &mut self.slots[index];
        if slot.shared == 0
            && !slot.exclusive
            && let Some(Value::Shared(value)) = &mut slot.value
            && value.is::<T>()
        {
            if Arc::get_mut(value).is_none() {
                return Err(HandleError::Busy { holder: MADE_FROM_IT });
            }
            if let Some(Value::Shared(value)) = slot.value.take()
                && let Ok(value) = Arc::downcast::<T>(value)
            {
                slot.exclusive = true;
                slot.holder = holder;
                return Ok(value);
            }
        }
        Err(self.why_not(handle, expected, true))
    }

    /// Puts back what [`Table::lend_exclusive`] took and ends that use. `None` when the call lost the value (it panicked
    /// or was dropped in mid-flight): the object then closes.
    pub fn give_back(&mut self, handle: Handle, value: Option<Arc<dyn Any + Send + Sync>>) -> Removed {
        let index = handle.index();
        let slot = &mut self.slots[index];
        slot.value = value.map(Value::Shared);
        if slot.value.is_none() {
            slot.state = State::Closing;
        }
        self.release(handle)
    }

    /// Whether the object can be used, whatever its type.
    pub fn check(&self, handle: Handle) -> Result<(), HandleError> {
        self.open(handle).map(|_| ())
    }

    /// Why a use of this kind cannot begin.
    #[cold]
    pub fn why_not(&self, handle: Handle, expected: &'static str, exclusive: bool) -> HandleError {
        let index = match self.open(handle) {
            Ok(index) => index,
            Err(error) => return error,
        };
        let slot = &self.slots[index];
        if slot.type_name == expected && (slot.exclusive || (exclusive && slot.shared > 0)) {
            HandleError::Busy { holder: slot.holder }
        } else {
            HandleError::Type { expected, found: slot.type_name }
        }
    }

    /// Ends one use begun by `share`, `borrow_mut`, `lend_shared` or `give_back`. Returns what must be dropped when the
    /// object was closed in the meantime and this was its last user.
    #[inline]
    pub fn release(&mut self, handle: Handle) -> Removed {
        let index = handle.index();
        let slot = &mut self.slots[index];
        debug_assert!(slot.generation == handle.generation() && (slot.exclusive || slot.shared > 0));
        if slot.exclusive {
            slot.exclusive = false;
        } else {
            slot.shared -= 1;
        }
        if slot.state == State::Closing && slot.shared == 0 { self.vacate(index) } else { Removed::new() }
    }

    /// Refuses all further use of an object: a call on it panicked. It can still be closed.
    pub fn poison(&mut self, handle: Handle) {
        if let Ok(index) = self.open(handle) {
            self.slots[index].state = State::Poisoned;
        }
    }

    /// Whether a use that excludes others is active, or any use where `exclusive` asks for one.
    pub fn is_busy(&self, handle: Handle, exclusive: bool) -> bool {
        self.open(handle).is_ok_and(|index| {
            let slot = &self.slots[index];
            slot.exclusive || (exclusive && slot.shared > 0)
        })
    }

    /// Whether a handle's object was closed, in use still or not.
    pub fn is_closed(&self, handle: Handle) -> bool {
        !self.find(handle).is_ok_and(|index| self.slots[index].state != State::Closing)
    }

    /// Closes an object and, before it, its children. Closing twice is fine.
    pub fn close(&mut self, handle: Handle) -> Result<Removed, HandleError> {
        let index = match self.find(handle) {
            Ok(index) => index,
            Err(HandleError::Stale) => return Ok(Removed::new()),
            Err(error) => return Err(error),
        };
        let mut removed = Removed::new();
        self.close_tree(index as u32, &mut removed);
        Ok(removed)
    }

    /// Releases an object whose JavaScript side was collected: its children, if any are left, become roots.
    pub fn abandon(&mut self, handle: Handle) -> Removed {
        let Ok(index) = self.find(handle) else { return Removed::new() };
        let mut removed = Removed::new();
        self.orphan_children(index);
        self.close_slot(index as u32, &mut removed);
        removed
    }

    /// Closes everything: the last step of an environment.
    pub fn close_all(&mut self) -> Removed {
        let mut removed = Removed::new();
        for index in 0..self.slots.len() as u32 {
            if self.slots[index as usize].state.is_live() && self.slots[index as usize].parent == NONE {
                self.close_tree(index, &mut removed);
            }
        }
        removed
    }

    /// Post-order without recursion: a deep chain of children must not overflow the stack.
    fn close_tree(&mut self, root: u32, removed: &mut Removed) {
        let mut current = root;
        loop {
            let child = self.slots[current as usize].first_child;
            if child != NONE {
                current = child;
                continue;
            }
            let parent = self.slots[current as usize].parent;
            self.close_slot(current, removed);
            if current == root {
                return;
            }
            current = parent;
        }
    }

    fn close_slot(&mut self, index: u32, removed: &mut Removed) {
        self.unlink(index);
        let slot = &mut self.slots[index as usize];
        if slot.shared > 0 || slot.exclusive {
            slot.state = State::Closing;
        } else if slot.state.is_live() {
            removed.append(&mut self.vacate(index as usize));
        }
    }

    fn orphan_children(&mut self, index: usize) {
        let mut child = std::mem::replace(&mut self.slots[index].first_child, NONE);
        while child != NONE {
            let slot = &mut self.slots[child as usize];
            slot.parent = NONE;
            slot.previous_sibling = NONE;
            child = std::mem::replace(&mut slot.next_sibling, NONE);
        }
    }

    fn unlink(&mut self, index: u32) {
        let slot = &mut self.slots[index as usize];
        let (parent, previous, next) = (slot.parent, slot.previous_sibling, slot.next_sibling);
        slot.parent = NONE;
        slot.previous_sibling = NONE;
        slot.next_sibling = NONE;
        if next != NONE {
            self.slots[next as usize].previous_sibling = previous;
        }
        if previous != NONE {
            self.slots[previous as usize].next_sibling = next;
        } else if parent != NONE {
            self.slots[parent as usize].first_child = next;
        }
    }

    #[cold]
    fn vacate(&mut self, index: usize) -> Removed {
        let slot = &mut self.slots[index];
        let removed = slot.value.take().into_iter().collect();
        self.bytes -= std::mem::take(&mut slot.bytes);
        slot.left -= 1;
        if slot.left == 0 {
            slot.state = State::Retired;
        } else {
            slot.generation = slot.generation % GENERATIONS + 1;
            slot.state = State::Free;
            slot.next_free = self.first_free;
            self.first_free = index as u32;
        }
        self.live -= 1;
        removed
    }
}

/// The finaliser of `SplitMix64` over seed and index: cheap, and neighbours in the table share nothing.
fn first_generation(seed: u64, index: u32) -> u32 {
    let mut bits = seed ^ u64::from(index).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((bits ^ bits >> 31) % u64::from(GENERATIONS)) as u32 + 1
}
