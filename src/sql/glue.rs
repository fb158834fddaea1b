//! The glue of sql: ferrule-sql 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class SqliteConnection
struct SqliteConnection(::ferrule_sql::sqlite::Connection);

impl ::ferrule_node::Object for SqliteConnection {
    const NAME: &'static str = "SqliteConnection";
}

// @class Postgres
struct Postgres(::ferrule_sql::postgres::Pool);

impl ::ferrule_node::Object for Postgres {
    const NAME: &'static str = "Postgres";
}

// @class PostgresSession
struct PostgresSession(::ferrule_sql::postgres::Session);

impl ::ferrule_node::Object for PostgresSession {
    const NAME: &'static str = "PostgresSession";
}

// @class PostgresCursor
struct PostgresCursor(::ferrule_sql::postgres::Cursor);

impl ::ferrule_node::Object for PostgresCursor {
    const NAME: &'static str = "PostgresCursor";
}

// @class PostgresCopyIn
struct PostgresCopyIn(::ferrule_sql::postgres::CopyIn);

impl ::ferrule_node::Object for PostgresCopyIn {
    const NAME: &'static str = "PostgresCopyIn";
}

// @class PostgresCopyOut
struct PostgresCopyOut(::ferrule_sql::postgres::CopyOut);

impl ::ferrule_node::Object for PostgresCopyOut {
    const NAME: &'static str = "PostgresCopyOut";
}

// @class PostgresListener
struct PostgresListener(::ferrule_sql::postgres::Listener);

impl ::ferrule_node::Object for PostgresListener {
    const NAME: &'static str = "PostgresListener";
}

// @enum Value
fn make_value(value: ::ferrule_node::Scalar) -> ::ferrule_sql::Value {
    match value {
        ::ferrule_node::Scalar::Null => ::ferrule_sql::Value::Null,
        ::ferrule_node::Scalar::Boolean(value) => ::ferrule_sql::Value::Boolean(value),
        ::ferrule_node::Scalar::Number(value) => ::ferrule_sql::Value::Number(value),
        ::ferrule_node::Scalar::BigInt(value) => ::ferrule_sql::Value::BigInt(value),
        ::ferrule_node::Scalar::Text(value) => ::ferrule_sql::Value::Text(value),
        ::ferrule_node::Scalar::Bytes(::ferrule_node::Bytes(value)) => ::ferrule_sql::Value::Bytes(value),
    }
}

fn take_value(value: ::ferrule_sql::Value) -> ::ferrule_node::Scalar {
    match value {
        ::ferrule_sql::Value::Null => ::ferrule_node::Scalar::Null,
        ::ferrule_sql::Value::Boolean(value) => ::ferrule_node::Scalar::Boolean(value),
        ::ferrule_sql::Value::Number(value) => ::ferrule_node::Scalar::Number(value),
        ::ferrule_sql::Value::BigInt(value) => ::ferrule_node::Scalar::BigInt(value),
        ::ferrule_sql::Value::Text(value) => ::ferrule_node::Scalar::Text(value),
        ::ferrule_sql::Value::Bytes(value) => ::ferrule_node::Scalar::Bytes(::ferrule_node::Bytes(value)),
    }
}

// @enum Isolation
::ferrule_node::string_enum! {
    pub(crate) enum Isolation { ReadCommitted = "read committed", RepeatableRead = "repeatable read", Serializable = "serializable" }
}

impl Isolation {
    fn into_rust(self) -> ::ferrule_sql::postgres::Isolation {
        match self {
            Self::ReadCommitted => ::ferrule_sql::postgres::Isolation::ReadCommitted,
            Self::RepeatableRead => ::ferrule_sql::postgres::Isolation::RepeatableRead,
            Self::Serializable => ::ferrule_sql::postgres::Isolation::Serializable,
        }
    }
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_SQL", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_SQL", "the value was refused")
}

