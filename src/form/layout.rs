//! How the form is printed: blocks of part two, groups of rows and columns, the kind of each cell, and the whole grid with spans.

use super::{Applicant, CellAddress, DisclosureColumn, DisclosureRow, Edition, Language, Proceeding, RequestRow, Ruling, Table};

/// A block of part two: the rows and columns under one item of Article 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    /// The printed heading, `第二十条第（一）项`.
    pub article: &'static str,
    /// Its rows, in printed order.
    pub rows: &'static [DisclosureRow],
    /// Its columns, in printed order.
    pub columns: &'static [DisclosureColumn],
}

const ITEM_1: &str = "第二十条第（一）项";
const ITEM_5: &str = "第二十条第（五）项";
const ITEM_6: &str = "第二十条第（六）项";
const ITEM_8: &str = "第二十条第（八）项";
const ITEM_9: &str = "第二十条第（九）项";

use DisclosureColumn as Column;
use DisclosureRow as Row;

const DOCUMENTS: &[Row] = &[Row::Rules, Row::NormativeDocuments];
const SANCTIONS: &[Row] = &[Row::Penalties, Row::CoerciveMeasures];
const ITEMS: &[Column] = &[Column::ItemsLastYear, Column::ItemsChange, Column::Decisions];

const BLOCKS_2019: &[Block] = &[
    Block { article: ITEM_1, rows: DOCUMENTS, columns: &[Column::Made, Column::Disclosed, Column::TotalDisclosed] },
    Block { article: ITEM_5, rows: &[Row::Licences, Row::OtherServices], columns: ITEMS },
    Block { article: ITEM_6, rows: SANCTIONS, columns: ITEMS },
    Block { article: ITEM_8, rows: &[Row::Fees], columns: &[Column::ItemsLastYear, Column::ItemsChange] },
    Block { article: ITEM_9, rows: &[Row::Procurement], columns: &[Column::Projects, Column::Amount] },
];

const BLOCKS_2021: &[Block] = &[
    Block { article: ITEM_1, rows: DOCUMENTS, columns: &[Column::Issued, Column::Repealed, Column::InForce] },
    Block { article: ITEM_5, rows: &[Row::Licences], columns: &[Column::Decisions] },
    Block { article: ITEM_6, rows: SANCTIONS, columns: &[Column::Decisions] },
    Block { article: ITEM_8, rows: &[Row::Fees], columns: &[Column::Amount] },
];

/// The blocks of part two in that form, in printed order.
#[must_use]
pub const fn blocks(edition: Edition) -> &'static [Block] {
    match edition {
        Edition::E2019 => BLOCKS_2019,
        Edition::E2021 => BLOCKS_2021,
    }
}

impl DisclosureRow {
    /// The columns that the form prints for this row, in printed order; none if it lacks the row.
    #[must_use]
    pub fn columns(self, edition: Edition) -> &'static [DisclosureColumn] {
        blocks(edition).iter().find(|block| block.rows.contains(&self)).map_or(&[], |block| block.columns)
    }
}

/// A run of rows or columns under a printed label of their own, which carries no figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Group<T: 'static> {
    /// The printed label, `（三）不予公开`.
    pub label: &'static str,
    /// Its English name.
    pub name: &'static str,
    /// The members, in printed order.
    pub members: &'static [T],
}

const WITHHELD: Group<RequestRow> = Group {
    label: "（三）不予公开",
    name: "withheld",
    members: &[
        RequestRow::WithheldStateSecret,
        RequestRow::WithheldProhibitedByLaw,
        RequestRow::WithheldSecurityAndStability,
        RequestRow::WithheldThirdPartyRights,
        RequestRow::WithheldInternalAffairs,
        RequestRow::WithheldDeliberativeProcess,
        RequestRow::WithheldEnforcementFile,
        RequestRow::WithheldAdministrativeInquiry,
    ],
};

const UNAVAILABLE: Group<RequestRow> = Group {
    label: "（四）无法提供",
    name: "unavailable",
    members: &[RequestRow::UnavailableNotHeld, RequestRow::UnavailableNeedsCreation, RequestRow::UnavailableStillUnclear],
};

