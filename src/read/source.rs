//! What kind of page the bytes are, found from their content.

use super::page::Page;
use super::{ReadError, encoding};
use crate::form::Language;

/// The kind of a source, found by its content and never by a name.
///
/// ```
/// use gongkai::Source;
///
/// assert_eq!(Source::detect(b"%PDF-1.7"), Source::Pdf);
/// assert_eq!(Source::detect("规章\t0\t0\t0".as_bytes()), Source::Text);
/// assert_eq!(Source::detect("| 规章 | 0 |\n|---|---|\n".as_bytes()), Source::Markdown);
/// assert_eq!(Source::detect("<table><tr><td>规章</td></tr></table>".as_bytes()), Source::Html);
/// assert_eq!(Source::detect(br#"{"authority": {"name": "x"}, "requests": {}}"#), Source::Json);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Source {
    /// Plain text: cells separated by tabs, or kept in columns by a PDF text tool.
    Text,
    /// Markdown with pipe tables.
    Markdown,
    /// HTML.
    Html,
    /// The JSON of a report, which serde reads into a [`Report`](crate::Report).
    Json,
    /// The JSON of a transcript, which serde reads into a [`Transcript`](crate::Transcript).
    Transcript,
    /// A PDF.
    Pdf,
    /// A picture: a scanned page.
    Image,
    /// A document of Word, `.docx`.
    Docx,
    /// A workbook of Excel, `.xlsx`.
    Xlsx,
    /// An older office document: `.doc`, `.xls`, `.wps`, `.et`.
    LegacyOffice,
    /// Rich text, `.rtf`.
    Rtf,
    /// Another packed file, such as `.ofd` or `.zip`.
    Archive,
}

impl Source {
    /// The kind of these bytes. Text is what remains when nothing else is recognised.
    #[must_use]
    pub fn detect(bytes: &[u8]) -> Self {
        Self::by_signature(bytes).unwrap_or_else(|| {
            let text = encoding::decode(head(bytes)).map_or_else(|| String::from_utf8_lossy(head(bytes)), |decoded| decoded.text);
            Self::of_text(&text)
        })
    }

