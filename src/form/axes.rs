//! The axes of the tables: every row and column of both forms is one line here.
//!
//! A line is: variant = key, English name, printed label (2019 form `|` 2021 form, where they differ), forms that print it.

use super::Edition;
use super::Language;

/// The two labels of an axis member, for the 2019 and the 2021 form: the second is the first unless it is given.
macro_rules! labels {
    ($label:literal) => {
        ($label, $label)
    };
    ($label:literal | $label_2021:literal) => {
        ($label, $label_2021)
    };
}

/// `both`, `E2019` or `E2021` as a pair: printed in the 2019 form, printed in the 2021 form.
macro_rules! forms {
    (both) => {
        (true, true)
    };
    (E2019) => {
        (true, false)
    };
    (E2021) => {
        (false, true)
    };
}

/// Declares one axis: an enum whose members carry key, English name, labels and forms.
macro_rules! axis {
    (
        $(#[$meta:meta])*
        pub enum $axis:ident : $what:literal {
            $($variant:ident = $key:literal, $name:literal, $label:literal $(| $label_2021:literal)?, $forms:ident;)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $axis {
            $(#[doc = concat!("`", $key, "`: ", $name, ", ", $label, $(" / ", $label_2021,)? ".")] $variant,)+
        }

        impl $axis {
            /// Every member of both forms, in printed order. The order is part of the API.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// How many members there are, over both forms.
            pub const COUNT: usize = Self::KEYS.len();

            /// Every key, in printed order.
            pub const KEYS: &'static [&'static str] = &[$($key,)+];

            /// The key: the word for this member in JSON, in addresses and in data sets.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The member with this key, if there is one.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }

            /// The label as the form prints it. A member that the form lacks keeps the label of the form that has it.
            #[must_use]
            pub const fn label(self, edition: Edition) -> &'static str {
                let (label_2019, label_2021) = match self { $(Self::$variant => labels!($label $(| $label_2021)?),)+ };
                match edition { Edition::E2019 => label_2019, Edition::E2021 => label_2021 }
            }

            /// The name for readers of that language: the printed label, or its English name.
            #[must_use]
            pub const fn name(self, edition: Edition, language: Language) -> &'static str {
                match language {
                    Language::Chinese => self.label(edition),
                    Language::English => match self { $(Self::$variant => $name,)+ },
                }
            }

            /// Whether that form prints this member.
            #[must_use]
            pub const fn is_in(self, edition: Edition) -> bool {
                let (in_2019, in_2021) = match self { $(Self::$variant => forms!($forms),)+ };
                match edition { Edition::E2019 => in_2019, Edition::E2021 => in_2021 }
            }

            /// The members that form prints, in printed order.
            pub fn of(edition: Edition) -> impl DoubleEndedIterator<Item = Self> + Clone {
                Self::ALL.iter().copied().filter(move |member| member.is_in(edition))
            }

            /// The place in [`ALL`](Self::ALL).
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl std::fmt::Display for $axis {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.key())
            }
        }

        impl std::str::FromStr for $axis {
            type Err = super::UnknownKey;

            fn from_str(key: &str) -> Result<Self, Self::Err> {
                Self::from_key(key).ok_or_else(|| super::UnknownKey::new($what, key))
            }
        }

        super::text_serde!($axis, $what);
    };
}

axis! {
    /// The rows of part two, 主动公开政府信息情况: what Article 20 of the Regulations has an authority disclose of itself.
    pub enum DisclosureRow: "row of part two" {
        Rules = "rules", "rules", "规章", both;
        NormativeDocuments = "normative_documents", "normative documents", "规范性文件" | "行政规范性文件", both;
        Licences = "licences", "administrative licences", "行政许可", both;
        OtherServices = "other_services", "other services to the public", "其他对外管理服务事项", E2019;
        Penalties = "penalties", "administrative penalties", "行政处罚", both;
        CoerciveMeasures = "coercive_measures", "coercive measures", "行政强制", both;
        Fees = "fees", "administrative fees", "行政事业性收费", both;
        Procurement = "procurement", "central government procurement", "政府集中采购", E2019;
    }
}

