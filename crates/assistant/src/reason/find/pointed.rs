//! What words point at in a list that was shown: `the second one`, `the last two`.

use super::{Found, recommend};
use crate::claim::Answer;
use crate::relevance::Need;
use crate::{Ask, AskError, Request, Snapshot};

/// The products of a list that the words point at, with what they state of what is looked for.
pub(super) fn show(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let wanted = ask.thread.need().map(|need| need.read(&snapshot.vocabulary)).unwrap_or_default();
    let need = Need::new(snapshot, &wanted);
    let request = &Request { need: wanted, ..request.clone() };
    let mut answer = Answer { notes: request.set.notes.clone(), ..Answer::default() };
    for product in &request.products {
        let Some(hit) = snapshot.index.hit(&product.id)? else { continue };
        let rows = snapshot.index.evidence_of(&product.id)?;
        let found = Found { coverage: 1.0, hit, product: product.clone(), rows };
        recommend(&mut answer, ask, request, &need, None, found, Vec::new());
    }
    answer.follow_ups = crate::reason::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}
