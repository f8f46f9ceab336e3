//! Which column holds what.

use std::fmt;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// 人员: number of the person.
    Person,
    /// 场所: number of the venue.
    Venue,
    /// 进入时间.
    Enter,
    /// 离开时间: empty while nobody has seen it.
    Leave,
    /// 位置: seat row, bed, stall; empty where not known.
    Spot,
    /// 来源: a number up to 255; empty is 0.
    Source,
    /// 场所类别: the class of the venue, as a word.
    Class,
}

impl Field {
    /// All, in the order in which they are written.
    pub const ALL: [Field; 7] =
        [Field::Person, Field::Venue, Field::Enter, Field::Leave, Field::Spot, Field::Source, Field::Class];

    /// The name of its column if no other is given.
    pub fn key(self) -> &'static str {
        match self {
            Field::Person => "person",
            Field::Venue => "venue",
            Field::Enter => "enter",
            Field::Leave => "leave",
            Field::Spot => "spot",
            Field::Source => "source",
            Field::Class => "class",
        }
    }

    fn is_needed(self) -> bool {
        matches!(self, Field::Person | Field::Venue | Field::Enter | Field::Leave)
    }
}

/// Where each field stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    places: [Option<usize>; Field::ALL.len()],
}

/// Why the columns do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnFault {
    /// The header lacks a column.
    Missing {
        /// The name that was looked for.
        name: String,
        /// What it should hold.
        field: Field,
    },
    /// A mapping is not of the form `field=name`.
    Mapping(String),
}

impl ColumnFault {
    /// 中文。
    pub fn zh(&self) -> String {
        match self {
            ColumnFault::Missing { name, field } => {
                format!("表头缺少“{name}”（{}）；请用 --columns {}=列名 指明", field.key(), field.key())
            }
            ColumnFault::Mapping(text) => {
                format!("“{text}”不是“字段=列名”；字段有 person、venue、enter、leave、spot、source、class")
            }
        }
    }
}

impl fmt::Display for ColumnFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ColumnFault::Missing { name, field } => {
                write!(f, "the header lacks “{name}” ({0}); say which it is with --columns {0}=NAME", field.key())
            }
            ColumnFault::Mapping(text) => {
                write!(f, "“{text}” is not FIELD=NAME; fields are person, venue, enter, leave, spot, source, class")
            }
        }
    }
}

impl std::error::Error for ColumnFault {}

impl Columns {
    /// Finds the columns in a header. `mapping` holds `field=name` for those with other names than the usual.
    ///
    /// # Errors
    /// [`ColumnFault`] names what is missing or wrong.
    pub fn find(header: &[&str], mapping: &[String]) -> Result<Columns, ColumnFault> {
        let mut names: Vec<(Field, String, bool)> =
            Field::ALL.map(|field| (field, field.key().to_owned(), field.is_needed())).to_vec();
        for text in mapping {
            let fault = || ColumnFault::Mapping(text.clone());
            let (key, name) = text.split_once('=').ok_or_else(fault)?;
            let named = names.iter_mut().find(|(field, _, _)| field.key() == key.trim()).ok_or_else(fault)?;
            *named = (named.0, name.trim().to_owned(), true);
        }
        let mut places = [None; Field::ALL.len()];
        for (place, (field, name, needed)) in places.iter_mut().zip(names) {
            *place = header.iter().position(|column| column.trim_start_matches('\u{feff}').trim() == name);
            if place.is_none() && needed {
                return Err(ColumnFault::Missing { name, field });
            }
        }
        Ok(Columns { places })
    }

    /// The place of a field in a row.
    pub fn place(&self, field: Field) -> Option<usize> {
        self.places.get(field as usize).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_usual_or_given_names() {
        let header = ["\u{feff}人员", "venue", " enter ", "leave"];
        let columns = Columns::find(&header, &["person=人员".to_owned()]).unwrap();
        assert_eq!(
            (columns.place(Field::Person), columns.place(Field::Enter), columns.place(Field::Spot)),
            (Some(0), Some(2), None)
        );
        let missing = Columns::find(&header, &[]).unwrap_err();
        assert_eq!(missing, ColumnFault::Missing { name: "person".into(), field: Field::Person });
        assert!(matches!(Columns::find(&header, &["x=y".into()]), Err(ColumnFault::Mapping(_))));
        assert!(matches!(Columns::find(&header, &["spot=座位".into()]), Err(ColumnFault::Missing { .. })));
    }
}
