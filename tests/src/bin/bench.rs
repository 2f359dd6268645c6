//! How fast an export opens and answers, beside the time of merely inflating the same ZIP in the same run:
//! `cargo run --release -p portolan-tests --bin bench -- [MEGABYTES ...]` (10 and 100 when none is given).

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use portolan_tests::corpus;
use session::{SearchOptions, Session};

/// Rounds of inflating and of opening; the median counts.
const ROUNDS: usize = 5;

/// Words that people ask for, frequent and less so, all in the corpus.
const WORDS: [&str; 40] = [
    "facture",
    "compte",
    "paiement",
    "bonjour",
    "merci",
    "commande",
    "contrat",
    "client",
    "demande",
    "adresse",
    "montant",
    "remboursement",
    "abonnement",
    "dossier",
    "courriel",
    "livraison",
    "relance",
    "avoir",
    "mandat",
    "virement",
    "invoice",
    "account",
    "payment",
    "order",
    "contract",
    "customer",
    "request",
    "address",
    "amount",
    "refund",
    "subscription",
    "delivery",
    "reminder",
    "credit",
    "transfer",
    "retention",
    "erasure",
    "harbour",
    "reliure",
    "carnet",
];

/// Times that each kind of query is asked, with changing words where there are enough.
const ASKED: usize = 100;

fn main() -> io::Result<()> {
    session::serve_if_asked();
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|a| a == "--open") {
        return open_once(Path::new(&args.remove(1)), args.get(1).is_some_and(|a| a == "--queries"));
    }
    let sizes: Vec<u64> = match args.is_empty() {
        true => vec![10, 100],
        false => args
            .iter()
            .map(|a| a.parse().map_err(|_| io::Error::other(format!("{a} is no number of megabytes"))))
            .collect::<Result<_, _>>()?,
    };
    for megabytes in sizes {
        bench(megabytes)?;
    }
    Ok(())
}

fn bench(megabytes: u64) -> io::Result<()> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
    std::fs::create_dir_all(&folder)?;
    let zip = folder.join(format!("{megabytes}.zip"));
    let (truth, _) = corpus::write(megabytes, BufWriter::new(File::create(&zip)?))?;
    let records: u64 = truth.records.values().sum();
    let packed = std::fs::metadata(&zip)?.len();
    let mut out = io::stdout().lock();
    let bytes = mega(truth.bytes);
    writeln!(
        out,
        "\n{megabytes} MB: {bytes:.1} MB in {} files, {:.1} MB packed, {records} records",
        truth.files,
        mega(packed)
    )?;

    let (mut inflating, mut opening) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        // In turn, so that a slow minute of the machine slows both.
        inflating.push(inflate(&zip)?);
        opening.push(open(&zip, false)?);
    }
    let base = median(inflating.iter().map(|t| t.wall));
    let base_cpu = median(inflating.iter().map(|t| t.cpu));
    let row = |name: &str, value: Duration, base: Duration| {
        format!(
            "  {name:<28}{:>9.3} s {:>7.2} x",
            value.as_secs_f64(),
            value.as_secs_f64() / base.as_secs_f64()
        )
    };
    let said = |pick: fn(&Opening) -> f64| Duration::from_secs_f64(median_of(opening.iter().map(pick)));
    writeln!(out, "{}", row("unzip -p, wall", base, base))?;
    writeln!(out, "{}", row("unzip -p, CPU", base_cpu, base_cpu))?;
    writeln!(out, "{}", row("first hit", said(|o| o.first_hit), base))?;
    writeln!(out, "{}", row("fully searchable, wall", said(|o| o.searchable), base))?;
    writeln!(out, "{}", row("fully searchable, CPU", said(|o| o.cpu), base_cpu))?;
    let peak = median_of(opening.iter().map(|o| o.peak_mb));
    let index = median_of(opening.iter().map(|o| o.index_mb));
    writeln!(out, "  {:<28}{peak:>9.0} MB", "peak memory, with workers")?;
    writeln!(out, "  {:<28}{index:>9.1} MB {:>6.2} x input", "index", index / bytes)?;
    out.flush()?;
    open(&zip, true)?;
    Ok(())
}

struct Inflating {
    wall: Duration,
    cpu: Duration,
}

