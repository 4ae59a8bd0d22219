//! From bytes to text: encodings, bytes that are no text, and glyphs that stand for other characters.

use std::borrow::Cow;

/// A text and what of it was no text.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether there are bytes that are no character. A replacement character stands for them.
    pub(super) damaged: bool,
}

/// The most bytes that are no character, for a text and for each so many characters of it: with more it is no text in that encoding.
const DAMAGED: usize = 8;
const CHARACTERS: usize = 500;

/// In a short text at most one of so many.
const FEW: usize = 8;

/// The text of the bytes, or `None` if they are in no encoding that this build reads.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    let whole = |text| Decoded { text: folded(text), damaged: false };
    match bytes {
        [0xff, 0xfe, rest @ ..] => tolerable(utf_16(u16::from_le_bytes, rest)),
        [0xfe, 0xff, rest @ ..] => tolerable(utf_16(u16::from_be_bytes, rest)),
        [0xef, 0xbb, 0xbf, rest @ ..] => tolerable(String::from_utf8_lossy(rest)),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Some(whole(Cow::Borrowed(text))),
            Err(_) => tolerable(String::from_utf8_lossy(bytes)).or_else(|| tolerable(gb_18030(bytes)?)),
        },
    }
}

fn utf_16(of: fn([u8; 2]) -> u16, bytes: &[u8]) -> Cow<'_, str> {
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(of);
    Cow::Owned(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// Text in GB 18030, which contains GBK and GB 2312.
#[cfg(feature = "html")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature the encoding is not known")]
fn gb_18030(bytes: &[u8]) -> Option<Cow<'_, str>> {
    Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0)
}

#[cfg(not(feature = "html"))]
const fn gb_18030(_: &[u8]) -> Option<Cow<'_, str>> {
    None
}

/// The text, if so little of it is damaged that it is one in this encoding.
fn tolerable(text: Cow<'_, str>) -> Option<Decoded<'_>> {
    let damaged = text.matches(char::REPLACEMENT_CHARACTER).count();
    let count = text.chars().count();
    let most = DAMAGED.saturating_add(count.checked_div(CHARACTERS)?).min(count.checked_div(FEW)?);
    (damaged <= most).then(|| Decoded { text: folded(text), damaged: damaged > 0 })
}

/// The characters that the Kangxi radicals look like, in the order of the radicals.
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Other radicals that look like a whole character.
const GLYPHS: &[(char, char)] = &[
    ('⺠', '民'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻰', '龙'),
];

const CHUNK: usize = 64;

/// The text with the characters that its glyphs stand for. Fonts of PDFs print 行 as the radical ⾏, and text tools copy that.
fn folded(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_glyph = |c: char| matches!(c, '\u{2e80}'..='\u{2fdf}');
    // Nearly no text has one: they are looked for by their first two bytes, many at once.
    let bytes = text.as_bytes();
    let second = |at: usize| matches!(bytes.get(at.saturating_add(1)), Some(0xba..=0xbf));
    let opens = |chunk: &[u8]| chunk.iter().fold(0_u8, |found, byte| found | u8::from(*byte == 0xe2)) != 0;
    let found = |(at, chunk): (usize, &[u8])| {
        let start = at.saturating_mul(CHUNK);
        chunk.iter().zip(start..).any(|(byte, at)| *byte == 0xe2 && second(at))
    };
    if !bytes.chunks(CHUNK).enumerate().filter(|(_, chunk)| opens(chunk)).any(found) {
        return text;
    }
    let radicals: Vec<char> = RADICALS.chars().collect();
    let fold = |c: char| {
        let radical = u32::from(c).checked_sub(0x2f00).and_then(|at| radicals.get(usize::try_from(at).ok()?));
        radical.copied().or_else(|| GLYPHS.iter().find(|(glyph, _)| *glyph == c).map(|(_, stands)| *stands)).unwrap_or(c)
    };
    Cow::Owned(text.chars().map(|c| if is_glyph(c) { fold(c) } else { c }).collect())
}
