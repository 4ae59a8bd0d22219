//! Reports as offices have them, and with the mistakes that hands make.

use gongkai::{Applicant, CellAddress, Disputes, Edition, Report, RequestRow, Requests, fixtures};

const REPORTS: usize = 2_048;

/// Numbers that look like those of real reports: mostly zeros, some tens, few thousands. Always the same.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn random(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    pub(crate) fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.random()).unwrap() % below
    }

    pub(crate) fn next(&mut self) -> u64 {
        let random = self.random();
        match random % 10 {
            0..6 => 0,
            6..9 => random / 10 % 60,
            _ => random / 10 % 5_000,
        }
    }
}

fn report(numbers: &mut Numbers) -> Report {
    let outcomes: Vec<Vec<u64>> = RequestRow::ALL.iter().map(|_| (0..Applicant::COUNT).map(|_| numbers.next()).collect()).collect();
    let at = |row: RequestRow, who: Applicant| outcomes[row.index()][who.index()];
    let requests = Requests::from_parts(Edition::E2021, |row, who| match row {
        // All that was concluded or is carried forward came in.
        RequestRow::Received => {
            let concluded: u64 = RequestRow::of(Edition::E2021).filter(|row| row.is_outcome()).map(|row| at(row, who)).sum();
            concluded + at(RequestRow::CarriedForward, who)
        }
        RequestRow::CarriedOver => 0,
        _ => at(row, who),
    });
    let mut report = fixtures::consistent(Edition::E2021);
    *report.requests_mut() = requests.unwrap();
    *report.disputes_mut() = Disputes::from_parts(|_, _| numbers.next()).unwrap();
    report
}

pub(crate) fn reports() -> Vec<Report> {
    let mut numbers = Numbers::seeded(20_211_130);
    let reports: Vec<_> = (0..REPORTS).map(|_| report(&mut numbers)).collect();
    assert!(reports.iter().all(|report| report.validate().is_clean()));
    reports
}

/// Reports with so many wrong cells in part three, each changed as a hand may change a number, and those cells.
pub(crate) fn with_errors(clean: &[Report], errors: usize) -> Vec<(Report, Vec<CellAddress>)> {
    let mut numbers = Numbers::seeded(errors as u64);
    let mut wrong = |report: &Report| {
        let (mut report, mut wrong) = (report.clone(), Vec::new());
        let cells: Vec<_> = report.requests().cells().collect();
        while wrong.len() < errors {
            let (cell, found) = cells[numbers.below(cells.len())];
            if wrong.contains(&cell) {
                continue;
            }
            let value = i64::try_from(found.value().unwrap()).unwrap();
            let slips = [value * 10, value * 10 + 1, value / 10, value + 1, value + 100, 0];
            let slip = slips[numbers.below(slips.len())];
            report.set(cell, if slip == value { value + 3 } else { slip }).unwrap();
            wrong.push(cell);
        }
        wrong.sort_unstable();
        (report, wrong)
    };
    clean.iter().map(&mut wrong).collect()
}
