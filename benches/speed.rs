//! Speed of validating, reading and writing, over 2 048 distinct reports, so that no branch is learnt by heart.
//!
//! `cargo bench --bench speed`. Compare medians within one run: machines differ, ratios less.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a bench fails by panicking"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongkai::{Applicant, Cell, CellAddress, DiagnoseOptions, Disputes, Edition, Report, RequestRow, Requests, fixtures};
use serde::de::IgnoredAny;

#[path = "speed/derived.rs"]
mod derived;

const REPORTS: usize = 2_048;

/// Numbers that look like those of real reports: mostly zeros, some tens, few thousands. Always the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let random = self.0 >> 33;
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

fn reports() -> Vec<Report> {
    let mut numbers = Numbers(20_211_130);
    let reports: Vec<_> = (0..REPORTS).map(|_| report(&mut numbers)).collect();
    assert!(reports.iter().all(|report| report.validate().is_clean()));
    reports
}

/// As offices leave them: zeros and most totals blank.
fn with_blanks(report: &Report) -> Report {
    let mut report = report.clone();
    let cells: Vec<_> = report.requests().cells().collect();
    for (cell, found) in cells {
        let total = matches!(cell, CellAddress::Requests(_, Applicant::Total));
        if total || found == Cell::Value(0) {
            report.set(cell, Cell::Blank).unwrap();
        }
    }
    report
}

fn validating(c: &mut Criterion) {
    let clean = reports();
    let blanks: Vec<_> = clean.iter().map(with_blanks).collect();
    let mut group = c.benchmark_group("validate");
    for (name, reports) in [("clean", &clean), ("blanks", &blanks)] {
        let mut cycle = reports.iter().cycle();
        group.bench_function(name, |b| b.iter(|| black_box(cycle.next().unwrap()).validate().holds()));
    }
    let mut cycle = clean.iter().cycle();
    group.bench_function("clean, with the warnings", |b| b.iter(|| black_box(cycle.next().unwrap()).validate().is_clean()));
    let mut cycle = clean.iter().take(16).cycle();
    group.bench_function("clean, in cache", |b| b.iter(|| black_box(cycle.next().unwrap()).validate().holds()));
    let mut cycle = blanks.iter().take(16).cycle();
    group.bench_function("blanks, in cache", |b| b.iter(|| black_box(cycle.next().unwrap()).validate().holds()));
    group.finish();
}

fn json(c: &mut Criterion) {
    let reports = reports();
    let texts: Vec<_> = reports.iter().map(|report| serde_json::to_string(report).unwrap()).collect();
    let derived: Vec<derived::Report<Option<u64>>> = texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
    assert!(texts.iter().zip(&derived).all(|(text, derived)| serde_json::to_string(derived).unwrap() == *text));

    let mut group = c.benchmark_group("read JSON");
    group.throughput(Throughput::Bytes(u64::try_from(texts[0].len()).unwrap()));
    let mut cycle = texts.iter().cycle();
    group.bench_function("skip", |b| b.iter(|| serde_json::from_str::<IgnoredAny>(cycle.next().unwrap()).unwrap()));
    let mut cycle = texts.iter().cycle();
    group.bench_function("report", |b| b.iter(|| serde_json::from_str::<Report>(cycle.next().unwrap()).unwrap()));
    let mut cycle = texts.iter().cycle();
    group.bench_function("derive, numbers and nulls", |b| {
        b.iter(|| serde_json::from_str::<derived::Report<Option<u64>>>(cycle.next().unwrap()).unwrap());
    });
    let mut cycle = texts.iter().cycle();
    group.bench_function("derive, all that a cell may be", |b| {
        b.iter(|| serde_json::from_str::<derived::Report<derived::Cell>>(cycle.next().unwrap()).unwrap());
    });
    group.finish();

    let mut group = c.benchmark_group("write JSON");
    let mut cycle = reports.iter().cycle();
    let mut out = Vec::new();
    group.bench_function("report", |b| {
        b.iter(|| {
            out.clear();
            serde_json::to_writer(&mut out, cycle.next().unwrap()).unwrap();
        });
    });
    let mut cycle = derived.iter().cycle();
    group.bench_function("derive", |b| {
        b.iter(|| {
            out.clear();
            serde_json::to_writer(&mut out, cycle.next().unwrap()).unwrap();
        });
    });
    group.finish();
}

/// Reports with so many wrong cells in part three, each off by what a hand may do to a number.
fn with_errors(clean: &[Report], errors: usize) -> Vec<Report> {
    let mut numbers = Numbers(errors as u64);
    let wrong = |report: &Report| {
        let mut report = report.clone();
        for _ in 0..errors {
            let cells: Vec<_> = report.requests().cells().collect();
            let (cell, found) = cells[usize::try_from(numbers.next() * 31 + numbers.next() * 7 + numbers.next()).unwrap() % cells.len()];
            let value = i64::try_from(found.value().unwrap()).unwrap();
            let slips = [value * 10 + 1, value / 10, value + 1, value + 100, 0];
            let slip = slips[usize::try_from(numbers.next()).unwrap() % slips.len()];
            report.set(cell, if slip == value { value + 3 } else { slip }).unwrap();
        }
        report
    };
    clean.iter().map(wrong).collect()
}

fn diagnosing(c: &mut Criterion) {
    let clean = reports();
    let mut group = c.benchmark_group("diagnose");
    for errors in [0, 1, 2, 3, 4, 6] {
        let reports = with_errors(&clean, errors);
        let options = DiagnoseOptions::new().limit(errors.max(4));
        let mut cycle = reports.iter().cycle();
        group.bench_function(format!("{errors} wrong"), |b| b.iter(|| black_box(cycle.next().unwrap()).diagnose_with(&options)));
        // Criterion's mean says nothing of the tail.
        let mut times: Vec<_> = reports
            .iter()
            .map(|report| {
                let start = std::time::Instant::now();
                black_box(report.diagnose_with(&options));
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        let at = |part: usize| times[(times.len() - 1) * part / 1000];
        println!("diagnose/{errors} wrong: median {:?}, p99 {:?}, worst {:?}", at(500), at(990), at(1000));
    }
    group.finish();
}

criterion_group!(benches, validating, json, diagnosing);
criterion_main!(benches);