// @error ::ferrule_sql::Error
fn failed_ferrule_sql_error(error: ::ferrule_sql::Error) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_sql::Error::Syntax { report, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::describe::with_detail(
                                        ::ferrule_node::describe::with_detail(
                                            ::ferrule_node::describe::with_detail(
                                                ::ferrule_node::describe::with_detail(
                                                    ::ferrule_node::describe::with_detail(
                                                        ::ferrule_node::describe::with_detail(
                                                            ::ferrule_node::core::error::BoundaryError::new(
                                                                "ERR_SQL_SYNTAX",
                                                                message,
                                                            ),
                                                            "sqlstate",
                                                            &report.sqlstate,
                                                        ),
                                                        "extendedCode",
                                                        &report.extended_code,
                                                    ),
                                                    "constraint",
                                                    &report.constraint,
                                                ),
                                                "table",
                                                &report.table,
                                            ),
                                            "column",
                                            &report.column,
                                        ),
                                        "severity",
                                        &report.severity,
                                    ),
                                    "schema",
                                    &report.schema,
                                ),
                                "dataType",
                                &report.data_type,
                            ),
                            "context",
                            &report.context,
                        ),
                        "position",
                        &report.position,
                    ),
                    "detail",
                    &report.detail,
                ),
                "hint",
                &report.hint,
            ),
            "retryable",
            &report.retryable,
        ),
        ::ferrule_sql::Error::Constraint { report, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::describe::with_detail(
                                        ::ferrule_node::describe::with_detail(
                                            ::ferrule_node::describe::with_detail(
                                                ::ferrule_node::describe::with_detail(
                                                    ::ferrule_node::describe::with_detail(
                                                        ::ferrule_node::describe::with_detail(
                                                            ::ferrule_node::core::error::BoundaryError::new(
                                                                "ERR_SQL_CONSTRAINT",
                                                                message,
                                                            ),
                                                            "sqlstate",
                                                            &report.sqlstate,
                                                        ),
                                                        "extendedCode",
                                                        &report.extended_code,
                                                    ),
                                                    "constraint",
                                                    &report.constraint,
                                                ),
                                                "table",
                                                &report.table,
                                            ),
                                            "column",
                                            &report.column,
                                        ),
                                        "severity",
                                        &report.severity,
                                    ),
                                    "schema",
                                    &report.schema,
                                ),
                                "dataType",
                                &report.data_type,
                            ),
                            "context",
                            &report.context,
                        ),
                        "position",
                        &report.position,
                    ),
                    "detail",
                    &report.detail,
                ),
                "hint",
                &report.hint,
            ),
            "retryable",
            &report.retryable,
        ),
        ::ferrule_sql::Error::Busy { report, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::describe::with_detail(
                                        ::ferrule_node::describe::with_detail(
                                            ::ferrule_node::describe::with_detail(
                                                ::ferrule_node::describe::with_detail(
                                                    ::ferrule_node::describe::with_detail(
                                                        ::ferrule_node::describe::with_detail(
                                                            ::ferrule_node::core::error::BoundaryError::new(
                                                                "ERR_SQL_BUSY",
                                                                message,
                                                            ),
                                                            "sqlstate",
                                                            &report.sqlstate,
                                                        ),
                                                        "extendedCode",
                                                        &report.extended_code,
                                                    ),
                                                    "constraint",
                                                    &report.constraint,
                                                ),
                                                "table",
                                                &report.table,
                                            ),
                                            "column",
                                            &report.column,
                                        ),
                                        "severity",
                                        &report.severity,
                                    ),
                                    "schema",
                                    &report.schema,
                                ),
                                "dataType",
                                &report.data_type,
                            ),
                            "context",
                            &report.context,
                        ),
                        "position",
                        &report.position,
                    ),
                    "detail",
                    &report.detail,
                ),
                "hint",
                &report.hint,
            ),
            "retryable",
            &report.retryable,
        ),
        ::ferrule_sql::Error::Connection { report, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::describe::with_detail(
                                        ::ferrule_node::describe::with_detail(
                                            ::ferrule_node::describe::with_detail(
                                                ::ferrule_node::describe::with_detail(
                                                    ::ferrule_node::describe::with_detail(
                                                        ::ferrule_node::describe::with_detail(
                                                            ::ferrule_node::core::error::BoundaryError::new(
                                                                "ERR_SQL_CONNECTION",
                                                                message,
                                                            ),
                                                            "sqlstate",
                                                            &report.sqlstate,
                                                        ),
                                                        "extendedCode",
                                                        &report.extended_code,
                                                    ),
                                                    "constraint",
                                                    &report.constraint,
                                                ),
                                                "table",
                                                &report.table,
                                            ),
                                            "column",
                                            &report.column,
                                        ),
                                        "severity",
                                        &report.severity,
                                    ),
                                    "schema",
                                    &report.schema,
                                ),
                                "dataType",
                                &report.data_type,
                            ),
                            "context",
                            &report.context,
                        ),
                        "position",
                        &report.position,
                    ),
                    "detail",
                    &report.detail,
                ),
                "hint",
                &report.hint,
            ),
            "retryable",
            &report.retryable,
        ),
        ::ferrule_sql::Error::Full { report, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::describe::with_detail(
                                        ::ferrule_node::describe::with_detail(
                                            ::ferrule_node::describe::with_detail(
                                                ::ferrule_node::describe::with_detail(
                                                    ::ferrule_node::describe::with_detail(
                                                        ::ferrule_node::describe::with_detail(
                                                            ::ferrule_node::core::error::BoundaryError::new(
                                                                "ERR_SQL_FULL",
                                                                message,
                                                            ),
                                                            "sqlstate",
                                                            &report.sqlstate,
                                                        ),
                                                        "extendedCode",
                                                        &report.extended_code,
                                                    ),
                                                    "constraint",
                                                    &report.constraint,
                                                ),
                                                "table",
                                                &report.table,
                                            ),
                                            "column",
                                            &report.column,
                                        ),
                                        "severity",
                                        &report.severity,
                                    ),
                                    "schema",
                                    &report.schema,
                                ),
                                "dataType",
                                &report.data_type,
                            ),
                            "context",
                            &report.context,
                        ),
                        "position",
                        &report.position,
                    ),
                    "detail",
                    &report.detail,
                ),
                "hint",
                &report.hint,
            ),
            "retryable",
            &report.retryable,
        ),
        ::ferrule_sql::Error::Corrupt { report, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::describe::with_detail(
                                        ::ferrule_node::describe::with_detail(
                                            ::ferrule_node::describe::with_detail(
                                                ::ferrule_node::describe::with_detail(
                                                    ::ferrule_node::describe::with_detail(
                                                        ::ferrule_node::describe::with_detail(
                                                            ::ferrule_node::core::error::BoundaryError::new(
                                                                "ERR_SQL_CORRUPT",
                                                                message,
                                                            ),
                                                            "sqlstate",
                                                            &report.sqlstate,
                                                        ),
                                                        "extendedCode",
                                                        &report.extended_code,
                                                    ),
                                                    "constraint",
                                                    &report.constraint,
                                                ),
                                                "table",
                                                &report.table,
                                            ),
                                            "column",
                                            &report.column,
                                        ),
                                        "severity",
                                        &report.severity,
                                    ),
                                    "schema",
                                    &report.schema,
                                ),
                                "dataType",
                                &report.data_type,
                            ),
                            "context",
                            &report.context,
                        ),
                        "position",
                        &report.position,
                    ),
                    "detail",
                    &report.detail,
                ),
                "hint",
                &report.hint,
            ),
            "retryable",
            &report.retryable,
        ),
        ::ferrule_sql::Error::Denied { report, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::describe::with_detail(
                                        ::ferrule_node::describe::with_detail(
                                            ::ferrule_node::describe::with_detail(
                                                ::ferrule_node::describe::with_detail(
                                                    ::ferrule_node::describe::with_detail(
                                                        ::ferrule_node::describe::with_detail(
                                                            ::ferrule_node::core::error::BoundaryError::new(
                                                                "ERR_SQL_DENIED",
                                                                message,
                                                            ),
                                                            "sqlstate",
                                                            &report.sqlstate,
                                                        ),
                                                        "extendedCode",
                                                        &report.extended_code,
                                                    ),
                                                    "constraint",
                                                    &report.constraint,
                                                ),
                                                "table",
                                                &report.table,
                                            ),
                                            "column",
                                            &report.column,
                                        ),
                                        "severity",
                                        &report.severity,
                                    ),
                                    "schema",
                                    &report.schema,
                                ),
                                "dataType",
                                &report.data_type,
                            ),
                            "context",
                            &report.context,
                        ),
                        "position",
                        &report.position,
                    ),
                    "detail",
                    &report.detail,
                ),
                "hint",
                &report.hint,
            ),
            "retryable",
            &report.retryable,
        ),
        ::ferrule_sql::Error::Query { report, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::describe::with_detail(
                                        ::ferrule_node::describe::with_detail(
                                            ::ferrule_node::describe::with_detail(
                                                ::ferrule_node::describe::with_detail(
                                                    ::ferrule_node::describe::with_detail(
                                                        ::ferrule_node::describe::with_detail(
                                                            ::ferrule_node::core::error::BoundaryError::new(
                                                                "ERR_SQL_QUERY",
                                                                message,
                                                            ),
                                                            "sqlstate",
                                                            &report.sqlstate,
                                                        ),
                                                        "extendedCode",
                                                        &report.extended_code,
                                                    ),
                                                    "constraint",
                                                    &report.constraint,
                                                ),
                                                "table",
                                                &report.table,
                                            ),
                                            "column",
                                            &report.column,
                                        ),
                                        "severity",
                                        &report.severity,
                                    ),
                                    "schema",
                                    &report.schema,
                                ),
                                "dataType",
                                &report.data_type,
                            ),
                            "context",
                            &report.context,
                        ),
                        "position",
                        &report.position,
                    ),
                    "detail",
                    &report.detail,
                ),
                "hint",
                &report.hint,
            ),
            "retryable",
            &report.retryable,
        ),
        ::ferrule_sql::Error::Parameter { parameter, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_PARAMETER", message),
            "parameter",
            &parameter,
        ),
        ::ferrule_sql::Error::Range { value, column, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_RANGE", message),
                "value",
                &value,
            ),
            "column",
            &column,
        ),
        ::ferrule_sql::Error::RowCount { found, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_ROW_COUNT", message),
            "found",
            &found,
        ),
        ::ferrule_sql::Error::Closed { what, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_CLOSED", message),
            "what",
            &what,
        ),
        ::ferrule_sql::Error::State { .. } => ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_STATE", message),
        ::ferrule_sql::Error::Value { column, data_type, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_VALUE", message),
                "column",
                &column,
            ),
            "dataType",
            &data_type,
        ),
        ::ferrule_sql::Error::Config { option, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_CONFIG", message),
            "option",
            &option,
        ),
        ::ferrule_sql::Error::PoolTimeout { waited_ms, max, open, busy, owned, waiting, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_POOL_TIMEOUT", message),
                                    "waitedMs",
                                    &waited_ms,
                                ),
                                "max",
                                &max,
                            ),
                            "open",
                            &open,
                        ),
                        "busy",
                        &busy,
                    ),
                    "owned",
                    &owned,
                ),
                "waiting",
                &waiting,
            )
        }
        ::ferrule_sql::Error::TimedOut { timeout_ms, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_TIMEOUT", message),
            "timeoutMs",
            &timeout_ms,
        ),
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_SQL", message),
    }
}

