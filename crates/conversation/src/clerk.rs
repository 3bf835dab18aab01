//! Who does what sessions want done in the shop: the books, asked once under each key.

use action::proposal;
use agent::{Review, Role, ToolName};
use checkout::query::{Query, View};
use checkout::tool::{Call, ToolName as Known};
use checkout::{Actor, CartId, Command, Confirmation, Key, OrderProof, Refusal};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use sessions::{CallRequest, Callee, Fate, Foreseen, Said};
use store::{BooksError, Guess, StoreError};

use crate::work::Work;
use crate::{Counter, Outcome, Party};

/// Milliseconds of a minute.
const MINUTE_MS: u64 = 60_000;

/// Carries out tool calls in the books. What became of a key, the ledger says.
#[derive(Clone, Debug)]
pub struct Clerk {
    counter: Counter,
}

impl Clerk {
    /// A clerk at this counter.
    pub fn new(counter: Counter) -> Self {
        Self { counter }
    }

    async fn carry(&self, request: CallRequest) -> Said {
        let Some(party) = Party::of(&request.owner) else {
            return Said::Refused("This session belongs to nobody.".to_owned());
        };
        let done = match self.carry_for(&party, &request).await {
            // A guest who has signed in since they said yes: what was theirs is the account's.
            Ok(Err(BooksError::Refused(refusal))) if is_of_nobody(&refusal) => {
                match request.heir.as_ref().and_then(Party::of) {
                    Some(heir) => self.carry_for(&heir, &request).await,
                    None => Ok(Err(refusal.into())),
                }
            }
            done => done,
        };
        match done {
            Ok(Ok(outcome)) => Said::Done(outcome.to_value()),
            Ok(Err(BooksError::Refused(refusal))) => self.refuse(&party, request, refusal).await,
            Ok(Err(BooksError::Store(error))) => unsaid(&error),
            Err(why) => Said::Refused(why),
        }
    }

    /// A refusal ends its key: the same call, from a node that has lost the session since, may still be on its way here.
    async fn refuse(&self, party: &Party, request: CallRequest, refusal: Refusal) -> Said {
        let work = Work::of(party, request.tool.as_str(), request.input, &request.key);
        let Ok(Work { call: Call::Command(command), tool, actor, key }) = work else {
            return Said::Refused(refusal.to_string());
        };
        let work = Work { call: Call::Command(command.clone()), tool, actor, key };
        match self.counter.books.refuse(&work.request(command), &refusal).await {
            Ok(store::Fate::Done(line)) => {
                Said::Done(Outcome::of_ledger(&self.counter, &line).await.to_value())
            }
            Ok(_) => Said::Refused(refusal.to_string()),
            Err(error) => unsaid(&error),
        }
    }

    /// Does it for somebody; a reason for a shopper where it is nothing that can be done.
    async fn carry_for(
        &self,
        party: &Party,
        request: &CallRequest,
    ) -> Result<Result<Outcome, BooksError>, String> {
        let work = Work::of(party, request.tool.as_str(), request.input.clone(), &request.key)?;
        let yes = (request.approved.as_deref(), request.reviewed_by.is_some());
        Ok(match &work.call {
            Call::Query(query) => self.look(&work, query).await,
            Call::Command(command) => self.act(&work, command, yes).await,
        })
    }

    async fn look(&self, work: &Work, query: &Query) -> Result<Outcome, BooksError> {
        let guess = self.guess(work, query).await?;
        let seen = self.seen(work, query).await;
        let is_wrong = matches!(seen, Err(BooksError::Refused(_)));
        if guess && !is_wrong {
            self.counter.books.forget_guess(&work.key).await?;
        }
        seen
    }

    /// Whether this is a try of a guest to be known by what they say of an order, which counts until it was right. After too many of them
    /// nothing is looked at. Where others have guessed too often, all details of the order are needed together; of those only the tries
    /// count against the order that know some of it, so that whoever knows nothing shuts nobody out.
    async fn guess(&self, work: &Work, query: &Query) -> Result<bool, BooksError> {
        let (Actor::Guest { session, proof: Some(proof) }, Query::Order(_)) = (&work.actor, query) else {
            return Ok(false);
        };
        let (now, policy) = (Timestamp::now(), &self.counter.policy().identity);
        let since = policy.guesses_within.before(now).unwrap_or(Timestamp::MIN);
        let is_whole = proof.who.is_whole();
        let counts = !is_whole || self.fits_in_part(proof).await?;
        let guess = Guess { guest: session, order: Some(&proof.order).filter(|_| counts), is_whole };
        let made = self.counter.books.take_guess(&work.key, guess, (now, since)).await?;
        let refusal = match made {
            made if made.by_guest > policy.max_guesses => {
                Refusal::TooManyGuesses { window: policy.guesses_within }
            }
            made if made.on_order <= policy.max_guesses_per_order => return Ok(true),
            _ if is_whole => Refusal::TooManyGuesses { window: policy.guesses_within },
            _ => Refusal::MoreDetailsNeeded,
        };
        self.counter.books.forget_guess(&work.key).await?;
        Err(refusal.into())
    }

