//! How often a diagnosis finds the cells that were made wrong: 2 048 tables for each number of wrong cells.
//!
//! `cargo bench --bench simulation`

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a bench fails by panicking"
)]

use gongkai::{CellAddress, Correctable, DiagnoseOptions};

#[path = "speed/made.rs"]
mod made;

fn cells(set: &Correctable) -> Vec<CellAddress> {
    set.cells.iter().map(|one| one.cell).collect()
}

fn main() {
    let clean = made::reports();
    println!("wrong cells | the one smallest set | tied | tied, ranked first | another set | not found");
    for errors in 1..=6 {
        let (mut unique, mut tied, mut first, mut other, mut not_found) = (0, 0, 0, 0, 0);
        for (report, wrong) in made::with_errors(&clean, errors) {
            let diagnosis = report.diagnose_with(&DiagnoseOptions::new().limit(6));
            match &diagnosis.sets[..] {
                [] => not_found += 1,
                [set] if cells(set) == wrong => unique += 1,
                sets if sets.iter().any(|set| cells(set) == wrong) => {
                    tied += 1;
                    first += u32::from(cells(&sets[0]) == wrong);
                }
                _ => other += 1,
            }
        }
        let percent = |count: u32| format!("{:.2} %", f64::from(count) * 100.0 / f64::from(u32::try_from(clean.len()).unwrap()));
        println!("{errors} | {} | {} | {} | {} | {}", percent(unique), percent(tied), percent(first), percent(other), percent(not_found));
    }
}
