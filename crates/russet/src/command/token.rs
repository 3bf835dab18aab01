//! `russet token`: what a shop hands to somebody who has signed in.

use checkout::ShopperId;
use clap::Args;
use conversation::{Claims, STAFF_SCOPE, TokenKey};
use jiff::Timestamp;

use crate::config::Config;
use crate::failure::{UsageError, with_hint};
use crate::output;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Make a token that says who is signed in.
///
/// Your shop makes such tokens itself when somebody signs in, and its pages send them as `Authorization: Bearer TOKEN` to
/// /api/ask. They are JSON Web Tokens signed with HS256 under the secret of the setting token_secret, with the claims sub (the
/// shopper's id), exp (seconds since 1970), and where you like name and email. This command makes one to try.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  export RUSSET_TOKEN_SECRET=$(openssl rand -hex 32)
  TOKEN=$(russet token ada --name \"Ada Lovelace\" --email ada@example.com)
  curl -s localhost:7878/api/ask -H \"Authorization: Bearer $TOKEN\" -H 'Accept: application/json' \\
       -d '{\"text\":\"show my orders\"}'")]
pub(crate) struct Arguments {
    /// The shopper's id in your shop, or the name of somebody of the staff
    #[arg(value_name = "SHOPPER")]
    shopper: String,

    /// For somebody of the staff: it opens /api/staff/approvals and is no shopper's
    #[arg(long)]
    staff: bool,

    /// How many days it counts
    #[arg(long, value_name = "DAYS", default_value_t = 1)]
    days: u16,

    /// First and last name, for a profile that is not known yet
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// E-mail address, for the same
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
}

/// Prints a token.
pub(crate) fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { shopper, staff, days, name, email } = arguments;
    let key = TokenKey::new(config.token_secret.reveal()).map_err(|error| {
        with_hint(error.to_string(), "set RUSSET_TOKEN_SECRET to 32 or more random characters")
    })?;
    let sub = ShopperId::parse(&shopper).ok_or_else(|| UsageError("the shopper's id is blank".to_owned()))?;
    let exp = Timestamp::now().as_second() + i64::from(days) * DAY;
    output::text(&format!(
        "{}\n",
        key.sign(&Claims { sub, exp, name, email, scope: staff.then(|| STAFF_SCOPE.to_owned()) })
    ))
}