// @item sqliteConnectionPrepare
fn sqlite_connection_prepare(
    this: &mut SqliteConnection,
    sql: &str,
    forget: ::std::vec::Vec<u32>,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<
    (u32, bool, ::std::vec::Vec<::std::option::Option<::std::string::String>>, ::std::vec::Vec<::std::string::String>),
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_sql::sqlite::Connection>::prepare(&mut this.0, sql, &forget).map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionColumns
fn sqlite_connection_columns(
    this: &mut SqliteConnection,
    statement: u32,
) -> ::std::result::Result<::std::vec::Vec<::std::string::String>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::columns(&mut this.0, statement).map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionRow
fn sqlite_connection_row(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
    only: bool,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::PackedScalars>,
    ::ferrule_node::core::error::BoundaryError,
> {
    let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
    <::ferrule_sql::sqlite::Connection>::row(&mut this.0, statement, &params, big, only)
        .map_err(failed_ferrule_sql_error)
        .map(|value| {
            value.map(|value| {
                ::ferrule_node::PackedScalars(
                    value.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),
                )
            })
        })
}

// @item sqliteConnectionRowTask
fn sqlite_connection_row_task(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
    only: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::PackedScalars>,
    ::ferrule_node::core::error::BoundaryError,
> {
    let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
    <::ferrule_sql::sqlite::Connection>::row_checked(&mut this.0, statement, &params, big, only, {
        let token = ::std::clone::Clone::clone(token);
        move || token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_sql_error(error),
    })
    .map(|value| {
        value.map(|value| {
            ::ferrule_node::PackedScalars(
                value.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),
            )
        })
    })
}

// @item sqliteConnectionRows
fn sqlite_connection_rows(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
) -> ::std::result::Result<::std::vec::Vec<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
    <::ferrule_sql::sqlite::Connection>::rows(&mut this.0, statement, &params, big)
        .map_err(failed_ferrule_sql_error)
        .map(|value| value.into_iter().map(|value| ::ferrule_node::Bytes(value)).collect::<::std::vec::Vec<_>>())
}

// @item sqliteConnectionRowsTask
fn sqlite_connection_rows_task(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::std::vec::Vec<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
    <::ferrule_sql::sqlite::Connection>::rows_checked(&mut this.0, statement, &params, big, {
        let token = ::std::clone::Clone::clone(token);
        move || token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_sql_error(error),
    })
    .map(|value| value.into_iter().map(|value| ::ferrule_node::Bytes(value)).collect::<::std::vec::Vec<_>>())
}

