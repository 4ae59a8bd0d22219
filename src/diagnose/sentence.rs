//! The sentences of a diagnosis.

use super::{Because, Completion, Correctable, Correction, Diagnosis, Implied, Status, YearsDiagnosis};
use crate::form::{Edition, Language};

/// Sets and completions beyond this are only counted.
const LISTED: usize = 12;

pub(super) fn sentences(diagnosis: &Diagnosis, language: Language) -> Vec<String> {
    let mut sentences = vec![whole(diagnosis, language)];
    let several = diagnosis.sets.len() > 1;
    for (at, set) in diagnosis.sets.iter().take(LISTED).enumerate() {
        let number = at.saturating_add(1);
        let text = corrections(diagnosis, set, language);
        sentences.push(match (several, language) {
            (false, _) => text,
            (true, Language::Chinese) => format!("解释 {number}：{text}"),
            (true, Language::English) => format!("explanation {number}: {text}"),
        });
    }
    rest(&mut sentences, diagnosis.sets.len(), language);
    for shape in &diagnosis.shapes {
        let text = shape.sentence(diagnosis.edition, language);
        sentences.push(format!("{}{text}", language.pick("或一次差错：", "or one slip: ")));
    }
    for suspect in &diagnosis.suspects {
        let text = correction(diagnosis.edition, suspect, language);
        sentences.push(format!(
            "{text}{}",
            language.pick("（仅凭写法推测，算术不能定位）", " (a guess by the look of the numbers; arithmetic cannot tell)")
        ));
    }
    for completion in diagnosis.completions.iter().take(LISTED) {
        sentences.push(blank(diagnosis, completion, language));
    }
    rest(&mut sentences, diagnosis.completions.len(), language);
    sentences
}

fn rest(sentences: &mut Vec<String>, all: usize, language: Language) {
    if let Some(rest) = all.checked_sub(LISTED).filter(|&rest| rest > 0) {
        sentences.push(match language {
            Language::Chinese => format!("另有 {rest} 项"),
            Language::English => format!("and {rest} more"),
        });
    }
}

fn whole(diagnosis: &Diagnosis, language: Language) -> String {
    let cells = diagnosis.minimum_cells.unwrap_or(0);
    let sets = diagnosis.sets.len();
    let violated = diagnosis.violated;
    match (diagnosis.status, language) {
        (Status::Clean, Language::Chinese) => "各项都平".to_owned(),
        (Status::Clean, Language::English) => "everything adds up".to_owned(),
        (Status::Completable, Language::Chinese) => "没有不平，缺的数字可以推算".to_owned(),
        (Status::Completable, Language::English) => "nothing is wrong; blanks follow from the sums".to_owned(),
        (Status::Located, Language::Chinese) => format!("{violated} 处不平，{cells} 格可以解释（最小的解释）"),
        (Status::Located, Language::English) => {
            format!("{violated} sums do not hold; the smallest explanation is {cells} {}", if cells == 1 { "cell" } else { "cells" })
        }
        (Status::Ambiguous, Language::Chinese) => format!("{violated} 处不平，最小的解释是 {cells} 格，有 {sets} 种，算术不能区分"),
        (Status::Ambiguous, Language::English) => {
            format!("the smallest explanation has {cells} cells, {sets} ways; arithmetic cannot tell them apart")
        }
        (Status::Explained, Language::Chinese) if diagnosis.minimum_cells == Some(0) => "表四不平，算术不能定位，仅凭写法推测".to_owned(),
        (Status::Explained, Language::English) if diagnosis.minimum_cells == Some(0) => {
            "table 4 does not add up; arithmetic cannot tell which cell, the look of the numbers suggests".to_owned()
        }
        (Status::Explained, Language::Chinese) => "没有在限度内找到几格的解释，但有一次差错能解释".to_owned(),
        (Status::Explained, Language::English) => "no few cells within the limit explain it, but one slip does".to_owned(),
        (Status::NotLocated, Language::Chinese) => "在限度内没有找到解释".to_owned(),
        (Status::NotLocated, Language::English) => "nothing within the limit explains it".to_owned(),
        (Status::Truncated, Language::Chinese) => "搜索超出步数，没有完成".to_owned(),
        (Status::Truncated, Language::English) => "the search ran out of steps and is not complete".to_owned(),
    }
}

