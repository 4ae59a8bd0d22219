//! Who reports on which year: the title of a page.

use chrono::NaiveDate;

use super::label::{digit_value, is_digit, is_letter, squeezed};
use super::page::{Item, Page};
use crate::model::Report;

/// What the head of a page says about the report.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) authority: Option<String>,
    pub(super) year: Option<u16>,
    /// Whether the year was found in the text, not in the title.
    pub(super) year_from_text: bool,
    pub(super) published: Option<NaiveDate>,
    /// The first item after the title.
    pub(super) end: usize,
}

/// What a title says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Title {
    authority: Option<String>,
    year: Option<u16>,
}

/// How many items a title is looked for in, and how many lines it may be broken into.
const HEAD: usize = 40;
const LINES: usize = 5;

impl Head {
    /// Reads the head of a page; `first` is the item at which its first part starts.
    pub(super) fn find(page: &Page<'_>, first: usize) -> Self {
        let mut head = Self::default();
        let items = page.items.get(..first.min(HEAD)).unwrap_or_default();
        for (at, item) in items.iter().enumerate() {
            head.published = head.published.or_else(|| published(&item.printed()));
            if head.end > 0 {
                continue;
            }
            if let Some((title, used)) = title_at(items, at) {
                head.authority = title.authority;
                head.year = title.year;
                head.end = at.saturating_add(used);
            }
        }
        if let Some(title) = page.title.as_deref().and_then(|text| title_of(&squeezed(text))) {
            head.authority = head.authority.or(title.authority);
            head.year = head.year.or(title.year);
        }
        if head.year.is_none() {
            head.year = year_in_text(page);
            head.year_from_text = head.year.is_some();
        }
        head
    }
}

/// Takes out the title of a page where it is printed again, as at the head of every sheet, and finds where titles stand that name
/// another authority or year.
pub(super) fn settle(page: &mut Page<'_>) -> Vec<usize> {
    let line = |at: usize| page.items.get(at).and_then(Item::single).filter(|text| text.len() <= LONGEST);
    let mut first: Option<Title> = None;
    let (mut again, mut others): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for at in 0..page.items.len() {
        let Some(last) = line(at).filter(|text| text.contains("报告")).map(clean) else { continue };
        let whole = |text: &str| title_of(text).filter(|title| title.year.is_some() && title.authority.is_some());
        let broken = || whole(&format!("{}{last}", clean(at.checked_sub(1).and_then(line)?)));
        let Some((title, lines)) = whole(&last).map(|title| (title, 1)).or_else(|| Some((broken()?, 2))) else { continue };
        let from = at.saturating_add(1).saturating_sub(lines);
        match &first {
            None => first = Some(title),
            Some(first) if *first == title => again.extend(from..=at),
            Some(_) if others.len() < CANDIDATES => others.push(from.saturating_sub(again.len())),
            Some(_) => {}
        }
    }
    let mut again = again.into_iter().peekable();
    let mut at = 0_usize..;
    page.items.retain(|_| at.next().is_none_or(|at| again.next_if_eq(&at).is_none()));
    others
}

/// The longest title, in bytes, and how many of them are looked at.
const LONGEST: usize = 200;
const CANDIDATES: usize = 4;

