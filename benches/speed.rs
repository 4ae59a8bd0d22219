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
use gongkai::{Applicant, Cell, CellAddress, DiagnoseOptions, Diff, Edition, Report, RequestRow, Rollup, Series, fixtures};
use made::{Numbers, reports, with_errors};
use serde::de::IgnoredAny;

#[path = "speed/derived.rs"]
mod derived;
#[path = "speed/made.rs"]
mod made;
#[path = "speed/pages.rs"]
mod pages;

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

fn diagnosing(c: &mut Criterion) {
    let clean = reports();
    let mut group = c.benchmark_group("diagnose");
    for errors in [0, 1, 2, 3, 4, 6] {
        let reports: Vec<_> = with_errors(&clean, errors).into_iter().map(|(report, _)| report).collect();
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

/// How many distinct pages of each kind are cycled.
const PAGES: usize = 512;

fn reading(c: &mut Criterion) {
    let mut numbers = Numbers::seeded(20_211_130);
    let mut pages =
        |print: fn(&mut dyn FnMut() -> u64) -> String| -> Vec<String> { (0..PAGES).map(|_| print(&mut || numbers.next())).collect() };
    let mut kinds = vec![
        ("tabs", pages(|figure| pages::tabs(figure))),
        ("columns", pages(|figure| pages::columns(figure))),
        ("Markdown", pages(|figure| pages::markdown(figure))),
    ];
    if cfg!(feature = "html") {
        kinds.push(("HTML", pages(|figure| pages::html(figure))));
    }
    let mut group = c.benchmark_group("read a page");
    for (kind, pages) in &kinds {
        assert!(pages.iter().all(|page| gongkai::read(page).unwrap().notices.is_empty()), "{kind}: everything is read");
        group.throughput(Throughput::Bytes(u64::try_from(pages[0].len()).unwrap()));
        let mut cycle = pages.iter().cycle();
        group.bench_function(*kind, |b| b.iter(|| gongkai::read(black_box(cycle.next().unwrap())).unwrap()));
    }
    group.finish();
}

fn in_company(c: &mut Criterion) {
    let before = reports();
    let mut after: Vec<_> = before.iter().map(fixtures::following).collect();
    let mut group = c.benchmark_group("company");
    let mut cycle = before.iter().zip(&after).cycle();
    group.bench_function("a year and the next", |b| {
        b.iter(|| {
            let (before, after) = black_box(cycle.next().unwrap());
            Series::new([before, after]).unwrap().validate().is_clean()
        });
    });
    let mut rollup = Rollup::new(before[0].year());
    let mut units = (0_u64..).zip(before.iter().cycle());
    group.bench_function("add a unit to its parent", |b| {
        b.iter(|| {
            let (number, unit) = black_box(units.next().unwrap());
            rollup.add_as(&number.to_string(), unit)
        });
    });
    let mut cycle = before.iter().zip(&after).cycle();
    group.bench_function("differences of two versions", |b| {
        b.iter(|| {
            let (before, after) = black_box(cycle.next().unwrap());
            Diff::between(before, after)
        });
    });
    for report in &mut after {
        report.set(CellAddress::Requests(RequestRow::CarriedOver, Applicant::NaturalPerson), 1_234_567).unwrap();
    }
    let mut cycle = before.iter().zip(&after).cycle();
    group.bench_function("diagnose one wrong cell of two years", |b| {
        b.iter(|| {
            let (before, after) = black_box(cycle.next().unwrap());
            Series::new([before, after]).unwrap().diagnose()
        });
    });
    group.finish();
}

/// The cases whose smallest sets are proven, by the size of these: to be read beside `scripts/compare_highs.py`.
fn proven(_: &mut Criterion) {
    let cases: serde_json::Value = serde_json::from_str(include_str!("../tests/data/diagnose/cases.json")).unwrap();
    let options = DiagnoseOptions::new().limit(6);
    for size in 1..=6 {
        let mut times = Vec::new();
        for case in cases.as_array().unwrap().iter().filter(|case| case["minimum_cells"] == size) {
            let mut report = fixtures::consistent(Edition::E2021);
            for (row, cells) in RequestRow::of(Edition::E2021).zip(case["table"].as_array().unwrap()) {
                for (&who, found) in Applicant::ALL.iter().zip(cells.as_array().unwrap()) {
                    report.requests_mut().set(row, who, found.as_u64().map_or(Cell::Blank, Cell::Value)).unwrap();
                }
            }
            let mut runs: Vec<_> = (0..101)
                .map(|_| {
                    let start = std::time::Instant::now();
                    black_box(black_box(&report).diagnose_with(&options));
                    start.elapsed()
                })
                .collect();
            runs.sort_unstable();
            times.push(runs[50]);
        }
        times.sort_unstable();
        println!("proven/{size} cells: {} cases, median {:?}, worst {:?}", times.len(), times[times.len() / 2], times.last().unwrap());
    }
}

criterion_group!(benches, validating, json, reading, diagnosing, in_company, proven);
criterion_main!(benches);
