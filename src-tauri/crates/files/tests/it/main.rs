//! Files in, rows out: many small files of every format, and what holds for all of them.

mod bank;
mod cards;
mod chat;
mod check;
mod documents;
mod encodings;
mod hostile;
mod html;
mod image;
mod json;
mod mail;
mod mbox;
mod msg;
mod package;
mod pdf;
mod rtf;
mod sniff;
mod sqlite;
mod table;
mod text;
mod wild;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod yaml;
