//! `mailing_after_withdrawal`: marketing sent after consent to it was taken back or refused.

use std::collections::{BTreeMap, BTreeSet};

use records::{Day, Kind, Record, RecordId, Role, What};

use crate::consents::marketing::about;
use crate::consents::{Choice, ConsentLine, Consents, History};
use crate::findings::{Code, Finding, Right, Weight, few};
use crate::fold::{has_phrase, has_stem, has_word, name_words, plain, words};
use crate::limits::PURPOSES_MAX;
use crate::place::{Moment, own_value};
use crate::subject::Subject;
use crate::threads::addresses_in;

/// A message by which something is advertised.
#[derive(Debug, Clone, PartialEq)]
pub struct Marketing {
    /// The record.
    pub record: RecordId,
    /// The day it was sent.
    pub day: Day,
    /// Its subject.
    pub subject: String,
    /// `email` or `sms`.
    pub channel: &'static str,
    /// What tells that it is marketing: `list_unsubscribe`, `folder`, `field`, `subject`.
    pub sign: &'static str,
    newsletter: bool,
}

impl Marketing {
    /// Reads a message; none when it is not marketing, has no day, was written by the person, or came by a channel
    /// that is neither mail nor SMS.
    ///
    /// One strong sign is enough: a `List-Unsubscribe` header (RFC 2369, RFC 8058), a folder or field that says so.
    /// A subject like an offer's counts only beside a way to unsubscribe in the text. Mails about an invoice, an
    /// order, a password or the withdrawal itself are none, whatever their headers: providers put them everywhere.
    pub fn read(record: &Record, subject: &Subject) -> Option<Self> {
        if record.kind != Kind::Message {
            return None;
        }
        let moment = [Role::Date, Role::CreatedOn]
            .iter()
            .find_map(|role| record.fields.iter().filter(|f| f.role == *role).find_map(Moment::of));
        let (day, ambiguous) = match moment {
            Some(moment) => (moment.day, moment.ambiguous),
            None => (record.day?, false),
        };
        let title = own_value(record, Role::Title).unwrap_or(&record.title);
        let from = own_value(record, Role::From).unwrap_or_default();
        let filed_as_service =
            categories(record).any(|w| has_stem(&w, &["service", "transac", "system", "invoice", "facture"]));
        if ambiguous
            || filed_as_service
            || addresses_in(from).any(|a| subject.has_email(a))
            || is_service(&words(title))
        {
            return None;
        }
        let channel = own_value(record, Role::Channel).map(words).unwrap_or_default();
        if is_elsewhere(&channel) {
            return None;
        }
        let sign = sign(record, title)?;
        let folder = words(&record.locator.entry);
        let sms = is_sms(&channel) || (record.what != What::Mail && is_sms(&folder));
        Some(Self {
            record: record.id,
            day,
            subject: title.to_owned(),
            channel: if sms { "sms" } else { "email" },
            sign,
            newsletter: about(&words(title)).newsletter || about(&folder).newsletter,
        })
    }
}

/// The words by which a message is filed: `X-Category: marketing`.
fn categories(record: &Record) -> impl Iterator<Item = Vec<String>> {
    let asks = |name: &str| {
        has_word(&name_words(name), &["type", "category", "categorie", "kind", "campaign", "campagne", "tag"])
            && !has_word(&name_words(name), &["content", "mime"])
    };
    record.fields.iter().filter(move |f| asks(&f.name)).map(|f| words(&f.value))
}

fn sign(record: &Record, title: &str) -> Option<&'static str> {
    let header = record.fields.iter().any(|f| {
        !f.value.is_empty()
            && has_phrase(&name_words(f.name.rsplit('/').next().unwrap_or_default()), "list unsubscribe")
    });
    if header {
        return Some("list_unsubscribe");
    }
    if categories(record).any(|w| is_marketing(&w)) {
        return Some("field");
    }
    if is_marketing(&words(&record.locator.entry)) {
        return Some("folder");
    }
    let text = own_value(record, Role::Body).unwrap_or_default();
    let way_out = || {
        has_stem(&words(text), &["unsubscri", "desabonn", "desinscri", "abmelde", "abbestell", "disiscri"])
    };
    (is_marketing(&words(title)) && way_out()).then_some("subject")
}