// @item sqliteConnectionRun
fn sqlite_connection_run(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
) -> ::std::result::Result<::ferrule_node::PackedScalars, ::ferrule_node::core::error::BoundaryError> {
    let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
    <::ferrule_sql::sqlite::Connection>::run(&mut this.0, statement, &params).map_err(failed_ferrule_sql_error).map(
        |value| {
            ::ferrule_node::PackedScalars(
                value.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),
            )
        },
    )
}

// @item sqliteConnectionRunTask
fn sqlite_connection_run_task(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::PackedScalars, ::ferrule_node::core::error::BoundaryError> {
    let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
    <::ferrule_sql::sqlite::Connection>::run_checked(&mut this.0, statement, &params, {
        let token = ::std::clone::Clone::clone(token);
        move || token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_sql_error(error),
    })
    .map(|value| {
        ::ferrule_node::PackedScalars(value.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>())
    })
}

// @item sqliteConnectionScriptTask
fn sqlite_connection_script_task(
    this: &mut SqliteConnection,
    sql: &str,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::script(&mut this.0, sql, {
        let token = ::std::clone::Clone::clone(token);
        move || token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_sql_error(error),
    })
}

// @item sqliteConnectionBatchTask
fn sqlite_connection_batch_task(
    this: &mut SqliteConnection,
    statements: ::std::vec::Vec<u32>,
    params: ::std::vec::Vec<::std::vec::Vec<::ferrule_node::Scalar>>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::std::vec::Vec<i64>, ::ferrule_node::core::error::BoundaryError> {
    let params = params
        .into_iter()
        .map(|value| value.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>())
        .collect::<::std::vec::Vec<_>>();
    <::ferrule_sql::sqlite::Connection>::batch(&mut this.0, &statements, &params, {
        let token = ::std::clone::Clone::clone(token);
        move || token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_sql_error(error),
    })
}

// @item sqliteConnectionStreamBeginTask
fn sqlite_connection_stream_begin_task(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::stream_begin(
        &mut this.0,
        statement,
        params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>(),
        big,
    )
    .map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionStreamNextTask
fn sqlite_connection_stream_next_task(
    this: &mut SqliteConnection,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::std::option::Option<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::stream_next(&mut this.0, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_sql_error(error),
    })
    .map(|value| value.map(|value| ::ferrule_node::Bytes(value)))
}

// @item sqliteConnectionStreamEndTask
fn sqlite_connection_stream_end_task(
    this: &mut SqliteConnection,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::stream_end(&mut this.0).map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionIsAutocommit
fn sqlite_connection_is_autocommit(
    this: &mut SqliteConnection,
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::is_autocommit(&mut this.0).map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionCloseTask
fn sqlite_connection_close_task(
    this: &mut SqliteConnection,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::close(&mut this.0).map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionDefine
fn sqlite_connection_define(
    this: &mut SqliteConnection,
    name: &str,
    arguments: i32,
    deterministic: bool,
    number: u32,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::define(&mut this.0, name, arguments, deterministic, number)
        .map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionDefineAggregate
fn sqlite_connection_define_aggregate(
    this: &mut SqliteConnection,
    name: &str,
    arguments: i32,
    deterministic: bool,
    window: bool,
    number: u32,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::define_aggregate(&mut this.0, name, arguments, deterministic, window, number)
        .map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionRowCalling
fn sqlite_connection_row_calling(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
    only: bool,
    limit_ms: ::std::option::Option<f64>,
    host: ::ferrule_node::Callback<'_, (u32, ::std::vec::Vec<::ferrule_node::Scalar>), ::ferrule_node::Scalar>,
) -> ::std::result::Result<::std::option::Option<::ferrule_node::PackedScalars>, ::ferrule_node::Failure> {
    let throws = ::ferrule_node::Throws::new();
    throws.catch(|| -> ::std::result::Result<::std::option::Option<::ferrule_node::PackedScalars>, ::ferrule_node::core::error::BoundaryError> {
        let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
        <::ferrule_sql::sqlite::Connection>::row_calling(&mut this.0, statement, &params, big, only, limit_ms, &|value_0, value_1| throws.or_throw((|| { let returned = host.call((value_0, value_1.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),))?; ::std::result::Result::Ok::<_, ::ferrule_node::Failure>(make_value(returned)) })())).map_err(failed_ferrule_sql_error).map(|value| value.map(|value| ::ferrule_node::PackedScalars(value.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>())))
    })?
    .map_err(::std::convert::Into::into)
}

// @item sqliteConnectionRowsCalling
fn sqlite_connection_rows_calling(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
    limit_ms: ::std::option::Option<f64>,
    host: ::ferrule_node::Callback<'_, (u32, ::std::vec::Vec<::ferrule_node::Scalar>), ::ferrule_node::Scalar>,
) -> ::std::result::Result<::std::vec::Vec<::ferrule_node::Bytes>, ::ferrule_node::Failure> {
    let throws = ::ferrule_node::Throws::new();
    throws.catch(|| -> ::std::result::Result<::std::vec::Vec<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
        let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
        <::ferrule_sql::sqlite::Connection>::rows_calling(&mut this.0, statement, &params, big, limit_ms, &|value_0, value_1| throws.or_throw((|| { let returned = host.call((value_0, value_1.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),))?; ::std::result::Result::Ok::<_, ::ferrule_node::Failure>(make_value(returned)) })())).map_err(failed_ferrule_sql_error).map(|value| value.into_iter().map(|value| ::ferrule_node::Bytes(value)).collect::<::std::vec::Vec<_>>())
    })?
    .map_err(::std::convert::Into::into)
}

// @item sqliteConnectionRunCalling
fn sqlite_connection_run_calling(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    limit_ms: ::std::option::Option<f64>,
    host: ::ferrule_node::Callback<'_, (u32, ::std::vec::Vec<::ferrule_node::Scalar>), ::ferrule_node::Scalar>,
) -> ::std::result::Result<::ferrule_node::PackedScalars, ::ferrule_node::Failure> {
    let throws = ::ferrule_node::Throws::new();
    throws
        .catch(
            || -> ::std::result::Result<::ferrule_node::PackedScalars, ::ferrule_node::core::error::BoundaryError> {
                let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
                <::ferrule_sql::sqlite::Connection>::run_calling(
                    &mut this.0,
                    statement,
                    &params,
                    limit_ms,
                    &|value_0, value_1| {
                        throws.or_throw((|| {
                            let returned = host.call((
                                value_0,
                                value_1.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),
                            ))?;
                            ::std::result::Result::Ok::<_, ::ferrule_node::Failure>(make_value(returned))
                        })())
                    },
                )
                .map_err(failed_ferrule_sql_error)
                .map(|value| {
                    ::ferrule_node::PackedScalars(
                        value.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),
                    )
                })
            },
        )?
        .map_err(::std::convert::Into::into)
}

// @item sqliteConnectionBackupTask
fn sqlite_connection_backup_task(
    this: &mut SqliteConnection,
    to: &str,
    pages: u32,
    on_progress: ::ferrule_node::Queued<(u32, u32)>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::backup(
        &mut this.0,
        to,
        pages,
        move |value_0, value_1| {
            let _ = (|| -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
                on_progress.call((value_0, value_1))
            })();
        },
        &|| token.check().map_err(|_| ::std::default::Default::default()),
    )
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_sql_error(error),
    })
}

