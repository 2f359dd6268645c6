//! Layouts written as files: tables, JSON, XML, text.

use std::fmt::Write as _;

use crate::shapes::Shape;
use crate::values::{Rng, value};

/// A field below some step: what is left of its path, and its form.
type Rest<'a> = Vec<(&'a [&'static str], &'static str)>;

/// The files of a layout: name and bytes.
pub(crate) fn files(shape: &Shape) -> Vec<(String, Vec<u8>)> {
    let several = shape.ways.len() > 1;
    shape
        .ways
        .iter()
        .map(|way| {
            let text = written(shape, way);
            let extension = way.split(':').next().unwrap_or(way);
            let entry = match shape.entry.rsplit_once('.') {
                Some((stem, _)) if several && extension == "ndjson" => format!("{stem}.ndjson"),
                Some((stem, _)) if several && extension == "tab" => format!("{stem}.tsv"),
                _ => shape.entry.to_owned(),
            };
            (entry, text.into_bytes())
        })
        .collect()
}

fn written(shape: &Shape, way: &str) -> String {
    let mut rng = Rng(shape.number());
    let (way, name) = way.split_once(':').unwrap_or((way, ""));
    let many = 5 + rng.below(20);
    match way {
        "csv" => table(shape, &mut rng, ',', many),
        "csv1" => table(shape, &mut rng, ',', 1),
        "semi" => table(shape, &mut rng, ';', many),
        "semi1" => table(shape, &mut rng, ';', 1),
        "tab" => table(shape, &mut rng, '\t', many),
        "text" => value(&mut rng, shape.fields[0].1, shape.language).0,
        "html" => {
            let text = value(&mut rng, shape.fields[0].1, shape.language).0;
            format!("<!DOCTYPE html><html><body><p>{}</p></body></html>", text.replace('\n', "</p><p>"))
        }
        "one" => json(shape, &mut rng),
        "json" => format!("[{}]", items(shape, &mut rng, many, ",\n")),
        "ndjson" => items(shape, &mut rng, many, "\n"),
        "list" => format!("{{\"{name}\":[{}]}}", items(shape, &mut rng, many, ",\n")),
        "ytd" => format!("window.YTD.{name}.part0 = [{}]", items(shape, &mut rng, many, ",\n")),
        "xml" => {
            let all: String = (0..many).map(|_| xml(name, &rest(shape), shape.language, &mut rng)).collect();
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<export>\n{all}</export>\n")
        }
        "one-xml" => {
            let one = xml(name, &rest(shape), shape.language, &mut rng);
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{one}")
        }
        _ => panic!("no way of writing is called {way}"),
    }
}

fn table(shape: &Shape, rng: &mut Rng, between: char, rows: usize) -> String {
    let cell = |text: &str| {
        if text.contains(['"', '\n', between]) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let line = |cells: Vec<String>| cells.join(&between.to_string()) + "\n";
    let mut out = line(shape.fields.iter().map(|(path, _)| cell(&path.join("/"))).collect());
    for _ in 0..rows {
        let cells = shape.fields.iter().map(|(_, form)| cell(&value(rng, form, shape.language).0));
        out.push_str(&line(cells.collect()));
    }
    out
}

fn rest(shape: &Shape) -> Rest<'_> {
    shape.fields.iter().map(|(path, form)| (path.as_slice(), *form)).collect()
}

fn items(shape: &Shape, rng: &mut Rng, n: usize, between: &str) -> String {
    (0..n).map(|_| json(shape, rng)).collect::<Vec<_>>().join(between)
}

fn json(shape: &Shape, rng: &mut Rng) -> String {
    object(&rest(shape), shape.language, rng)
}

/// The fields by their first step, in the order of the layout.
fn steps<'a>(fields: &Rest<'a>) -> Vec<(&'static str, Rest<'a>)> {
    let mut out: Vec<(&'static str, Rest<'a>)> = Vec::new();
    for (path, form) in fields {
        let below = (&path[1..], *form);
        match out.iter_mut().find(|(step, _)| *step == path[0]) {
            Some((_, rest)) => rest.push(below),
            None => out.push((path[0], vec![below])),
        }
    }
    out
}

fn object(fields: &Rest<'_>, language: &str, rng: &mut Rng) -> String {
    let members: Vec<String> = steps(fields)
        .into_iter()
        .map(|(step, below)| format!("{}:{}", text(step), member(&below, language, rng)))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn member(below: &Rest<'_>, language: &str, rng: &mut Rng) -> String {
    match below[..] {
        [([], form)] => match value(rng, form, language) {
            (bare, true) => bare,
            (quoted, false) => text(&quoted),
        },
        [(["*", ..], _), ..] => {
            let inner: Rest<'_> = below.iter().map(|(path, form)| (&path[1..], *form)).collect();
            let n = 1 + rng.below(3);
            let items: Vec<String> = (0..n).map(|_| member(&inner, language, rng)).collect();
            format!("[{}]", items.join(","))
        }
        _ => object(below, language, rng),
    }
}

fn text(plain: &str) -> String {
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn xml(name: &str, fields: &Rest<'_>, language: &str, rng: &mut Rng) -> String {
    let mut out = format!("<{name}>");
    for (step, below) in steps(fields) {
        match below[..] {
            [([], form)] => {
                let plain = value(rng, form, language).0.replace('&', "&amp;").replace('<', "&lt;");
                let _ = write!(out, "<{step}>{plain}</{step}>");
            }
            _ => out.push_str(&xml(step, &below, language, rng)),
        }
    }
    let _ = writeln!(out, "</{name}>");
    out
}