const DECLINED: Group<RequestRow> = Group {
    label: "（五）不予处理",
    name: "declined",
    members: &[
        RequestRow::DeclinedPetition,
        RequestRow::DeclinedRepeat,
        RequestRow::DeclinedPublication,
        RequestRow::DeclinedExcessive,
        RequestRow::DeclinedReconfirmation,
    ],
};

const OTHERWISE: Group<RequestRow> = Group {
    // One label: a row in the 2019 form, a group of three rows in the 2021 form.
    label: RequestRow::Other.label(Edition::E2019),
    name: "otherwise",
    members: &[RequestRow::OtherNotCorrected, RequestRow::OtherFeeUnpaid, RequestRow::OtherReasons],
};

const GROUPS_2019: &[Group<RequestRow>] = &[WITHHELD, UNAVAILABLE, DECLINED];
const GROUPS_2021: &[Group<RequestRow>] = &[WITHHELD, UNAVAILABLE, DECLINED, OTHERWISE];

/// The groups of rows in part three of that form: （三）, （四）, （五） and, since 2021, （六）. None of them has a subtotal.
#[must_use]
pub const fn groups(edition: Edition) -> &'static [Group<RequestRow>] {
    match edition {
        Edition::E2019 => GROUPS_2019,
        Edition::E2021 => GROUPS_2021,
    }
}

impl RequestRow {
    /// The merged label left of the outcome rows, from （一） to （七）.
    pub const OUTCOMES_LABEL: &'static str = "三、本年度办理结果";

    /// The group that prints this row, if it stands in one.
    #[must_use]
    pub fn group(self) -> Option<&'static Group<Self>> {
        GROUPS_2021.iter().find(|group| group.members.contains(&self))
    }

    /// Whether this is a row of outcomes, （一） to （六）: the rows that （七）总计 adds up.
    #[must_use]
    pub const fn is_outcome(self) -> bool {
        !matches!(self, Self::Received | Self::CarriedOver | Self::Concluded | Self::CarriedForward)
    }

    /// The row's number as people write it: `一`, `三（一）`, `三（三）1`, `三（七）`.
    #[must_use]
    pub fn number(self) -> String {
        let edition = if self.is_in(Edition::E2021) { Edition::E2021 } else { Edition::E2019 };
        let part = if self.is_outcome() || self == Self::Concluded { numbering(Self::OUTCOMES_LABEL) } else { "" };
        let group = self.group().map_or("", |group| numbering(group.label));
        format!("{part}{group}{}", numbering(self.label(edition)))
    }
}

/// The number that opens a label: `一` of `一、…`, `（七）` of `（七）总计`, `1` of `1.…`.
fn numbering(label: &str) -> &str {
    match label.split_once(['、', '.']) {
        Some((number, _)) if !label.starts_with('（') => number,
        _ => label.split_inclusive('）').next().unwrap_or(label),
    }
}

impl Applicant {
    /// The label over all columns of part three.
    pub const HEADING: &'static str = "申请人情况";

    /// The columns of organisations, under one printed label.
    pub const ORGANIZATIONS: Group<Self> = Group {
        label: "法人或其他组织",
        name: "legal persons and other organisations",
        members: &[
            Self::Enterprise,
            Self::ResearchInstitution,
            Self::PublicInterestOrganization,
            Self::LegalServices,
            Self::OtherOrganization,
        ],
    };
}

impl Proceeding {
    /// The two kinds of litigation, under one printed label.
    pub const LITIGATION: Group<Self> =
        Group { label: "行政诉讼", name: "litigation", members: &[Self::DirectLitigation, Self::LitigationAfterReconsideration] };
}

impl Table {
    /// The corner of part two, left of the column labels.
    pub const DISCLOSURE_HEADER: &'static str = "信息内容";

    /// The rule that part three prints in its own corner.
    pub const REQUESTS_NOTE: &'static str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
}

/// The unit of an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Neither the cell nor its column states a unit.
    NotStated,
    /// 元, yuan.
    Yuan,
    /// 万元, ten thousand yuan.
    TenThousandYuan,
}

impl Unit {
    /// The unit as it is printed, empty where none is stated.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotStated => "",
            Self::Yuan => "元",
            Self::TenThousandYuan => "万元",
        }
    }
}