// @item sqliteConnectionBlobSizeTask
fn sqlite_connection_blob_size_task(
    this: &mut SqliteConnection,
    schema: &str,
    table: &str,
    column: &str,
    row: ::ferrule_node::BigI64,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<u64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::blob_size(&mut this.0, schema, table, column, row.0)
        .map_err(failed_ferrule_sql_error)
}

// @item sqliteConnectionBlobReadTask
fn sqlite_connection_blob_read_task(
    this: &mut SqliteConnection,
    schema: &str,
    table: &str,
    column: &str,
    row: ::ferrule_node::BigI64,
    offset: u32,
    length: u32,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Bytes, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::blob_read(&mut this.0, schema, table, column, row.0, offset, length)
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::Bytes(value))
}

// @item sqliteConnectionBlobWriteTask
fn sqlite_connection_blob_write_task(
    this: &mut SqliteConnection,
    schema: &str,
    table: &str,
    column: &str,
    row: ::ferrule_node::BigI64,
    offset: u32,
    bytes: &[u8],
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::sqlite::Connection>::blob_write(&mut this.0, schema, table, column, row.0, offset, bytes)
        .map_err(failed_ferrule_sql_error)
}

// @item postgresQuery
async fn postgres_query(
    this: ::ferrule_node::Shared<Postgres>,
    sql: ::std::string::String,
    values: ::std::vec::Vec<::ferrule_node::Scalar>,
    kinds: ::std::string::String,
    bigints: bool,
) -> ::std::result::Result<::std::vec::Vec<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::query(
        &(*this).0,
        sql.as_str(),
        values.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>(),
        kinds.as_str(),
        bigints,
    )
    .await
    .map_err(failed_ferrule_sql_error)
    .map(|value| value.into_iter().map(|value| ::ferrule_node::Bytes(value)).collect::<::std::vec::Vec<_>>())
}

// @item postgresExecute
async fn postgres_execute(
    this: ::ferrule_node::Shared<Postgres>,
    sql: ::std::string::String,
    values: ::std::vec::Vec<::ferrule_node::Scalar>,
    kinds: ::std::string::String,
) -> ::std::result::Result<u64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::execute(
        &(*this).0,
        sql.as_str(),
        values.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>(),
        kinds.as_str(),
    )
    .await
    .map_err(failed_ferrule_sql_error)
}

// @item postgresStream
async fn postgres_stream(
    this: ::ferrule_node::Shared<Postgres>,
    sql: ::std::string::String,
    values: ::std::vec::Vec<::ferrule_node::Scalar>,
    kinds: ::std::string::String,
    bigints: bool,
) -> ::std::result::Result<::ferrule_node::New<PostgresCursor>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::stream(
        &(*this).0,
        sql.as_str(),
        values.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>(),
        kinds.as_str(),
        bigints,
    )
    .await
    .map_err(failed_ferrule_sql_error)
    .map(|value| ::ferrule_node::New::of(PostgresCursor(value)))
}

// @item postgresCopyIn
async fn postgres_copy_in(
    this: ::ferrule_node::Shared<Postgres>,
    sql: ::std::string::String,
) -> ::std::result::Result<::ferrule_node::New<PostgresCopyIn>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::copy_in(&(*this).0, sql.as_str())
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresCopyIn(value)))
}

// @item postgresCopyRows
async fn postgres_copy_rows(
    this: ::ferrule_node::Shared<Postgres>,
    schema: ::std::option::Option<::std::string::String>,
    table: ::std::string::String,
    columns: ::std::vec::Vec<::std::string::String>,
) -> ::std::result::Result<::ferrule_node::New<PostgresCopyIn>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::copy_rows(&(*this).0, schema, table.as_str(), columns)
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresCopyIn(value)))
}

// @item postgresCopyOut
async fn postgres_copy_out(
    this: ::ferrule_node::Shared<Postgres>,
    sql: ::std::string::String,
) -> ::std::result::Result<::ferrule_node::New<PostgresCopyOut>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::copy_out(&(*this).0, sql.as_str())
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresCopyOut(value)))
}

// @item postgresNames
fn postgres_names(this: &Postgres, shape: u32) -> ::std::option::Option<::std::vec::Vec<::std::string::String>> {
    <::ferrule_sql::postgres::Pool>::names(&this.0, shape)
}