    /// Whether something of what is said fits the order.
    async fn fits_in_part(&self, proof: &OrderProof) -> Result<bool, BooksError> {
        match self.counter.view(&Actor::System, &Query::Order(proof.order.clone())).await {
            Ok(View::Order(order, _)) => Ok(proof.who.fits_in_part(&order)),
            Ok(_) | Err(BooksError::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn seen(&self, work: &Work, query: &Query) -> Result<Outcome, BooksError> {
        match self.counter.view(&work.actor, query).await {
            // A cart that nobody has put anything into yet is empty.
            Err(BooksError::Refused(Refusal::CartNotFound)) => Ok(Outcome::empty_cart()),
            seen => Ok(Outcome::of_view(&self.counter, &work.actor, query, seen?).await),
        }
    }

    async fn act(
        &self,
        work: &Work,
        command: &Command,
        (approved, is_reviewed): (Option<&str>, bool),
    ) -> Result<Outcome, BooksError> {
        match self.counter.books.fate(&work.key).await? {
            store::Fate::Done(line) => return Ok(Outcome::of_ledger(&self.counter, &line).await),
            store::Fate::Refused(refusal) => return Err((*refusal).into()),
            store::Fate::NeverSeen => {}
        }
        if work.tool == Known::AddToCart
            && let Command::Cart { cart, .. } = command
        {
            self.open_cart(work, cart).await?;
        }
        let mut request = work.request(command.clone());
        let summary = self.counter.preview(&request).await?;
        if let Some(approved) = approved {
            // The rules or the amounts are other ones since: somebody of the shop has to look at it as well.
            let lacks_review = summary.review.is_some() && !is_reviewed;
            if lacks_review || proposal(&summary) != approved {
                return Err(Refusal::SummaryOutdated.into());
            }
            request.confirmation = Some(Confirmation { digest: summary.digest.clone() });
        }
        let changes = self.counter.carry_out(&request).await?;
        self.counter.settle().await;
        Ok(Outcome::of_changes(&self.counter, &work.actor, work.tool, (&changes, &summary.lines)).await)
    }

    /// Opens the cart that something is put into, if nobody has.
    async fn open_cart(&self, work: &Work, cart: &CartId) -> Result<(), BooksError> {
        let seen = self.counter.view(&work.actor, &Query::Cart(cart.clone())).await;
        if !matches!(seen, Err(BooksError::Refused(Refusal::CartNotFound))) {
            return Ok(());
        }
        let Some(key) = Key::parse(&format!("open.{cart}")) else { return Ok(()) };
        let command = Command::Cart { cart: cart.clone(), command: checkout::cart::CartCommand::Open };
        let request = checkout::Request { key, ..work.request(command) };
        self.counter.carry_out(&request).await.map(|_| ())
    }

    async fn became(&self, key: &str) -> Option<Fate> {
        let key = Key::parse(key)?;
        match self.counter.books.fate(&key).await {
            Ok(store::Fate::NeverSeen) => Some(Fate::NotSeen),
            Ok(store::Fate::Refused(refusal)) => Some(Fate::Refused(refusal.to_string())),
            Ok(store::Fate::Done(line)) => {
                let outcome = Outcome::of_ledger(&self.counter, &line).await;
                Some(Fate::Done(Some(outcome.to_value())))
            }
            Err(error) => {
                tracing::warn!(%error, "the ledger cannot be asked");
                None
            }
        }
    }

    /// What a call would do, in words that a person says yes to.
    async fn foresee(&self, request: CallRequest) -> Option<Foreseen> {
        let party = Party::of(&request.owner)?;
        let work = Work::of(&party, request.tool.as_str(), request.input, &request.key).ok()?;
        let Call::Command(command) = &work.call else { return None };
        let summary = self.counter.preview(&work.request(command.clone())).await.ok()?;
        let review = summary
            .review
            .map(|within| Review { by: Role::Staff, expires_ms: u64::from(within.minutes()) * MINUTE_MS });
        Some(Foreseen { text: proposal(&summary), review })
    }
}

impl Callee for Clerk {
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Said> {
        self.carry(request).boxed()
    }

    fn fate<'a>(&'a self, _: &'a ToolName, key: &'a str) -> BoxFuture<'a, Option<Fate>> {
        self.became(key).boxed()
    }

    fn preview(&self, request: CallRequest) -> BoxFuture<'_, Option<Foreseen>> {
        self.foresee(request).boxed()
    }
}

/// Whether a thing is not there, or is somebody else's.
fn is_of_nobody(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::OrderNotFound { .. }
            | Refusal::ReturnNotFound { .. }
            | Refusal::AlertNotFound
            | Refusal::CartNotFound
    )
}

/// After an outcome that is not known the ledger is asked; otherwise nothing was written, and it is tried again.
fn unsaid(error: &StoreError) -> Said {
    tracing::warn!(%error, "the books did not take a request");
    match error {
        StoreError::Unknown { .. } => Said::Unclear,
        _ => Said::Busy,
    }
}
