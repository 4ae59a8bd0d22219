//! Fills a report from a program's own numbers, breaks it, and shows what comes back.
//!
//! `cargo run --example build_report`

#[path = "support/answer.rs"]
mod answer;

use std::fmt::Write;
use std::process::ExitCode;

use gongkai::{
    Applicant, Disclosure, DisclosureColumn, DisclosureRow, Disputes, Edition, Language, Level, Money, Proceeding, Report, RequestRow,
    Requests, Ruling, Section, Unit, rust_decimal::Decimal,
};

/// What an office keeps: one line for each request.
struct Request {
    applicant: Applicant,
    /// `None` while it is being handled.
    outcome: Option<RequestRow>,
}

fn register() -> Vec<Request> {
    let line = |applicant, outcome| Request { applicant, outcome };
    vec![
        line(Applicant::NaturalPerson, Some(RequestRow::Disclosed)),
        line(Applicant::NaturalPerson, Some(RequestRow::Disclosed)),
        line(Applicant::NaturalPerson, Some(RequestRow::UnavailableNotHeld)),
        line(Applicant::Enterprise, Some(RequestRow::WithheldThirdPartyRights)),
        line(Applicant::LegalServices, None),
    ]
}

fn report() -> Result<Report, Box<dyn std::error::Error>> {
    let edition = Edition::E2021;
    let register = register();
    let count = |is: &dyn Fn(&Request) -> bool| u64::try_from(register.iter().filter(|request| is(request)).count()).unwrap_or(u64::MAX);

    // The library asks for the parts and adds up the totals.
    let requests = Requests::from_parts(edition, |row, who| match row {
        RequestRow::Received => count(&|request| request.applicant == who),
        RequestRow::CarriedOver => 0,
        RequestRow::CarriedForward => count(&|request| request.applicant == who && request.outcome.is_none()),
        row => count(&|request| request.applicant == who && request.outcome == Some(row)),
    })?;

    let mut disclosure = Disclosure::blank(edition);
    for (row, column, number) in [
        (DisclosureRow::Rules, DisclosureColumn::Issued, 0),
        (DisclosureRow::Rules, DisclosureColumn::Repealed, 0),
        (DisclosureRow::Rules, DisclosureColumn::InForce, 0),
        (DisclosureRow::NormativeDocuments, DisclosureColumn::Issued, 2),
        (DisclosureRow::NormativeDocuments, DisclosureColumn::Repealed, 1),
        (DisclosureRow::NormativeDocuments, DisclosureColumn::InForce, 14),
        (DisclosureRow::Licences, DisclosureColumn::Decisions, 120),
        (DisclosureRow::Penalties, DisclosureColumn::Decisions, 3),
        (DisclosureRow::CoerciveMeasures, DisclosureColumn::Decisions, 0),
    ] {
        disclosure.set(row, column, number)?;
    }
    disclosure.set(DisclosureRow::Fees, DisclosureColumn::Amount, Money::new(Decimal::new(125, 1), Unit::TenThousandYuan))?;

    let disputes = Disputes::from_parts(|block, ruling| u64::from((block, ruling) == (Proceeding::Reconsideration, Ruling::Upheld)))?;

    Ok(Report::builder("某县教育局", 2024)
        .level(Level::CountyDepartment)
        .section(Section::Problems, "公开的及时性有待提高；下一年按季度核对公开目录。")
        .section(Section::OtherMatters, "本年度没有收取信息处理费。")
        .disclosure(disclosure)
        .requests(requests)
        .disputes(disputes)
        .build()?)
}

fn story() -> Result<String, Box<dyn std::error::Error>> {
    let mut story = String::new();
    let mut report = report()?;
    writeln!(story, "filled from the register: clean = {}", report.validate().is_clean())?;

    // A clerk types one figure over.
    report.requests_mut().set(RequestRow::Received, Applicant::NaturalPerson, 13)?;
    for finding in report.validate().findings() {
        writeln!(story, "{} {}", finding.rule(), finding.display(Language::Chinese))?;
        writeln!(story, "{} {}", finding.rule(), finding.display(Language::English))?;
    }

    // Only a report whose every identity holds can be published.
    match report.into_valid() {
        Ok(_) => writeln!(story, "published")?,
        Err(rejected) => {
            writeln!(story, "rejected: {rejected}")?;
            let mut report = rejected.into_report();
            report.set("T3/received/natural_person".parse()?, 3)?;
            let valid = report.into_valid()?;
            writeln!(story, "mended and valid: {}", valid.authority().name())?;
        }
    }
    Ok(story)
}

fn main() -> ExitCode {
    answer::give(story())
}
