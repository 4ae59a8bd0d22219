//! One cell on the wire: a number, null, or the printed text.

use std::fmt::{self, Formatter};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Unexpected, Visitor};
use serde::{Serialize, Serializer};

use crate::form::{CellAddress, CellKind, Table, Unit};
use crate::model::{Cell, CellText, MAX_COUNT, Money, Number, PLAIN_MARK, read_cell, unreadable_text};

/// The most digits of a JSON fraction that its binary number still tells apart.
const SAFE_DIGITS: usize = 15;

/// The one key of the map in which `serde_json` hands over a number when it is built with arbitrary precision.
const PRIVATE_NUMBER: &str = "$serde_json::private::Number";

/// A cell as it was read. Nearly all are counts, so these are kept small.
pub(super) enum Read {
    Count(i64),
    Blank,
    Other(CellKind, Box<CellText>),
}

/// Reads a cell.
pub(super) struct CellSeed {
    pub(super) table: Table,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl CellSeed {
    /// The address, for errors and for the few cells that are no counts.
    fn address(&self) -> Option<CellAddress> {
        CellAddress::at(self.table, self.row, self.column)
    }

    fn place(&self) -> String {
        self.address().map_or_else(String::new, |address| address.to_string())
    }

    #[inline]
    fn kind(&self) -> CellKind {
        match self.table {
            Table::Disclosure => self.address().map_or(CellKind::Count, CellAddress::kind),
            Table::Requests | Table::Disputes => CellKind::Count,
        }
    }

    fn number<E: Error>(self, number: Number, unexpected: Unexpected<'_>) -> Result<Read, E> {
        match number.as_kind(self.kind()) {
            Some(number) => {
                let read = CellText { cell: Cell::Value(number), annotated: false, printed: None };
                Ok(Read::Other(self.kind(), Box::new(read)))
            }
            None => Err(E::invalid_value(unexpected, &self)),
        }
    }

    /// An amount by its shortest decimal: what was written, as long as it had few digits.
    fn fraction<E: Error>(self, text: &str, unexpected: Unexpected<'_>) -> Result<Read, E> {
        if text.chars().filter(char::is_ascii_digit).count() > SAFE_DIGITS {
            let place = self.place();
            return Err(E::custom(format_args!("{place}: {text} has more than {SAFE_DIGITS} digits; write it as a string")));
        }
        match Decimal::from_str(text) {
            Ok(amount) => self.number(Number::Money(Money::new(amount, Unit::NotStated)), unexpected),
            Err(_) => Err(E::invalid_value(unexpected, &self)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for CellSeed {
    type Value = Read;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellSeed {
    type Value = Read;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "in {}: {}, null or the printed text", self.place(), self.kind().expected())
    }

    #[inline]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Read, E> {
        match i64::try_from(value) {
            Ok(count) if value <= MAX_COUNT && self.kind() == CellKind::Count => Ok(Read::Count(count)),
            _ => self.number(Number::Count(value), Unexpected::Unsigned(value)),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Read, E> {
        self.number(Number::Change(value), Unexpected::Signed(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Read, E> {
        match self.kind() {
            CellKind::Money(_) => self.fraction(&value.to_string(), Unexpected::Float(value)),
            CellKind::Count | CellKind::Change => Err(E::invalid_type(Unexpected::Float(value), &self)),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Read, E> {
        Ok(Read::Blank)
    }

    fn visit_none<E: Error>(self) -> Result<Read, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Read, E> {
        Ok(Read::Other(self.kind(), Box::new(read_cell(text, self.kind()))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == PRIVATE_NUMBER => {}
            _ => return Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
        let text: String = map.next_value()?;
        if let Ok(value) = text.parse::<u64>() {
            self.visit_u64(value)
        } else if let Ok(value) = text.parse::<i64>() {
            self.visit_i64(value)
        } else if let CellKind::Money(_) = self.kind() {
            self.fraction(&text, Unexpected::Other("a fraction"))
        } else {
            Err(A::Error::invalid_type(Unexpected::Other(&text), &self))
        }
    }
}

/// A cell as it is written.
pub(super) struct Written<'r> {
    pub(super) cell: Cell<Number>,
    pub(super) printed: Option<&'r str>,
    pub(super) address: CellAddress,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.cell, self.printed) {
            (Cell::Unreadable, printed) => serializer.serialize_str(&unreadable_text(printed.unwrap_or_default(), self.address.kind())),
            (_, Some(printed)) => serializer.serialize_str(printed),
            (Cell::Blank, None) => serializer.serialize_none(),
            (Cell::NotApplicable, None) => serializer.serialize_str(PLAIN_MARK),
            (Cell::Value(Number::Count(value)), None) => serializer.serialize_u64(value),
            (Cell::Value(Number::Change(value)), None) => serializer.serialize_i64(value),
            (Cell::Value(Number::Money(money)), None) => match self.address.kind() {
                CellKind::Money(unit) => serializer.serialize_str(&money.text_in(unit)),
                CellKind::Count | CellKind::Change => serializer.collect_str(&money),
            },
        }
    }
}
