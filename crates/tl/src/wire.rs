//! Numbers of the wire.

macro_rules! numbers {
    ($($(#[$about:meta])* $name:ident = $value:expr;)*) => {
        $($(#[$about])* pub const $name: i32 = $value as u32 as i32;)*

        /// Every number by its name.
        pub const NAMED: &[(&str, i32)] = &[$((stringify!($name), $name)),*];
    };
}

numbers! {
    /// A query.
    RPC_INVOKE_REQ = 0x2374_df3d_u32;
    /// A query whose header has no markers.
    RPC_INVOKE_KPHP_REQ = 0x99a3_7fda_u32;
    /// An answer that is an error.
    RPC_REQ_ERROR = 0x7ae4_32f5_u32;
    /// An error inside a result: never sent as the first number.
    RPC_REQ_ERROR_WRAPPED = 0x7ae4_32f6_u32;
    /// An answer that is a result.
    RPC_REQ_RESULT = 0x63ae_da4e_u32;
    /// Marker: the actor a query is for.
    RPC_DEST_ACTOR = 0x7568_aabd_u32;
    /// Marker: the actor, and flags.
    RPC_DEST_ACTOR_FLAGS = 0xf0a5_acf7_u32;
    /// Marker: flags.
    RPC_DEST_FLAGS = 0xe352_035e_u32;
    /// Marker of an answer: flags.
    RPC_REQ_RESULT_FLAGS = 0x8cc8_4ce1_u32;
    /// A query is being worked on.
    RPC_REQ_RUNNING = 0x346d_5efa_u32;
    /// A peer takes queries.
    RPC_READY = 0x6a34_cac7_u32;
    /// A peer takes no more queries.
    RPC_STOP_READY = 0x59d8_6654_u32;
    /// A message of a session.
    RPC_SEND_SESSION_MSG = 0x1ed5_a3cc_u32;
    /// An answer that went another way.
    RPC_RESPONSE_INDIRECT = 0x2194_f56e_u32;
    /// Whether the peer is there.
    RPC_PING = 0x5730_a2df_u32;
    /// It is.
    RPC_PONG = 0x8430_eaa7_u32;
    /// A query that does nothing.
    TL_ENGINE_NOP = 0x166b_b7c6_u32;
    /// Statistics.
    TL_STAT = 0x9d56_e6b2_u32;
    /// The type of yes.
    TL_BOOL_TRUE = 0x9972_75b5_u32;
    /// The type of no.
    TL_BOOL_FALSE = 0xbc79_9737_u32;
    /// Counts of yes, no and unknown.
    TL_BOOL_STAT = 0x92cb_cbfa_u32;
    /// The value of a type with one value.
    TL_TRUE = 0x3fed_d339_u32;
    /// The boxed int.
    TL_INT = 0xa850_9bda_u32;
    /// The boxed long.
    TL_LONG = 0x2207_6cba_u32;
    /// The boxed double.
    TL_DOUBLE = 0x2210_c154_u32;
    /// The boxed string.
    TL_STRING = 0xb528_6e24_u32;
    /// A value follows.
    TL_MAYBE_TRUE = 0x3f9c_8ef8_u32;
    /// No value follows.
    TL_MAYBE_FALSE = 0x2793_0a7b_u32;
    /// A count and so many values.
    TL_VECTOR = 0x1cb5_c415_u32;
    /// A count of all, a count and so many values.
    TL_VECTOR_TOTAL = 0x1013_3f47_u32;
    /// Values whose count the type tells.
    TL_TUPLE = 0x9770_768a_u32;
    /// A count and so many keys with values.
    TL_DICTIONARY = 0x1f4c_618f_u32;
}

/// The longest string, in bytes.
pub const MAX_STRING: usize = 0xff_ffff;
