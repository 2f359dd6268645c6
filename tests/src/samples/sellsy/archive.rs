//! What is left of the trial of 2018 and 2019: an archive in the archive.

use serde_json::json;

use super::super::{Sample, out};
use super::support::tickets;
use super::{CUSTOMER, EXPORTED, activity};
use crate::clock::Moment;
use crate::pack;

const NAME: &str = "archives/2018-2019.zip";

pub(super) fn write(s: &mut Sample) {
    let tickets = tickets(include_str!("../texts/tickets-2019.txt"));
    let tickets_json =
        out::json(&json!({"exported_at": EXPORTED, "customer_number": CUSTOMER, "tickets": tickets}));
    let connections: Vec<Vec<String>> =
        activity::connections(Moment::day(2019, 1, 14), Moment::day(2019, 2, 8), 5)
            .into_iter()
            .map(|c| c.1)
            .collect();
    let orders: Vec<Vec<String>> = [
        "CMD-2018-0911 | 27/11/2018 | Échantillon de factures imprimées, série « escampolette » | 0,00 | 0,00 | EUR | livrée",
        "CMD-2019-0102 | 11/01/2019 | Essai gratuit, tous les outils | 0,00 | 0,00 | EUR | livrée",
        "CMD-2019-0377 | 11/03/2019 | Abonnement Facturation, sans engagement | 29,00 | 34,80 | EUR | validée",
    ]
    .iter()
    .map(|l| l.split(" | ").map(str::to_owned).collect())
    .collect();
    let order_header =
        ["numero_commande", "date_commande", "libelle", "montant_ht", "montant_ttc", "devise", "statut"];
    let read_me =
        "Ce dossier contient ce qui reste de votre période d’essai : commandes, connexions, demandes.\n";
    let inside = [
        ("LISEZ-MOI.txt", read_me.as_bytes().to_vec()),
        ("commandes-2018-2019.csv", out::csv(';', &order_header, &orders).into_bytes()),
        ("connexions-2019.csv", out::csv(';', &activity::HEADER, &connections).into_bytes()),
        ("tickets-2019.json", tickets_json),
    ];
    let files: Vec<(String, Vec<u8>)> = inside.into_iter().map(|(n, b)| (n.to_owned(), b)).collect();
    let zip = pack::zip(&files).expect("a small archive");
    s.add(NAME, "zip", zip, (0, ""), "what is left of the trial, in an archive of its own");
    let inner = |name: &str| format!("{NAME} > {name}");
    s.account(&inner("LISEZ-MOI.txt"), "text", (1, "document"), "what the inner archive is");
    s.account(
        &inner("commandes-2018-2019.csv"),
        "csv",
        (orders.len(), "billing"),
        "C07: orders of the trial",
    );
    s.account(
        &inner("connexions-2019.csv"),
        "csv",
        (connections.len(), "activity"),
        "C05: connections during the trial",
    );
    s.account(
        &inner("tickets-2019.json"),
        "json",
        (tickets.len(), "ticket"),
        "C09: requests during the trial",
    );
    s.needle(
        "escampolette",
        &inner("commandes-2018-2019.csv"),
        "row=1,col=libelle",
        "CSV in a nested archive",
    );
    s.needle(
        "tarnwhistle",
        &inner("tickets-2019.json"),
        "/tickets/1/messages/0/body",
        "JSON in a nested archive, English",
    );
}
