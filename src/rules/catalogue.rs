//! Every rule, once: the records from which findings, `RULES.md` and `rules explain` are made.

use super::record::{Rule, RuleId, Scope, Text};
use crate::form::{Edition, Language, Severity};

const BOTH: &[Edition] = Edition::ALL;
const ONLY_2019: &[Edition] = &[Edition::E2019];
const ONLY_2021: &[Edition] = &[Edition::E2021];

const FORM_LETTERS: &str = "国办公开办函〔2019〕60号、国办公开办函〔2021〕30号";

/// Every rule: errors, warnings, notes, each in the order in which they are reported.
pub const CATALOGUE: &[Rule] = &[
    Rule {
        id: RuleId::T3Balance,
        severity: Severity::Error,
        scope: Scope::Table,
        must_hold: Text::new(
            "第一项加第二项之和，应等于第三项（七）加第四项之和",
            "what came in equals what was concluded plus what is carried forward",
        ),
        why: Text::new(
            "每件申请要么在年内办结，要么结转下年度。各列分别核对。",
            "Every request is either concluded within the year or carried forward. Each column is checked by itself.",
        ),
        source: "国办公开办函〔2019〕60号、国办公开办函〔2021〕30号，第三部分表内注：第一项加第二项之和，等于第三项加第四项之和",
        forms: BOTH,
        example: Text::new("一(60)+二(0)=60，三（七）(61)+四(0)=61，相差 −1", "60 received, 61 concluded"),
    },
    Rule {
        id: RuleId::T3Outcomes,
        severity: Severity::Error,
        scope: Scope::Table,
        must_hold: Text::new("（一）至（六）各行之和，应等于（七）总计", "the rows of outcomes add up to （七）"),
        why: Text::new(
            "（七）是本年度办理结果的总计；（三）至（六）各组没有小计行。各列分别核对。",
            "（七） is the total of the outcomes; the groups （三） to （六） have no subtotal rows. Each column is checked by itself.",
        ),
        source: "国办公开办函〔2019〕60号、国办公开办函〔2021〕30号，第三部分“（七）总计”",
        forms: BOTH,
        example: Text::new("各行之和 21，（七）填 20", "the rows add up to 21, （七） says 20"),
    },
    Rule {
        id: RuleId::T3Applicants,
        severity: Severity::Error,
        scope: Scope::Table,
        must_hold: Text::new("六类申请人之和，应等于总计", "the six kinds of applicants add up to the total"),
        why: Text::new("每件申请只有一类申请人。各行分别核对。", "A request has one kind of applicant. Each row is checked by itself."),
        source: "国办公开办函〔2019〕60号、国办公开办函〔2021〕30号，第三部分“总计”列",
        forms: BOTH,
        example: Text::new("自然人 12、商业企业 3，总计填 12", "12 natural persons and 3 enterprises, a total of 12"),
    },
    Rule {
        id: RuleId::T4Total,
        severity: Severity::Error,
        scope: Scope::Table,
        must_hold: Text::new("四种结果之和，应等于总计", "the four results add up to the total"),
        why: Text::new(
            "每件案件或有一种结果，或尚未审结。三组分别核对。",
            "A case has one result or is pending. Each block is checked by itself.",
        ),
        source: "国办公开办函〔2019〕60号、国办公开办函〔2021〕30号，第四部分“总计”",
        forms: BOTH,
        example: Text::new("结果维持 10、结果纠正 1，总计填 0", "10 upheld and 1 corrected, a total of 0"),
    },
    Rule {
        id: RuleId::YCarriedOver,
        severity: Severity::Error,
        scope: Scope::Series,
        must_hold: Text::new(
            "上年结转应等于上一年度报告的结转下年度继续办理",
            "what is carried over equals what the report of the year before carried forward",
        ),
        why: Text::new(
            "上年没有办结的申请，就是本年上年结转的申请。各列分别核对。",
            "The requests that the year before did not conclude are those that this year took over. Each column is checked by itself.",
        ),
        source: "国办公开办函〔2019〕60号、国办公开办函〔2021〕30号，第三部分“二、上年结转政府信息公开申请数量”“四、结转下年度继续办理”",
        forms: BOTH,
        example: Text::new("2024 年度上年结转 103，2023 年度结转下年度 77", "103 carried over into 2024, 77 carried forward from 2023"),
    },
    Rule {
        id: RuleId::USum,
        severity: Severity::Error,
        scope: Scope::Rollup,
        must_hold: Text::new("汇总报告的数字应等于各单位数字之和", "the parent's number is the sum of its units'"),
        why: Text::new(
            "汇总报告由各单位的报告相加而成。有单位缺报或空白时不作判定。",
            "The parent's report is the sum of those of its units. Not decided while units are missing or blank.",
        ),
        source: "汇总单位核对办法",
        forms: BOTH,
        example: Text::new("各单位合计 120，汇总报告填 121", "the units have 120 together, the parent says 121"),
    },
    Rule {
        id: RuleId::FormYear,
        severity: Severity::Warning,
        scope: Scope::Report,
        must_hold: Text::new("各表应采用该年度适用的格式", "each table follows the form that governs the year"),
        why: Text::new(
            "2019、2020 年度用 2019 年格式，2021 年度起用 2021 年格式；新旧混用时有的栏目无处可填。",
            "2019 and 2020 have the 2019 form, later years the 2021 form; where they are mixed, some figures have no place.",
        ),
        source: FORM_LETTERS,
        forms: BOTH,
        example: Text::new("2023 年度的表三只有一行“（六）其他处理”", "a table 3 for 2023 with the single row （六）其他处理"),
    },
    Rule {
        id: RuleId::T2Stock,
        severity: Severity::Warning,
        scope: Scope::Table,
        must_hold: Text::new(
            "现行有效件数一般不少于本年制发减去本年废止",
            "what is in force is no less than what the year issued and did not repeal",
        ),
        why: Text::new(
            "本年制发而未废止的文件一般仍然有效。",
            "Documents that were issued this year and not repealed are normally in force.",
        ),
        source: "评估机构核对办法；国办公开办函〔2021〕30号，第二部分第二十条第（一）项",
        forms: ONLY_2021,
        example: Text::new("制发 20、废止 5，现行有效填 10", "20 issued, 5 repealed, 10 in force"),
    },
    Rule {
        id: RuleId::T2Disclosed,
        severity: Severity::Warning,
        scope: Scope::Table,
        must_hold: Text::new("对外公开总数量应不少于本年新公开数量", "the total disclosed includes what was newly disclosed"),
        why: Text::new("本年新公开的计入总数量。", "What was newly disclosed is part of the total."),
        source: "评估机构核对办法；国办公开办函〔2019〕60号，第二部分第二十条第（一）项",
        forms: ONLY_2019,
        example: Text::new("新公开 60，总数量填 6", "60 newly disclosed, 6 in total"),
    },
    Rule {
        id: RuleId::T2Items,
        severity: Severity::Warning,
        scope: Scope::Table,
        must_hold: Text::new("上一年项目数量加本年增/减不应小于 0", "last year's items and their change are not below zero together"),
        why: Text::new("项目数量不会是负数。", "There is no negative number of items."),
        source: "国办公开办函〔2019〕60号，第二部分第二十条第（五）（六）（八）项",
        forms: ONLY_2019,
        example: Text::new("上一年 3，本年减 5", "3 last year, 5 fewer this year"),
    },
    Rule {
        id: RuleId::T2FeeUnit,
        severity: Severity::Warning,
        scope: Scope::Table,
        must_hold: Text::new("本年收费金额的单位是万元", "fees are stated in units of 万元 (ten thousand yuan)"),
        why: Text::new(
            "该栏印明单位为万元；按元填写会放大一万倍。",
            "The column prints 万元; an amount in yuan reads ten thousand times too large.",
        ),
        source: "国办公开办函〔2021〕30号，第二部分“本年收费金额（单位：万元）”",
        forms: ONLY_2021,
        example: Text::new("填“251000元”", "251000元"),
    },
    Rule {
        id: RuleId::T2RulesLevel,
        severity: Severity::Warning,
        scope: Scope::Report,
        must_hold: Text::new("县、乡两级机关不能制定规章", "authorities of counties and townships make no rules (规章)"),
        why: Text::new(
            "县、乡两级机关无权制定规章，填写的多半是规范性文件的数字。仅在报告写明层级时核对。",
            "Authorities of counties and townships cannot issue rules; the number is likely one of normative documents. Checked only where the report states its level.",
        ),
        source: "评估机构核对办法；国办公开办函〔2021〕30号，第二部分第二十条第（一）项",
        forms: BOTH,
        example: Text::new("某县教育局填规章 3 件", "a county's education bureau with 3 rules"),
    },
    Rule {
        id: RuleId::Unreadable,
        severity: Severity::Warning,
        scope: Scope::Table,
        must_hold: Text::new("该格应是可以识别的数字", "the cell holds a number that can be read"),
        why: Text::new(
            "印有文字而不是该格应填的数字，或无法确定读法；不按 0 处理。",
            "What is printed is no number of the cell's kind, or cannot be read with certainty. It is not taken as 0.",
        ),
        source: FORM_LETTERS,
        forms: BOTH,
        example: Text::new("“约20”", "约20"),
    },
    Rule {
        id: RuleId::Deadline,
        severity: Severity::Warning,
        scope: Scope::Report,
        must_hold: Text::new(
            "部门应在次年 1 月 31 日前、地方政府应在次年 3 月 31 日前公布",
            "departments publish by 31 January of the next year, local governments by 31 March",
        ),
        why: Text::new(
            "法定期限。仅在报告写明层级和发布日期时核对。",
            "The Regulations set the day. Checked only where the report states its level and its date.",
        ),
        source: "《中华人民共和国政府信息公开条例》第四十九条",
        forms: BOTH,
        example: Text::new(
            "县教育局 2025-02-10 公布 2024 年度报告",
            "a county's education bureau that publishes the report for 2024 on 2025-02-10",
        ),
    },
    Rule {
        id: RuleId::S5Empty,
        severity: Severity::Warning,
        scope: Scope::Report,
        must_hold: Text::new("第五部分应写明存在的主要问题及改进情况", "part five says what the main problems are and how they are met"),
        why: Text::new(
            "法定内容。仅在提供该部分文字时核对。",
            "The Regulations require it. Checked only where the text of the part was supplied.",
        ),
        source: "《中华人民共和国政府信息公开条例》第五十条；国办公开办函〔2021〕30号，第五部分",
        forms: BOTH,
        example: Text::new("五、存在的主要问题及改进情况：无", "part five says 无"),
    },
    Rule {
        id: RuleId::S6Fee,
        severity: Severity::Warning,
        scope: Scope::Report,
        must_hold: Text::new("第六部分应报告收取信息处理费的情况", "part six reports the fee for processing information (信息处理费)"),
        why: Text::new(
            "2021 年格式要求在“其他需要报告的事项”中写明；没有收取也应写明。仅在提供该部分文字时核对。",
            "The 2021 form asks for it under other matters, also where none was charged. Checked only where the text was supplied.",
        ),
        source: "国办公开办函〔2021〕30号，第六部分",
        forms: ONLY_2021,
        example: Text::new("六、其他需要报告的事项：无", "part six says 无"),
    },
    Rule {
        id: RuleId::YInForce,
        severity: Severity::Warning,
        scope: Scope::Series,
        must_hold: Text::new(
            "现行有效件数应等于上一年度现行有效件数加本年制发减本年废止",
            "what is in force is what was in force the year before, plus issued, minus repealed",
        ),
        why: Text::new(
            "文件只因制发、废止而增减；修订替换旧文件，注明的修订件数可以不计入。到期失效也会造成差异，所以是警告。",
            "Documents come by issue and go by repeal; a revision that the cell's annotation names replaces an older one and may be left out. Documents also lapse, so this is a warning.",
        ),
        source: "评估机构核对办法；国办公开办函〔2021〕30号，第二部分第二十条第（一）项",
        forms: ONLY_2021,
        example: Text::new(
            "上年现行有效 597，本年制发 50、废止 227，现行有效填 430",
            "597 in force the year before, 50 issued, 227 repealed, 430 in force",
        ),
    },
    Rule {
        id: RuleId::YItems,
        severity: Severity::Warning,
        scope: Scope::Series,
        must_hold: Text::new(
            "上一年项目数量应等于上一年度报告的上一年项目数量加本年增/减",
            "last year's items are the items and the change that the report of the year before states",
        ),
        why: Text::new("项目数量逐年相接。", "The numbers of items follow each other from year to year."),
        source: "评估机构核对办法；国办公开办函〔2019〕60号，第二部分第二十条第（五）（六）（八）项",
        forms: ONLY_2019,
        example: Text::new("2019 年度 100、增 5，2020 年度上一年项目数量填 100", "100 and 5 more in 2019, 100 for last year in 2020"),
    },
    Rule {
        id: RuleId::UMissing,
        severity: Severity::Warning,
        scope: Scope::Rollup,
        must_hold: Text::new("名单上的单位都应报送", "every unit of the roster reports"),
        why: Text::new(
            "缺报时，合计只是下限，不能与汇总报告核对。",
            "While a unit is missing the sums are lower bounds and decide nothing.",
        ),
        source: "汇总单位核对办法",
        forms: BOTH,
        example: Text::new("名单有某局，没有它的报告", "a bureau of the roster without a report"),
    },
    Rule {
        id: RuleId::UDuplicate,
        severity: Severity::Warning,
        scope: Scope::Rollup,
        must_hold: Text::new("一个单位只应有一份报告", "a unit has one report"),
        why: Text::new("重复的报告会重复计数；只计先读到的一份。", "A second report would be counted twice; the first one counts."),
        source: "汇总单位核对办法",
        forms: BOTH,
        example: Text::new("同一文件夹里有某局的两份报告", "two reports of one bureau in a folder"),
    },
    Rule {
        id: RuleId::UYear,
        severity: Severity::Warning,
        scope: Scope::Rollup,
        must_hold: Text::new("各单位报告应是同一年度", "all units report on the same year"),
        why: Text::new("其他年度的报告不计入合计。", "Reports for other years are not added."),
        source: "汇总单位核对办法",
        forms: BOTH,
        example: Text::new("汇总 2023 年度时混入 2022 年度的报告", "a report for 2022 among those for 2023"),
    },
    Rule {
        id: RuleId::UUnlisted,
        severity: Severity::Warning,
        scope: Scope::Rollup,
        must_hold: Text::new("各单位应在名单上", "every unit is in the roster"),
        why: Text::new(
            "名称写法不同的单位会同时显得缺报；仍计入合计。",
            "A unit whose name is written otherwise seems missing as well; it is added all the same.",
        ),
        source: "汇总单位核对办法",
        forms: BOTH,
        example: Text::new("名单为某县教育局，报告为某县教育和体育局", "a roster with one name of a bureau, a report with another"),
    },
    Rule {
        id: RuleId::UExcess,
        severity: Severity::Warning,
        scope: Scope::Rollup,
        must_hold: Text::new(
            "有单位缺报时，其余单位之和不应大于汇总报告的数字",
            "while units are missing, the others together have no more than the parent",
        ),
        why: Text::new("缺报的单位只会使合计增大。", "What is missing only adds to the sum."),
        source: "汇总单位核对办法",
        forms: BOTH,
        example: Text::new("缺一个单位，其余合计 130，汇总报告填 121", "one unit missing, the others have 130, the parent says 121"),
    },
    Rule {
        id: RuleId::WReason,
        severity: Severity::Warning,
        scope: Scope::Waivers,
        must_hold: Text::new("豁免应写明理由", "a waiver says why"),
        why: Text::new("没有理由的豁免不起作用。", "A waiver without a reason waives nothing."),
        source: "本项目",
        forms: BOTH,
        example: Text::new("reason 空白", "an empty reason"),
    },
    Rule {
        id: RuleId::WExpired,
        severity: Severity::Warning,
        scope: Scope::Waivers,
        must_hold: Text::new("豁免应在有效期内", "a waiver has not expired"),
        why: Text::new("过期的豁免不起作用，应复核。", "An expired waiver waives nothing; the finding is to be looked into again."),
        source: "本项目",
        forms: BOTH,
        example: Text::new("until 2025-12-31，今日 2026-03-01", "until 2025-12-31, applied on 2026-03-01"),
    },
    Rule {
        id: RuleId::WUnused,
        severity: Severity::Warning,
        scope: Scope::Waivers,
        must_hold: Text::new("豁免应对应某一项结果", "a waiver names some finding"),
        why: Text::new("数字已改，或写错了指纹、规则、位置。", "The numbers have changed, or the fingerprint, rule or place is wrong."),
        source: "本项目",
        forms: BOTH,
        example: Text::new("指纹对应的数字已更正", "the number that the fingerprint names was corrected"),
    },
    Rule {
        id: RuleId::Blanks,
        severity: Severity::Note,
        scope: Scope::Table,
        must_hold: Text::new("空白不等于 0，没有的应填 0", "a blank is not a zero: where there is none, 0 is printed"),
        why: Text::new("没有填写，就不能核对；不按 0 处理。", "What is not printed cannot be checked. It is not taken as 0."),
        source: FORM_LETTERS,
        forms: BOTH,
        example: Text::new("“四、结转下年度继续办理”整行空白", "the row 四、结转下年度继续办理 is blank"),
    },
    Rule {
        id: RuleId::Annotated,
        severity: Severity::Note,
        scope: Scope::Table,
        must_hold: Text::new(
            "附有说明的数字按数字核对，说明原样保留",
            "a number with an annotation counts as the number; the annotation is kept",
        ),
        why: Text::new("说明可能改变数字的含义。", "The annotation may change what the number means."),
        source: FORM_LETTERS,
        forms: BOTH,
        example: Text::new("“22（其中修订16件）”", "22（其中修订16件）"),
    },
    Rule {
        id: RuleId::YGap,
        severity: Severity::Note,
        scope: Scope::Series,
        must_hold: Text::new("年度之间不应缺少报告", "no year lies between two reports without one"),
        why: Text::new("缺少的年度两边都不能核对。", "What lies on both sides of a missing year cannot be compared."),
        source: "评估机构核对办法",
        forms: BOTH,
        example: Text::new("有 2021、2023 年度，没有 2022 年度", "reports for 2021 and 2023, none for 2022"),
    },
    Rule {
        id: RuleId::YAuthority,
        severity: Severity::Note,
        scope: Scope::Series,
        must_hold: Text::new("各年度应是同一机关", "the reports are one authority's"),
        why: Text::new("名称不同，可能是改名，也可能混入了别的机关。", "Another name may be a new one, or another authority's."),
        source: "评估机构核对办法",
        forms: BOTH,
        example: Text::new("2023 年度为某县教育局，2024 年度为某县教育和体育局", "two names in two years"),
    },
    Rule {
        id: RuleId::YJump,
        severity: Severity::Note,
        scope: Scope::Series,
        must_hold: Text::new(
            "与上年相比一般不超过 5 倍，也不少于五分之一",
            "a number is at most five times that of the year before, and at least a fifth",
        ),
        why: Text::new("只看第二部分和总计，两年都不小于 20。", "Part two and totals only, both numbers at least 20."),
        source: "评估机构核对办法",
        forms: BOTH,
        example: Text::new("上年 120，本年 1200", "120 the year before, 1,200 this year"),
    },
    Rule {
        id: RuleId::YUnit,
        severity: Severity::Note,
        scope: Scope::Series,
        must_hold: Text::new("金额前后两年的单位应一致", "an amount has the same unit in both years"),
        why: Text::new(
            "相差近一万倍，多半是一年填了元、一年填了万元。",
            "About ten thousand times as much: likely 元 in one year and 万元 in the other.",
        ),
        source: "评估机构核对办法",
        forms: BOTH,
        example: Text::new("上年 25.1，本年 251000", "25.1 the year before, 251,000 this year"),
    },
];

