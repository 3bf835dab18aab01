//! Every clause rests on claims, every claim on rows that are there.

use std::collections::BTreeSet;

use commerce::EvidenceId;
use wire::{AskReply, Claim, Part, Polarity, Support};

use crate::conversations::held::{Held, HeldTurn};

/// What does not hold.
pub(super) fn faults(held: &Held<'_>) -> Vec<String> {
    held.turns.iter().flat_map(faults_of).collect()
}

fn faults_of(turn: &HeldTurn<'_>) -> Vec<String> {
    let reply = &turn.reply;
    let rows: BTreeSet<&EvidenceId> = reply.evidence.iter().map(|row| &row.id).collect();
    let mut faults = Vec::new();
    for claim in &reply.claims {
        if claim.evidence.is_empty() {
            faults.push(format!("a claim rests on nothing: {}", claim.text));
        }
        if let Some(lost) = claim.evidence.iter().find(|id| !rows.contains(id)) {
            faults.push(format!("{lost} of a claim is not among the evidence: {}", claim.text));
        }
    }
    for citation in turn.parts.iter().filter_map(citation) {
        let is_there = citation.claims.iter().all(|place| (*place as usize) < reply.claims.len());
        if !is_there || citation.evidence.iter().any(|id| !rows.contains(id)) {
            faults.push("a citation names what is not in the reply".to_owned());
        }
    }
    faults.extend(untold(turn));
    // What comes closest may be quoted beside silence; it takes no side and nothing is worked out of it.
    let is_quoted = |claim: &Claim| claim.polarity == Polarity::Neutral && claim.support == Support::Stated;
    if reply.abstained && !reply.claims.iter().all(is_quoted) {
        faults.push("an abstention takes a side".to_owned());
    }
    if let Some(table) = &reply.table {
        let cells = table.rows.iter().flat_map(|row| &row.cells);
        for cell in cells.filter(|cell| !cell.evidence.iter().all(|id| rows.contains(id))) {
            faults.push(format!("the cell {cell:?} cites what is not there"));
        }
    }
    faults
}

/// Claims that no clause tells, in a reply with prose of its own.
fn untold(turn: &HeldTurn<'_>) -> Vec<String> {
    let told: BTreeSet<u32> =
        turn.parts.iter().filter_map(citation).flat_map(|cited| &cited.claims).copied().collect();
    let is_told = |place: usize| told.contains(&(place as u32));
    let AskReply { claims, .. } = &turn.reply;
    let untold = claims.iter().enumerate().filter(|(place, _)| !is_told(*place));
    untold.map(|(_, claim)| format!("no clause tells the claim: {}", claim.text)).collect()
}

fn citation(part: &Part) -> Option<&wire::Citation> {
    match part {
        Part::DataCitation { data } => Some(data),
        _ => None,
    }
}