// @item postgresState
fn postgres_state(this: &Postgres) -> ::std::vec::Vec<u32> {
    <::ferrule_sql::postgres::Pool>::state(&this.0)
}

// @item postgresBegin
async fn postgres_begin(
    this: ::ferrule_node::Shared<Postgres>,
    isolation: ::std::option::Option<Isolation>,
    read_only: bool,
    deferrable: bool,
) -> ::std::result::Result<::ferrule_node::New<PostgresSession>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::begin(&(*this).0, isolation.map(|value| value.into_rust()), read_only, deferrable)
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresSession(value)))
}

// @item postgresListen
async fn postgres_listen(
    this: ::ferrule_node::Shared<Postgres>,
    channels: ::std::vec::Vec<::std::string::String>,
    attempts: ::std::option::Option<u32>,
    backoff_ms: u32,
    max_backoff_ms: u32,
) -> ::std::result::Result<::ferrule_node::New<PostgresListener>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::listen(&(*this).0, channels, attempts, backoff_ms, max_backoff_ms)
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresListener(value)))
}

// @item postgresClose
async fn postgres_close(this: ::ferrule_node::Shared<Postgres>) {
    <::ferrule_sql::postgres::Pool>::close(&(*this).0).await
}

// @item postgresScript
async fn postgres_script(
    this: ::ferrule_node::Shared<Postgres>,
    sql: ::std::string::String,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::script(&(*this).0, sql.as_str()).await.map_err(failed_ferrule_sql_error)
}

// @item postgresDescribe
async fn postgres_describe(
    this: ::ferrule_node::Shared<Postgres>,
    sql: ::std::string::String,
) -> ::std::result::Result<::std::vec::Vec<::std::string::String>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::describe(&(*this).0, sql.as_str()).await.map_err(failed_ferrule_sql_error)
}

// @item postgresSessionQuery
async fn postgres_session_query(
    this: ::ferrule_node::Shared<PostgresSession>,
    sql: ::std::string::String,
    values: ::std::vec::Vec<::ferrule_node::Scalar>,
    kinds: ::std::string::String,
    bigints: bool,
) -> ::std::result::Result<::std::vec::Vec<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::query(
        &(*this).0,
        sql.as_str(),
        values.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>(),
        kinds.as_str(),
        bigints,
    )
    .await
    .map_err(failed_ferrule_sql_error)
    .map(|value| value.into_iter().map(|value| ::ferrule_node::Bytes(value)).collect::<::std::vec::Vec<_>>())
}

// @item postgresSessionExecute
async fn postgres_session_execute(
    this: ::ferrule_node::Shared<PostgresSession>,
    sql: ::std::string::String,
    values: ::std::vec::Vec<::ferrule_node::Scalar>,
    kinds: ::std::string::String,
) -> ::std::result::Result<u64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::execute(
        &(*this).0,
        sql.as_str(),
        values.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>(),
        kinds.as_str(),
    )
    .await
    .map_err(failed_ferrule_sql_error)
}

// @item postgresSessionStream
async fn postgres_session_stream(
    this: ::ferrule_node::Shared<PostgresSession>,
    sql: ::std::string::String,
    values: ::std::vec::Vec<::ferrule_node::Scalar>,
    kinds: ::std::string::String,
    bigints: bool,
) -> ::std::result::Result<::ferrule_node::New<PostgresCursor>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::stream(
        &(*this).0,
        sql.as_str(),
        values.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>(),
        kinds.as_str(),
        bigints,
    )
    .await
    .map_err(failed_ferrule_sql_error)
    .map(|value| ::ferrule_node::New::of(PostgresCursor(value)))
}

// @item postgresSessionCopyIn
async fn postgres_session_copy_in(
    this: ::ferrule_node::Shared<PostgresSession>,
    sql: ::std::string::String,
) -> ::std::result::Result<::ferrule_node::New<PostgresCopyIn>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::copy_in(&(*this).0, sql.as_str())
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresCopyIn(value)))
}

// @item postgresSessionCopyRows
async fn postgres_session_copy_rows(
    this: ::ferrule_node::Shared<PostgresSession>,
    schema: ::std::option::Option<::std::string::String>,
    table: ::std::string::String,
    columns: ::std::vec::Vec<::std::string::String>,
) -> ::std::result::Result<::ferrule_node::New<PostgresCopyIn>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::copy_rows(&(*this).0, schema, table.as_str(), columns)
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresCopyIn(value)))
}

// @item postgresSessionCopyOut
async fn postgres_session_copy_out(
    this: ::ferrule_node::Shared<PostgresSession>,
    sql: ::std::string::String,
) -> ::std::result::Result<::ferrule_node::New<PostgresCopyOut>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::copy_out(&(*this).0, sql.as_str())
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresCopyOut(value)))
}

// @item postgresSessionSavepoint
async fn postgres_session_savepoint(
    this: ::ferrule_node::Shared<PostgresSession>,
) -> ::std::result::Result<u32, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::savepoint(&(*this).0).await.map_err(failed_ferrule_sql_error)
}

// @item postgresSessionRelease
async fn postgres_session_release(
    this: ::ferrule_node::Shared<PostgresSession>,
    number: u32,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::release(&(*this).0, number).await.map_err(failed_ferrule_sql_error)
}

// @item postgresSessionRollBackTo
async fn postgres_session_roll_back_to(
    this: ::ferrule_node::Shared<PostgresSession>,
    number: u32,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::roll_back_to(&(*this).0, number).await.map_err(failed_ferrule_sql_error)
}

// @item postgresSessionCommit
async fn postgres_session_commit(
    this: ::ferrule_node::Shared<PostgresSession>,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::commit(&(*this).0).await.map_err(failed_ferrule_sql_error)
}

// @item postgresSessionRollBack
async fn postgres_session_roll_back(
    this: ::ferrule_node::Shared<PostgresSession>,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::roll_back(&(*this).0).await.map_err(failed_ferrule_sql_error)
}