/// The record of a rule.
#[expect(clippy::indexing_slicing, reason = "the assertion below shows that every rule stands at its place")]
pub(super) fn record(id: RuleId) -> &'static Rule {
    &CATALOGUE[id as usize]
}

const _: () = {
    let mut place = 0;
    let mut rules = CATALOGUE;
    while let Some((rule, rest)) = rules.split_first() {
        assert!(rule.id as usize == place, "the catalogue stands in the order of the names");
        place = place.wrapping_add(1);
        rules = rest;
    }
    assert!(place == RuleId::YUnit as usize + 1, "the catalogue has every rule");
};

/// The catalogue as a Markdown document: `RULES.md` of this project.
///
/// ```
/// assert!(gongkai::rules_document().contains("T3-BALANCE"));
/// ```
#[must_use]
pub fn rules_document() -> String {
    let mut page = String::from(
        "# Rules · 规则\n\nMade from the records in `src/rules/catalogue.rs` by `cargo run --example rules -- markdown`. \
         本页由规则目录生成，请勿手改。\n\n| rule | severity | forms | must hold | 应当成立 |\n|---|---|---|---|---|\n",
    );
    for rule in CATALOGUE {
        let must_hold = rule.must_hold;
        let line = format!(
            "| [{id}](#{anchor}) | {} | {} | {} | {} |\n",
            rule.severity,
            forms(rule),
            must_hold.english,
            must_hold.chinese,
            id = rule.id,
            anchor = rule.id.key().to_lowercase()
        );
        page.push_str(&line);
    }
    for rule in CATALOGUE {
        let (english, chinese) = (explanation(rule, Language::English), explanation(rule, Language::Chinese));
        page.extend(["\n## ", rule.id.key(), "\n\n", &english, "\n", &chinese]);
    }
    page
}

fn forms(rule: &Rule) -> String {
    rule.forms.iter().map(|edition| edition.key()).collect::<Vec<_>>().join(", ")
}

/// A rule explained: what must hold, why, severity, forms, source, example.
pub(super) fn explanation(rule: &Rule, language: Language) -> String {
    let (must_hold, why, example) =
        (rule.must_hold.in_language(language), rule.why.in_language(language), rule.example.in_language(language));
    let (severity, forms, source) = (rule.severity.name(language), forms(rule), rule.source);
    match language {
        Language::Chinese => {
            format!("- 应当成立：{must_hold}\n- 理由：{why}\n- 级别：{severity}\n- 适用格式：{forms}\n- 依据：{source}\n- 例：{example}\n")
        }
        Language::English => format!(
            "- must hold: {must_hold}\n- why: {why}\n- severity: {severity}\n- forms: {forms}\n- source: {source}\n- breaks it: {example}\n"
        ),
    }
}
