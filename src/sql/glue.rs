//! The glue of sql: ferrule-sql 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class SqliteConnection
struct SqliteConnection(::ferrule_sql::sqlite::Connection);

impl ::ferrule_node::Object for SqliteConnection {
    const NAME: &'static str = "SqliteConnection";
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
                                            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_SYNTAX", message),
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
                                            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_BUSY", message),
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
                                            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_FULL", message),
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
                                            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_CORRUPT", message),
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
                                            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_DENIED", message),
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
                                            ::ferrule_node::core::error::BoundaryError::new("ERR_SQL_QUERY", message),
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

// @item sqliteConnectionRowCalling
fn sqlite_connection_row_calling(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
    only: bool,
    host: ::ferrule_node::Callback<'_, (u32, ::std::vec::Vec<::ferrule_node::Scalar>), ::ferrule_node::Scalar>,
) -> ::std::result::Result<::std::option::Option<::ferrule_node::PackedScalars>, ::ferrule_node::Failure> {
    let throws = ::ferrule_node::Throws::new();
    throws.catch(|| -> ::std::result::Result<::std::option::Option<::ferrule_node::PackedScalars>, ::ferrule_node::core::error::BoundaryError> {
        let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
        <::ferrule_sql::sqlite::Connection>::row_calling(&mut this.0, statement, &params, big, only, &|value_0, value_1| throws.or_throw((|| { let returned = host.call((value_0, value_1.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),))?; ::std::result::Result::Ok::<_, ::ferrule_node::Failure>(make_value(returned)) })())).map_err(failed_ferrule_sql_error).map(|value| value.map(|value| ::ferrule_node::PackedScalars(value.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>())))
    })?
    .map_err(::std::convert::Into::into)
}

// @item sqliteConnectionRowsCalling
fn sqlite_connection_rows_calling(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
    big: bool,
    host: ::ferrule_node::Callback<'_, (u32, ::std::vec::Vec<::ferrule_node::Scalar>), ::ferrule_node::Scalar>,
) -> ::std::result::Result<::std::vec::Vec<::ferrule_node::Bytes>, ::ferrule_node::Failure> {
    let throws = ::ferrule_node::Throws::new();
    throws.catch(|| -> ::std::result::Result<::std::vec::Vec<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
        let params = params.0.into_iter().map(|value| make_value(value)).collect::<::std::vec::Vec<_>>();
        <::ferrule_sql::sqlite::Connection>::rows_calling(&mut this.0, statement, &params, big, &|value_0, value_1| throws.or_throw((|| { let returned = host.call((value_0, value_1.into_iter().map(|value| take_value(value)).collect::<::std::vec::Vec<_>>(),))?; ::std::result::Result::Ok::<_, ::ferrule_node::Failure>(make_value(returned)) })())).map_err(failed_ferrule_sql_error).map(|value| value.into_iter().map(|value| ::ferrule_node::Bytes(value)).collect::<::std::vec::Vec<_>>())
    })?
    .map_err(::std::convert::Into::into)
}

// @item sqliteConnectionRunCalling
fn sqlite_connection_run_calling(
    this: &mut SqliteConnection,
    statement: u32,
    params: ::ferrule_node::PackedScalars,
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
    // @item sqliteConnectionRowCalling
    system.sync(
        "sqliteConnectionRowCalling",
        &["connection", "statement", "params", "big", "only", "host"],
        sqlite_connection_row_calling,
    );
    // @item sqliteConnectionRowsCalling
    system.sync(
        "sqliteConnectionRowsCalling",
        &["connection", "statement", "params", "big", "host"],
        sqlite_connection_rows_calling,
    );
    // @item sqliteConnectionRunCalling
    system.sync(
        "sqliteConnectionRunCalling",
        &["connection", "statement", "params", "host"],
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
    // @item sqliteVersion
    system.sync("sqliteVersion", &[], sqlite_version);
    // @item sqliteOpen
    system.blocking(
        "sqliteOpen",
        &["path", "readOnly", "create", "wal", "busyMs", "foreignKeys", "synchronous"],
        sqlite_open,
    );
}