fn corrections(diagnosis: &Diagnosis, set: &Correctable, language: Language) -> String {
    let texts: Vec<_> = set.cells.iter().map(|one| correction(diagnosis.edition, one, language)).collect();
    texts.join(language.pick("；", "; "))
}

fn implied(implied: Implied, language: Language) -> String {
    match (implied, language) {
        (Implied::Value(value), _) => value.to_string(),
        (Implied::Range { min, max: Some(max) }, Language::Chinese) => format!("{min} 至 {max}"),
        (Implied::Range { min, max: Some(max) }, Language::English) => format!("{min} to {max}"),
        (Implied::Range { min, max: None }, Language::Chinese) => format!("至少 {min}"),
        (Implied::Range { min, max: None }, Language::English) => format!("at least {min}"),
    }
}

/// The sentences of a year and the next.
pub(super) fn years(diagnosis: &YearsDiagnosis, [before, after]: [Edition; 2], language: Language) -> Vec<String> {
    let [from, to] = diagnosis.years;
    let (cells, sets) = (diagnosis.minimum_cells.unwrap_or(0), diagnosis.sets.len());
    let mut whole = match (diagnosis.status, language) {
        (Status::Truncated, _) => language.pick("搜索超出步数，没有完成", "the search ran out of steps and is not complete").to_owned(),
        (_, Language::Chinese) if sets == 0 => format!("{from}、{to} 年度：在限度内没有找到解释"),
        (_, Language::English) if sets == 0 => format!("{from} and {to}: nothing within the limit explains it"),
        (_, Language::Chinese) if sets == 1 => format!("{from}、{to} 年度：{cells} 格可以解释（最小的解释）"),
        (_, Language::English) if sets == 1 => format!("{from} and {to}: the smallest explanation has {cells} of their cells"),
        (_, Language::Chinese) => format!("{from}、{to} 年度：最小的解释是 {cells} 格，有 {sets} 种，算术不能区分"),
        (_, Language::English) => {
            format!("{from} and {to}: the smallest explanation has {cells} cells, {sets} ways; arithmetic cannot tell them apart")
        }
    };
    if let Some(year) = diagnosis.wrong_year {
        whole.push_str(language.pick("；应先查 ", "; look first at the report for "));
        whole.push_str(&year.to_string());
        whole.push_str(language.pick(" 年度", ""));
    }
    let mut sentences = vec![whole];
    for (at, set) in diagnosis.sets.iter().take(LISTED).enumerate() {
        let texts: Vec<_> = set
            .iter()
            .map(|one| {
                let edition = if one.year == from { before } else { after };
                format!("{}{}", one.year, language.pick(" 年度·", " · ")) + &correction(edition, &one.correction, language)
            })
            .collect();
        let text = texts.join(language.pick("；", "; "));
        sentences.push(if sets > 1 {
            format!("{} {}{}{text}", language.pick("解释", "explanation"), at.saturating_add(1), language.pick("：", ": "))
        } else {
            text
        });
    }
    rest(&mut sentences, sets, language);
    sentences
}

fn correction(edition: Edition, one: &Correction, language: Language) -> String {
    let place = one.cell.place(edition, language);
    let (printed, should) = (one.printed, implied(one.implied, language));
    let why = one.explanation.map_or("", |explanation| explanation.name(language));
    match (language, why) {
        (Language::Chinese, "") => format!("{place} 填 {printed}，应为 {should}"),
        (Language::Chinese, why) => format!("{place} 填 {printed}，应为 {should}（{why}）"),
        (Language::English, "") => format!("{place} says {printed}, should be {should}"),
        (Language::English, why) => format!("{place} says {printed}, should be {should} ({why})"),
    }
}

fn blank(diagnosis: &Diagnosis, completion: &Completion, language: Language) -> String {
    let place = completion.cell.place(diagnosis.edition, language);
    let should = implied(completion.implied, language);
    let because = match completion.because {
        Because::Sum(identity) => identity.place(diagnosis.edition, language),
        Because::AllSums => language.pick("各项合计", "all sums together").to_owned(),
    };
    match language {
        Language::Chinese => format!("{place} 缺数字，应为 {should}（依据：{because}）"),
        Language::English => format!("{place} has no number, should be {should} (by {because})"),
    }
}
