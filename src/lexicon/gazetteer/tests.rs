//! A gazetteer written and read again.

use super::*;

fn draft(id: u32, name: &str, country: &str, division: Option<u32>, population: u64, at: (f64, f64)) -> Draft {
    Draft {
        id,
        name: name.to_owned(),
        feature: "PPL".to_owned(),
        country: CountryCode::new(country),
        division,
        population,
        latitude: at.0,
        longitude: at.1,
        ..Draft::default()
    }
}

fn sample() -> Vec<u8> {
    let mut places = vec![
        draft(7, "Northland", "XA", None, 9_000_000, (60.0, -180.0)),
        draft(3, "Old Town", "XA", Some(9), 1234, (-90.0, 180.0)),
        draft(9, "Upper", "XA", Some(9), 40_951, (0.00003, -0.00003)),
        draft(PlaceId::OWN + 5, "Old Town", "", None, 2_912_345, (12.345_678, 98.765_432)),
    ];
    places[0].feature = "PCLI".to_owned();
    places[1].zone = "Xa/Old".to_owned();
    places[1].names = vec![(NameKind::Alternate, "Vieille Ville".to_owned()), (NameKind::Alternate, "Old Town".to_owned())];
    let country = DraftCountry { code: CountryCode::new("XA").unwrap(), place: 7, capital: Some(3), continent: 3 };
    write(places, vec![country]).unwrap()
}

#[test]
fn names_lead_to_places() {
    let bytes = sample();
    let gazetteer = Gazetteer::read(&bytes).unwrap();
    let rows = |name: &str| gazetteer.find(name).iter().map(|c| (gazetteer.columns.id(c.place.0), c.name)).collect::<Vec<_>>();
    assert_eq!(rows("northland"), [(7, NameKind::Official)]);
    assert_eq!(rows("vieille ville"), [(3, NameKind::Alternate)]);
    assert_eq!(rows("old town"), [(PlaceId::OWN + 5, NameKind::Official), (3, NameKind::Official)]);
    assert!(rows("").is_empty() && rows("old").is_empty() && rows("old town x").is_empty());
    assert_eq!(gazetteer.complete("old", 1).len(), 1);
    assert_eq!(gazetteer.complete("", 9).len(), 4);
}

#[test]
fn columns_hold_what_was_written() {
    let bytes = sample();
    let columns = Columns::read(&bytes).unwrap();
    let row = |id| columns.row_of(id).unwrap();
    assert_eq!(columns.name(row(9)), "Upper");
    assert_eq!(columns.row_of(8), None);
    assert_eq!(columns.population(row(3)), 1234);
    assert_eq!(columns.population(row(PlaceId::OWN + 5)), 2_912_000);
    assert_eq!(columns.degrees(Section::Latitude, row(3)), -90.0);
    assert_eq!(columns.degrees(Section::Longitude, row(3)), 180.0);
    assert_eq!(columns.degrees(Section::Longitude, row(7)), -180.0);
    assert!((columns.degrees(Section::Latitude, row(PlaceId::OWN + 5)) - 12.345_678).abs() < 0.000_02);
    let group = columns.group(row(3));
    assert_eq!((group.country, group.division), (CountryCode::new("XA"), Some(row(9))));
    assert_eq!(group.zone.and_then(|z| columns.zone(z)), Some("Xa/Old"));
    assert_eq!(columns.group(row(PlaceId::OWN + 5)), columns::Group::default());
    let country = columns.country_of(CountryCode::new("XA").unwrap()).unwrap();
    assert_eq!((country.place.0, country.capital, country.continent), (row(7), Some(Place(row(3))), "Europe"));
    assert_eq!(columns.country_of(CountryCode::new("XB").unwrap()), None);
}

#[test]
fn damaged_files_are_refused_or_empty() {
    let bytes = sample();
    for end in 0..bytes.len() {
        assert!(Gazetteer::read(&bytes[..end]).is_none_or(|g| g.find("northland").len() <= 1));
    }
    assert!(Gazetteer::read(&[0xff; 60]).is_none());
}
