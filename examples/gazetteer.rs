//! Packs the tables that assets/gazetteer/places.py makes: `gazetteer GAZETTEER.bin PLACES.tsv COUNTRIES.tsv`.

#![allow(clippy::print_stdout, reason = "a program that tells what it has done")]

use dateline::article::CountryCode;
use dateline::lexicon::gazetteer::{Draft, DraftCountry, NameKind, write};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [out, places, countries] = arguments.as_slice() else { return Err("gazetteer GAZETTEER.bin PLACES.tsv COUNTRIES.tsv".into()) };
    let places = std::fs::read_to_string(places)?.lines().map(place).collect::<Result<Vec<_>, _>>()?;
    let countries = std::fs::read_to_string(countries)?.lines().map(country).collect::<Result<Vec<_>, _>>()?;
    println!("{} places, {} countries", places.len(), countries.len());
    let bytes = write(places, countries)?;
    println!("{} bytes", bytes.len());
    Ok(std::fs::write(out, bytes)?)
}

fn place(line: &str) -> Result<Draft, Box<dyn Error>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let &[id, name, feature, country, division, population, latitude, longitude, zone, names] = fields.as_slice() else {
        return Err(format!("ten fields are needed: {line}").into());
    };
    Ok(Draft {
        id: id.parse()?,
        name: name.to_owned(),
        feature: feature.to_owned(),
        country: CountryCode::new(country),
        division: division.parse().ok(),
        population: population.parse()?,
        latitude: latitude.parse()?,
        longitude: longitude.parse()?,
        zone: zone.to_owned(),
        names: names.split('|').filter_map(named).collect(),
    })
}

/// A name behind the letter that tells how it belongs to its place.
fn named(field: &str) -> Option<(NameKind, String)> {
    let kind = match field.as_bytes().first()? {
        b'o' => NameKind::Official,
        b'a' => NameKind::Alternate,
        b's' => NameKind::Short,
        _ => NameKind::Demonym,
    };
    Some((kind, field.get(1..)?.to_owned()))
}

fn country(line: &str) -> Result<DraftCountry, Box<dyn Error>> {
    let fields: Vec<&str> = line.split('\t').collect();
    let &[code, place, capital, continent] = fields.as_slice() else { return Err(format!("four fields are needed: {line}").into()) };
    let code = CountryCode::new(code).ok_or("a code has two letters")?;
    Ok(DraftCountry { code, place: place.parse()?, capital: capital.parse().ok(), continent: continent.parse()? })
}