    /// The key: `text`, `markdown`, `html`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Transcript => "transcript",
            Self::Pdf => "pdf",
            Self::Image => "image",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::LegacyOffice => "legacy_office",
            Self::Rtf => "rtf",
            Self::Archive => "archive",
        }
    }

    /// What it is and what to do instead, for a source that is not read.
    pub(super) const fn advice(self, language: Language) -> &'static str {
        match self {
            Self::Text => language.pick("这是纯文本，可直接读取", "this is plain text; read it as it is"),
            Self::Markdown => language.pick("这是 Markdown，可直接读取", "this is Markdown; read it as it is"),
            Self::Html => language.pick(
                "这是 HTML 网页；请启用 `html` 功能编译 gongkai，或另存为以制表符分隔单元格的文本",
                "this is HTML; build gongkai with the feature `html`, or save the page as text with tabs between the cells",
            ),
            Self::Json => language.pick(
                "这是报告的 JSON，不是页面；请用 serde 读入 `Report`",
                "this is the JSON of a report, not a page; deserialise it into `Report` with serde",
            ),
            Self::Transcript => language.pick(
                "这是转录的 JSON，不是页面；请用 serde 读入 `Transcript` 再读取",
                "this is the JSON of a transcript, not a page; deserialise it into `Transcript` with serde and read that",
            ),
            Self::Pdf => language.pick(
                "这是 PDF 文件；请先用保留栏位的工具提取文字，例如 `pdftotext -layout`",
                "this is a PDF; extract its text first with a tool that keeps the columns, such as `pdftotext -layout`",
            ),
            Self::Image => language.pick(
                "这是图片；请先识别其中文字，再以转录 JSON、Markdown 或 HTML 给出",
                "this is a picture; recognise its text first and pass the result as a transcript, Markdown or HTML",
            ),
            Self::Docx => language.pick(
                "这是 Word 文档（.docx）；请另存为 HTML，或以制表符分隔单元格的文本",
                "this is a Word document (.docx); save it as HTML or as text with tabs between the cells",
            ),
            Self::Xlsx => language.pick(
                "这是 Excel 工作簿（.xlsx）；请将工作表另存为 HTML，或以制表符分隔单元格的文本",
                "this is an Excel workbook (.xlsx); save its sheets as HTML or as text with tabs between the cells",
            ),
            Self::LegacyOffice => language.pick(
                "这是旧版办公文档（.doc、.xls、.wps 或 .et）；请用办公软件打开后另存为 HTML，或以制表符分隔单元格的文本",
                "this is an older office document (.doc, .xls, .wps or .et); open it in an office program and save it as HTML or as text with tabs between the cells",
            ),
            Self::Rtf => language.pick(
                "这是 RTF 文档（.rtf）；请另存为 HTML，或以制表符分隔单元格的文本",
                "this is rich text (.rtf); save it as HTML or as text with tabs between the cells",
            ),
            Self::Archive => language.pick(
                "这是打包文件（如 .ofd、.zip）；请先解包，或导出其中文字",
                "this is a packed file, such as .ofd or .zip; unpack it or export its text first",
            ),
        }
    }

    /// Whether it is a page of text.
    pub(super) const fn is_page(self) -> bool {
        matches!(self, Self::Text | Self::Markdown | Self::Html)
    }

    /// The kind that the first bytes tell.
    pub(super) fn by_signature(bytes: &[u8]) -> Option<Self> {
        const SIGNATURES: &[(&[u8], Source)] = &[
            (b"\xd0\xcf\x11\xe0", Source::LegacyOffice),
            (b"{\\rtf", Source::Rtf),
            (b"\x89PNG", Source::Image),
            (b"\xff\xd8\xff", Source::Image),
            (b"GIF8", Source::Image),
            (b"II*\0", Source::Image),
            (b"MM\0*", Source::Image),
            (b"BM\x36", Source::Image),
            (b"\x1f\x8b", Source::Archive),
            (b"Rar!", Source::Archive),
            (b"7z\xbc\xaf", Source::Archive),
        ];
        let opening = head(bytes);
        // Some servers put a byte order mark or blank lines before a PDF.
        if find(opening.get(..1024).unwrap_or(opening), b"%PDF-") {
            return Some(Self::Pdf);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Some(match () {
                () if find(bytes, b"word/") => Self::Docx,
                () if find(bytes, b"xl/") => Self::Xlsx,
                () => Self::Archive,
            });
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Some(Self::Image);
        }
        SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|&(_, source)| source)
    }

    /// The kind of a text.
    pub(super) fn of_text(text: &str) -> Self {
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.starts_with('{') || text.starts_with('[') {
            // A report names its authority, a transcript only has titles.
            let transcript = !text.contains("\"authority\"") && (text.contains("\"title\"") || text.contains("\"tables\""));
            return if transcript { Self::Transcript } else { Self::Json };
        }
        let mut fragment = false;
        let pairs = text.as_bytes().windows(2).enumerate();
        for (at, _) in pairs.filter(|(_, pair)| matches!(pair, [b'<', second] if OPENINGS.contains(second))) {
            let has = |tags: &[&str]| tags.iter().any(|tag| is_tag(text, at, tag));
            if has(PAGE_TAGS) {
                return Self::Html;
            }
            fragment = fragment || has(TAGS);
        }
        match () {
            () if super::markdown::has_tables(text) => Self::Markdown,
            () if fragment => Self::Html,
            () => Self::Text,
        }
    }
}

/// The opening of the bytes, by which their kind is told.
fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD).unwrap_or(bytes)
}

const HEAD: usize = 256 * 1024;

fn find(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..HEAD).unwrap_or(bytes).windows(word.len()).any(|window| window == word)
}

/// The tags that make a text HTML, whatever else is in it.
const PAGE_TAGS: &[&str] = &["<html", "<!doctype html", "<body"];

/// The tags that make a text HTML if it has no tables of Markdown.
const TAGS: &[&str] = &["<table", "<td", "<p>", "<p ", "<div"];

/// The lines and rows of a piece of HTML.
#[cfg(feature = "html")]
pub(super) fn html(text: &str) -> Result<Page<'_>, ReadError> {
    super::html::page(text)
}

#[cfg(not(feature = "html"))]
pub(super) const fn html(_: &str) -> Result<Page<'_>, ReadError> {
    Err(ReadError::Unsupported(Source::Html))
}

/// What stands behind the bracket of those tags.
const OPENINGS: &[u8] = b"hH!bBtTpPdD";

fn is_tag(text: &str, at: usize, tag: &str) -> bool {
    text.get(at..at.saturating_add(tag.len())).is_some_and(|found| found.eq_ignore_ascii_case(tag))
}
