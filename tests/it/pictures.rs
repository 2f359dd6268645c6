//! Images are looked at from their record; nothing else is.

use session::wire::ListQuery;

use crate::sample;

#[test]
fn the_image_of_a_ticket_can_be_looked_at() {
    let session = sample("sellsy");
    let entry = |name: &str| {
        let entries = session.entries(0, 500, None).rows;
        entries.into_iter().find(|e| e.path.ends_with(name)).expect("the sample has this file")
    };
    let image = entry("8960-facture-pied-coupe.png");
    assert!(image.image);
    let row =
        session.list(&ListQuery { entry: Some(image.id), limit: 1, ..Default::default() }).rows.remove(0);
    let card = session.record(&row.id, None).expect("a listed record opens");
    assert!(card.image);
    let picture = session.picture(image.id).expect("it is drawn");
    assert_eq!((picture.width, picture.height), (400, 520));
    assert_eq!(card.fields.iter().find(|f| f.name == "Width").map(|f| f.value.as_str()), Some("400"));

    let table = entry(".csv");
    assert!(!table.image);
    assert_eq!(session.picture(table.id).map_err(|t| t.code), Err("no_such_place".to_owned()));
    assert_eq!(session.picture(u32::MAX).map_err(|t| t.code), Err("no_such_place".to_owned()));
}
