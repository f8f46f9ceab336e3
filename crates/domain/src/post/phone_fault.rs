use std::fmt;

use crate::Lang;

/// Why a text is not one telephone number that can be dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneFault {
    /// Nothing is written.
    Empty,
    /// Digits are hidden (`139****0001`).
    Masked,
    /// Several numbers stand in one place.
    Several,
    /// Something stands in it that belongs to no number.
    OtherCharacter {
        /// The first such character.
        found: char,
    },
    /// It begins as a mobile number and has not 11 digits.
    MobileLength {
        /// Its digits.
        digits: usize,
    },
    /// It has 11 digits and begins with 10, 11 or 12, as no mobile number does.
    NoSuchMobile,
    /// A landline without its area code.
    NoAreaCode {
        /// Its digits.
        digits: usize,
    },
    /// It begins with a zero and with no area code.
    UnknownAreaCode,
    /// A landline whose number after the area code has not 7 or 8 digits.
    LandlineLength {
        /// The area code.
        area: String,
        /// The digits after it.
        digits: usize,
    },
    /// An extension of no digits or of more than six.
    Extension,
    /// No kind of number has so many digits.
    WrongLength {
        /// Its digits.
        digits: usize,
    },
}

impl PhoneFault {
    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            PhoneFault::Empty => "没有填电话号码，请填写。".to_owned(),
            PhoneFault::Masked => "号码中有隐去的数字，无法拨打，请填写完整号码。".to_owned(),
            PhoneFault::Several => "这里有多个号码，请只填一个。".to_owned(),
            PhoneFault::OtherCharacter { found } => format!("号码中有“{found}”，请只填数字；分机写成“转801”。"),
            PhoneFault::MobileLength { digits } => format!("手机号码应为11位，现为{digits}位，请核对。"),
            PhoneFault::NoSuchMobile => "手机号码第二位应为3至9，请核对。".to_owned(),
            PhoneFault::NoAreaCode { digits } => {
                format!("{digits}位号码是固定电话，缺少区号，请在前面加上区号和“-”。")
            }
            PhoneFault::UnknownAreaCode => "号码以零开头，但没有这样的区号，请核对。".to_owned(),
            PhoneFault::LandlineLength { area, digits } => {
                format!("区号{area}后应为7或8位，现为{digits}位，请核对；分机写成“转801”。")
            }
            PhoneFault::Extension => "分机号应为1至6位数字，请核对。".to_owned(),
            PhoneFault::WrongLength { digits } => {
                format!("没有{digits}位的号码：手机11位，固定电话带区号10至12位，短号3至6位。请核对。")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            PhoneFault::Empty => "There is no telephone number; write one.".to_owned(),
            PhoneFault::Masked => "Some digits are hidden, so it cannot be dialled; write the whole number.".to_owned(),
            PhoneFault::Several => "Several numbers stand here; write one only.".to_owned(),
            PhoneFault::OtherCharacter { found } => {
                format!("“{found}” is no part of a number; write digits only, and an extension as “转801”.")
            }
            PhoneFault::MobileLength { digits } => {
                format!("A mobile number has 11 digits, this one {digits}; check it.")
            }
            PhoneFault::NoSuchMobile => "The second digit of a mobile number is one of 3 to 9; check it.".to_owned(),
            PhoneFault::NoAreaCode { digits } => {
                format!(
                    "A number of {digits} digits is a landline without its area code; put the area code and “-” first."
                )
            }
            PhoneFault::UnknownAreaCode => "It begins with a zero but with no area code; check it.".to_owned(),
            PhoneFault::LandlineLength { area, digits } => format!(
                "After the area code {area} there are 7 or 8 digits, here {digits}; check it, and write an extension as \
                 “转801”."
            ),
            PhoneFault::Extension => "An extension has 1 to 6 digits; check it.".to_owned(),
            PhoneFault::WrongLength { digits } => format!(
                "No number has {digits} digits: a mobile has 11, a landline with area code 10 to 12, a short number 3 to \
                 6. Check it."
            ),
        }
    }
}

impl fmt::Display for PhoneFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::default()))
    }
}

impl std::error::Error for PhoneFault {}
