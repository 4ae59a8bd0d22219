//! Part three as a graph: sums are nodes, cells are edges.
//!
//! Each sum is written with a sign such that every cell stands in exactly two of them, once added and once taken away; the
//! sum over the row （七） is left out, the others imply it. A table that adds up is then a circulation, and what is left over
//! at the nodes of one that does not are its imbalances. Built from the identities, so a new form cannot break it unseen.

use std::sync::LazyLock;

use crate::form::{Applicant, CellAddress, Edition, RequestRow, Table, cells};
use crate::model::Requests;
use crate::rules::Identity;

/// More nodes than any form has: the 2021 form has 38.
pub(super) const NODES: usize = 40;
/// More edges than any form has: the 2021 form has 175.
pub(super) const EDGES: usize = 192;

/// A set of edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Edges([u64; EDGES / 64]);

impl Edges {
    pub(super) fn insert(&mut self, edge: usize) {
        if let Some(word) = self.0.get_mut(edge >> 6) {
            *word |= 1 << (edge & 63);
        }
    }

    pub(super) fn remove(&mut self, edge: usize) {
        if let Some(word) = self.0.get_mut(edge >> 6) {
            *word &= !(1 << (edge & 63));
        }
    }

    pub(super) fn has(&self, edge: usize) -> bool {
        self.0.get(edge >> 6).is_some_and(|word| word >> (edge & 63) & 1 == 1)
    }

    /// The edges of one of them but not of both: the boundary of two merged nodes.
    pub(super) fn either(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word ^= other;
        }
        self
    }

    pub(super) fn without(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word &= !other;
        }
        self
    }

    pub(super) fn or(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word |= other;
        }
        self
    }

    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().zip([0, 64, 128]).flat_map(|(word, offset)| Ones(word).map(move |bit| bit | offset))
    }
}

/// The places of the ones in a word, the lowest first.
pub(super) struct Ones(pub(super) u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (bit < u64::BITS).then_some(bit as usize)
    }
}

/// A cell: what it holds is taken away at the tail and added at the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) tail: u8,
    pub(super) head: u8,
    pub(super) row: RequestRow,
    pub(super) who: Applicant,
}

impl Edge {
    pub(super) const fn cell(self) -> CellAddress {
        CellAddress::Requests(self.row, self.who)
    }
}

/// The graph of part three in one form.
#[derive(Debug, Clone)]
pub(super) struct Graph {
    pub(super) edges: Vec<Edge>,
    pub(super) nodes: usize,
    /// The edges at each node.
    pub(super) incident: [Edges; NODES],
    /// Which nodes are sums over a row.
    rows: u64,
    /// Whether every cell stands in two sums with opposite signs, which all that follows rests on.
    pub(super) is_sound: bool,
}

/// The sign with which a sum is written: +1 or −1; `None` for the one that is left out.
const fn sign(identity: Identity) -> Option<i64> {
    match identity {
        Identity::Applicants(RequestRow::Concluded) | Identity::Total(_) => None,
        Identity::Applicants(RequestRow::Received | RequestRow::CarriedOver) | Identity::Balance(Applicant::Total) => Some(1),
        Identity::Applicants(_) | Identity::Balance(_) | Identity::Outcomes(Applicant::Total) => Some(-1),
        Identity::Outcomes(_) => Some(1),
    }
}

impl Graph {
    fn new(edition: Edition) -> Self {
        let sums: Vec<_> = Identity::of(edition).filter_map(|identity| Some((identity, sign(identity)?))).collect();
        let is_row = |&(identity, _): &(Identity, i64)| matches!(identity, Identity::Applicants(_));
        let rows = sums.iter().take(NODES).rev().fold(0, |rows, sum| rows << 1 | u64::from(is_row(sum)));
        let (nodes, incident) = (sums.len(), [Edges::default(); NODES]);
        let mut graph = Self { edges: Vec::new(), nodes, incident, rows, is_sound: nodes <= NODES };
        for cell in cells(Table::Requests, edition) {
            let CellAddress::Requests(row, who) = cell else { continue };
            let (mut heads, mut tails) = (Vec::new(), Vec::new());
            for (node, &(identity, sign)) in (0_u8..).zip(&sums) {
                if identity.left(edition).any(|operand| operand == cell) {
                    if sign > 0 { heads.push(node) } else { tails.push(node) }
                }
                if identity.right(edition).any(|operand| operand == cell) {
                    if sign > 0 { tails.push(node) } else { heads.push(node) }
                }
            }
            let number = graph.edges.len();
            for &node in heads.iter().chain(&tails) {
                if let Some(edges) = graph.incident.get_mut(usize::from(node)) {
                    edges.insert(number);
                }
            }
            match (heads.as_slice(), tails.as_slice()) {
                (&[head], &[tail]) if number < EDGES => graph.edges.push(Edge { tail, head, row, who }),
                _ => graph.is_sound = false,
            }
        }
        graph
    }