axis! {
    /// The columns of part two. Each block of the table (an item of Article 20) prints some of them.
    pub enum DisclosureColumn: "column of part two" {
        Made = "made", "made this year", "本年新制作数量", E2019;
        Disclosed = "disclosed", "disclosed this year", "本年新公开数量", E2019;
        TotalDisclosed = "total_disclosed", "disclosed in total", "对外公开总数量", E2019;
        Issued = "issued", "issued this year", "本年制发件数", E2021;
        Repealed = "repealed", "repealed this year", "本年废止件数", E2021;
        InForce = "in_force", "in force", "现行有效件数", E2021;
        ItemsLastYear = "items_last_year", "items last year", "上一年项目数量", E2019;
        ItemsChange = "items_change", "change this year", "本年增/减", E2019;
        Decisions = "decisions", "decisions this year", "处理决定数量" | "本年处理决定数量", both;
        Projects = "projects", "procurement projects", "采购项目数量", E2019;
        Amount = "amount", "amount", "采购总金额" | "本年收费金额（单位：万元）", both;
    }
}

axis! {
    /// The rows of part three, 收到和处理政府信息公开申请情况: what came in, how it was concluded, what is carried forward.
    pub enum RequestRow: "row of part three" {
        Received = "received", "received this year", "一、本年新收政府信息公开申请数量", both;
        CarriedOver = "carried_over", "carried over from last year", "二、上年结转政府信息公开申请数量", both;
        Disclosed = "disclosed", "disclosed", "（一）予以公开", both;
        PartiallyDisclosed = "partially_disclosed", "partially disclosed", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", both;
        WithheldStateSecret = "withheld_state_secret", "withheld: state secret", "1.属于国家秘密", both;
        WithheldProhibitedByLaw = "withheld_prohibited_by_law", "withheld: prohibited by law", "2.其他法律行政法规禁止公开", both;
        WithheldSecurityAndStability = "withheld_security_and_stability", "withheld: security and stability", "3.危及“三安全一稳定”", both;
        WithheldThirdPartyRights = "withheld_third_party_rights", "withheld: rights of third parties", "4.保护第三方合法权益", both;
        WithheldInternalAffairs = "withheld_internal_affairs", "withheld: internal affairs", "5.属于三类内部事务信息", both;
        WithheldDeliberativeProcess = "withheld_deliberative_process", "withheld: deliberative process", "6.属于四类过程性信息", both;
        WithheldEnforcementFile = "withheld_enforcement_file", "withheld: enforcement file", "7.属于行政执法案卷", both;
        WithheldAdministrativeInquiry = "withheld_administrative_inquiry", "withheld: administrative inquiry", "8.属于行政查询事项", both;
        UnavailableNotHeld = "unavailable_not_held", "unavailable: not held", "1.本机关不掌握相关政府信息", both;
        UnavailableNeedsCreation = "unavailable_needs_creation", "unavailable: would have to be created", "2.没有现成信息需要另行制作", both;
        UnavailableStillUnclear = "unavailable_still_unclear", "unavailable: still unclear after correction", "3.补正后申请内容仍不明确", both;
        DeclinedPetition = "declined_petition", "declined: petition or complaint", "1.信访举报投诉类申请", both;
        DeclinedRepeat = "declined_repeat", "declined: repeated request", "2.重复申请", both;
        DeclinedPublication = "declined_publication", "declined: asks for a publication", "3.要求提供公开出版物", both;
        DeclinedExcessive = "declined_excessive", "declined: excessive requests", "4.无正当理由大量反复申请", both;
        DeclinedReconfirmation = "declined_reconfirmation", "declined: asks to confirm what is held already", "5.要求行政机关确认或重新出具已获取信息", both;
        Other = "other", "otherwise concluded", "（六）其他处理", E2019;
        OtherNotCorrected = "other_not_corrected", "otherwise: not corrected in time", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", E2021;
        OtherFeeUnpaid = "other_fee_unpaid", "otherwise: fee not paid in time", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", E2021;
        OtherReasons = "other_reasons", "otherwise: other reasons", "3.其他", E2021;
        Concluded = "concluded", "concluded in total", "（七）总计", both;
        CarriedForward = "carried_forward", "carried forward to next year", "四、结转下年度继续办理", both;
    }
}

