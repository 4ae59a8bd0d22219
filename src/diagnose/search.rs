//! The smallest sets of filled cells whose change makes every sum hold, all of them.
//!
//! To let a cell be whatever fits is to merge its two nodes: what it left over at one, it lacked at the other. A set is a
//! solution if nothing is left over at any merged node and values exist that are not negative.
//!
//! Complete, because every step branches over all cells of which a solution must have one: where something is left over, the
//! cells that leave that node; where only the signs are wrong, the cells that cross the cut that stands in the way.

use super::flow;
use super::graph::{EDGES, Edges, Figures, Graph, NODES, Ones, add, at};

/// The largest set that can be asked for.
pub(super) const LARGEST: usize = 12;

/// A set of cells, by their edges, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Set {
    edges: [u8; LARGEST],
    size: usize,
}

impl Set {
    pub(super) fn edges(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        self.edges.iter().take(self.size).map(|&edge| usize::from(edge))
    }
}

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The size of the smallest sets; `None` if there is none within the limit.
    pub(super) size: Option<usize>,
    /// All sets of that size, in printed order.
    pub(super) sets: Vec<Set>,
    /// Whether the budget ended the search, so that sets may be missing.
    pub(super) truncated: bool,
    /// What is left of the budget.
    pub(super) budget: u32,
}

/// Searches for the smallest sets of at most `limit` cells, none of them `barred`, within a budget of steps.
pub(super) fn search(graph: &Graph, figures: &Figures, barred: Edges, limit: usize, budget: u32) -> Found {
    let mut search = Search::new(graph, figures, barred, budget);
    let limit = limit.min(LARGEST);
    let mut size = search.least();
    while size <= limit {
        search.descend(size);
        if !search.sets.is_empty() || search.budget == 0 {
            break;
        }
        size = size.wrapping_add(1);
    }
    let budget = search.budget;
    let mut sets = search.sets;
    sets.sort_unstable();
    Found { size: (!sets.is_empty()).then_some(size), sets, truncated: budget == 0, budget }
}

