//! Statements over many rows, in sizes that repeat, so that the engine prepares each once.

use std::fmt::Display;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

use crate::Engine;

/// The most rows that one insert writes.
pub(crate) const MAX_INSERT_ROWS: usize = 64;
/// The most ids that one statement asks for.
pub(crate) const MAX_IDS: usize = 256;

/// A statement with its parameters.
pub(crate) type Statement = Query<'static, Any, AnyArguments>;

/// An insert of rows.
#[derive(Clone, Copy)]
pub(crate) struct Insert {
    /// The table with its columns: `shop (name, url)`.
    pub(crate) into: &'static str,
    /// How many columns.
    pub(crate) columns: usize,
    /// What follows the values, such as `ON CONFLICT …`.
    pub(crate) conflict: &'static str,
}

impl Insert {
    /// Writes all rows; `bind` binds the columns of one.
    pub(crate) async fn run<T>(
        self,
        engine: Engine,
        connection: &mut AnyConnection,
        rows: Vec<T>,
        bind: impl Fn(Statement, T) -> Statement,
    ) -> sqlx::Result<()> {
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        while left > 0 {
            let count = chunk(left, MAX_INSERT_ROWS);
            let mut statement = sqlx::query(AssertSqlSafe(self.sql(engine, count)));
            for row in rows.by_ref().take(count) {
                statement = bind(statement, row);
            }
            statement.execute(&mut *connection).await?;
            left -= count;
        }
        Ok(())
    }

    fn sql(self, engine: Engine, rows: usize) -> String {
        let mut sql = format!("INSERT INTO {} VALUES ", self.into);
        push_rows(engine, &mut sql, rows, self.columns);
        sql.push(' ');
        sql.push_str(self.conflict);
        sql
    }
}

/// Runs `{before} IN (ids) {after}` for all ids and gathers the rows.
pub(crate) async fn select_among<T>(
    engine: Engine,
    connection: &mut AnyConnection,
    (before, after): (&str, &str),
    ids: &[T],
) -> sqlx::Result<Vec<AnyRow>>
where
    T: Clone + Send + 'static + sqlx::Type<Any> + for<'q> sqlx::Encode<'q, Any>,
{
    let mut rows = Vec::new();
    for ids in ids.chunks(MAX_IDS) {
        rows.extend(among(engine, before, after, ids).fetch_all(&mut *connection).await?);
    }
    Ok(rows)
}

/// Runs `{before} IN (ids)` for all ids.
pub(crate) async fn execute_among<T>(
    engine: Engine,
    connection: &mut AnyConnection,
    before: impl Display,
    ids: &[T],
) -> sqlx::Result<()>
where
    T: Clone + Send + 'static + sqlx::Type<Any> + for<'q> sqlx::Encode<'q, Any>,
{
    let before = before.to_string();
    for ids in ids.chunks(MAX_IDS) {
        among(engine, &before, "", ids).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The last id is repeated up to the next power of two, so that few different statements are prepared.
fn among<T>(engine: Engine, before: &str, after: &str, ids: &[T]) -> Statement
where
    T: Clone + Send + 'static + sqlx::Type<Any> + for<'q> sqlx::Encode<'q, Any>,
{
    among_after(engine, (before, after), 0, ids, |statement| statement)
}

/// The same, with so many parameters before the ids, which `bind` binds.
pub(crate) fn among_after<T>(
    engine: Engine,
    (before, after): (&str, &str),
    parameters: usize,
    ids: &[T],
    bind: impl FnOnce(Statement) -> Statement,
) -> Statement
where
    T: Clone + Send + 'static + sqlx::Type<Any> + for<'q> sqlx::Encode<'q, Any>,
{
    let count = ids.len().next_power_of_two();
    let mut sql = format!("{before} IN (");
    push_parameters(engine, &mut sql, parameters, count);
    sql.push_str(") ");
    sql.push_str(after);
    let mut statement = bind(sqlx::query(AssertSqlSafe(sql)));
    for place in 0..count {
        statement = statement.bind(ids[place.min(ids.len() - 1)].clone());
    }
    statement
}

/// `(…), (…)` for so many rows of so many columns.
pub(crate) fn push_rows(engine: Engine, sql: &mut String, rows: usize, columns: usize) {
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        push_parameters(engine, sql, row * columns, columns);
        sql.push(')');
    }
}

fn push_parameters(engine: Engine, sql: &mut String, before: usize, count: usize) {
    for column in 0..count {
        if column > 0 {
            sql.push_str(", ");
        }
        engine.push_parameter(sql, before + column + 1);
    }
}

/// The largest power of two that is at most `left` and `most`.
pub(crate) fn chunk(left: usize, most: usize) -> usize {
    let left = left.min(most);
    if left.is_power_of_two() { left } else { left.next_power_of_two() / 2 }
}
