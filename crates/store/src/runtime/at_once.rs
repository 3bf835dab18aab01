//! With SQLite: a whole commit as one query of several statements. Each query is a way to SQLite's thread and back, which takes
//! longer than what is done there.
//!
//! What comes before the check cannot be decided on here, so each row that is written carries the condition with it: that its
//! session is where its page believes. That a session has moved on is written last.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use futures::TryStreamExt;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AssertSqlSafe, Executor, Row};

use super::append::{TOLD, advance_sql, bind_told};
use super::group::Waiting;
use super::number;
use crate::statement::{Statement, push_rows};
use crate::{Engine, StoreError};

/// The most sessions in one query.
const MAX_SESSIONS: usize = 64;
/// How many rows of the journal there are in a query for each session in it.
const ENTRIES_EACH: usize = 4;
/// Where the journal of a session ends that has no first entry yet. Outside of a commit no session is there.
const UNBORN: i64 = -1;

const BEGIN: &str = "INSERT INTO session (id, last_seq, epoch, holder, lease_until) \
                     SELECT column1, column2, column3, column4, column5 FROM (";
const BEGUN: &str = ") WHERE column1 IS NOT NULL ON CONFLICT (id) DO NOTHING; ";
/// Of the rows given, those whose session is where they believe. Rows that fill up name no session.
const GIVEN: &str = "FROM given CROSS JOIN session ON session.id = given.named \
                     WHERE session.last_seq = given.expected AND session.epoch = given.held";

/// A kind of rows: what is done with those that are `given`, and the names of their columns after those of the condition.
struct Kind {
    before: &'static str,
    columns: &'static [&'static str],
    after: &'static str,
}

const ENTRIES: Kind =
    Kind { before: "INSERT INTO session_entry (session, seq, line)", columns: &["seq", "line"], after: "" };
const CONTENTS: Kind = Kind {
    before: "INSERT INTO session_content (session, id, value)",
    columns: &["content", "value"],
    after: " ON CONFLICT (session, id) DO NOTHING",
};
const OUTBOX: Kind =
    Kind { before: "INSERT INTO session_outbox (session, seq)", columns: &["seq"], after: "" };
const ENDED: Kind =
    Kind { before: "DELETE FROM session_handover WHERE (session, seq) IN (", columns: &["seq"], after: ")" };

/// How many rows of each kind a query has. There are few shapes, so that SQLite prepares each query once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    sessions: usize,
    begun: usize,
    entries: usize,
    contents: usize,
    outbox: usize,
    ended: usize,
}

/// The queries of all shapes that were needed so far.
#[derive(Debug, Default)]
pub(super) struct Queries(BTreeMap<Shape, Arc<str>>);

/// A connection that is closed unless what was begun on it has come to an end: SQLite then undoes it.
struct Undecided<'a> {
    connection: &'a mut PoolConnection<Any>,
    is_over: bool,
}

impl Drop for Undecided<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.connection.close_on_drop();
        }
    }
}

/// How many of these, which are of different sessions, go into one query: from the head of the list, none where the first cannot.
pub(super) fn fitting(waiting: &[Waiting]) -> usize {
    let plain = waiting.iter().take_while(|waiting| is_plain(waiting)).take(MAX_SESSIONS).count();
    let fits = |count: &usize| Shape::of(&waiting[..*count]).sessions <= MAX_SESSIONS;
    (1..=plain).rev().find(fits).unwrap_or(0)
}

fn is_plain(Waiting { page, begins, .. }: &Waiting) -> bool {
    page.is_plain() && begins.as_ref().is_none_or(|lease| lease.epoch == page.epoch && page.expected == 0)
}

impl Queries {
    /// Writes the pages and commits; the sessions of which they were accepted. After an error the connection must be given up.
    pub(super) async fn commit(
        &mut self,
        connection: &mut PoolConnection<Any>,
        waiting: &[Waiting],
    ) -> Result<BTreeSet<String>, StoreError> {
        let shape = Shape::of(waiting);
        let sql = self.0.entry(shape).or_insert_with(|| shape.sql().into());
        let statement = shape.bind(sqlx::query(AssertSqlSafe(Arc::clone(sql))), waiting);
        let mut undecided = Undecided { connection, is_over: false };
        let mut accepted = BTreeSet::new();
        let mut done = (&mut **undecided.connection).fetch_many(statement);
        while let Some(step) = done.try_next().await? {
            if let Some(row) = step.right() {
                accepted.insert(row.try_get(0)?);
            }
        }
        drop(done);
        undecided.is_over = true;
        Ok(accepted)
    }
}