struct Search<'g> {
    graph: &'g Graph,
    figures: &'g Figures,
    /// The merged node of each node, named after one of its members.
    merged: [u8; NODES],
    /// The members of each merged node, what is left over there, and the cells that leave it.
    members: [u64; NODES],
    left_over: [i64; NODES],
    leaving: [Edges; NODES],
    /// The merged nodes where something is left over.
    open: u64,
    /// Cells that may not be chosen: barred, or seen to in an earlier branch.
    barred: Edges,
    chosen: [u8; LARGEST],
    depth: usize,
    budget: u32,
    sets: Vec<Set>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Graph, figures: &'g Figures, barred: Edges, budget: u32) -> Self {
        let mut merged = [0; NODES];
        let mut members = [0; NODES];
        for (node, (merged, members)) in (0_u8..).zip(merged.iter_mut().zip(&mut members)) {
            *merged = node;
            *members = 1_u64 << node;
        }
        let mut search = Self {
            graph,
            figures,
            merged,
            members,
            left_over: figures.left_over,
            leaving: graph.incident,
            open: 0,
            barred: barred.or(figures.free),
            chosen: [0; LARGEST],
            depth: 0,
            budget,
            sets: Vec::new(),
        };
        for (node, &left_over) in (0_u8..).zip(&figures.left_over) {
            search.open |= u64::from(left_over != 0) << node;
        }
        for edge in figures.free.iter() {
            let (head, tail) = search.ends(edge);
            if head != tail {
                search.merge(head, tail);
            }
        }
        search
    }

    /// The merged nodes at the ends of a cell.
    fn ends(&self, edge: usize) -> (u8, u8) {
        let ends = self.graph.edge(edge);
        let merged = |node: u8| self.merged.get(usize::from(node)).copied().unwrap_or(node);
        (merged(ends.head), merged(ends.tail))
    }

    fn left_over(&self, node: u8) -> i64 {
        at(&self.left_over, usize::from(node))
    }

    /// Merges the second node into the first.
    fn merge(&mut self, into: u8, node: u8) {
        self.splice(into, node, into, self.left_over(node));
    }

    /// Takes the second node out of the first again.
    fn part(&mut self, into: u8, node: u8) {
        self.splice(into, node, node, self.left_over(node).wrapping_neg());
    }

    /// Gives the members of a node another name; members and leaving cells of the two are disjoint or cancel, so joining and
    /// parting are the same "either".
    fn splice(&mut self, into: u8, node: u8, name: u8, left_over: i64) {
        let members = self.members.get(usize::from(node)).copied().unwrap_or(0);
        for member in Ones(members) {
            if let Some(merged) = self.merged.get_mut(member) {
                *merged = name;
            }
        }
        if let Some(joined) = self.members.get_mut(usize::from(into)) {
            *joined ^= members;
        }
        let leaving = self.leaving.get(usize::from(node)).copied().unwrap_or_default();
        if let Some(joined) = self.leaving.get_mut(usize::from(into)) {
            *joined = joined.either(leaving);
        }
        add(&mut self.left_over, into, left_over);
        let open = |search: &Self, node: u8| u64::from(search.left_over(node) != 0) << node;
        self.open &= !(1 << into | 1 << node);
        self.open |= open(self, into);
        if name == node {
            self.open |= open(self, node);
        }
    }

    /// The least number of cells that can settle what is left over: a group of nodes that cancel needs one cell less than it
    /// has nodes, and the smallest groups are exact pairs, then triples.
    fn least(&self) -> usize {
        let mut rest = [0_i64; NODES];
        let mut count = 0_usize;
        for (place, node) in rest.iter_mut().zip(Ones(self.open)) {
            *place = at(&self.left_over, node);
            count = count.wrapping_add(1);
        }
        let mut pairs = 0_usize;
        let mut open = rest.get_mut(..count).unwrap_or_default();
        while let Some((first, others)) = open.split_first_mut() {
            if *first != 0
                && let Some(partner) = others.iter_mut().find(|other| **other == first.wrapping_neg())
            {
                *partner = 0;
                pairs = pairs.wrapping_add(1);
            }
            open = others;
        }
        let lone = count.saturating_sub(pairs.saturating_mul(2));
        count.saturating_sub(pairs).saturating_sub(lone / 3)
    }

    /// Every solution that has the chosen cells, none of the barred ones, and `more` cells beside.
    fn descend(&mut self, more: usize) {
        if self.budget == 0 {
            return;
        }
        self.budget = self.budget.wrapping_sub(1);
        if self.open == 0 {
            return self.settle(more);
        }
        if more == 0 || self.least() > more {
            return;
        }
        // The node with the fewest ways out.
        let ways = |node: usize| self.leaving.get(node).map_or(0, |leaving| leaving.without(self.barred).count());
        let Some(node) = Ones(self.open).min_by_key(|&node| ways(node)) else { return };
        let before = self.barred;
        let ways = self.leaving.get(node).map(|leaving| leaving.without(before)).unwrap_or_default();
        // With one cell left it has to settle all.
        let last = more == 1;
        for edge in ways.iter() {
            let (head, tail) = self.ends(edge);
            let both = 1_u64 << head | 1 << tail;
            if last && (self.open & !both != 0 || self.left_over(head).wrapping_add(self.left_over(tail)) != 0) {
                continue;
            }
            self.choose(edge, more);
        }
        self.barred = before;
    }

    /// Follows the branch in which a cell is chosen, then bars it, so that no set comes twice.
    fn choose(&mut self, edge: usize, more: usize) {
        let (into, node) = self.ends(edge);
        if let (Some(place), Ok(edge)) = (self.chosen.get_mut(self.depth), u8::try_from(edge)) {
            *place = edge;
        }
        self.barred.insert(edge);
        self.depth = self.depth.wrapping_add(1);
        if into == node {
            self.descend(more.wrapping_sub(1));
        } else {
            self.merge(into, node);
            self.descend(more.wrapping_sub(1));
            self.part(into, node);
        }
        self.depth = self.depth.wrapping_sub(1);
    }

    /// Nothing is left over. It remains that no value be negative.
    fn settle(&mut self, more: usize) {
        let (free, left_over) = freed(self.graph, self.figures, self.chosen.iter().take(self.depth).map(|&edge| usize::from(edge)));
        // Many blanks make this the dearest step, so it is charged by their number.
        self.budget = self.budget.saturating_sub(u32::try_from(free.len() / 16).unwrap_or(u32::MAX));
        match flow::settle(self.graph, &free, &left_over) {
            Ok(_) => {
                // A smaller set would have been found before.
                let mut edges = self.chosen;
                if let Some(chosen) = edges.get_mut(..self.depth) {
                    chosen.sort_unstable();
                }
                for beyond in edges.iter_mut().skip(self.depth) {
                    *beyond = 0;
                }
                self.sets.push(Set { edges, size: self.depth });
            }
            Err(cut) if more > 0 => {
                let before = self.barred;
                let is = |node: u8| cut >> node & 1 == 1;
                for edge in 0..self.graph.edges.len() {
                    let ends = self.graph.edge(edge);
                    if is(ends.tail) && !is(ends.head) && !self.barred.has(edge) {
                        self.choose(edge, more);
                    }
                }
                self.barred = before;
            }
            Err(_) => {}
        }
    }
}

/// The free cells when these cells are free as well, and what all others leave over.
pub(super) fn freed(graph: &Graph, figures: &Figures, chosen: impl Iterator<Item = usize>) -> (Vec<usize>, [i64; NODES]) {
    let mut free: Vec<usize> = Vec::with_capacity(LARGEST);
    free.extend(figures.free.iter());
    let mut left_over = figures.left_over;
    for edge in chosen {
        let (ends, value) = (graph.edge(edge), figures.value(edge));
        add(&mut left_over, ends.head, value.wrapping_neg());
        add(&mut left_over, ends.tail, value);
        free.push(edge);
    }
    (free, left_over)
}

const _: () = assert!(EDGES <= u8::MAX as usize + 1, "an edge fits in a byte");
