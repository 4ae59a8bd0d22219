//! Markdown: pipe tables, headings, paragraphs.

/// Whether a line is the rule under the head of a pipe table.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}
