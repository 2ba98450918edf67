//! `dateline places` as another program sees it.

use super::cli::{Folder, dateline, err, out};
use serde_json::Value;

const FIRST: &str = "\
---
title: Ferries & Bridges
published: 2019-01-21
---
SUVA, Fiji — Ferries between Suva and Auckland, New Zealand, will stop in March, the government said on Monday.
";

const SECOND: &str = "\
---
title: =A <Second> Story
published: 2019-01-22
---
Ferries from Suva were full on Tuesday, people in Fiji said.
";

fn folder(name: &str) -> (Folder, [String; 2]) {
    let folder = Folder::new(name);
    let files = [folder.file("a.txt", FIRST), folder.file("b.txt", SECOND)];
    (folder, files)
}

fn places(format: &str, files: &[String]) -> String {
    let mut args = vec!["places", "--format", format];
    args.extend(files.iter().map(String::as_str));
    let output = dateline(&args, "");
    assert!(output.status.success(), "{}", err(&output));
    out(&output)
}

#[test]
fn geojson_of_many_articles() {
    let (_folder, files) = folder("places-geojson");
    let text = places("geojson", &files);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["type"], "FeatureCollection");
    let features = value["features"].as_array().unwrap();
    for feature in features {
        assert_eq!((&feature["type"], &feature["geometry"]["type"]), (&"Feature".into(), &"Point".into()));
        let at = feature["geometry"]["coordinates"].as_array().unwrap();
        let (longitude, latitude) = (at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
        assert!(at.len() == 2 && longitude.abs() <= 180.0 && latitude.abs() <= 90.0);
    }
    let suva = features.iter().find(|f| f["properties"]["name"] == "Suva").unwrap();
    assert_eq!(suva["properties"]["country"], "FJ");
    assert_eq!(suva["properties"]["articles"].as_array().unwrap().len(), 2);
    assert_eq!(suva["properties"]["articles"][0]["title"], "Ferries & Bridges");
    assert!(suva["properties"]["mentions"].as_u64().unwrap() >= 3, "{suva}");
    let counts: Vec<u64> = features.iter().map(|f| f["properties"]["mentions"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert_eq!(places("geojson", &files), text, "the same on every run");
}

#[test]
fn a_table_and_a_globe() {
    let (_folder, files) = folder("places-csv");
    let table = places("csv", &files);
    assert!(table.starts_with("name,kind,country,country_name,admin1,latitude,longitude,") && table.ends_with("\r\n"));
    let suva = table.lines().find(|l| l.starts_with("Suva,")).unwrap();
    assert!(suva.starts_with("Suva,city,FJ,Fiji,") && suva.contains(",-18."), "{suva}");
    let kml = places("kml", &files);
    assert!(kml.starts_with("<?xml") && kml.ends_with("</kml>\n"));
    assert!(kml.contains("<name>Suva</name>") && kml.contains("Ferries &amp; Bridges") && kml.contains("&lt;Second&gt;"), "{kml}");
}

#[test]
fn analyze_tells_the_place() {
    let analysed: Value = serde_json::from_str(&out(&dateline(&["analyze", "-"], FIRST))).unwrap();
    let place = |name: &str| {
        let entities = analysed["entities"].as_array().unwrap();
        entities.iter().find(|e| e["name"] == name).unwrap_or_else(|| panic!("{name}"))["place"].clone()
    };
    assert_eq!((&place("Suva")["country"], &place("Suva")["feature"]), (&"FJ".into(), &"PPLC".into()));
    assert_eq!(place("Fiji")["kind"], "country");
    assert_eq!(place("Auckland")["country"], "NZ");
    assert!(place("Suva")["score"].as_f64().unwrap() > 0.5);
}

#[test]
fn the_home_of_a_site_is_learnt_within_a_run() {
    let folder = Folder::new("places-home");
    let local = |names: &str| format!("---\nsite: lamarnews.example\n---\nRoads in {names} were closed on Monday, police in Paris said.\n");
    let texts = ["Blossom, Texas, and Reno, Texas,", "Roxton, Texas, and Deport, Texas,", "Clarksville, Texas, and Honey Grove, Texas,"];
    let mut files: Vec<String> = texts.iter().enumerate().map(|(n, t)| folder.file(&format!("{n}.txt"), &local(t))).collect();
    files.push(folder.file("alone.txt", "---\nsite: lamarnews.example\n---\nPolice in Paris closed a school in Paris on Monday.\n"));
    let mut args = vec!["analyze"];
    args.extend(files.iter().map(String::as_str));
    let output = out(&dateline(&args, ""));
    let last: Value = serde_json::from_str(output.lines().last().unwrap()).unwrap();
    let paris = last["entities"].as_array().unwrap().iter().find(|e| e["name"] == "Paris").unwrap();
    assert_eq!((&paris["place"]["admin1"], &paris["place"]["country"]), (&"Texas".into(), &"US".into()), "{paris}");
}

#[test]
fn nothing_to_print_and_nothing_to_read() {
    let empty: Value = serde_json::from_str(&out(&dateline(&["places", "-"], ""))).unwrap();
    assert_eq!(empty["features"], serde_json::json!([]));
    assert_eq!(out(&dateline(&["places", "--format", "csv", "-"], "")).lines().count(), 1);
    let (_folder, files) = folder("places-partly");
    let output = dateline(&["places", "/nonexistent/x.txt", &files[0]], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("Suva") && err(&output).contains("nonexistent"));
    assert_eq!(dateline(&["places"], "").status.code(), Some(2));
}

#[test]
fn help_is_the_manual() {
    let help = out(&dateline(&["places", "--help"], ""));
    for word in ["geojson", "csv", "kml", "RFC 7946", "RFC 4180", "KML 2.2", "WGS 84", "score", "Examples"] {
        assert!(help.contains(word), "{word}");
    }
    assert!(out(&dateline(&["--version"], "")).contains("GeoNames"));
}
