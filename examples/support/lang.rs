//! The language of an example's sentences.

use gongkai::Language;

/// The language of the sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lang {
    /// 中文
    Zh,
    /// English
    En,
    /// By the locale; 中文 where it names no language
    Auto,
}

impl Lang {
    pub(crate) fn language(self) -> Language {
        match self {
            Self::Zh => Language::Chinese,
            Self::En => Language::English,
            Self::Auto => {
                let set =
                    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
                match set.as_deref() {
                    Some(value) if !(value.starts_with("zh") || value.starts_with('C') || value == "POSIX") => Language::English,
                    _ => Language::Chinese,
                }
            }
        }
    }
}