// @item postgresSessionScript
async fn postgres_session_script(
    this: ::ferrule_node::Shared<PostgresSession>,
    sql: ::std::string::String,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Session>::script(&(*this).0, sql.as_str()).await.map_err(failed_ferrule_sql_error)
}

// @item postgresCursorNext
async fn postgres_cursor_next(
    mut this: ::ferrule_node::Exclusive<PostgresCursor>,
) -> ::std::result::Result<::std::option::Option<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Cursor>::next(&mut (*this).0)
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| value.map(|value| ::ferrule_node::Bytes(value)))
}

// @item postgresCopyInWrite
async fn postgres_copy_in_write(
    mut this: ::ferrule_node::Exclusive<PostgresCopyIn>,
    bytes: ::ferrule_node::Bytes,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::CopyIn>::write(&mut (*this).0, bytes.0).await.map_err(failed_ferrule_sql_error)
}

// @item postgresCopyInWriteRows
async fn postgres_copy_in_write_rows(
    mut this: ::ferrule_node::Exclusive<PostgresCopyIn>,
    packed: ::ferrule_node::Bytes,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::CopyIn>::write_rows(&mut (*this).0, packed.0).await.map_err(failed_ferrule_sql_error)
}

// @item postgresCopyInFinish
async fn postgres_copy_in_finish(
    mut this: ::ferrule_node::Exclusive<PostgresCopyIn>,
) -> ::std::result::Result<u64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::CopyIn>::finish(&mut (*this).0).await.map_err(failed_ferrule_sql_error)
}

// @item postgresCopyOutNext
async fn postgres_copy_out_next(
    mut this: ::ferrule_node::Exclusive<PostgresCopyOut>,
) -> ::std::result::Result<::std::option::Option<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::CopyOut>::next(&mut (*this).0)
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| value.map(|value| ::ferrule_node::Bytes(value)))
}

// @item postgresListenerNext
async fn postgres_listener_next(
    mut this: ::ferrule_node::Exclusive<PostgresListener>,
    most: u32,
) -> ::std::result::Result<
    (
        ::std::vec::Vec<(::std::string::String, ::std::string::String, i32)>,
        ::std::option::Option<::std::string::String>,
    ),
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_sql::postgres::Listener>::next(&mut (*this).0, most).await.map_err(failed_ferrule_sql_error)
}

// @item sqliteVersion
fn sqlite_version() -> &'static str {
    ::ferrule_sql::sqlite_version()
}

// @item sqliteOpen
fn sqlite_open(
    path: &str,
    read_only: bool,
    create: bool,
    wal: bool,
    busy_ms: f64,
    foreign_keys: bool,
    synchronous: &str,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::New<SqliteConnection>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sql::sqlite::Connection::open(path, read_only, create, wal, busy_ms, foreign_keys, synchronous)
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(SqliteConnection(value)))
}

