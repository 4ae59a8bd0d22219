//! What is no page of a report, and what goes beyond the limits: an error that says so, in bounded time.

use gongkai::{Language, ReadError, Reader, Source, read};
use proptest::prelude::*;

fn error(page: &[u8]) -> String {
    read(page).unwrap_err().to_string()
}

#[test]
fn each_kind_of_file_that_is_not_read_says_what_it_is_and_what_to_do() {
    let cases: &[(&[u8], Source, &str)] = &[
        (b"%PDF-1.7\n%\xe2\xe3", Source::Pdf, "this is a PDF; extract its text first"),
        (b"\x89PNG\r\n\x1a\n", Source::Image, "this is a picture; recognise its text first"),
        (b"\xff\xd8\xff\xe0", Source::Image, "this is a picture"),
        (b"PK\x03\x04....word/document.xml", Source::Docx, "this is a Word document (.docx); save it as HTML"),
        (b"PK\x03\x04....xl/workbook.xml", Source::Xlsx, "this is an Excel workbook (.xlsx); save its sheets"),
        (b"PK\x03\x04....OFD.xml", Source::Archive, "this is a packed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Source::LegacyOffice, "this is an older office document (.doc, .xls, .wps or .et)"),
        (b"{\\rtf1", Source::Rtf, "this is rich text"),
        (br#"{"authority": {}, "requests": {}}"#, Source::Json, "this is the JSON of a report, not a page"),
        (br#"{"title": "", "sections": [], "tables": [{"rows": []}]}"#, Source::Transcript, "this is the JSON of a transcript"),
    ];
    for (bytes, source, sentence) in cases {
        assert_eq!(Source::detect(bytes), *source);
        let error = read(bytes).unwrap_err();
        assert!(error.to_string().starts_with(sentence), "{error}");
        // For a clerk, as for an engineer: what it is, and what to do.
        let chinese = error.display(Language::Chinese).to_string();
        assert!(chinese.starts_with("这是") && chinese.contains("；请"), "{chinese}");
        assert_eq!(error.display(Language::English).to_string(), error.to_string());
    }
}

#[cfg(not(feature = "html"))]
#[test]
fn html_without_its_feature_says_how_to_build_it() {
    assert_eq!(
        error(b"<table><tr><td>1</td></tr></table>"),
        "this is HTML; build gongkai with the feature `html`, or save the page as text with tabs between the cells"
    );
    assert!(error(b"\xb9\xe6\xd5\xc2").contains("build gongkai with the feature `html`"));
}

#[test]
fn what_a_page_lacks_is_said() {
    assert_eq!(read(" \n\t"), Err(ReadError::Empty));
    assert_eq!(read("一、总体情况\n2023年情况良好。"), Err(ReadError::NoTables));
    let page = "第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t5";
    assert_eq!(read(page), Err(ReadError::NoYear));
    assert!(error(page.as_bytes()).contains("does not print the year"));
    assert_eq!(Reader::new().year(1999).read(page), Err(ReadError::Year(1999)));
    let chinese = ReadError::Year(1999).display(Language::Chinese).to_string();
    assert_eq!(chinese, "年度应在 2008 至 9999 之间，实为 1999");
    assert_eq!(Reader::new().year(2023).read(page).map(|reading| reading.report.year()), Ok(2023));
}

#[test]
fn too_much_is_an_error_not_a_wait() {
    let large = vec![b'1'; 100_000_000];
    assert!(error(&large).contains("at most 16777216 are read"));
    let digits = format!("三、收到和处理政府信息公开申请情况\n{}", "1".repeat(10_000_000));
    assert!(read(digits).is_err());
    let lines = "0\t0\t0\n".repeat(300_000);
    assert!(error(lines.as_bytes()).contains("lines and rows"));
    for (between, rule) in [("\t", ""), (" | ", "|---|---|\n")] {
        let cells = format!("{between}0").repeat(1_000_000);
        let wide = format!("三、收到和处理政府信息公开申请情况\n{rule}一、本年新收政府信息公开申请数量{cells}\n");
        assert!(error(wide.as_bytes()).contains("columns in a table, and at most 400 are read"));
    }
}

#[cfg(feature = "html")]
#[test]
fn hostile_html_ends_in_an_error() {
    let wide = format!("<table><tr>{}</tr></table>", "<td colspan=1000000>0</td>".repeat(50));
    assert!(error(wide.as_bytes()).contains("columns in a table"));
    let deep = "<table><tr><td>".repeat(100_000);
    assert!(error(deep.as_bytes()).contains("tables inside one another"));
    let inline = format!("<table>{}</table>", "<tr><td><b><span>".repeat(100_000));
    assert!(read(inline).is_err());
    let tall = format!("<table>{}</table>", "<tr><td rowspan=65534>1<td>2".repeat(150_000));
    assert!(read(tall).is_err());
    let open = format!("<table>{}", "<".repeat(1_000_000));
    assert!(read(open).is_err());
}

#[cfg(feature = "html")]
#[test]
fn pages_in_gb_18030_are_read() {
    let page = "<html><meta charset=gbk><p>某县教育局2023年政府信息公开工作年度报告</p><table><tr><td>第二十条第（五）项</td></tr>\
                <tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>5</td></tr></table>";
    let (bytes, ..) = encoding_rs::GB18030.encode(page);
    let report = read(&bytes).unwrap().report;
    assert_eq!(report.authority().name(), "某县教育局");
    assert_eq!(Ok(report), read(page).map(|reading| reading.report));
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "[ \t\n\u{c}|<>/a-d0-9一二三四（）.、规章行政许可总计其他自然人本年新收政府信息公开申请数量2023年报告-]{0,400}") {
        _ = Reader::new().year(2023).read(&text);
        _ = Reader::new().year(2023).source(Source::Markdown).read(&text);
        _ = Reader::new().year(2023).source(Source::Html).read(&text);
    }
}
