//! Mistakes of a shape: many cells are wrong, and one act explains them all. A shape counts only if every sum holds with it.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::graph::{Edge, Figures, Graph, at};
use crate::form::{Applicant, CellAddress, Edition, Language, RequestRow};

/// One act that explains everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Shape {
    /// The numbers of a row stand one column too far to the right.
    ShiftedRight(RequestRow),
    /// The numbers of a row stand one column too far to the left.
    ShiftedLeft(RequestRow),
    /// One number of a row was split over two cells, and what follows stands one column too far to the right.
    SplitCell(RequestRow, Applicant),
    /// Two rows changed places.
    SwappedRows(RequestRow, RequestRow),
}

impl Shape {
    /// The key, in `snake_case`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ShiftedRight(_) => "shifted_right",
            Self::ShiftedLeft(_) => "shifted_left",
            Self::SplitCell(..) => "split_cell",
            Self::SwappedRows(..) => "swapped_rows",
        }
    }

    /// The cells that it concerns.
    #[must_use]
    pub fn cells(self) -> Vec<CellAddress> {
        let row = |row| Applicant::ALL.iter().map(move |&who| CellAddress::Requests(row, who));
        match self {
            Self::ShiftedRight(of) | Self::ShiftedLeft(of) => row(of).collect(),
            Self::SplitCell(of, who) => row(of).skip(who.index()).collect(),
            Self::SwappedRows(one, other) => row(one).chain(row(other)).collect(),
        }
    }

    /// The sentence in that language.
    #[must_use]
    pub fn sentence(self, edition: Edition, language: Language) -> String {
        let place = |row| CellAddress::Requests(row, Applicant::Total).row_place(edition, language);
        match (self, language) {
            (Self::ShiftedRight(row), Language::Chinese) => format!("{}：整行右移了一格", place(row)),
            (Self::ShiftedRight(row), Language::English) => format!("{}: the row stands one column too far to the right", place(row)),
            (Self::ShiftedLeft(row), Language::Chinese) => format!("{}：整行左移了一格", place(row)),
            (Self::ShiftedLeft(row), Language::English) => format!("{}: the row stands one column too far to the left", place(row)),
            (Self::SplitCell(row, who), Language::Chinese) => {
                format!("{}：“{}”的数字拆成了两格，其后右移了一格", place(row), who.name(edition, language))
            }
            (Self::SplitCell(row, who), Language::English) => {
                format!(
                    "{}: the number under {} was split, what follows stands one column too far to the right",
                    place(row),
                    who.name(edition, language)
                )
            }
            (Self::SwappedRows(one, other), Language::Chinese) => format!("{}与{}：两行对调", place(one), place(other)),
            (Self::SwappedRows(one, other), Language::English) => format!("{} and {}: the rows changed places", place(one), place(other)),
        }
    }
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("kind", self.key())?;
        map.serialize_entry("cells", &self.cells())?;
        map.end()
    }
}

type Row = [i64; Applicant::COUNT];

/// The shapes that explain everything that is left over.
pub(super) fn find(graph: &Graph, figures: &Figures) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let open: Vec<_> = graph.row_nodes().filter(|&node| at(&figures.left_over, node) != 0).collect();
    if open.len() > 1 {
        return shapes;
    }
    let rows = rows(graph);
    // If the sum of a row does not hold, no other row alone can be wrong.
    for row in rows.iter().filter(|row| open.first().is_none_or(|&node| row.node == Some(node))) {
        if let Some(shape) = one_row(figures, row) {
            shapes.push(shape);
        }
    }
    if open.is_empty() {
        for (at, one) in rows.iter().enumerate() {
            for other in rows.iter().skip(at.saturating_add(1)) {
                if swapped(graph, figures, one, other) {
                    shapes.push(Shape::SwappedRows(one.row, other.row));
                }
            }
        }
    }
    shapes
}

/// A row with its seven edges, and the node of its own sum, which （七） lacks.
struct RowEdges {
    row: RequestRow,
    edges: [(usize, Edge); Applicant::COUNT],
    node: Option<usize>,
}

