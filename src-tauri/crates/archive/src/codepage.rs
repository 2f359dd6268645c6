//! The two code pages of DOS that ZIP programs still write names in and that `encoding_rs` lacks.

/// What the upper half of code page 437 stands for (the original PC; the one that the ZIP specification names).
const CP437: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}\
";

/// What the upper half of code page 850 stands for (DOS and Windows in Western Europe).
const CP850: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}\
";

/// The text that the bytes are in code page 437; every byte stands for something.
pub(crate) fn decode_cp437(bytes: &[u8]) -> String {
    decode(bytes, CP437)
}

/// The text that the bytes are in code page 850; every byte stands for something.
pub(crate) fn decode_cp850(bytes: &[u8]) -> String {
    decode(bytes, CP850)
}

/// The bytes of a text in code page 437, if it can hold all of it.
pub(crate) fn encode_cp437(text: &str) -> Option<Vec<u8>> {
    encode(text, CP437)
}

/// The bytes of a text in code page 850, if it can hold all of it.
pub(crate) fn encode_cp850(text: &str) -> Option<Vec<u8>> {
    encode(text, CP850)
}

fn decode(bytes: &[u8], upper: &str) -> String {
    let upper: Vec<char> = upper.chars().collect();
    bytes.iter().map(|&b| if b < 128 { char::from(b) } else { upper[usize::from(b) - 128] }).collect()
}

fn encode(text: &str, upper: &str) -> Option<Vec<u8>> {
    let byte = |c: char| match c {
        '\0'..='\u{7F}' => u8::try_from(u32::from(c)).ok(),
        _ => upper.chars().position(|u| u == c).and_then(|at| u8::try_from(at + 128).ok()),
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_survives_the_round_trip() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(encode_cp437(&decode_cp437(&all)).as_deref(), Some(&all[..]));
        assert_eq!(encode_cp850(&decode_cp850(&all)).as_deref(), Some(&all[..]));
    }

    #[test]
    fn the_known_letters_are_where_they_belong() {
        assert_eq!(decode_cp437(b"\x9Abung_\xE1 \x82t\x82"), "Übung_ß été");
        assert_eq!(decode_cp850(b"\xB7 \x9B \xE1"), "À ø ß");
        assert_eq!(encode_cp437("日本"), None);
    }
}
