//! The glue of sql: ferrule-sql 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

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
fn make_value(
    value: ::ferrule_node::Scalar,
) -> ::std::result::Result<::ferrule_sql::Value, ::ferrule_node::core::error::BoundaryError> {
    match value {
        ::ferrule_node::Scalar::Null => ::std::result::Result::Ok(::ferrule_sql::Value::Null),
        ::ferrule_node::Scalar::Boolean(value) => ::std::result::Result::Ok(::ferrule_sql::Value::Boolean(value)),
        ::ferrule_node::Scalar::Number(value) => ::std::result::Result::Ok(::ferrule_sql::Value::Number(value)),
        ::ferrule_node::Scalar::BigInt(value) => ::std::result::Result::Ok(::ferrule_sql::Value::BigInt(value)),
        ::ferrule_node::Scalar::Text(value) => ::std::result::Result::Ok(::ferrule_sql::Value::Text(value)),
        ::ferrule_node::Scalar::Bytes(::ferrule_node::Bytes(value)) => {
            ::std::result::Result::Ok(::ferrule_sql::Value::Bytes(value))
        }
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
                                                        "extended_code",
                                                        &report.extended_code,
                                                    ),
                                                    "severity",
                                                    &report.severity,
                                                ),
                                                "constraint",
                                                &report.constraint,
                                            ),
                                            "schema",
                                            &report.schema,
                                        ),
                                        "table",
                                        &report.table,
                                    ),
                                    "column",
                                    &report.column,
                                ),
                                "data_type",
                                &report.data_type,
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
                "context",
                &report.context,
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
                                                        "extended_code",
                                                        &report.extended_code,
                                                    ),
                                                    "severity",
                                                    &report.severity,
                                                ),
                                                "constraint",
                                                &report.constraint,
                                            ),
                                            "schema",
                                            &report.schema,
                                        ),
                                        "table",
                                        &report.table,
                                    ),
                                    "column",
                                    &report.column,
                                ),
                                "data_type",
                                &report.data_type,
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
                "context",
                &report.context,
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
                                                        "extended_code",
                                                        &report.extended_code,
                                                    ),
                                                    "severity",
                                                    &report.severity,
                                                ),
                                                "constraint",
                                                &report.constraint,
                                            ),
                                            "schema",
                                            &report.schema,
                                        ),
                                        "table",
                                        &report.table,
                                    ),
                                    "column",
                                    &report.column,
                                ),
                                "data_type",
                                &report.data_type,
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
                "context",
                &report.context,
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
                                                        "extended_code",
                                                        &report.extended_code,
                                                    ),
                                                    "severity",
                                                    &report.severity,
                                                ),
                                                "constraint",
                                                &report.constraint,
                                            ),
                                            "schema",
                                            &report.schema,
                                        ),
                                        "table",
                                        &report.table,
                                    ),
                                    "column",
                                    &report.column,
                                ),
                                "data_type",
                                &report.data_type,
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
                "context",
                &report.context,
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
                                                        "extended_code",
                                                        &report.extended_code,
                                                    ),
                                                    "severity",
                                                    &report.severity,
                                                ),
                                                "constraint",
                                                &report.constraint,
                                            ),
                                            "schema",
                                            &report.schema,
                                        ),
                                        "table",
                                        &report.table,
                                    ),
                                    "column",
                                    &report.column,
                                ),
                                "data_type",
                                &report.data_type,
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
                "context",
                &report.context,
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
                                                        "extended_code",
                                                        &report.extended_code,
                                                    ),
                                                    "severity",
                                                    &report.severity,
                                                ),
                                                "constraint",
                                                &report.constraint,
                                            ),
                                            "schema",
                                            &report.schema,
                                        ),
                                        "table",
                                        &report.table,
                                    ),
                                    "column",
                                    &report.column,
                                ),
                                "data_type",
                                &report.data_type,
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
                "context",
                &report.context,
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
                                                        "extended_code",
                                                        &report.extended_code,
                                                    ),
                                                    "severity",
                                                    &report.severity,
                                                ),
                                                "constraint",
                                                &report.constraint,
                                            ),
                                            "schema",
                                            &report.schema,
                                        ),
                                        "table",
                                        &report.table,
                                    ),
                                    "column",
                                    &report.column,
                                ),
                                "data_type",
                                &report.data_type,
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
                "context",
                &report.context,
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
                                                        "extended_code",
                                                        &report.extended_code,
                                                    ),
                                                    "severity",
                                                    &report.severity,
                                                ),
                                                "constraint",
                                                &report.constraint,
                                            ),
                                            "schema",
                                            &report.schema,
                                        ),
                                        "table",
                                        &report.table,
                                    ),
                                    "column",
                                    &report.column,
                                ),
                                "data_type",
                                &report.data_type,
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
                "context",
                &report.context,
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
            "data_type",
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
                                    "waited_ms",
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
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_SQL", message),
    }
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
        values
            .into_iter()
            .map(|value| make_value(value))
            .collect::<::std::result::Result<::std::vec::Vec<_>, ::ferrule_node::core::error::BoundaryError>>()?,
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
        values
            .into_iter()
            .map(|value| make_value(value))
            .collect::<::std::result::Result<::std::vec::Vec<_>, ::ferrule_node::core::error::BoundaryError>>()?,
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
        values
            .into_iter()
            .map(|value| make_value(value))
            .collect::<::std::result::Result<::std::vec::Vec<_>, ::ferrule_node::core::error::BoundaryError>>()?,
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
) -> ::std::result::Result<::ferrule_node::New<PostgresListener>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_sql::postgres::Pool>::listen(&(*this).0, channels)
        .await
        .map_err(failed_ferrule_sql_error)
        .map(|value| ::ferrule_node::New::of(PostgresListener(value)))
}

// @item postgresClose
async fn postgres_close(this: ::ferrule_node::Shared<Postgres>) {
    <::ferrule_sql::postgres::Pool>::close(&(*this).0).await
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
        values
            .into_iter()
            .map(|value| make_value(value))
            .collect::<::std::result::Result<::std::vec::Vec<_>, ::ferrule_node::core::error::BoundaryError>>()?,
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
        values
            .into_iter()
            .map(|value| make_value(value))
            .collect::<::std::result::Result<::std::vec::Vec<_>, ::ferrule_node::core::error::BoundaryError>>()?,
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
        values
            .into_iter()
            .map(|value| make_value(value))
            .collect::<::std::result::Result<::std::vec::Vec<_>, ::ferrule_node::core::error::BoundaryError>>()?,
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
    ::std::vec::Vec<(::std::string::String, ::std::string::String, i32)>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_sql::postgres::Listener>::next(&mut (*this).0, most).await.map_err(failed_ferrule_sql_error)
}

// @item sqliteVersion
fn sqlite_version() -> &'static str {
    ::ferrule_sql::sqlite_version()
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
    system.future("postgresListen", &["database", "channels"], postgres_listen);
    // @item postgresClose
    system.future("postgresClose", &["database"], postgres_close);
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
    // @item postgresConnect
    system.future("postgresConnect", &["url", "options"], postgres_connect);
}