/// Looks for marketing after a withdrawal, one message at a time.
///
/// Source: Art. 7(3) GDPR (withdrawing is as easy as giving), Art. 21(2) and (3) (no more direct marketing after an
/// objection), Art. 13 of Directive 2002/58/EC and Art. L34-5 of the French CPCE (no electronic marketing without
/// consent); Art. 17(1)(b) and (c) for erasure.
///
/// Fires when marketing is dated after the day on which consent for that channel was withdrawn or refused, and no
/// later choice gave it again. Left alone: the day of the withdrawal itself; channels and purposes that are not the
/// message's; a message that another marketing consent still in force may cover; analytics and cookies.
#[derive(Debug, Clone)]
pub struct Mailings<'a> {
    histories: Vec<(&'a History, Scope)>,
    found: Vec<Vec<Marketing>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scope {
    /// `email`, `sms`, or empty for every channel.
    channel: &'static str,
    newsletter: bool,
}

impl<'a> Mailings<'a> {
    /// The consents against which messages are held.
    pub fn new(consents: &'a Consents) -> Self {
        let histories: Vec<_> =
            consents.histories.iter().filter_map(|h| Some((h, scope(h)?))).take(PURPOSES_MAX).collect();
        let found = vec![Vec::new(); histories.len()];
        Self { histories, found }
    }

    /// Looks at one message.
    pub fn add(&mut self, mail: &Marketing) {
        let covers = |scope: &Scope| scope.channel.is_empty() || scope.channel == mail.channel;
        let open = self
            .histories
            .iter()
            .any(|(history, scope)| covers(scope) && history.given_on(mail.day) == Some(true));
        let taken = |history: &History| taken_away(history, mail.day).is_some();
        let mut meant: Vec<usize> = (0..self.histories.len())
            .filter(|&at| covers(&self.histories[at].1) && taken(self.histories[at].0))
            .collect();
        // The newsletter's own consent speaks for newsletters, the others for everything else, where both are told.
        let same = |at: &usize| self.histories[*at].1.newsletter == mail.newsletter;
        if meant.iter().any(same) {
            meant.retain(same);
        }
        // Another consent still in force may cover the message, unless this one is its very own.
        if open && !(mail.newsletter && meant.iter().any(|&at| self.histories[at].1.newsletter)) {
            return;
        }
        for at in meant {
            self.found[at].push(mail.clone());
        }
    }

    /// One finding for each consent after whose withdrawal something was sent.
    pub fn findings(mut self) -> Vec<Finding> {
        let mut out = Vec::new();
        for (at, mails) in self.found.iter_mut().enumerate() {
            mails.sort_by_key(|mail| (mail.day, mail.record));
            let (history, _) = self.histories[at];
            let Some(first) = mails.first() else { continue };
            let Some((line, day)) = taken_away(history, first.day) else { continue };
            let choice = if line.choice == Choice::Refused && line.withdrawn.is_none() {
                "refused"
            } else {
                "withdrawn"
            };
            let args = BTreeMap::from([
                ("purpose", history.purpose.clone()),
                ("channel", first.channel.to_owned()),
                ("choice", choice.to_owned()),
                ("withdrawn", day.to_string()),
                ("first", first.day.to_string()),
                ("subject", first.subject.clone()),
                ("sign", first.sign.to_owned()),
                ("count", distinct(mails).to_string()),
            ]);
            let rest = mails.iter().skip(1).map(|mail| mail.record);
            out.push(Finding {
                code: Code::MailingAfterWithdrawal,
                weight: Weight::Bad,
                kind: Kind::Consent,
                args,
                records: few([first.record, line.id].into_iter().chain(rest)),
                right: Some(Right::Erasure),
            });
        }
        out
    }
}

/// Messages, those counted once that stand both in the mailbox and in the list of sendings.
fn distinct(mails: &[Marketing]) -> usize {
    mails.iter().map(|mail| (mail.day, plain(&mail.subject))).collect::<BTreeSet<_>>().len()
}

/// The choice by which consent had been taken away before that day, and when.
fn taken_away(history: &History, day: Day) -> Option<(&ConsentLine, Day)> {
    let line = history.standing(day)?;
    // The same record may hold the choice and its withdrawal.
    let taken = line.taken_away().filter(|taken| *taken < day)?;
    Some((line, taken))
}

/// Which messages a consent is about; none when it is not about marketing.
fn scope(history: &History) -> Option<Scope> {
    let purpose = words(&history.purpose);
    let channel = words(&history.channel);
    let about = history.choices.iter().map(|line| line.about);
    let marketing = is_marketing(&purpose) || about.clone().any(|a| a.marketing);
    let tracking = has_stem(&purpose, &["cookie"]) || about.clone().any(|a| a.tracking);
    if !marketing || is_elsewhere(&channel) || tracking {
        return None;
    }
    let mail = has_word(&channel, &["email", "mail", "courriel", "e", "correo", "posta"])
        || has_phrase(&channel, "courrier electronique");
    let channel = match (is_sms(&channel), mail) {
        (true, false) => "sms",
        (false, true) => "email",
        _ => "",
    };
    Some(Scope { channel, newsletter: about.clone().any(|a| a.newsletter) })
}

/// Whether a channel is one by which no message of an export's mailbox comes; `courrier électronique` is mail.
fn is_elsewhere(channel: &[String]) -> bool {
    has_stem(channel, ELSEWHERE) && !has_stem(channel, &["electroni", "elektroni", "elettroni"])
}

const ELSEWHERE: &[&str] = &[
    "cookie", "web", "site", "banner", "bandeau", "app", "push", "post", "phone", "telephon", "appel",
    "papier", "paper", "courrier", "brief", "fax", "whatsapp",
];

fn is_sms(words: &[String]) -> bool {
    has_word(words, &["sms", "texto", "textos", "mms"])
}

fn is_marketing(words: &[String]) -> bool {
    about(words).marketing
}

/// What a company has to write whatever was consented to.
fn is_service(words: &[String]) -> bool {
    has_stem(words, SERVICE) || has_phrase(words, "mot de passe") || has_phrase(words, "votre commande")
}

const SERVICE: &[&str] = &[
    "facture",
    "invoice",
    "rechnung",
    "factura",
    "fattura",
    "password",
    "passwort",
    "securit",
    "receipt",
    "recu",
    "desinscription",
    "desabonnement",
    "unsubscri",
    "retrait",
    "withdraw",
    "confirm",
    "ticket",
    "connexion",
    "login",
    "rgpd",
    "gdpr",
    "paiement",
    "payment",
    "remboursement",
    "refund",
    "order",
];
