//! The closing table of a check of several reports.

use std::collections::BTreeSet;
use std::io::{self, Write};

use gongkai::Language;
use tabled::builder::Builder;
use tabled::settings::{Alignment, Style, object::Columns};

use crate::output::{Answer, Verdict};
use crate::show::plain;

/// More rows than anyone reads; beyond them reports are only counted.
const LISTED: usize = 1_000;

/// One report in the closing table.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) source: String,
    pub(crate) verdict: Verdict,
    /// Errors, warnings, notes, undetermined sums, waived findings.
    pub(crate) counts: [usize; 5],
    pub(crate) status: u8,
}

/// All reports of a check.
#[derive(Default)]
pub(crate) struct Summary {
    rows: Vec<Row>,
    /// How many reports got each verdict.
    verdicts: [usize; Verdict::ALL.len()],
    /// The waivers that named some finding.
    pub(crate) named: BTreeSet<usize>,
    /// The highest exit status.
    pub(crate) status: u8,
}

impl Summary {
    pub(crate) fn note(&mut self, answer: Answer) {
        self.status = self.status.max(answer.row.status);
        self.named.extend(answer.named);
        if let Some(count) = self.verdicts.get_mut(answer.row.verdict as usize) {
            *count = count.saturating_add(1);
        }
        if self.rows.len() < LISTED {
            self.rows.push(answer.row);
        }
    }

    /// Whether nothing was checked.
    pub(crate) fn is_empty(&self) -> bool {
        self.verdicts.iter().all(|count| *count == 0)
    }

    pub(crate) fn write(&self, out: &mut impl Write, language: Language) -> io::Result<()> {
        let mut table = Builder::default();
        table.push_record(match language {
            Language::Chinese => ["文件", "结果", "错误", "警告", "提示", "无法判定", "已豁免"],
            Language::English => ["file", "verdict", "errors", "warnings", "notes", "undetermined", "waived"],
        });
        for row in &self.rows {
            let mut record = vec![plain(&row.source), row.verdict.name(language).to_owned()];
            record.extend(row.counts.iter().map(ToString::to_string));
            table.push_record(record);
        }
        let mut table = table.build();
        table.with(Style::blank()).modify(Columns::new(2..), Alignment::right());
        writeln!(out, "\n{table}")?;
        let all: usize = self.verdicts.iter().sum();
        if let Some(rest) = all.checked_sub(LISTED).filter(|&rest| rest > 0) {
            match language {
                Language::Chinese => writeln!(out, "另有 {rest} 份未列出")?,
                Language::English => writeln!(out, "and {rest} more")?,
            }
        }
        let parts = Verdict::ALL.iter().zip(self.verdicts).filter(|&(_, count)| count > 0);
        let parts: Vec<_> = parts.map(|(verdict, count)| format!("{} {count}", verdict.name(language))).collect();
        match language {
            Language::Chinese => writeln!(out, "共 {all} 份：{}", parts.join("，")),
            Language::English => writeln!(out, "{all} reports: {}", parts.join(", ")),
        }
    }
}
