//! What the program is built from: licences and sources as `deny.toml` allows them, and a line for what each dependency is for.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The licences that `deny.toml` allows.
fn allowed() -> BTreeSet<String> {
    let deny: toml::Table = read("deny.toml").parse().unwrap();
    deny["licenses"]["allow"].as_array().unwrap().iter().map(|l| l.as_str().unwrap().to_owned()).collect()
}

/// True where an expression of licences (SPDX) can be met with the allowed ones alone.
fn fits(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.trim().replace('/', " OR ");
    let parts = |sign: &str| -> Vec<String> {
        let (mut depth, mut parts) = (0, vec![String::new()]);
        for word in expression.split_inclusive(' ') {
            if depth == 0 && word.trim() == sign {
                parts.push(String::new());
            } else {
                depth += word.matches('(').count();
                depth -= word.matches(')').count();
                parts.last_mut().unwrap().push_str(word);
            }
        }
        parts
    };
    for sign in ["OR", "AND"] {
        let parts = parts(sign);
        if parts.len() > 1 {
            let mut each = parts.iter().map(|part| fits(part, allowed));
            return if sign == "OR" { each.any(|fits| fits) } else { each.all(|fits| fits) };
        }
    }
    match expression.strip_prefix('(').and_then(|e| e.strip_suffix(')')) {
        Some(inner) => fits(inner, allowed),
        None => allowed.contains(expression.split(" WITH ").next().unwrap_or("")),
    }
}

#[test]
fn licences_and_sources_are_those_that_are_allowed() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    // A packed copy of the program may be tested where the registry is not.
    let Ok(metadata) = serde_json::from_slice::<Value>(&output.stdout) else { return };
    let allowed = allowed();
    for package in metadata["packages"].as_array().unwrap() {
        let licence = package["license"].as_str().unwrap_or("");
        assert!(fits(licence, &allowed), "{}: {licence}", package["name"]);
        let source = package["source"].as_str().unwrap_or("");
        assert!(source.is_empty() || source.starts_with("registry+"), "{}: {source}", package["name"]);
    }
}

#[test]
fn expressions_of_licences() {
    let allowed = ["MIT", "ISC"].map(str::to_owned).into();
    for (expression, right) in [
        ("MIT OR GPL-3.0", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0", false),
        ("(GPL-3.0 OR ISC) AND MIT", true),
        ("MIT AND GPL-3.0", false),
    ] {
        assert_eq!(fits(expression, &allowed), right, "{expression}");
    }
}

#[test]
fn each_dependency_has_its_reason() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let names = |table: &toml::Value| table.as_table().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut named: BTreeSet<String> = ["dependencies", "dev-dependencies"].iter().flat_map(|t| names(&manifest[*t])).collect();
    for target in manifest["target"].as_table().unwrap().values() {
        named.extend(target.as_table().unwrap().values().flat_map(names));
    }
    let text = read("docs/dependencies.md");
    let listed: BTreeSet<String> =
        text.lines().filter_map(|l| l.strip_prefix("| `")).filter_map(|l| l.split('`').next()).map(str::to_owned).collect();
    assert_eq!(listed, named);
}
