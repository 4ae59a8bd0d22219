//! The two forms in use, and the words of every answer: its language and its severity.

/// The form (格式) that a table follows.
///
/// The form belongs to each *table*, not to the report: official reports for 2021 and later exist with the 2021 part two
/// and the 2019 part three. It is found from the labels, never assumed from the year, which is why there is no default.
///
/// ```
/// use gongkai::Edition;
///
/// assert_eq!(Edition::for_year(2020), Some(Edition::E2019));
/// assert_eq!(Edition::for_year(2018), None); // another kind of report altogether
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// 《政府信息公开工作年度报告格式（试行）》, 国办公开办函〔2019〕60号, for the reporting years 2019 and 2020.
    E2019,
    /// 《政府信息公开工作年度报告格式》, 国办公开办函〔2021〕30号, for 2021 and later.
    E2021,
}

impl Edition {
    /// Both forms, the older first.
    pub const ALL: &'static [Self] = &[Self::E2019, Self::E2021];

    /// The form that governs a reporting year. `None` before 2019: those reports have other tables.
    #[must_use]
    pub const fn for_year(year: u16) -> Option<Self> {
        match year {
            0..2019 => None,
            2019..=2020 => Some(Self::E2019),
            2021.. => Some(Self::E2021),
        }
    }

    /// The key of the form in JSON: `2019` or `2021`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::E2019 => "2019",
            Self::E2021 => "2021",
        }
    }

    /// The form with this key, if there is one.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|edition| edition.key() == key)
    }

    /// The letter that issued the form.
    #[must_use]
    pub const fn issued_by(self) -> &'static str {
        match self {
            Self::E2019 => "国办公开办函〔2019〕60号",
            Self::E2021 => "国办公开办函〔2021〕30号",
        }
    }

    /// The other form.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::E2019 => Self::E2021,
            Self::E2021 => Self::E2019,
        }
    }
}

impl std::fmt::Display for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.key())
    }
}

impl std::str::FromStr for Edition {
    type Err = super::UnknownKey;

    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::from_key(key).ok_or_else(|| super::UnknownKey::new("form", key))
    }
}

super::text_serde!(Edition, "form");

/// The language of a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// 中文, in the form's own words.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The sentence in this language.
    #[must_use]
    pub(crate) const fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// How much a finding or a notice weighs.
///
/// ```
/// use gongkai::Severity;
///
/// assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Note);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// A rule of evaluators, a likely mistake, a cell that could not be read.
    Warning,
    /// A sum that follows from the form does not hold.
    Error,
}

impl Severity {
    /// The key: `error`, `warning`, `note`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word for readers of that language.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Error => language.pick("错误", "error"),
            Self::Warning => language.pick("警告", "warning"),
            Self::Note => language.pick("提示", "note"),
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.key())
    }
}

impl std::str::FromStr for Severity {
    type Err = super::UnknownKey;

    fn from_str(key: &str) -> Result<Self, Self::Err> {
        [Self::Error, Self::Warning, Self::Note].into_iter().find(|s| s.key() == key).ok_or_else(|| super::UnknownKey::new("severity", key))
    }
}

super::text_serde!(Severity, "severity");