/// The title that ends at an item: the item alone, or with short lines before it.
fn title_at(items: &[Item<'_>], at: usize) -> Option<(Title, usize)> {
    let text = |at: usize| items.get(at).and_then(Item::single).map(clean);
    let last = text(at)?;
    let mut title = if last.contains("报告") && last.chars().count() <= 60 { title_of(&last) } else { None }.or_else(|| {
        // The line may hold only the end of the title: 年度报告
        let before = at.checked_sub(1).and_then(text)?;
        (last.chars().count() <= 12 && last.contains("报告")).then(|| title_of(&format!("{before}{last}")))?
    })?;
    for back in 1..LINES {
        if title.authority.is_some() && title.year.is_some() {
            break;
        }
        let Some(line) = at.checked_sub(back).and_then(text) else { break };
        if title.authority.is_none() && is_name(&line) {
            title.authority = Some(line);
        } else if title.year.is_none() && line.chars().count() <= 12 {
            title.year = year_of(&line);
        }
    }
    Some((title, 1))
}

/// A line without spaces and without the signs of Markdown.
fn clean(text: &str) -> String {
    squeezed(text).trim_matches(['#', '*', '_', '>']).to_owned()
}

/// Whether a line can be the name of an authority.
fn is_name(line: &str) -> bool {
    let count = line.chars().count();
    (3..=40).contains(&count)
        && line.chars().all(|c| is_letter(c) || matches!(c, '（' | '）' | '(' | ')' | '·' | '、'))
        && !["报告", "目录", "公开", "首页", "日期", "来源", "索引", "字号", "字体"].iter().any(|word| line.contains(word))
}

/// What a title without spaces says: 2019年上海市人民政府办公厅政府信息公开工作年度报告
fn title_of(text: &str) -> Option<Title> {
    let subject = ["政府信息公开", "信息公开", "政务公开"].into_iter().find_map(|word| text.find(word));
    let subject =
        subject.filter(|_| text.contains("年度报告") || text.contains("年报") || text.contains("工作报告") || text.contains("报告"))?;
    let before = text.get(..subject).unwrap_or_default();
    let year = year_of(text);
    let name = without_year(before);
    let name = name.trim_start_matches("关于").trim_matches(|c: char| !is_letter(c) && !matches!(c, '（' | '）' | '(' | ')')).to_owned();
    let authority =
        (name.chars().count() >= 2 && !["本报告", "按照", "根据", "现将"].iter().any(|word| name.contains(word))).then_some(name);
    // A sentence about a report is no title.
    (!text.contains(['。', '，', '；', '：', ':'])).then_some(Title { authority, year })
}

/// The year that a text names: `2019年`, `２０１９年度`, `二〇一九年`.
fn year_of(text: &str) -> Option<u16> {
    years(text).next().map(|(year, _)| year)
}

/// The years in a text without spaces, with the place after each.
fn years(text: &str) -> impl Iterator<Item = (u16, usize)> + '_ {
    text.char_indices().filter(|&(_, c)| c == '年').filter_map(|(at, c)| {
        let digits: Vec<char> = text.get(..at)?.chars().rev().take(5).collect();
        let value = |c: char| if is_digit(c) { Some(digit_value(c)) } else { chinese_digit(c) };
        let mut year = 0_u32;
        for &digit in digits.iter().take(4).rev() {
            year = year.saturating_mul(10).saturating_add(value(digit)?);
        }
        let whole = digits.len() >= 4 && digits.get(4).is_none_or(|&c| value(c).is_none());
        let year = u16::try_from(year).ok().filter(|year| whole && Report::YEARS.contains(year) && *year < 2100)?;
        Some((year, at.saturating_add(c.len_utf8())))
    })
}

fn chinese_digit(c: char) -> Option<u32> {
    const DIGITS: [char; 11] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '零'];
    DIGITS.iter().position(|&digit| digit == c).and_then(|at| u32::try_from(at).ok()).map(|value| if value == 10 { 0 } else { value })
}

/// The text with its first year taken out.
fn without_year(text: &str) -> String {
    let Some((_, end)) = years(text).next() else { return text.to_owned() };
    let before = text.get(..end).unwrap_or_default().trim_end_matches('年');
    let kept: usize = before.chars().count().saturating_sub(4);
    let start: String = before.chars().take(kept).collect();
    let rest = text.get(end..).unwrap_or_default();
    format!("{start}{}", rest.strip_prefix('度').unwrap_or(rest))
}

/// The year that the text reports on: the year of the period that it states, or else the first year that it names.
fn year_in_text(page: &Page<'_>) -> Option<u16> {
    let texts = || page.items.iter().filter(|item| item.table.is_none()).take(400).map(|item| squeezed(&item.printed()).into_owned());
    let period = texts().find_map(|text| {
        years(&text).find_map(|(year, end)| text.get(end..).is_some_and(|rest| rest.starts_with("1月1日")).then_some(year))
    });
    period.or_else(|| texts().find_map(|text| year_of(&text)))
}

/// The day of publication, where a line states it.
fn published(text: &str) -> Option<NaiveDate> {
    let text = squeezed(text);
    let (_, rest) = ["发布日期", "发布时间", "公布日期"].into_iter().find_map(|word| text.split_once(word))?;
    let mut numbers = rest
        .split(|c| !is_digit(c))
        .filter(|part| !part.is_empty())
        .map(|part| part.chars().take(6).fold(0_u32, |value, c| value.saturating_mul(10).saturating_add(digit_value(c))));
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| (2008..2100).contains(year))?, month, day)
}