/// What `unzip -p` needs for the whole ZIP.
fn inflate(zip: &Path) -> io::Result<Inflating> {
    let before = children_cpu()?;
    let start = Instant::now();
    let done = command("unzip").arg("-p").arg(zip).stdout(std::process::Stdio::null()).status();
    let status = done.map_err(|e| {
        io::Error::other(format!("unzip is needed to compare with (apt-get install unzip): {e}"))
    })?;
    if !status.success() {
        return Err(io::Error::other(format!("unzip -p failed: {status}")));
    }
    Ok(Inflating {
        wall: start.elapsed(),
        cpu: children_cpu()?.saturating_sub(before).max(Duration::from_millis(1)),
    })
}

#[derive(Default)]
struct Opening {
    first_hit: f64,
    searchable: f64,
    cpu: f64,
    peak_mb: f64,
    index_mb: f64,
}

/// Opens the ZIP in a process of its own, so that memory and CPU are its alone.
fn open(zip: &Path, queries: bool) -> io::Result<Opening> {
    let mut child = command(std::env::current_exe()?);
    child.arg("--open").arg(zip);
    if queries {
        child.arg("--queries").stdout(std::process::Stdio::inherit());
    }
    let done = child.stderr(std::process::Stdio::inherit()).output()?;
    if !done.status.success() {
        return Err(io::Error::other(format!("could not open {}: {}", zip.display(), done.status)));
    }
    let mut opening = Opening::default();
    for line in String::from_utf8_lossy(&done.stdout).lines() {
        let Some((name, value)) = line.split_once(' ') else { continue };
        let value = value.parse().unwrap_or(f64::NAN);
        match name {
            "first_hit" => opening.first_hit = value,
            "searchable" => opening.searchable = value,
            "cpu" => opening.cpu = value,
            "peak_mb" => opening.peak_mb = value,
            "index_mb" => opening.index_mb = value,
            _ => {}
        }
    }
    Ok(opening)
}

