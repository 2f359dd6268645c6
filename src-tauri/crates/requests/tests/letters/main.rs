//! Letters as a person would get them: from a request file and the records that it cites to text, mail and paper.

mod book;
mod golden;
mod mail;
mod paper;
mod remarks;
mod schema;
