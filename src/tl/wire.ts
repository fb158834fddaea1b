/** Numbers of the wire. All are ints, signed as they are read: `reader.int() === TL_VECTOR`. */

/** A query. */
export const RPC_INVOKE_REQ = 0x2374df3d
/** A query whose header has no markers. */
export const RPC_INVOKE_KPHP_REQ = 0x99a37fda | 0
/** An answer that is an error. */
export const RPC_REQ_ERROR = 0x7ae432f5
/** An error inside a result: what {@link RPC_REQ_ERROR} inside one is told as, and never the first number of an answer. */
export const RPC_REQ_ERROR_WRAPPED = 0x7ae432f6
/** An answer that is a result. */
export const RPC_REQ_RESULT = 0x63aeda4e
/** Marker: the actor a query is for. */
export const RPC_DEST_ACTOR = 0x7568aabd
/** Marker: the actor, and flags. */
export const RPC_DEST_ACTOR_FLAGS = 0xf0a5acf7 | 0
/** Marker: flags. */
export const RPC_DEST_FLAGS = 0xe352035e | 0
/** Marker of an answer: flags. */
export const RPC_REQ_RESULT_FLAGS = 0x8cc84ce1 | 0
/** A query is being worked on. */
export const RPC_REQ_RUNNING = 0x346d5efa
/** A peer takes queries. */
export const RPC_READY = 0x6a34cac7
/** A peer takes no more queries. */
export const RPC_STOP_READY = 0x59d86654
/** A message of a session. */
export const RPC_SEND_SESSION_MSG = 0x1ed5a3cc
/** An answer that went another way. */
export const RPC_RESPONSE_INDIRECT = 0x2194f56e
/** Whether the peer is there. */
export const RPC_PING = 0x5730a2df
/** It is. */
export const RPC_PONG = 0x8430eaa7 | 0
/** A query that does nothing. */
export const TL_ENGINE_NOP = 0x166bb7c6
/** Statistics. */
export const TL_STAT = 0x9d56e6b2 | 0
/** Yes. */
export const TL_BOOL_TRUE = 0x997275b5 | 0
/** No. */
export const TL_BOOL_FALSE = 0xbc799737 | 0
/** Counts of yes, no and unknown. */
export const TL_BOOL_STAT = 0x92cbcbfa | 0
/** The value of a type with one value. */
export const TL_TRUE = 0x3fedd339
/** The boxed int. */
export const TL_INT = 0xa8509bda | 0
/** The boxed long. */
export const TL_LONG = 0x22076cba
/** The boxed double. */
export const TL_DOUBLE = 0x2210c154
/** The boxed string. */
export const TL_STRING = 0xb5286e24 | 0
/** A value follows. */
export const TL_MAYBE_TRUE = 0x3f9c8ef8
/** No value follows. */
export const TL_MAYBE_FALSE = 0x27930a7b
/** A count and so many values. */
export const TL_VECTOR = 0x1cb5c415
/** A count of all, a count and so many values. */
export const TL_VECTOR_TOTAL = 0x10133f47
/** Values whose count the type tells. */
export const TL_TUPLE = 0x9770768a | 0
/** A count and so many keys with values. */
export const TL_DICTIONARY = 0x1f4c618f
/** The longest string, in bytes. */
export const MAX_TL_STRING_LENGTH = 0xffffff

/** Numbers of errors, as they stand in an answer that is one. */
export const ERROR_NUMBERS = Object.freeze({
  SYNTAX: -1000,
  EXTRA_DATA: -1001,
  HEADER: -1002,
  WRONG_QUERY_ID: -1003,
  NOT_ENOUGH_DATA: -1004,
  UNKNOWN_FUNCTION_ID: -2000,
  PROXY_NO_TARGET: -2001,
  WRONG_ACTOR_ID: -2002,
  TOO_LONG_STRING: -2003,
  VALUE_NOT_IN_RANGE: -2004,
  QUERY_INCORRECT: -2005,
  BAD_VALUE: -2006,
  BINLOG_DISABLED: -2007,
  FEATURE_DISABLED: -2008,
  QUERY_IS_EMPTY: -2009,
  INVALID_CONNECTION_ID: -2010,
  WRONG_SPLIT: -2011,
  TOO_BIG_OFFSET: -2012,
  QUERY_TIMEOUT: -3000,
  PROXY_INVALID_RESPONSE: -3001,
  NO_CONNECTIONS: -3002,
  INTERNAL: -3003,
  AIO_FAIL: -3004,
  AIO_TIMEOUT: -3005,
  BINLOG_WAIT_TIMEOUT: -3006,
  AIO_MAX_RETRY_EXCEEDED: -3007,
  TTL: -3008,
  BAD_METAFILE: -3009,
  NOT_READY: -3010,
  STORAGE_CACHE_MISS: -3500,
  STORAGE_CACHE_NO_MTPROTO_CONN: -3501,
  UNKNOWN: -4000,
  RETRY: 503,
})

/** Whether an error's number blames who asked: above -3000, -1000 at most. */
export function isUserError(number: number): boolean {
  return number > -3000 && number <= -1000
}

/** Flags of how a message is sent. */
export const OUT_FLAGS = Object.freeze({
  CRC32: 1,
  PERMANENT: 2,
  ALLOW_PREPEND: 4,
  DISABLE_PREPEND: 8,
  NOALIGN: 16,
  NO_AUTOFLUSH: 32,
})

/** Flag of how a query is read: something may follow it. */
export const TL_FETCH_FLAG_ALLOW_DATA_AFTER_QUERY = 1