impl Shape {
    fn of(waiting: &[Waiting]) -> Self {
        let begun = waiting.iter().filter(|waiting| waiting.begins.is_some()).count();
        let sum = |count: fn(&Waiting) -> usize| waiting.iter().map(count).sum::<usize>();
        let entries = sum(|waiting| waiting.page.entries.len());
        let others = [
            sum(|waiting| waiting.page.contents.len()),
            sum(|waiting| waiting.page.outbox.len()),
            sum(|waiting| waiting.page.ended.len()),
        ];
        let most = others.into_iter().fold(waiting.len().max(entries.div_ceil(ENTRIES_EACH)), usize::max);
        let sessions = most.next_power_of_two();
        let rows = |count: usize| if count == 0 { 0 } else { sessions };
        let [contents, outbox, ended] = others.map(rows);
        Self { sessions, begun: rows(begun), entries: sessions * ENTRIES_EACH, contents, outbox, ended }
    }

    fn sql(self) -> String {
        let mut sql = "BEGIN IMMEDIATE; ".to_owned();
        if self.begun > 0 {
            sql.push_str(BEGIN);
            sql.push_str("VALUES ");
            push_rows(Engine::Sqlite, &mut sql, self.begun, 5);
            sql.push_str(BEGUN);
        }
        ENTRIES.push(&mut sql, self.entries);
        CONTENTS.push(&mut sql, self.contents);
        OUTBOX.push(&mut sql, self.outbox);
        ENDED.push(&mut sql, self.ended);
        sql.push_str(&advance_sql(Engine::Sqlite, self.sessions));
        sql.push_str("; COMMIT");
        sql
    }

    fn bind(self, mut statement: Statement, waiting: &[Waiting]) -> Statement {
        for waiting in waiting {
            if let Some(lease) = &waiting.begins {
                statement = statement.bind(lease.session.to_string()).bind(UNBORN);
                statement = statement.bind(number(lease.epoch.0));
                statement = statement.bind(lease.node.to_string()).bind(lease.until.millis());
            }
        }
        let begun = waiting.iter().filter(|waiting| waiting.begins.is_some()).count();
        statement = fill(statement, (self.begun - begun) * 5);
        statement = self.rows(statement, waiting, (self.entries, &ENTRIES), |statement, waiting| {
            let rows = &waiting.page.entries;
            let bind = |statement, (seq, line): &(i64, String)| {
                condition(statement, waiting).bind(*seq).bind(line.clone())
            };
            (rows.iter().fold(statement, bind), rows.len())
        });
        statement = self.rows(statement, waiting, (self.contents, &CONTENTS), |statement, waiting| {
            let rows = &waiting.page.contents;
            let bind = |statement, (id, value): &(String, String)| {
                condition(statement, waiting).bind(id.clone()).bind(value.clone())
            };
            (rows.iter().fold(statement, bind), rows.len())
        });
        let numbers = |rows: fn(&Waiting) -> &[i64]| {
            move |statement, waiting: &Waiting| {
                let bind = |statement, number: &i64| condition(statement, waiting).bind(*number);
                (rows(waiting).iter().fold(statement, bind), rows(waiting).len())
            }
        };
        let outbox = numbers(|waiting| &waiting.page.outbox);
        statement = self.rows(statement, waiting, (self.outbox, &OUTBOX), outbox);
        let ended = numbers(|waiting| &waiting.page.ended);
        statement = self.rows(statement, waiting, (self.ended, &ENDED), ended);
        for waiting in waiting {
            statement = bind_told(statement, &waiting.page, expected(waiting));
        }
        fill(statement, (self.sessions - waiting.len()) * TOLD.len())
    }

    /// Binds the rows of one kind, and fills up to as many as there are.
    fn rows(
        self,
        mut statement: Statement,
        waiting: &[Waiting],
        (count, kind): (usize, &Kind),
        bind: impl Fn(Statement, &Waiting) -> (Statement, usize),
    ) -> Statement {
        let mut bound = 0;
        for waiting in waiting {
            let (with, rows) = bind(statement, waiting);
            statement = with;
            bound += rows;
        }
        fill(statement, (count - bound) * (kind.columns.len() + 3))
    }
}

impl Kind {
    fn push(&self, sql: &mut String, rows: usize) {
        if rows == 0 {
            return;
        }
        let columns = self.columns.join(", ");
        sql.push_str(self.before);
        // Writing into a string does not fail.
        let _ = write!(sql, " WITH given (named, expected, held, {columns}) AS (VALUES ");
        push_rows(Engine::Sqlite, sql, rows, self.columns.len() + 3);
        let _ = write!(sql, ") SELECT given.named, {} {GIVEN}{}; ", self.given(), self.after);
    }

    fn given(&self) -> String {
        self.columns.iter().map(|column| format!("given.{column}")).collect::<Vec<_>>().join(", ")
    }
}

/// Where the journal of a session has to end.
fn expected(Waiting { page, begins, .. }: &Waiting) -> i64 {
    if begins.is_some() { UNBORN } else { page.expected }
}

fn condition(statement: Statement, waiting: &Waiting) -> Statement {
    statement.bind(waiting.page.session.clone()).bind(expected(waiting)).bind(number(waiting.page.epoch.0))
}

/// Binds nothing in so many places.
fn fill(statement: Statement, places: usize) -> Statement {
    (0..places).fold(statement, |statement, _| statement.bind(None::<i64>))
}