    /// The graph of that form, built once.
    pub(super) fn of(edition: Edition) -> &'static Self {
        static GRAPHS: LazyLock<[Graph; 2]> = LazyLock::new(|| [Graph::new(Edition::E2019), Graph::new(Edition::E2021)]);
        let [older, newer] = &*GRAPHS;
        match edition {
            Edition::E2019 => older,
            Edition::E2021 => newer,
        }
    }

    pub(super) fn edge(&self, edge: usize) -> Edge {
        const NONE: Edge = Edge { tail: 0, head: 0, row: RequestRow::Received, who: Applicant::Total };
        self.edges.get(edge).copied().unwrap_or(NONE)
    }

    /// The nodes that are sums over a row.
    pub(super) fn row_nodes(&self) -> impl Iterator<Item = usize> {
        let rows = self.rows;
        Ones(rows)
    }

    /// The number of the edge of a cell.
    pub(super) fn number(&self, cell: CellAddress) -> Option<usize> {
        self.edges.iter().position(|edge| edge.cell() == cell)
    }
}

/// The figures of a table on its graph.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    /// The number in each cell, zero where it has none.
    pub(super) values: [i64; EDGES],
    /// The cells without a number: free to be whatever fits.
    pub(super) free: Edges,
    /// What is left over at each node.
    pub(super) left_over: [i64; NODES],
}

impl Figures {
    pub(super) fn of(table: &Requests, graph: &Graph) -> Self {
        let mut figures = Self { values: [0; EDGES], free: Edges::default(), left_over: [0; NODES] };
        let (numbers, states) = table.sheet().rows();
        let (rows, _) = graph.edges.as_chunks::<{ Applicant::COUNT }>();
        let (places, _) = figures.values.as_chunks_mut::<{ Applicant::COUNT }>();
        for (at, (row, places)) in rows.iter().zip(places).enumerate() {
            let [first, ..] = row;
            let index = first.row.index();
            let (Some(numbers), Some(states)) = (numbers.get(index), states.get(index)) else { continue };
            // A cell without a number counts as zero in the sums.
            *places = *numbers;
            for (edge, &value) in row.iter().zip(numbers) {
                add(&mut figures.left_over, edge.head, value);
                add(&mut figures.left_over, edge.tail, value.wrapping_neg());
            }
            for column in Ones(states.unknown()) {
                figures.free.insert(at.wrapping_mul(Applicant::COUNT).wrapping_add(column));
            }
        }
        figures
    }

    pub(super) fn value(&self, edge: usize) -> i64 {
        at(&self.values, edge)
    }

    /// Gives a cell another number.
    pub(super) fn put(&mut self, graph: &Graph, edge: usize, value: i64) {
        let ends = graph.edge(edge);
        let more = value.wrapping_sub(self.value(edge));
        add(&mut self.left_over, ends.head, more);
        add(&mut self.left_over, ends.tail, more.wrapping_neg());
        if let Some(place) = self.values.get_mut(edge) {
            *place = value;
        }
        self.free.remove(edge);
    }
}

/// The value at a place; zero beyond the end, which no caller asks for.
pub(super) fn at(values: &[i64], place: usize) -> i64 {
    values.get(place).copied().unwrap_or(0)
}

/// Adds at a node. Sums of a table stay far within 64 bits.
pub(super) fn add(values: &mut [i64], node: u8, value: i64) {
    if let Some(place) = values.get_mut(usize::from(node)) {
        *place = place.wrapping_add(value);
    }
}