// @item postgresConnect
async fn postgres_connect(
    url: ::std::string::String,
    options: ::std::string::String,
) -> ::std::result::Result<::ferrule_node::New<Postgres>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_sql::postgres::Pool::connect(url.as_str(), options.as_str())
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(Postgres(value)))
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item sqliteConnectionPrepare
    system.blocking("sqliteConnectionPrepare", &["connection", "sql", "forget"], sqlite_connection_prepare);
    // @item sqliteConnectionColumns
    system.sync("sqliteConnectionColumns", &["connection", "statement"], sqlite_connection_columns);
    // @item sqliteConnectionRow
    system.sync("sqliteConnectionRow", &["connection", "statement", "params", "big", "only"], sqlite_connection_row);
    // @item sqliteConnectionRowTask
    system.blocking(
        "sqliteConnectionRowTask",
        &["connection", "statement", "params", "big", "only"],
        sqlite_connection_row_task,
    );
    // @item sqliteConnectionRows
    system.sync("sqliteConnectionRows", &["connection", "statement", "params", "big"], sqlite_connection_rows);
    // @item sqliteConnectionRowsTask
    system.blocking(
        "sqliteConnectionRowsTask",
        &["connection", "statement", "params", "big"],
        sqlite_connection_rows_task,
    );
    // @item sqliteConnectionRun
    system.sync("sqliteConnectionRun", &["connection", "statement", "params"], sqlite_connection_run);
    // @item sqliteConnectionRunTask
    system.blocking("sqliteConnectionRunTask", &["connection", "statement", "params"], sqlite_connection_run_task);
    // @item sqliteConnectionScriptTask
    system.blocking("sqliteConnectionScriptTask", &["connection", "sql"], sqlite_connection_script_task);
    // @item sqliteConnectionBatchTask
    system.blocking("sqliteConnectionBatchTask", &["connection", "statements", "params"], sqlite_connection_batch_task);
    // @item sqliteConnectionStreamBeginTask
    system.blocking(
        "sqliteConnectionStreamBeginTask",
        &["connection", "statement", "params", "big"],
        sqlite_connection_stream_begin_task,
    );
    // @item sqliteConnectionStreamNextTask
    system.blocking("sqliteConnectionStreamNextTask", &["connection"], sqlite_connection_stream_next_task);
    // @item sqliteConnectionStreamEndTask
    system.blocking("sqliteConnectionStreamEndTask", &["connection"], sqlite_connection_stream_end_task);
    // @item sqliteConnectionIsAutocommit
    system.sync("sqliteConnectionIsAutocommit", &["connection"], sqlite_connection_is_autocommit);
    // @item sqliteConnectionCloseTask
    system.blocking("sqliteConnectionCloseTask", &["connection"], sqlite_connection_close_task);
    // @item sqliteConnectionDefine
    system.sync(
        "sqliteConnectionDefine",
        &["connection", "name", "arguments", "deterministic", "number"],
        sqlite_connection_define,
    );
    // @item sqliteConnectionDefineAggregate
    system.sync(
        "sqliteConnectionDefineAggregate",
        &["connection", "name", "arguments", "deterministic", "window", "number"],
        sqlite_connection_define_aggregate,
    );
    // @item sqliteConnectionRowCalling
    system.sync(
        "sqliteConnectionRowCalling",
        &["connection", "statement", "params", "big", "only", "limitMs", "host"],
        sqlite_connection_row_calling,
    );
    // @item sqliteConnectionRowsCalling
    system.sync(
        "sqliteConnectionRowsCalling",
        &["connection", "statement", "params", "big", "limitMs", "host"],
        sqlite_connection_rows_calling,
    );
    // @item sqliteConnectionRunCalling
    system.sync(
        "sqliteConnectionRunCalling",
        &["connection", "statement", "params", "limitMs", "host"],
        sqlite_connection_run_calling,
    );
    // @item sqliteConnectionBackupTask
    system.blocking(
        "sqliteConnectionBackupTask",
        &["connection", "to", "pages", "onProgress"],
        sqlite_connection_backup_task,
    );
    // @item sqliteConnectionBlobSizeTask
    system.blocking(
        "sqliteConnectionBlobSizeTask",
        &["connection", "schema", "table", "column", "row"],
        sqlite_connection_blob_size_task,
    );
    // @item sqliteConnectionBlobReadTask
    system.blocking(
        "sqliteConnectionBlobReadTask",
        &["connection", "schema", "table", "column", "row", "offset", "length"],
        sqlite_connection_blob_read_task,
    );
    // @item sqliteConnectionBlobWriteTask
    system.blocking(
        "sqliteConnectionBlobWriteTask",
        &["connection", "schema", "table", "column", "row", "offset", "bytes"],
        sqlite_connection_blob_write_task,
    );
    // @item postgresQuery
    system.future("postgresQuery", &["database", "sql", "values", "kinds", "bigints"], postgres_query);
    // @item postgresExecute
    system.future("postgresExecute", &["database", "sql", "values", "kinds"], postgres_execute);
    // @item postgresStream
    system.future("postgresStream", &["database", "sql", "values", "kinds", "bigints"], postgres_stream);
    // @item postgresCopyIn
    system.future("postgresCopyIn", &["database", "sql"], postgres_copy_in);
    // @item postgresCopyRows
    system.future("postgresCopyRows", &["database", "schema", "table", "columns"], postgres_copy_rows);
    // @item postgresCopyOut
    system.future("postgresCopyOut", &["database", "sql"], postgres_copy_out);
    // @item postgresNames
    system.sync("postgresNames", &["database", "shape"], postgres_names);
    // @item postgresState
    system.sync("postgresState", &["database"], postgres_state);
    // @item postgresBegin
    system.future("postgresBegin", &["database", "isolation", "readOnly", "deferrable"], postgres_begin);
    // @item postgresListen
    system.future(
        "postgresListen",
        &["database", "channels", "attempts", "backoffMs", "maxBackoffMs"],
        postgres_listen,
    );
    // @item postgresClose
    system.future("postgresClose", &["database"], postgres_close);
    // @item postgresScript
    system.future("postgresScript", &["database", "sql"], postgres_script);
    // @item postgresDescribe
    system.future("postgresDescribe", &["database", "sql"], postgres_describe);
    // @item postgresSessionQuery
    system.future(
        "postgresSessionQuery",
        &["transaction", "sql", "values", "kinds", "bigints"],
        postgres_session_query,
    );
    // @item postgresSessionExecute
    system.future("postgresSessionExecute", &["transaction", "sql", "values", "kinds"], postgres_session_execute);
    // @item postgresSessionStream
    system.future(
        "postgresSessionStream",
        &["transaction", "sql", "values", "kinds", "bigints"],
        postgres_session_stream,
    );
    // @item postgresSessionCopyIn
    system.future("postgresSessionCopyIn", &["transaction", "sql"], postgres_session_copy_in);
    // @item postgresSessionCopyRows
    system.future(
        "postgresSessionCopyRows",
        &["transaction", "schema", "table", "columns"],
        postgres_session_copy_rows,
    );
    // @item postgresSessionCopyOut
    system.future("postgresSessionCopyOut", &["transaction", "sql"], postgres_session_copy_out);
    // @item postgresSessionSavepoint
    system.future("postgresSessionSavepoint", &["transaction"], postgres_session_savepoint);
    // @item postgresSessionRelease
    system.future("postgresSessionRelease", &["transaction", "number"], postgres_session_release);
    // @item postgresSessionRollBackTo
    system.future("postgresSessionRollBackTo", &["transaction", "number"], postgres_session_roll_back_to);
    // @item postgresSessionCommit
    system.future("postgresSessionCommit", &["transaction"], postgres_session_commit);
    // @item postgresSessionRollBack
    system.future("postgresSessionRollBack", &["transaction"], postgres_session_roll_back);
    // @item postgresSessionScript
    system.future("postgresSessionScript", &["transaction", "sql"], postgres_session_script);
    // @item postgresCursorNext
    system.future("postgresCursorNext", &["cursor"], postgres_cursor_next);
    // @item postgresCopyInWrite
    system.future("postgresCopyInWrite", &["copy", "bytes"], postgres_copy_in_write);
    // @item postgresCopyInWriteRows
    system.future("postgresCopyInWriteRows", &["copy", "packed"], postgres_copy_in_write_rows);
    // @item postgresCopyInFinish
    system.future("postgresCopyInFinish", &["copy"], postgres_copy_in_finish);
    // @item postgresCopyOutNext
    system.future("postgresCopyOutNext", &["copy"], postgres_copy_out_next);
    // @item postgresListenerNext
    system.future("postgresListenerNext", &["listener", "most"], postgres_listener_next);
    // @item sqliteVersion
    system.sync("sqliteVersion", &[], sqlite_version);
    // @item sqliteOpen
    system.blocking(
        "sqliteOpen",
        &["path", "readOnly", "create", "wal", "busyMs", "foreignKeys", "synchronous"],
        sqlite_open,
    );
    // @item postgresConnect
    system.future("postgresConnect", &["url", "options"], postgres_connect);
}