axis! {
    /// The columns of part three: who asked, 申请人情况.
    pub enum Applicant: "column of part three" {
        NaturalPerson = "natural_person", "natural persons", "自然人", both;
        Enterprise = "enterprise", "enterprises", "商业企业", both;
        ResearchInstitution = "research_institution", "research institutions", "科研机构", both;
        PublicInterestOrganization = "public_interest_organization", "public-interest organisations", "社会公益组织", both;
        LegalServices = "legal_services", "legal services", "法律服务机构", both;
        OtherOrganization = "other_organization", "other organisations", "其他", both;
        Total = "total", "total", "总计", both;
    }
}

axis! {
    /// The blocks of part four, 政府信息公开行政复议、行政诉讼情况: the kinds of proceedings.
    pub enum Proceeding: "row of part four" {
        Reconsideration = "reconsideration", "reconsideration", "行政复议", both;
        DirectLitigation = "direct_litigation", "direct litigation", "未经复议直接起诉", both;
        LitigationAfterReconsideration = "litigation_after_reconsideration", "litigation after reconsideration", "复议后起诉", both;
    }
}

axis! {
    /// The columns of each block of part four: how the proceedings ended.
    pub enum Ruling: "column of part four" {
        Upheld = "upheld", "upheld", "结果维持", both;
        Corrected = "corrected", "corrected", "结果纠正", both;
        Other = "other", "other result", "其他结果", both;
        Pending = "pending", "pending", "尚未审结", both;
        Total = "total", "total", "总计", both;
    }
}

axis! {
    /// The parts of a report, as they are titled, and what stands before the first of them.
    pub enum Section: "section" {
        Preamble = "preamble", "preamble", "引言", both;
        Overview = "overview", "overview", "一、总体情况", both;
        Disclosure = "disclosure", "disclosure", "二、主动公开政府信息情况", both;
        Requests = "requests", "requests", "三、收到和处理政府信息公开申请情况", both;
        Disputes = "disputes", "disputes", "四、政府信息公开行政复议、行政诉讼情况", both;
        Problems = "problems", "problems", "五、存在的主要问题及改进情况", both;
        OtherMatters = "other_matters", "other matters", "六、其他需要报告的事项", both;
    }
}

axis! {
    /// The three tables, by the part of the report that holds them.
    pub enum Table: "table" {
        Disclosure = "T2", "Table 2", "表二", both;
        Requests = "T3", "Table 3", "表三", both;
        Disputes = "T4", "Table 4", "表四", both;
    }
}

axis! {
    /// The level of an authority: a government, or a department of one.
    pub enum Level: "level" {
        State = "state", "the State Council", "国务院", both;
        Province = "province", "a provincial government", "省级政府", both;
        City = "city", "a city government", "市级政府", both;
        County = "county", "a county government", "县级政府", both;
        Township = "township", "a township government", "乡级政府", both;
        StateDepartment = "state_department", "a department of the State Council", "国务院部门", both;
        ProvinceDepartment = "province_department", "a provincial department", "省级部门", both;
        CityDepartment = "city_department", "a city department", "市级部门", both;
        CountyDepartment = "county_department", "a county department", "县级部门", both;
        TownshipDepartment = "township_department", "a township office", "乡级机构", both;
    }
}

impl Level {
    /// Whether the authority is a department of a government, not a government itself.
    #[must_use]
    pub const fn is_department(self) -> bool {
        matches!(
            self,
            Self::StateDepartment | Self::ProvinceDepartment | Self::CityDepartment | Self::CountyDepartment | Self::TownshipDepartment
        )
    }
}
