//! Places as comma-separated values, for spreadsheets.

use super::Row;
use crate::cli::csv::record;
use std::borrow::Cow;
use std::io::{self, Write};

/// The header line.
const HEADER: [&str; 12] =
    ["name", "kind", "country", "country_name", "admin1", "latitude", "longitude", "population", "mentions", "score", "id", "articles"];

/// Writes the header and a record for each place.
pub(super) fn write(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    record(out, HEADER.map(Cow::Borrowed))?;
    rows.iter().try_for_each(|row| record(out, fields(row)))
}

fn fields(row: &Row) -> [Cow<'_, str>; HEADER.len()] {
    let place = &row.place;
    let titles: Vec<&str> = row.articles.iter().map(|a| a.title.as_str()).collect();
    [
        place.name.as_str().into(),
        place.kind.name().into(),
        place.country.map_or_else(String::new, |c| c.to_string()).into(),
        row.country().into(),
        place.admin1.as_deref().unwrap_or_default().into(),
        place.latitude.to_string().into(),
        place.longitude.to_string().into(),
        place.population.map_or_else(String::new, |p| p.to_string()).into(),
        row.mentions.to_string().into(),
        format!("{:.3}", place.score).into(),
        place.id.0.to_string().into(),
        titles.join("; ").into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::places::tests::row;

    #[test]
    fn a_header_and_a_record() {
        let mut out = Vec::new();
        write(&mut out, &[row("Suva, \"the port\"", -18.14, 178.44)]).unwrap();
        let out = String::from_utf8(out).unwrap();
        let (header, rest) = out.split_once("\r\n").unwrap();
        assert_eq!(header.split(',').count(), HEADER.len());
        assert_eq!(rest, "\"Suva, \"\"the port\"\"\",city,FJ,Fiji,,-18.14,178.44,1200,2,0.750,42,A & B\r\n");
    }
}
