//! Whether free cells can take values, none negative, that settle every sum; which values; and if not, why.
//!
//! A free cell carries its value from its tail to its head. What is left over at a node must flow away, what is lacking must
//! flow in: a transport without capacities, whose obstacles are cuts that no free cell crosses.

use super::graph::{EDGES, Graph, NODES, add, at};

/// Values of the free cells, or the side of a cut from which too much would have to leave.
pub(super) type Flow = Result<[i64; EDGES], u64>;

/// Values for the free cells. Where these form no cycle their values are unique; `cut` says whether an obstacle is asked for.
///
/// `left_over` is what the cells that are not free leave at each node.
pub(super) fn settle(graph: &Graph, free: &[usize], left_over: &[i64; NODES]) -> Flow {
    let mut rest = *left_over;
    let mut values = [0_i64; EDGES];
    let mut degree = [0_u8; NODES];
    let mut joined = [0_usize; NODES];
    let mut touch = |node: u8, edge: usize, degree: &mut [u8; NODES], by: u8| {
        if let (Some(degree), Some(joined)) = (degree.get_mut(usize::from(node)), joined.get_mut(usize::from(node))) {
            *degree = degree.wrapping_add(by);
            *joined ^= edge;
            return (*degree, *joined);
        }
        (0, 0)
    };
    for &edge in free {
        let ends = graph.edge(edge);
        touch(ends.head, edge, &mut degree, 1);
        touch(ends.tail, edge, &mut degree, 1);
    }
    // A node with one free cell decides its value; then its neighbour has one less.
    let mut settled = super::graph::Edges::default();
    let mut left = free.len();
    for start in 0_u8.. {
        let Some(_) = rest.get(usize::from(start)) else { break };
        let mut node = start;
        while degree.get(usize::from(node)) == Some(&1) {
            let (_, edge) = touch(node, 0, &mut degree, 0);
            let ends = graph.edge(edge);
            let lacking = at(&rest, usize::from(node)).wrapping_neg();
            let value = if ends.head == node { lacking } else { lacking.wrapping_neg() };
            if value < 0 {
                return Err(obstacle(graph, free, left_over));
            }
            if let Some(place) = values.get_mut(edge) {
                *place = value;
            }
            add(&mut rest, ends.head, value);
            add(&mut rest, ends.tail, value.wrapping_neg());
            touch(ends.head, edge, &mut degree, u8::MAX);
            touch(ends.tail, edge, &mut degree, u8::MAX);
            settled.insert(edge);
            left = left.wrapping_sub(1);
            let other = if ends.head == node { ends.tail } else { ends.head };
            // Neighbours that come later are met by the loop.
            if other > start {
                break;
            }
            node = other;
        }
    }
    if left > 0 {
        let core: Vec<usize> = free.iter().copied().filter(|&edge| !settled.has(edge)).collect();
        return match transport(graph, &core, rest, &mut values) {
            None => Ok(values),
            Some(_) => Err(obstacle(graph, free, left_over)),
        };
    }
    if rest.iter().all(|&rest| rest == 0) { Ok(values) } else { Err(obstacle(graph, free, left_over)) }
}

/// The cut that stands in the way.
fn obstacle(graph: &Graph, free: &[usize], left_over: &[i64; NODES]) -> u64 {
    transport(graph, free, *left_over, &mut [0; EDGES]).unwrap_or(0)
}