/// What a cell counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellKind {
    /// A whole number from 0 to 2^53 − 1.
    Count,
    /// A whole number with a sign, between −(2^53 − 1) and 2^53 − 1: 本年增/减 alone.
    Change,
    /// An amount of money; the unit is the one that its column prints.
    Money(Unit),
}

impl CellKind {
    /// What such a cell holds, for messages.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Count => "a whole number from 0 to 9007199254740991",
            Self::Change => "a whole number from -9007199254740991 to 9007199254740991",
            Self::Money(_) => "an amount of money, not negative, of at most 28 digits",
        }
    }
}

/// The kind of a cell of part two.
pub(crate) const fn kind_of(row: Row, column: Column) -> CellKind {
    match (row, column) {
        (Row::Fees, Column::Amount) => CellKind::Money(Unit::TenThousandYuan),
        (_, Column::Amount) => CellKind::Money(Unit::NotStated),
        (_, Column::ItemsChange) => CellKind::Change,
        _ => CellKind::Count,
    }
}

/// Every cell of that table in that form, in printed order.
///
/// ```
/// use gongkai::{Edition, Table, form};
///
/// let cells = |edition| Table::ALL.iter().map(|&table| form::cells(table, edition).count()).sum::<usize>();
/// assert_eq!((cells(Edition::E2019), cells(Edition::E2021)), (198, 200));
/// ```
#[must_use]
pub fn cells(table: Table, edition: Edition) -> Box<dyn Iterator<Item = CellAddress>> {
    match table {
        Table::Disclosure => Box::new(blocks(edition).iter().flat_map(|block| {
            block.rows.iter().flat_map(|&row| block.columns.iter().map(move |&column| CellAddress::Disclosure(row, column)))
        })),
        Table::Requests => {
            Box::new(RequestRow::of(edition).flat_map(|row| Applicant::ALL.iter().map(move |&who| CellAddress::Requests(row, who))))
        }
        Table::Disputes => {
            Box::new(Proceeding::ALL.iter().flat_map(|&block| Ruling::ALL.iter().map(move |&ruling| CellAddress::Disputes(block, ruling))))
        }
    }
}

/// What stands in a cell of the printed grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    /// A label, verbatim, and its English name.
    Label(&'static str, &'static str),
    /// A figure.
    Figure(CellAddress),
}

impl Content {
    /// The label in that language; `None` for a figure.
    #[must_use]
    pub const fn label(self, language: Language) -> Option<&'static str> {
        match self {
            Self::Label(label, name) => Some(language.pick(label, name)),
            Self::Figure(_) => None,
        }
    }
}

/// A cell of the printed grid with its spans, counted from the upper left corner of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrintedCell {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows spanned, at least one.
    pub rows: usize,
    /// Columns spanned, at least one.
    pub columns: usize,
    /// What stands there.
    pub content: Content,
}

/// The printed grid of a table: every label and every figure with its place and spans, row by row.
///
/// ```
/// use gongkai::{Content, Edition, Table, form};
///
/// let figures = form::printed(Table::Requests, Edition::E2021).iter().filter(|cell| matches!(cell.content, Content::Figure(_))).count();
/// assert_eq!(figures, 25 * 7);
/// ```
#[must_use]
pub fn printed(table: Table, edition: Edition) -> Vec<PrintedCell> {
    let mut grid = Grid::default();
    match table {
        Table::Disclosure => print_disclosure(&mut grid, edition),
        Table::Requests => print_requests(&mut grid, edition),
        Table::Disputes => print_disputes(&mut grid),
    }
    grid.cells
}

/// A grid under construction: a cursor that moves right, and down with [`Grid::line`].
#[derive(Default)]
struct Grid {
    cells: Vec<PrintedCell>,
    row: usize,
    column: usize,
}

impl Grid {
    /// Starts the next row at that column.
    fn line(&mut self, column: usize) {
        if !self.cells.is_empty() {
            self.row = self.row.saturating_add(1);
        }
        self.column = column;
    }

    fn put(&mut self, rows: usize, columns: usize, content: Content) {
        self.cells.push(PrintedCell { row: self.row, column: self.column, rows, columns, content });
        self.column = self.column.saturating_add(columns);
    }