fn rows(graph: &Graph) -> Vec<RowEdges> {
    let (rows, _) = graph.edges.as_chunks::<{ Applicant::COUNT }>();
    let rows = rows.iter().enumerate().map(|(at, edges)| {
        let mut number = at.saturating_mul(Applicant::COUNT);
        let edges = edges.map(|edge| {
            let numbered = (number, edge);
            number = number.saturating_add(1);
            numbered
        });
        let [(_, first), (_, second), ..] = edges;
        let shared = [first.head, first.tail].into_iter().find(|node| [second.head, second.tail].contains(node));
        RowEdges { row: first.row, edges, node: shared.map(usize::from) }
    });
    rows.collect()
}

fn printed(figures: &Figures, row: &RowEdges) -> Option<Row> {
    row.edges.iter().all(|&(number, _)| !figures.free.has(number)).then(|| row.edges.map(|(number, _)| figures.value(number)))
}

/// What a row would have to be if it alone were wrong; `None` if it cannot be that.
fn implied(figures: &Figures, row: &RowEdges) -> Option<Row> {
    let mut left_over = figures.left_over;
    let mut implied = printed(figures, row)?;
    for (value, &(_, edge)) in implied.iter_mut().zip(&row.edges) {
        // The node that is not the row's own: the sums of the column tell what the cell must be.
        let (node, wrong) = if Some(usize::from(edge.head)) == row.node || (row.node.is_none() && at(&left_over, edge.head.into()) == 0) {
            (edge.tail, at(&left_over, edge.tail.into()).wrapping_neg())
        } else {
            (edge.head, at(&left_over, edge.head.into()))
        };
        *value = value.wrapping_sub(wrong);
        let other = if node == edge.head { edge.tail } else { edge.head };
        let sign = if node == edge.head { 1_i64 } else { -1 };
        super::graph::add(&mut left_over, node, sign.wrapping_mul(wrong).wrapping_neg());
        super::graph::add(&mut left_over, other, sign.wrapping_mul(wrong));
    }
    let settled = left_over.iter().all(|&left_over| left_over == 0) && implied.iter().all(|&value| value >= 0);
    settled.then_some(implied)
}

fn one_row(figures: &Figures, row: &RowEdges) -> Option<Shape> {
    let (printed, implied) = (printed(figures, row)?, implied(figures, row)?);
    // Rows of nearly nothing are shifts of each other by chance.
    let telling = implied.iter().filter(|&&value| value != 0).count() >= 3;
    if printed == implied || !telling {
        return None;
    }
    if printed.get(1..) == implied.get(..6) {
        return Some(Shape::ShiftedRight(row.row));
    }
    if printed.get(..6) == implied.get(1..) {
        return Some(Shape::ShiftedLeft(row.row));
    }
    (0..6).find_map(|cut| {
        let (front, back) = (printed.get(cut)?, printed.get(cut.saturating_add(1))?);
        let joined: i64 = format!("{front}{back}").parse().ok()?;
        let same = printed.get(..cut) == implied.get(..cut) && implied.get(cut) == Some(&joined);
        let rest = printed.get(cut.saturating_add(2)..) == implied.get(cut.saturating_add(1)..6);
        (same && rest).then(|| Applicant::ALL.get(cut).map(|&who| Shape::SplitCell(row.row, who))).flatten()
    })
}

/// Whether every sum holds when two rows are read in each other's place.
fn swapped(graph: &Graph, figures: &Figures, one: &RowEdges, other: &RowEdges) -> bool {
    let (Some(first), Some(second)) = (printed(figures, one), printed(figures, other)) else { return false };
    if first == second {
        return false;
    }
    let mut left_over = figures.left_over;
    for (row, (from, to)) in [(one, (&first, &second)), (other, (&second, &first))] {
        for (&(number, _), (from, to)) in row.edges.iter().zip(from.iter().zip(to)) {
            let edge = graph.edge(number);
            let change = to.wrapping_sub(*from);
            super::graph::add(&mut left_over, edge.head, change);
            super::graph::add(&mut left_over, edge.tail, change.wrapping_neg());
        }
    }
    left_over.iter().all(|&left_over| left_over == 0)
}