/// Moves what is left over to where it lacks, along free cells. `Some`: the nodes that cannot get rid of theirs.
pub(super) fn transport(graph: &Graph, free: &[usize], mut rest: [i64; NODES], values: &mut [i64; EDGES]) -> Option<u64> {
    loop {
        let too_much = rest.iter().zip(0_u32..).fold(0_u64, |nodes, (&rest, node)| nodes | u64::from(rest > 0) << node);
        if too_much == 0 {
            // What lacks somewhere is left over elsewhere, so nothing lacks either, if the free cells' nodes are in balance.
            return rest
                .iter()
                .any(|&rest| rest != 0)
                .then(|| rest.iter().zip(0_u32..).fold(0, |nodes, (&rest, node)| nodes | u64::from(rest == 0) << node));
        }
        let (reached, from) = reach(graph, free, values, too_much, usize::MAX);
        let target = rest.iter().zip(0_u8..).find(|&(&rest, node)| rest < 0 && reached >> node & 1 == 1).map(|(_, node)| node);
        let Some(target) = target else { return Some(reached) };
        let (mut amount, mut node) = (at(&rest, usize::from(target)).wrapping_neg(), target);
        while let Some((edge, forward)) = from.get(usize::from(node)).copied().flatten() {
            let ends = graph.edge(edge);
            if !forward {
                amount = amount.min(at(values, edge));
            }
            node = if forward { ends.tail } else { ends.head };
        }
        amount = amount.min(at(&rest, usize::from(node)));
        shift(graph, values, &from, target, amount);
        add(&mut rest, node, amount.wrapping_neg());
        add(&mut rest, target, amount);
    }
}

/// How each node was reached: by which cell, and whether along it or against it.
type Paths = [Option<(usize, bool)>; NODES];

/// The nodes that can be reached from some: along any free cell, or back along one that carries something.
fn reach(graph: &Graph, free: &[usize], values: &[i64; EDGES], from: u64, without: usize) -> (u64, Paths) {
    let mut reached = from;
    let mut paths = [None; NODES];
    loop {
        let before = reached;
        for &edge in free.iter().filter(|&&edge| edge != without) {
            let ends = graph.edge(edge);
            let is = |node: u8| reached >> node & 1 == 1;
            let (node, forward) = match (is(ends.tail), is(ends.head)) {
                (true, false) => (ends.head, true),
                (false, true) if at(values, edge) > 0 => (ends.tail, false),
                _ => continue,
            };
            reached |= 1 << node;
            if let Some(path) = paths.get_mut(usize::from(node)) {
                *path = Some((edge, forward));
            }
        }
        if reached == before {
            return (reached, paths);
        }
    }
}

/// Moves an amount along the path that ends at a node.
fn shift(graph: &Graph, values: &mut [i64; EDGES], paths: &Paths, target: u8, amount: i64) {
    let mut node = target;
    while let Some((edge, forward)) = paths.get(usize::from(node)).copied().flatten() {
        if let Some(value) = values.get_mut(edge) {
            *value = value.wrapping_add(if forward { amount } else { amount.wrapping_neg() });
        }
        let ends = graph.edge(edge);
        node = if forward { ends.tail } else { ends.head };
    }
}

/// The least and the greatest value that a free cell can take, given values that settle every sum; `None`: no greatest.
pub(super) fn range(graph: &Graph, free: &[usize], values: &[i64; EDGES], edge: usize) -> (i64, Option<i64>) {
    let ends = graph.edge(edge);
    let value = at(values, edge);
    // Less on the cell: as much as can go from its tail to its head another way.
    let (around, _) = reroute(graph, free, values, edge, (ends.tail, ends.head), Some(value));
    // More on the cell: as much as can come back from its head to its tail.
    let (back, bounded) = reroute(graph, free, values, edge, (ends.head, ends.tail), None);
    (value.wrapping_sub(around), bounded.then(|| value.wrapping_add(back)))
}

/// How much can go from one node to another beside a cell; `false` if without bound.
fn reroute(graph: &Graph, free: &[usize], values: &[i64; EDGES], without: usize, (from, to): (u8, u8), most: Option<i64>) -> (i64, bool) {
    let mut values = *values;
    let mut total = 0_i64;
    loop {
        let left = most.map_or(i64::MAX, |most| most.wrapping_sub(total));
        let (reached, paths) = reach(graph, free, &values, 1 << from, without);
        if left <= 0 || reached >> to & 1 == 0 {
            return (total, true);
        }
        let (mut amount, mut node) = (left, to);
        while let Some((edge, forward)) = paths.get(usize::from(node)).copied().flatten() {
            let ends = graph.edge(edge);
            if !forward {
                amount = amount.min(at(&values, edge));
            }
            node = if forward { ends.tail } else { ends.head };
        }
        if amount == i64::MAX {
            return (total, false);
        }
        shift(graph, &mut values, &paths, to, amount);
        total = total.wrapping_add(amount);
    }
}