    fn label(&mut self, rows: usize, columns: usize, label: &'static str, name: &'static str) {
        self.put(rows, columns, Content::Label(label, name));
    }
}

/// The width of part two: one column of labels, three of figures; a block with fewer columns stretches its last one.
const DISCLOSURE_FIGURES: usize = 3;

fn print_disclosure(grid: &mut Grid, edition: Edition) {
    for block in blocks(edition) {
        let stretch = |at: usize| if at.saturating_add(1) == block.columns.len() { DISCLOSURE_FIGURES.saturating_sub(at) } else { 1 };
        grid.line(0);
        grid.label(1, DISCLOSURE_FIGURES.saturating_add(1), block.article, block.article);
        grid.line(0);
        grid.label(1, 1, Table::DISCLOSURE_HEADER, "content");
        for (at, column) in block.columns.iter().enumerate() {
            grid.label(1, stretch(at), column.label(edition), column.name(edition, Language::English));
        }
        for &row in block.rows {
            grid.line(0);
            grid.label(1, 1, row.label(edition), row.name(edition, Language::English));
            for (at, &column) in block.columns.iter().enumerate() {
                grid.put(1, stretch(at), Content::Figure(CellAddress::Disclosure(row, column)));
            }
        }
    }
}

fn print_requests(grid: &mut Grid, edition: Edition) {
    let applicant = |grid: &mut Grid, rows, who: Applicant| {
        grid.label(rows, 1, who.label(edition), who.name(edition, Language::English));
    };
    let organizations = Applicant::ORGANIZATIONS;
    grid.line(0);
    grid.label(3, 3, Table::REQUESTS_NOTE, "received + carried over = concluded + carried forward, in every column");
    grid.label(1, Applicant::COUNT, Applicant::HEADING, "applicants");
    grid.line(3);
    applicant(grid, 2, Applicant::NaturalPerson);
    grid.label(1, organizations.members.len(), organizations.label, organizations.name);
    applicant(grid, 2, Applicant::Total);
    grid.line(4);
    for &who in organizations.members {
        applicant(grid, 1, who);
    }
    let outcomes = RequestRow::of(edition).filter(|row| row.is_outcome()).count();
    for row in RequestRow::of(edition) {
        let group = row.group();
        let inside = row.is_outcome() || row == RequestRow::Concluded;
        grid.line(match (inside, group) {
            (false, _) => 0,
            (true, None) => 1,
            (true, Some(_)) => 2,
        });
        if row == RequestRow::Disclosed {
            grid.column = 0;
            grid.label(outcomes.saturating_add(1), 1, RequestRow::OUTCOMES_LABEL, "concluded this year");
        }
        if let Some(group) = group.filter(|group| group.members.first() == Some(&row)) {
            grid.column = 1;
            grid.label(group.members.len(), 1, group.label, group.name);
        }
        let width = 3_usize.saturating_sub(grid.column);
        grid.label(1, width, row.label(edition), row.name(edition, Language::English));
        for &who in Applicant::ALL {
            grid.put(1, 1, Content::Figure(CellAddress::Requests(row, who)));
        }
    }
}

fn print_disputes(grid: &mut Grid) {
    let edition = Edition::E2021; // part four is the same in both forms
    let rulings = |grid: &mut Grid, rows| {
        for ruling in Ruling::ALL {
            grid.label(rows, 1, ruling.label(edition), ruling.name(edition, Language::English));
        }
    };
    let proceeding = |grid: &mut Grid, block: Proceeding| {
        grid.label(1, Ruling::COUNT, block.label(edition), block.name(edition, Language::English));
    };
    let litigation = Proceeding::LITIGATION;
    grid.line(0);
    proceeding(grid, Proceeding::Reconsideration);
    grid.label(1, Ruling::COUNT.saturating_mul(litigation.members.len()), litigation.label, litigation.name);
    grid.line(0);
    rulings(grid, 2);
    for &block in litigation.members {
        proceeding(grid, block);
    }
    grid.line(Ruling::COUNT);
    for _ in litigation.members {
        rulings(grid, 1);
    }
    grid.line(0);
    for address in cells(Table::Disputes, edition) {
        grid.put(1, 1, Content::Figure(address));
    }
}
