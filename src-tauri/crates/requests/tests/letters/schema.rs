//! The JSON schema of the request file says the same as the draft, and the test requests keep it.

use std::path::Path;

use requests::{Draft, Ground, Item, Language, Place, Right};
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../request.schema.json")).expect("the schema is JSON")
}

/// A draft with every field filled, as JSON.
fn full() -> Value {
    let mut draft = Draft::new(Right::Rectification, Language::Fr);
    draft.recipient.profile = Some("sellsy".into());
    draft.items.push(Item {
        locator: Place { entry: "a.json".into(), at: "/b".into() },
        right_value: Some("x".into()),
        proof: Some("x".into()),
        ground: Some(Ground::Child),
        reason: Some("x".into()),
    });
    serde_json::to_value(draft).expect("a draft is JSON")
}

/// What of the schema language the schema uses, checked. Returns what is wrong, with its place.
fn wrong(schema: &Value, rule: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = rule["$ref"].as_str() {
        let target = name.strip_prefix("#/$defs/").expect("references stay inside");
        return wrong(schema, &schema["$defs"][target], value, at);
    }
    let mut out = Vec::new();
    let fits = match rule["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        other => panic!("{at}: the schema has the type {other:?}"),
    };
    if !fits {
        out.push(format!("{at}: not of type {}", rule["type"]));
    }
    if let Some(words) = rule["enum"].as_array()
        && !words.contains(value)
    {
        out.push(format!("{at}: {value} is not one of {words:?}"));
    }
    if let Some(object) = value.as_object() {
        let properties = rule["properties"].as_object().expect("objects have properties");
        for name in rule["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                out.push(format!("{at}: {name} is missing"));
            }
        }
        for (name, value) in object {
            match properties.get(name) {
                Some(rule) => out.extend(wrong(schema, rule, value, &format!("{at}/{name}"))),
                None => out.push(format!("{at}: {name} is unknown")),
            }
        }
    }
    for (i, value) in value.as_array().into_iter().flatten().enumerate() {
        out.extend(wrong(schema, &rule["items"], value, &format!("{at}/{i}")));
    }
    out
}

fn check(value: &Value) -> Vec<String> {
    let schema = schema();
    wrong(&schema, &schema, value, "")
}

#[test]
fn every_field_of_a_draft_is_in_the_schema_and_the_other_way_round() {
    let full = full();
    assert_eq!(check(&full), [""; 0]);
    let schema = schema();
    for (rule, value) in [
        (&schema, &full),
        (&schema["$defs"]["recipient"], &full["recipient"]),
        (&schema["$defs"]["requester"], &full["requester"]),
        (&schema["$defs"]["item"], &full["items"][0]),
        (&schema["$defs"]["place"], &full["items"][0]["locator"]),
    ] {
        let mut in_schema: Vec<&String> =
            rule["properties"].as_object().expect("properties").keys().collect();
        let mut in_draft: Vec<&String> = value.as_object().expect("an object").keys().collect();
        in_schema.sort();
        in_draft.sort();
        assert_eq!(in_schema, in_draft);
        assert_eq!(rule["additionalProperties"], Value::Bool(false), "{in_schema:?}");
    }
}

#[test]
fn the_words_of_the_schema_are_those_of_the_draft() {
    let schema = schema();
    for (word, place) in [
        (&schema["properties"]["right"], "/right"),
        (&schema["properties"]["language"], "/language"),
        (&schema["$defs"]["item"]["properties"]["ground"], "/items/0/ground"),
    ] {
        let mut value = full();
        for allowed in word["enum"].as_array().expect("it has words") {
            *value.pointer_mut(place).expect(place) = allowed.clone();
            assert!(Draft::parse(&value.to_string()).is_ok(), "{place} {allowed}");
        }
        let count = word["enum"].as_array().map_or(0, Vec::len);
        let trouble = {
            *value.pointer_mut(place).expect(place) = "no such word".into();
            Draft::parse(&value.to_string()).expect_err(place).message
        };
        let known = trouble.matches('`').count() / 2 - 1;
        assert_eq!(count, known, "{trouble}");
    }
}

#[test]
fn what_the_schema_requires_the_draft_requires() {
    let schema = schema();
    for (pointer, rule) in [
        ("", &schema),
        ("/requester", &schema["$defs"]["requester"]),
        ("/items/0", &schema["$defs"]["item"]),
        ("/items/0/locator", &schema["$defs"]["place"]),
        ("/recipient", &schema["$defs"]["recipient"]),
    ] {
        let required: Vec<&str> =
            rule["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for name in rule["properties"].as_object().expect("properties").keys() {
            let mut value = full();
            value.pointer_mut(pointer).and_then(Value::as_object_mut).expect(pointer).remove(name);
            let parsed = Draft::parse(&value.to_string()).is_ok();
            assert_eq!(parsed, !required.contains(&name.as_str()), "{pointer}/{name}");
            assert_eq!(check(&value).is_empty(), parsed, "{pointer}/{name}");
        }
    }
}

#[test]
fn the_test_requests_keep_the_schema() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/requests");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of requests can be read") {
        let path = entry.expect("the folder of requests can be read").path();
        let text = std::fs::read_to_string(&path).expect("a request can be read");
        let value: Value = serde_json::from_str(&text).expect("a request is JSON");
        assert_eq!(check(&value), [""; 0], "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 8);
}
