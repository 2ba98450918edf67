//! Places as KML 2.2 (Open Geospatial Consortium): one document of placemarks.

use super::Row;
use crate::text::{clean, escaped_xml};
use std::io::{self, Write};

/// Writes the document.
pub(super) fn write(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>dateline</name>")?;
    rows.iter().try_for_each(|row| placemark(out, row))?;
    writeln!(out, "</Document>\n</kml>")
}

fn placemark(out: &mut impl Write, row: &Row) -> io::Result<()> {
    let place = &row.place;
    writeln!(out, "<Placemark id=\"p{}\">\n<name>{}</name>", place.id.0, escape(&place.name))?;
    let country = Some(row.country()).filter(|c| !c.is_empty() && *c != place.name);
    let around: Vec<&str> = place.admin1.as_deref().into_iter().chain(country).collect();
    let mut lines = vec![place.kind.name().to_owned()];
    lines.extend((!around.is_empty()).then(|| around.join(", ")));
    lines.push(if row.mentions == 1 { "named once".to_owned() } else { format!("named {} times", row.mentions) });
    lines.extend(row.articles.iter().map(|a| a.title.clone()));
    writeln!(out, "<description>{}</description>", escape(&lines.join("\n")))?;
    writeln!(out, "<Point><coordinates>{},{}</coordinates></Point>\n</Placemark>", place.longitude, place.latitude)
}

/// Text as it stands between tags; control characters, which XML cannot hold at all, are made visible.
fn escape(text: &str) -> String {
    escaped_xml(&clean(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::places::tests::row;

    #[test]
    fn placemarks() {
        let mut out = Vec::new();
        write(&mut out, &[row("<Suva> & \"co\"\u{1}", -18.14, 180.0)]).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("<name>&lt;Suva&gt; &amp; &quot;co&quot;\u{fffd}</name>"), "{out}");
        assert!(out.contains("<coordinates>180,-18.14</coordinates>"));
        assert!(out.contains("<description>city\nFiji\nnamed 2 times\nA &amp; B</description>"), "{out}");
        assert_eq!(out.matches("<Placemark ").count(), out.matches("</Placemark>").count());
        assert!(out.ends_with("</kml>\n"));
    }
}
