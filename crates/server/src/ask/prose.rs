//! Clauses as one text: sentences one after the other, products of a list on lines of their own.

use assistant::{Clause, Predicate, Reply};

/// Pieces of the text, each with the claims that it rests on.
pub(crate) struct Prose {
    pub(crate) pieces: Vec<Piece>,
}

/// One clause as it stands in the text.
pub(crate) struct Piece {
    /// The space or line break before it.
    pub(crate) lead: &'static str,
    /// The clause.
    pub(crate) text: String,
    /// Places among the answer's claims.
    pub(crate) claims: Vec<usize>,
}

impl Prose {
    /// Sets the clauses of a reply one after the other.
    pub(crate) fn of(reply: &Reply, clauses: &[Clause]) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut is_behind_item = false;
        for clause in clauses {
            let is_item = is_item(reply, clause);
            let lead = match (is_item, pieces.is_empty()) {
                (true, true) => "- ",
                (true, false) => "\n- ",
                (false, true) => "",
                (false, false) if is_behind_item => "\n",
                (false, false) => " ",
            };
            is_behind_item = is_item;
            pieces.push(Piece { lead, text: clause.text.clone(), claims: clause.claims.clone() });
        }
        Self { pieces }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().flat_map(|piece| [piece.lead, &piece.text]).collect()
    }
}

/// Whether a clause tells of a product that fits.
fn is_item(reply: &Reply, clause: &Clause) -> bool {
    let claims = &reply.answer.claims;
    let fits = |place: &usize| {
        claims.get(*place).is_some_and(|claim| matches!(claim.predicate, Predicate::Fits { .. }))
    };
    !clause.claims.is_empty() && clause.claims.iter().all(fits)
}
