//! The PostgreSQL engine against a real server.

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use ferrule_sql::{
    Error, Value,
    postgres::{Options, Pool},
};
use tokio::{task::JoinSet, time::timeout};

fn url() -> String {
    std::env::var("DATABASE_URL").unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/test".to_owned())
}

async fn pool(options: Options) -> Arc<Pool> {
    Arc::new(Pool::connect_with(&url(), &options).await.unwrap_or_else(|error| {
        panic!("{error}\nThese tests need a PostgreSQL server: `pg_ctlcluster 15 main start`, or DATABASE_URL")
    }))
}

/// As the lane drives it.
fn on_the_lane<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async { timeout(Duration::from_secs(60), future).await.expect("it hangs") })
}

/// The only number of a result of one row.
fn number(block: &[u8]) -> i32 {
    f64::from_ne_bytes(block[32..40].try_into().unwrap()) as i32
}

/// A generator whose numbers can be had again by their seed.
struct Lot(u64);

impl Lot {
    fn draw(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

fn seed() -> u64 {
    std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64 | 1
    })
}

async fn settled(pool: &Pool) {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let state = pool.state();
        if state[1] == state[0] && state[3..] == [0, 0] {
            return;
        }
        assert!(Instant::now() < until, "the pool does not come to rest: {state:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[test]
fn calls_in_flight_get_their_own_results() {
    on_the_lane(async {
        let pool = pool(Options { max: 3, ..Options::default() }).await;
        let mut calls = JoinSet::new();
        for sent in 0..500 {
            let pool = Arc::clone(&pool);
            calls.spawn(async move {
                let rows = pool.query("select $1::int4 as n", vec![Value::Number(f64::from(sent))], "", false);
                (sent, number(&rows.await.unwrap()[0]))
            });
        }
        while let Some(result) = calls.join_next().await {
            let (sent, received) = result.unwrap();
            assert_eq!(sent, received);
        }
        settled(&pool).await;
        assert!(pool.state()[0] <= 3);
    });
}

#[test]
fn a_cancel_hits_its_own_statement_and_no_other() {
    let seed = seed();
    println!("SEED={seed}");
    on_the_lane(async {
        let pool = pool(Options { max: 4, ..Options::default() }).await;
        let mut lot = Lot(seed);
        let (mut calls, mut next, mut finished, mut stopped) = (JoinSet::new(), 0, 0, 0);
        while next < 4000 || !calls.is_empty() {
            while next < 4000 && calls.len() < 24 {
                let pool = Arc::clone(&pool);
                let sent = next;
                next += 1;
                // The names of the same statement are many, so that preparing is under way all the time, too.
                let sql = match lot.draw(8) {
                    0 => "select $1::int4 as n from pg_sleep(0.004)".to_owned(),
                    1 => format!("select $1::int4 as n /* {} */", lot.draw(500)),
                    2 => "select $1::int4 as n from generate_series(1, 20000) as g(i) where g.i = 20000".to_owned(),
                    _ => "select $1::int4 as n".to_owned(),
                };
                let patience = (lot.draw(3) == 0).then(|| Duration::from_micros(lot.draw(6000)));
                calls.spawn(async move {
                    let call = pool.query(&sql, vec![Value::Number(f64::from(sent))], "", false);
                    let result = match patience {
                        Some(patience) => timeout(patience, call).await.ok(),
                        None => Some(call.await),
                    };
                    (sent, result)
                });
            }
            let (sent, result) = calls.join_next().await.unwrap().unwrap();
            match result {
                None => stopped += 1,
                Some(Ok(rows)) => {
                    assert_eq!(number(&rows[0]), sent, "results were swapped");
                    finished += 1;
                }
                Some(Err(error)) => panic!("statement {sent}, which nobody stopped, failed: {error:?}"),
            }
        }
        println!("{finished} finished, {stopped} stopped");
        assert!(stopped > 300 && finished > 2000);
        settled(&pool).await;
    });
}

#[test]
fn a_stopped_statement_ends_on_the_server() {
    on_the_lane(async {
        let pool =
            pool(Options { max: 2, application_name: Some("ferrule-stopped".to_owned()), ..Options::default() }).await;
        let call = pool.query("select pg_sleep(600)", vec![], "", false);
        assert!(timeout(Duration::from_millis(100), call).await.is_err());
        settled(&pool).await;
        let running = "select count(*)::int4 from pg_stat_activity \
                       where application_name = 'ferrule-stopped' and state = 'active' and query like '%sleep(600)%' and pid <> pg_backend_pid()";
        let rows = pool.query(running, vec![], "", false).await.unwrap();
        assert_eq!(number(&rows[0]), 0);
    });
}

#[test]
fn who_waits_for_a_connection_is_served_in_order_or_told_in_time() {
    on_the_lane(async {
        let pool = pool(Options { max: 1, acquire_timeout_ms: 200.0, ..Options::default() }).await;
        let session = pool.begin(None, false, false).await.unwrap();
        let error = pool.query("select 1", vec![], "", false).await.unwrap_err();
        let Error::PoolTimeout { max: 1, open: 1, owned: 1, .. } = error else { panic!("{error:?}") };
        let order = Arc::new(std::sync::Mutex::new(Vec::new()));
        let mut calls = JoinSet::new();
        for place in 0..20 {
            let (pool, order) = (Arc::clone(&pool), Arc::clone(&order));
            calls.spawn(async move {
                pool.query(&format!("select {place}"), vec![], "", false).await.unwrap();
                order.lock().unwrap().push(place);
            });
        }
        tokio::task::yield_now().await;
        session.commit().await.unwrap();
        drop(session);
        while let Some(done) = calls.join_next().await {
            done.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), (0..20).collect::<Vec<_>>());
    });
}

#[test]
fn statements_of_a_transaction_run_in_the_order_of_their_calls() {
    on_the_lane(async {
        let pool = pool(Options { max: 1, ..Options::default() }).await;
        let session = Arc::new(pool.begin(None, false, false).await.unwrap());
        session.execute("create temp table ferrule_order (n int) on commit drop", vec![], "").await.unwrap();
        let mut calls = JoinSet::new();
        for round in 0..100 {
            let session = Arc::clone(&session);
            calls.spawn(async move {
                if round % 2 == 0 {
                    session
                        .execute("insert into ferrule_order values ($1)", vec![Value::Number(1.0)], "")
                        .await
                        .unwrap();
                    return (0, 0);
                }
                let rows = session.query("select count(*)::int4 from ferrule_order", vec![], "", false).await.unwrap();
                (round / 2 + 1, number(&rows[0]))
            });
        }
        while let Some(result) = calls.join_next().await {
            let (expected, found) = result.unwrap();
            assert_eq!(expected, found);
        }
        session.commit().await.unwrap();
    });
}

#[test]
fn a_dropped_transaction_is_rolled_back_and_its_connection_used_again() {
    on_the_lane(async {
        let pool = pool(Options { max: 1, ..Options::default() }).await;
        let run = |sql: &'static str| pool.query(sql, vec![], "", false);
        run("create table if not exists ferrule_engine_tx (n int)").await.unwrap();
        run("truncate ferrule_engine_tx").await.unwrap();
        let session = pool.begin(None, false, false).await.unwrap();
        session.query("insert into ferrule_engine_tx values (1)", vec![], "", false).await.unwrap();
        drop(session);
        let rows = run("select count(*)::int4 from ferrule_engine_tx").await.unwrap();
        assert_eq!(number(&rows[0]), 0);
        let session = pool.begin(None, false, false).await.unwrap();
        let sleeping = session.query("select pg_sleep(600)", vec![], "", false);
        assert!(timeout(Duration::from_millis(50), sleeping).await.is_err());
        assert!(matches!(session.commit().await, Err(Error::State { .. })));
        drop(session);
        run("drop table ferrule_engine_tx").await.unwrap();
        settled(&pool).await;
    });
}

#[test]
fn a_result_is_read_as_it_is_asked_for_and_can_be_left() {
    on_the_lane(async {
        let pool = pool(Options { max: 1, ..Options::default() }).await;
        let mut cursor = pool.stream("select g from generate_series(1, 1000000) g", vec![], "", false).await.unwrap();
        let mut rows = 0;
        while let Some(block) = cursor.next().await.unwrap() {
            rows += u32::from_ne_bytes(block[..4].try_into().unwrap());
        }
        assert_eq!(rows, 1_000_000);
        drop(cursor);
        let mut cursor = pool.stream("select generate_series(1, 1000000000) as g", vec![], "", false).await.unwrap();
        cursor.next().await.unwrap();
        drop(cursor);
        pool.query("select 1", vec![], "", false).await.unwrap();
    });
}

#[test]
fn a_server_that_never_answers_is_given_up_in_time() {
    on_the_lane(async {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("postgres://postgres@{}/test", silent.local_addr().unwrap());
        let options = Options { connect_timeout_ms: 100.0, ..Options::default() };
        let error = Pool::connect_with(&url, &options).await.err().unwrap();
        assert!(matches!(&error, Error::Connection { report } if report.retryable), "{error:?}");
    });
}