/// The child: opens once, and says what it took; or asks queries, and prints the table.
fn open_once(zip: &Path, queries: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let start = Instant::now();
    let read = Arc::new(AtomicBool::new(false));
    let watching = watch_workers(Arc::clone(&read));
    let session = Session::open(vec![zip.to_owned()], Vec::new(), |_| {});
    let options = SearchOptions { limit: 1, ..SearchOptions::default() };
    let mut first_hit = None;
    while first_hit.is_none() && start.elapsed() < Duration::from_secs(600) {
        if !session.find("de", &options).hits.is_empty() {
            first_hit = Some(start.elapsed());
        } else {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    session.wait();
    let searchable = start.elapsed();
    read.store(true, Ordering::Relaxed);
    let workers_mb = watching.join().unwrap_or(f64::NAN);
    if queries {
        return ask(&mut out, &session);
    }
    writeln!(out, "first_hit {}", first_hit.unwrap_or(searchable).as_secs_f64())?;
    writeln!(out, "searchable {}", searchable.as_secs_f64())?;
    writeln!(out, "cpu {}", (own_cpu()? + children_cpu()?).as_secs_f64())?;
    writeln!(out, "peak_mb {}", peak_mb()? + workers_mb)?;
    writeln!(out, "index_mb {}", mega(session.index_bytes() as u64))
}

/// The n-th query of a kind.
type Asked<'a> = Box<dyn Fn(usize) -> String + 'a>;

/// Eight kinds of query and the worst keystroke. `engine` is the search alone, `answer` reads 20 hits back and marks them.
fn ask(out: &mut impl Write, session: &Session) -> io::Result<()> {
    let pick = |n: usize| WORDS[n % WORDS.len()].to_owned();
    let kinds: Vec<(&str, Asked<'_>)> = vec![
        ("rare", Box::new(|n| format!("INV-2022-{:07}", n * 17))),
        ("common", Box::new(pick)),
        ("two words (AND)", Box::new(|n| format!("{} {}", pick(n), pick(n * 7 + 3)))),
        ("phrase", Box::new(|n| format!("\"{} {}\"", pick(n), pick(n + 1)))),
        ("prefix", Box::new(|n| format!("{}*", pick(n).chars().take(5).collect::<String>()))),
        ("one letter", Box::new(|n| format!("{}*", char::from(b'a' + u8::try_from(n % 26).unwrap_or(0))))),
        ("filter", Box::new(|n| format!("kind:billing date:20{}", 19 + n % 5))),
        ("filter and word", Box::new(|n| format!("kind:ticket date:2021..2022 {}", pick(n)))),
    ];
    writeln!(
        out,
        "  {:<20}{:>10}{:>10}{:>12}{:>12}   hits",
        "query, ms", "engine p50", "p99", "answer p50", "p99"
    )?;
    let options = SearchOptions { limit: 20, ..SearchOptions::default() };
    for (name, query) in kinds {
        let (mut engine, mut answer, mut hits) = (Vec::new(), Vec::new(), Vec::new());
        // The first round warms what a person who searches has warm as well.
        for round in 0..2 {
            for n in 0..ASKED {
                let start = Instant::now();
                let found = session.find(&query(n), &options);
                if round > 0 {
                    answer.push(start.elapsed().as_secs_f64() * 1000.0);
                    engine.push(found.took_ms);
                    hits.push(f64::from(u32::try_from(found.total).unwrap_or(u32::MAX)));
                }
            }
        }
        let (e50, e99) = (percentile(&mut engine, 50), percentile(&mut engine, 99));
        let (a50, a99) = (percentile(&mut answer, 50), percentile(&mut answer, 99));
        writeln!(
            out,
            "  {name:<20}{e50:>10.3}{e99:>10.3}{a50:>12.3}{a99:>12.3}   {:.0}",
            percentile(&mut hits, 50)
        )?;
    }
    let (mut worst, mut worst_text, mut strokes) = (0.0_f64, String::new(), Vec::new());
    let typed = [pick(11), pick(29), pick(3), pick(47)].join(" ");
    for end in typed.char_indices().map(|(at, c)| at + c.len_utf8()) {
        let asked = session::wire::SearchQuery {
            query: typed[..end].to_owned(),
            typing: true,
            limit: 20,
            ..Default::default()
        };
        let found = session.search(&asked);
        strokes.push(found.took_ms);
        if found.took_ms > worst {
            worst = found.took_ms;
            worst_text.clone_from(&asked.query);
        }
    }
    writeln!(
        out,
        "  typing four words: p50 {:.3} ms, worst keystroke {worst:.3} ms (“{worst_text}”)",
        percentile(&mut strokes, 50)
    )
}

fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values
        .get((values.len() * percent / 100).min(values.len().saturating_sub(1)))
        .copied()
        .unwrap_or(f64::NAN)
}

fn median(values: impl Iterator<Item = Duration>) -> Duration {
    Duration::from_secs_f64(median_of(values.map(|v| v.as_secs_f64())))
}

fn median_of(values: impl Iterator<Item = f64>) -> f64 {
    percentile(&mut values.collect::<Vec<_>>(), 50)
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Peak memory of this process, from the kernel (Linux).
fn peak_mb() -> io::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok());
    Ok(kilobytes.unwrap_or(f64::NAN) * 1024.0 / 1e6)
}

/// The most memory that all workers held at one time, looked at again and again (Linux).
fn watch_workers(read: Arc<AtomicBool>) -> std::thread::JoinHandle<f64> {
    std::thread::spawn(move || {
        let mut most = 0.0_f64;
        while !read.load(Ordering::Relaxed) {
            let pages: u64 = portolan_tests::children()
                .iter()
                .filter_map(|id| std::fs::read_to_string(format!("/proc/{id}/statm")).ok())
                .filter_map(|statm| statm.split(' ').nth(1)?.parse::<u64>().ok())
                .sum();
            most = most.max((pages * 4096) as f64 / 1e6);
            std::thread::sleep(Duration::from_millis(10));
        }
        most
    })
}

/// CPU time of this process so far.
fn own_cpu() -> io::Result<Duration> {
    cpu(13)
}

/// CPU time of the programs that this process started and that have ended.
fn children_cpu() -> io::Result<Duration> {
    cpu(15)
}

/// User and system time, fields `first` and `first + 1` of `/proc/self/stat` counted from 0, in ticks of 10 ms.
fn cpu(first: usize) -> io::Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The name of the program may hold blanks; what follows its parenthesis begins with field 2.
    let rest = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks: u64 = rest.split(' ').skip(first - 2).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(ticks * 10))
}

#[expect(clippy::disallowed_methods, reason = "compares with unzip, and measures in a process of its own")]
fn command(program: impl AsRef<std::ffi::OsStr>) -> std::process::Command {
    std::process::Command::new(program)
}
