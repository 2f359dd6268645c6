// Notes, troubles and advice by code, in French. In English the sentence that comes with the code is shown as it is.
import type { Args } from "./en";
import { f, french } from "./typeset";

type Sentence = (args: Args) => string;
type Advice = { message: Sentence; hint: Sentence };

const said = (text: string): Sentence => {
  const typeset = french(text);
  return () => typeset;
};
const advice = (message: Sentence, hint: string): Advice => ({ message, hint: said(hint) });

/** The file that a sentence is about, where the code names it. */
const file = (a: Args): string => a("entry", a("name", "le fichier"));

/** What a file is that claims to be a ZIP archive, by what Rust says. */
export const frNotZip: Record<string, string> = {
  "a PDF document": "c’est un document PDF",
  "a RAR archive": "c’est une archive RAR",
  "a 7z archive (7-Zip)": "c’est une archive 7z (7-Zip)",
  "a gzip archive (.gz or .tar.gz)": "c’est une archive gzip (.gz ou .tar.gz)",
  "a bzip2 archive (.bz2)": "c’est une archive bzip2 (.bz2)",
  "an xz archive (.xz)": "c’est une archive xz (.xz)",
  "a Zstandard archive (.zst)": "c’est une archive Zstandard (.zst)",
  "a tar archive": "c’est une archive tar",
  "an SQLite database": "c’est une base de données SQLite",
  "a picture (PNG)": "c’est une image (PNG)",
  "a picture (JPEG)": "c’est une image (JPEG)",
  "a picture (GIF)": "c’est une image (GIF)",
  "an old Office document": "c’est un ancien document Office",
  "a Windows program": "c’est un programme Windows",
  "a Linux program": "c’est un programme Linux",
  "an RTF document": "c’est un document RTF",
  "a mailbox (mbox)": "c’est une boîte aux lettres (mbox)",
  "a web page (HTML)": "c’est une page web (HTML)",
  "an XML file": "c’est un fichier XML",
  "a JSON or text file": "c’est un fichier JSON ou texte",
  "a text file": "c’est un fichier texte",
  "nothing but zero bytes, at least at its start": "il ne contient que des octets nuls, au moins au début",
  "too short to be an archive": "il est trop court pour en être une",
  "a file of an unknown kind": "c’est un fichier d’un type inconnu",
};

/** What to try next with it: the same cases as in Rust. */
const notZipHint = (what: string): string => {
  if (what === "")
    return french(
      "si c’est une page web, connectez-vous au service et téléchargez à nouveau l’archive ; si c’est une archive d’une autre sorte, décompressez-la et ouvrez le dossier ; si c’est un document, ouvrez-le sous son vrai nom",
    );
  if (what.includes("web page"))
    return french(
      "le lien menait sans doute à une page de connexion ; connectez-vous au service et téléchargez à nouveau l’archive",
    );
  if (what.includes("zero") || what.includes("too short"))
    return french("le téléchargement n’a rien rapporté ; téléchargez à nouveau l’archive");
  if (what.includes("archive")) return french("décompressez-la avec son programme, puis ouvrez le dossier");
  return french("redonnez au fichier son vrai type, en le renommant, et ouvrez-le à nouveau");
};

export const frNotes: Record<string, Sentence> = {
  // the archive
  name_climbs: said("son nom sort de son dossier ; il n’est jamais utilisé comme chemin"),
  name_absolute: said("son nom commence à la racine du disque ; il n’est jamais utilisé comme chemin"),
  name_drive: said("son nom commence par une lettre de lecteur ; il n’est jamais utilisé comme chemin"),
  name_network: said("son nom désigne un autre ordinateur ; il n’est jamais utilisé comme chemin"),
  name_backslash: said("son nom contient des barres inverses, que seul Windows prend pour des dossiers"),
  name_control: said("son nom contient des caractères de commande, montrés en clair"),
  name_hidden: said("son nom contient des caractères invisibles ou qui changent le sens de lecture, montrés en clair"),
  name_mixed_script: said("son nom mêle dans un mot les lettres de plusieurs alphabets"),
  name_reserved: said("son nom est réservé par Windows"),
  name_long: said("son nom est plus long que ne l’admet aucun système"),
  name_empty: said("cette entrée n’a pas de vrai nom"),
  name_encoding: said("l’encodage de son nom a été deviné"),
  name_not_utf8: said("son nom n’est pas du texte valide ; il est montré au mieux"),
  name_differs: said("l’archive lui donne deux noms différents"),
  unicode_name_stale: said("l’archive lui donne un second nom qui ne correspond plus"),
  name_twice: (a) => f`plusieurs entrées portent ce nom (${a("count", "2")}) ; toutes sont gardées`,
  name_spellings: (a) => f`un autre fichier a presque le même nom : ${a("other")} ; les deux sont gardés`,
  file_and_folder: said("le même nom est à la fois un fichier et un dossier"),
  folder_with_data: said("c’est un dossier, et pourtant il a un contenu"),
  link: (a) => f`c’est un lien vers ${a("target", "un autre endroit")} ; il n’est jamais suivi`,
  special_file: said("ce n’est pas un fichier, mais un tube, une interface de connexion ou un périphérique"),
  part_missing: (a) =>
    f`dans la série de ${a("entry", "cet export")}, ${a.many("count", "partie manque", "parties manquent")} : ${a("parts", "")}`,
  part_twice: (a) => f`${file(a)} a été donné deux fois, ou en double ; il n’est lu qu’une fois`,
  part_unreadable: (a) =>
    f`${file(a)} n’a pas pu être ouvert comme archive ; il est lu comme un simple fichier, à côté des autres parties`,
  litter: (a) => f`${a("system", "le système")} l’a mis là pour lui-même ; il ne dit rien de personne et n’est pas lu`,
  tar_checksum: said("la somme de contrôle de son en-tête est fausse ; il est lu malgré tout"),
  tar_checksums: (a) => f`${a.many("count", "en-tête a", "en-têtes ont")} une somme de contrôle fausse`,
  tar_sparse: said("il est rangé sans ses parties vides (fichier creux) et n’est pas lu"),
  tar_extra_long: said("l’archive contient des noms ou des attributs démesurés, laissés de côté"),
  archive_cut: said("l’archive ne finit pas comme elle le devrait ; il en manque peut-être une partie"),
  archive_joined: said("une autre archive suit celle-ci dans le même fichier ; les fichiers des deux sont montrés"),
  needs_password: said("protégé : aucun mot de passe donné ne l’ouvre"),
  wrong_password: said("aucun des mots de passe donnés ne l’ouvre"),
  passwords_too_many: (a) =>
    f`sur ${a.many("given", "mot de passe", "mots de passe")}, seuls les ${a.number("tried")} premiers ont été essayés`,
  encryption_unknown: said("chiffré d’une manière que Portolan ne connaît pas"),
  encryption_damaged: said("chiffré, et trop court pour l’être correctement"),
  encryption_differs: said("l’archive dit à la fois chiffré et non chiffré"),
  strong_encryption: said("chiffré d’une manière propre à un fabricant, qui n’est pas lue"),
  method_unsupported: (a) => f`compressé d’une manière qui n’est pas lue (${a("called", a("method", "inconnue"))})`,
  method_differs: said("l’archive annonce deux méthodes de compression différentes"),
  patched_data: said("son contenu est une différence avec un autre fichier, qui manque"),
  crc_mismatch: said("la somme de contrôle est fausse : le texte est montré, mais il est abîmé"),
  crc_differs: said("l’archive annonce deux sommes de contrôle différentes"),
  altered: said("le contenu chiffré a été modifié : il est montré, mais il n’est pas sûr"),
  size_mismatch: said("la taille annoncée n’est pas celle du contenu"),
  size_differs: said("l’archive annonce deux tailles différentes"),
  size_impossible: said("la taille annoncée est impossible"),
  longer_than_declared: said("le contenu est plus long qu’annoncé ; la suite n’a pas été lue"),
  packed_left_over: said("il reste des octets inutilisés derrière ses données"),
  descriptor_differs: said("l’archive annonce deux tailles différentes"),
  data_cut: (a) => f`coupé après ${a.many("read", "octet", "octets")} de contenu`,
  data_damaged: (a) => f`abîmé après ${a.many("read", "octet", "octets")} de contenu`,
  data_outside: said("ses données seraient hors de l’archive"),
  ratio_stop: said("il se gonfle comme une bombe de décompression ; la lecture s’est arrêtée"),
  ratio_budget: said("trop de fichiers très compressés ; celui-ci n’a pas été lu"),
  local_header_missing: said("l’archive ne le contient pas à l’endroit annoncé"),
  from_local_header: said("il n’est pas dans la table de l’archive ; il a été retrouvé"),
  incomplete_download: (a) =>
    f`l’archive est incomplète, comme un téléchargement interrompu ; ${a.many("whole", "fichier a été sauvé entier", "fichiers ont été sauvés entiers")}`,
  entry_count: (a) =>
    f`l’archive annonce ${a.many("declared", "fichier", "fichiers")}, mais en contient ${a.number("found")}`,
  directory_damaged: said("la table de l’archive est abîmée ; des fichiers peuvent manquer"),
  directory_size: said("la table de l’archive n’a pas la taille annoncée"),
  directory_offset: said("la table de l’archive n’est pas à l’endroit annoncé"),
  zip64_locator: said("l’archive se trompe sur l’endroit de sa table"),
  end_record_ambiguous: said("l’archive a deux fins qui conviennent ; la dernière a été prise"),
  unlisted_entries: (a) =>
    f`l’archive contient ${a.many("count", "fichier", "fichiers")} que sa table ne cite pas${a("names") === "" ? "" : f` : ${a("names")}`}`,
  unlisted_data: (a) =>
    f`l’archive contient ${a.many("bytes", "octet qui n’appartient", "octets qui n’appartiennent")} à aucun fichier`,
  data_before: (a) => f`${a.many("bytes", "octet précède", "octets précèdent")} l’archive`,
  data_after: (a) => f`${a.many("bytes", "octet suit", "octets suivent")} l’archive`,
  other_part: said("les autres parties de cette archive manquent"),
  nested_too_deep: said("archive non ouverte : trop d’archives l’une dans l’autre"),
  nested_too_many: said("archive non ouverte : trop d’archives dans cet export"),
  nested_unreadable: said("cette archive, dans l’archive, n’a pas pu être ouverte"),
  nested: said("une archive ; ses fichiers sont montrés à leur tour"),
  folder_unreadable: said("le dossier n’a pas pu être lu entièrement"),
  folder_too_deep: said("trop de dossiers l’un dans l’autre ; la suite n’a pas été lue"),
  file_changed: said("le fichier a changé pendant la lecture"),
  read_failed: said("le système n’a pas pu le lire"),
  no_such_entry: said("cette entrée n’existe pas"),
  no_such_place: said("cet endroit n’existe pas dans l’export"),
  reader_broke: said("la lecture s’est brisée ici ; ce qui précède est gardé"),
  reader_too_slow: said("la lecture n’en finissait pas et a été arrêtée ; ce qui précède est gardé"),
  reader_too_large: said("cette entrée demande plus de mémoire qu’il n’est permis ; ce qui précède est gardé"),
  reader_killed: said("le processus qui lisait cette entrée a été arrêté de l’extérieur ; ce qui précède est gardé"),
  records_differ: (a) => f`${a("counted")} éléments comptés dans ce fichier, ${a("met")} repris`,
  round_count: (a) => f`exactement ${a("count")} éléments : un compte aussi rond est souvent celui d’un export coupé`,
  broke: said("quelque chose s’est brisé dans le programme ; tout n’a pas été lu"),
  no_worker: said("les entrées ont été lues sans processus séparé"),
  same_name_twice: (a) => f`deux entrées s’appellent ${a("name")} ; les deux sont gardées`,
  // files
  unread_format: (a) => f`cette version ne lit pas ce format : ${a.format("format")}`,
  type_unread: (a) => f`cette version ne lit pas ce format : ${a.format("format")}`,
  password_needed: said("protégé : aucun mot de passe donné ne l’ouvre"),
  extension_differs: (a) =>
    f`le nom annonce un autre format (${a.format("name")}) que le contenu (${a.format("content")})`,
  read_as_text: said("le format n’a pas été reconnu ; lu comme du texte"),
  encoding_detected: (a) => f`encodage deviné : ${a("encoding", "inconnu")}`,
  encoding_guessed: (a) => f`décodé comme ${a("encoding")}, que rien n’annonce`,
  declared_encoding_wrong: (a) => f`le fichier se dit en ${a("declared")}, ce que ses octets démentent`,
  several_values: said("le fichier contient plusieurs valeurs à la suite"),
  lone_surrogate: said("une moitié de caractère est restée seule"),
  mixed_encodings: (a) =>
    f`deux encodages mêlés : ${a.many("count", "passage", "passages")} en ${a("encoding", "windows-1252")} dans de l’UTF-8`,
  mojibake_repaired: (a) =>
    f`${a.many("count", "texte était encodé", "textes étaient encodés")} deux fois (« Ã© » pour « é ») ; tout est réparé`,
  invalid_bytes: (a) => f`${a.many("count", "passage n’est pas", "passages ne sont pas")} du texte valide`,
  broken_line: (a) => f`la ligne ${a("line")} n’est pas du JSON valide ; gardée comme texte`,
  unexpected_text: said("du texte se trouve là où une valeur est attendue"),
  cut_off: said("le fichier s’arrête au milieu"),
  database_damaged: (a) =>
    f`la base de données est abîmée : table ${a("table", "inconnue")}, page ${a("page", "inconnue")}`,
  views_not_run: (a) => f`vues de la base, jamais exécutées : ${a.number("count")} ; leurs tables sont lues`,
  blobs_not_read: (a) => f`valeurs binaires non lues dans la table ${a("table")} : ${a.number("count")}`,
  truncated: said("le fichier est tronqué : il s’arrête au milieu ; tout ce qui précède est lu"),
  record_too_large: (a) => f`un élément dépasse ${a("limit_mib")} Mio ; la suite est gardée comme texte`,
  text_after_end: said("quelque chose suit la fin des données"),
  control_in_string: said("un texte contient un caractère de commande"),
  not_a_number: said("un nombre n’en est pas un, ou est infini"),
  loose_json: said("ce n’est pas du JSON strict"),
  duplicate_key: said("la même clé deux fois ; les deux sont gardées"),
  too_deep: said("trop de valeurs l’une dans l’autre ; la suite est gardée comme texte"),
  binary_left_out: (a) =>
    f`${a.many("count", "valeur est binaire et n’est pas montrée", "valeurs sont binaires et ne sont pas montrées")}`,
  bad_xml: said("ce n’est pas du XML bien formé"),
  zero_bytes: (a) => f`${a.many("count", "octet nul se trouve", "octets nuls se trouvent")} dans le texte`,
  mis_nested: said("une balise fermante ne correspond pas à celle qui est ouverte"),
  entity_not_expanded: said("une entité est montrée telle qu’écrite"),
  entities_declared: said("le fichier déclare ses propres entités ; elles ne sont pas développées"),
  unclosed_quote: (a) => f`un guillemet ouvert à la ligne ${a("line")} n’est jamais fermé`,
  odd_quotes: (a) => f`les guillemets ne vont pas ensemble à la ligne ${a("line")}`,
  row_cut: (a) => f`la ligne ${a("line")} est trop longue et a été coupée`,
  rows_cut: (a) =>
    f`le tableau est coupé à la ligne ${a.number("rows")} ; ${a.many("announced", "ligne était annoncée", "lignes étaient annoncées")}`,
  header_repeated: (a) => f`la ligne ${a("line")} répète l’en-tête`,
  ragged_row: (a) =>
    f`la ligne ${a("row")} a ${a.many("cells", "case", "cases")}, le tableau ${a.many("columns", "colonne", "colonnes")}`,
  text_outside_table: (a) => f`la ligne ${a("line")} est hors du tableau`,
  preamble: said("des lignes précèdent le tableau ; elles sont gardées comme texte"),
  footer: said("des lignes suivent le tableau ; elles sont gardées comme texte"),
  text_before_mails: (a) => f`${a("bytes")} octets précèdent le premier message ; ils sont gardés comme texte`,
  end_missing: (a) => f`l’élément commencé à la ligne ${a("line")} n’a pas de fin`,
  stray_end: (a) => f`la ligne ${a("line")} ferme ce qui n’est pas ouvert`,
  odd_property: (a) => f`la ligne ${a("line")} n’est pas une propriété ; elle est gardée comme texte`,
  loose_yaml: (a) => f`ce qui se trouve à l’octet ${a("byte")} n’est pas du YAML valide ; c’est gardé comme texte`,
  attachment_partly: (a) => f`pièce jointe lue en partie seulement : ${a("name")}`,
  attachment_unread: (a) => f`pièce jointe non lue : ${a("name")}`,
  bad_transfer_encoding: (a) => f`une partie du message n’est pas du ${a("encoding")} valide`,
  name_turned: said("son nom contient des caractères qui changent le sens de lecture"),
  // workbooks and documents
  document_damaged: said("le document est abîmé ; ce qui en reste est lu"),
  encrypted_document: said("le document est chiffré, et aucun des mots de passe donnés ne l’ouvre"),
  document_sealed: said(
    "le document est chiffré par un mot de passe d’une façon que cette version ne sait pas défaire : ouvrez-le avec le logiciel pour lequel il est fait, et enregistrez-le sans mot de passe",
  ),
  encrypted_content: (a) =>
    f`le contenu est chiffré (${a("how")}) : demandez la clé à l’expéditeur et déchiffrez-le selon ses indications, ou demandez une copie non chiffrée`,
  media_cut_off: said("la fin du film ou de l’enregistrement manque"),
  chapters_locked: (a) =>
    f`chapitres verrouillés par le vendeur du livre, que seuls ses propres programmes ouvrent : ${a.number("count")}`,
  document_part_missing: (a) => f`la partie ${a("part")} manque dans le document`,
  part_damaged: (a) => f`la partie ${a("part")} du document est abîmée ; ce qui en reste est lu`,
  hidden_sheet: (a) => f`la feuille ${a("sheet")} est masquée ; elle est lue comme les autres`,
  hidden_rows: (a) => f`lignes masquées de la feuille ${a("sheet")}, lues elles aussi : ${a.number("count")}`,
  hidden_columns: (a) =>
    f`groupes de colonnes masquées de la feuille ${a("sheet")}, lus eux aussi : ${a.number("count")}`,
  cell_outside: (a) => f`cellules de la feuille ${a("sheet")} à des places qui n’existent pas : ${a.number("count")}`,
  shared_text_missing: (a) => f`cellules de la feuille ${a("sheet")} dont le texte manque : ${a.number("count")}`,
  formula_without_value: (a) =>
    f`formules de la feuille ${a("sheet")} sans valeur, montrées telles qu’écrites : ${a.number("count")}`,
  external_links: (a) => f`liens vers d’autres fichiers, jamais suivis : ${a.number("count")}`,
  macros_not_run: said("le document contient des macros, qui ne sont jamais exécutées"),
  unlisted_sheet: (a) => f`une feuille que le classeur ne nomme pas (${a("part")}) ; elle est lue aussi`,
  repeated_cells_cut: (a) =>
    f`cellules de la feuille ${a("sheet")} qui en représentent une foule d’autres, montrées une fois : ${a.number("count")}`,
  unused_texts: (a) => f`textes qu’aucune cellule ne montre, peut-être effacés : ${a.number("count")}`,
  pdf_damaged: said("le document commence comme un PDF, mais aucune page ne s’y trouve"),
  pdf_repaired: (a) =>
    f`la table des parties du document est abîmée : ${a.many("pages", "page a été retrouvée", "pages ont été retrouvées")} en les cherchant`,
  pdf_joined: (a) => f`un autre document de ${a("bytes")} octets suit la fin de celui-ci et n’a pas été lu`,
  pdf_cut_off: (a) => f`la fin du document manque ; ${a.many("pages", "page est là", "pages sont là")}`,
  pdf_pages_damaged: said("la liste des pages est abîmée ; elle tourne en rond ou mène à autre chose"),
  pdf_too_large: (a) =>
    f`parties du document qui dépassent ${a("limit_mib")} Mio une fois dépliées : ${a.number("count")}`,
  pdf_part_damaged: (a) => f`parties du document abîmées, lues jusqu’où c’est possible : ${a.number("count")}`,
  no_text: (a) =>
    f`images sans texte : ${a.number("count")} pages sur ${a.number("pages")} ; ce qui y est écrit ne peut pas être cherché`,
  text_unreadable: (a) =>
    f`${a.many("count", "lettre est dessinée", "lettres sont dessinées")} dans une police qui ne dit pas laquelle c’est ; on ne peut pas les chercher`,
  image_damaged: said("l’image ne dit pas sa taille ; elle est abîmée"),
  image_cut_off: said("la fin de l’image manque"),
  text_guessed: (a) =>
    f`${a.many("count", "lettre est dessinée", "lettres sont dessinées")} dans une police qui ne dit pas laquelle c’est ; ce sont peut-être d’autres lettres`,
  attachment_outside: (a) => f`le document renvoie au fichier ${a("name")}, qui n’est pas dedans`,
  active_content: (a) => f`le document voulait exécuter ou ouvrir quelque chose (${a("what")}) ; ce n’est jamais fait`,
};

export const frTroubles: Record<string, Advice> = {
  picture_undrawn: advice(
    (a) => f`les images au format ${a("format")} ne sont pas affichées ici`,
    "pour voir celle-ci, ouvrez le fichier avec un programme d’images",
  ),
  picture_too_large: advice(
    said("cette image est trop grande pour être affichée ici"),
    "pour voir celle-ci, ouvrez le fichier avec un programme d’images",
  ),
  picture_damaged: advice(
    said("cette image est endommagée : rien ne peut en être affiché"),
    "demandez à l’expéditeur une autre copie de ce fichier",
  ),
  pdf_failed: advice(
    said("le PDF n’a pas pu être composé"),
    "enregistrez le courrier comme texte ou comme brouillon d’e-mail",
  ),
  unexpected: advice(
    said("quelque chose a échoué qui n’aurait pas dû"),
    "réessayez ; si cela se répète, ouvrez l’export à nouveau",
  ),
  broke: advice(
    said("quelque chose s’est brisé dans le programme pendant l’ouverture"),
    "signalez de quelle sorte de fichier il s’agissait, sans l’export",
  ),
  question_failed: advice(
    said("quelque chose s’est brisé dans le programme pendant ce travail"),
    "le reste continue ; signalez ce que vous faisiez, sans l’export",
  ),
  no_such_sample: advice(said("cet export d’exemple manque"), "réinstallez le programme : ses exemples en font partie"),
  inside_export: advice(
    said("l’endroit choisi fait partie de l’export lui-même"),
    "choisissez un autre dossier : l’export reste tel que vous l’avez reçu",
  ),
  not_saved: advice(
    said("le fichier n’a pas pu être enregistré sous ce nom"),
    "choisissez un autre nom ou un autre dossier",
  ),
  not_saved_denied: advice(
    said("vous n’avez pas le droit d’écrire dans ce dossier"),
    "choisissez un dossier qui est à vous",
  ),
  not_saved_full: advice(said("le disque est plein"), "faites de la place, ou choisissez un autre disque"),
  not_opened: advice(said("l’export est encore en cours d’ouverture"), "attendez un instant"),
  nothing_open: advice(said("aucun export n’est ouvert"), "ouvrez-en un d’abord"),
  nothing_given: advice(said("aucun fichier n’a été donné"), "choisissez l’archive ou le dossier reçu"),
  not_found: advice((a) => f`${file(a)} n’existe pas`, "vérifiez le nom, et que le disque est bien branché"),
  unreadable: advice(
    (a) => f`${file(a)} n’a pas pu être lu`,
    "vérifiez que vous avez le droit de le lire, et que son disque est bien branché",
  ),
  empty_file: advice(
    (a) => f`${file(a)} est vide`,
    "le téléchargement n’a rien rapporté ; téléchargez à nouveau l’archive",
  ),
  not_a_zip: {
    message: (a) => {
      const what = frNotZip[a.plain("what")];
      return what === undefined
        ? f`${file(a)} n’est pas une archive ZIP`
        : f`${file(a)} n’est pas une archive ZIP : ${what}`;
    },
    hint: (a) => notZipHint(a.plain("what")),
  },
  incomplete_download: advice(
    (a) => f`${file(a)} est incomplet : il s’arrête avant la fin`,
    "le téléchargement a sans doute été interrompu ; téléchargez à nouveau l’archive",
  ),
  damaged: advice(
    (a) => f`${file(a)} est abîmé`,
    "téléchargez à nouveau l’archive ; si rien ne change, demandez-en une autre à l’expéditeur",
  ),
  split_archive: advice((a) => {
    const missing = a("missing");
    return missing === ""
      ? f`${file(a)} n’est qu’une partie d’une archive découpée ; les autres manquent`
      : f`${file(a)} n’est qu’une partie d’une archive découpée, dont il manque ${missing}`;
  }, "choisissez toutes ses parties ensemble ; s’il en manque une, téléchargez-la à nouveau ou demandez un fichier unique"),
  overlap: advice(
    (a) =>
      f`${file(a)} n’est pas sûr : ${a("first", "un de ses fichiers")} et ${a("second", "un autre")} partagent les mêmes données`,
    "aucun programme ordinaire n’écrit une telle archive ; demandez-en une autre à l’expéditeur",
  ),
  too_many_entries: advice((a) => {
    const most = a.number("max");
    return most === "" ? f`${file(a)} contient trop de fichiers` : f`${file(a)} contient plus de ${most} fichiers`;
  }, "décompressez l’archive avec un autre programme et ouvrez l’un de ses dossiers"),
  directory_too_large: advice(
    (a) => f`${file(a)} a une table démesurée`,
    "décompressez l’archive avec un autre programme et ouvrez l’un de ses dossiers",
  ),
  bad_request: advice(
    said("le fichier de la demande n’a pas pu être lu"),
    "sa forme est décrite dans request.schema.json",
  ),
  bad_date: advice(said("ce n’est pas un jour"), "un jour s’écrit 2026-11-23"),
  unknown_form: advice(
    said("un courrier ne s’enregistre pas sous cette forme"),
    "choisissez PDF, brouillon d’e-mail ou texte",
  ),
  unknown_kind: advice(said("ce genre n’existe pas"), "choisissez l’un des genres proposés"),
  still_reading: advice(said("l’export est encore en cours de lecture"), "attendez qu’il soit lu, puis réessayez"),
  no_records: advice(said("ce fichier n’a pas d’éléments"), "choisissez un fichier dont des éléments ont été lus"),
  // the case
  case_unread: advice((a) => f`le dossier de suivi n’a pas pu être lu (${a("reason")})`, "choisissez un autre fichier"),
  case_not_one: advice(
    (a) => f`${a("name", "ce fichier")} n’est pas un dossier de suivi de Portolan`,
    "choisissez un fichier que Portolan a enregistré comme dossier de suivi",
  ),
  case_cut_off: advice(
    (a) => f`le dossier de suivi est tronqué : il fait ${a("bytes")} octets, et il en faut au moins ${a("least")}`,
    "reprenez le fichier dans une sauvegarde",
  ),
  case_newer: advice(
    (a) =>
      f`ce dossier de suivi vient d’une version plus récente de Portolan (format ${a("found")} ; celle-ci connaît le ${a("known")})`,
    "ouvrez-le avec la version de Portolan qui l’a enregistré, ou une plus récente",
  ),
  case_costly: advice(
    (a) =>
      f`ce dossier de suivi demande ${a("memory")} Mio de mémoire et ${a("passes")} passes, plus qu’on n’en donne à aucun`,
    "Portolan n’enregistre pas de tels fichiers : méfiez-vous de sa provenance",
  ),
  case_locked: advice(
    said("la phrase secrète n’ouvre pas ce dossier de suivi, ou le fichier est abîmé"),
    "vérifiez les majuscules et la langue du clavier : sans la phrase secrète, rien ne l’ouvre",
  ),
  case_odd: advice(
    said("le dossier de suivi s’est ouvert, mais son contenu n’est pas compris"),
    "ouvrez-le avec la version de Portolan qui l’a enregistré, ou une plus récente",
  ),
  case_too_large: advice(
    (a) => f`ce fichier fait ${a("bytes")} octets ; un dossier de suivi en fait ${a("most")} au plus`,
    "choisissez un fichier que Portolan a enregistré comme dossier de suivi",
  ),
  passphrase_short: advice(
    (a) => f`la phrase secrète a ${a.many("chars", "caractère", "caractères")} ; il en faut au moins ${a("least")}`,
    "prenez plusieurs mots",
  ),
  case_memory: advice(
    (a) => f`la mémoire libre ne suffit pas : il en faut ${a("memory")} Mio un instant`,
    "fermez d’autres programmes, puis réessayez",
  ),
  no_random: advice(said("le système ne donne pas de nombres aléatoires"), "redémarrez l’ordinateur, puis réessayez"),
  no_fingerprint: advice(
    said("cet export ne peut être distingué des autres : ses fichiers n’ont pas pu être lus jusqu’au bout"),
    "ouvrez l’export à nouveau, puis réessayez",
  ),
  case_changed: advice(
    said("le fichier du dossier de suivi a changé depuis qu’il a été ouvert"),
    "ouvrez-le à nouveau : ce qu’il contient désormais serait perdu sinon",
  ),
  case_exists: advice(
    said("ce fichier est déjà un dossier de suivi ; ce qu’il contient serait perdu"),
    "ouvrez-le d’abord : on y ajoutera ensuite cet export ; ou choisissez un autre nom",
  ),
  no_case: advice(said("aucun dossier de suivi n’est choisi"), "choisissez-en un d’abord"),
  no_such_record: advice(said("cet élément n’existe pas"), "rouvrez-le depuis une liste"),
  no_such_thread: advice(said("cette demande d’assistance n’existe pas"), "rouvrez-la depuis la liste"),
  no_such_place: advice(said("cet endroit n’est pas dans l’export"), "rouvrez l’élément depuis une liste"),
};

export const frSearchTroubles: Record<string, Advice> = {
  empty_query: advice(said("la recherche est vide"), "tapez un mot"),
  nothing_to_search: advice(said("il n’y a là ni mot ni nombre"), "tapez un mot ou un nombre"),
  only_not: advice(said("il n’y a que des mots à exclure"), "ajoutez un mot, ou un champ comme kind:billing"),
  missing_word: advice(
    said("il manque un mot à côté de AND, OR ou NOT"),
    "pour chercher le mot lui-même, mettez-le entre guillemets droits",
  ),
  missing_value: advice(said("il manque une valeur après les deux-points"), "écrivez par exemple kind:billing"),
  unknown_kind: advice(
    said("ce genre n’existe pas"),
    "les genres sont account, billing, ticket, consent, activity, message, contact, event, place, document, other",
  ),
  bad_date: advice(
    said("ce n’est ni un jour, ni un mois, ni une année"),
    "écrivez 2024, 2024-02, 2024-01-15, 15/01/2024, une période 2021..2023, ou >2024-01-15",
  ),
  bad_amount: advice(said("ce n’est pas un montant"), "écrivez 49,90, un intervalle 10..20, ou >100"),
  empty_range: advice(said("la période ou l’intervalle finit avant de commencer"), "échangez les deux bornes"),
  too_long: advice(said("cette recherche est trop longue"), "gardez les mots qui comptent"),
  too_deep: advice(said("trop de parenthèses l’une dans l’autre"), "écrivez plus simplement"),
};

/** The item that a piece of advice is about. */
const point = (a: Args): string => (a("item") === "" ? "" : f`point ${a("item")} : `);

export const frAdvices: Record<string, Sentence> = {
  no_profile: said(
    "on ne sait pas ce que cette entreprise demande et promet ; vérifiez l’adresse dans sa politique de confidentialité",
  ),
  profile_dated: (a) =>
    f`ce que l’on sait de ${a("company")} vient de documents allant jusqu’au ${a("date")} ; sa politique actuelle peut différer`,
  other_controller: (a) => f`la lettre va à ${a("company")}, mais l’export semble venir de ${a("export")}`,
  received_after_letter: (a) =>
    f`l’export aurait été reçu le ${a("received")}, après le jour de la lettre, le ${a("day")}`,
  place_not_found: (a) => f`${point(a)}cet endroit n’est pas dans l’export ouvert`,
  same_place_twice: (a) => f`${point(a)}cet endroit est déjà cité`,
  other_person: (a) => f`${point(a)}cela concerne une autre personne ; chacun n’exerce que ses propres droits`,
  processor_not_controller: (a) =>
    f`${point(a)}pour les contacts que vous avez saisis, ${a("company")} agit pour votre compte ; vous pouvez les corriger ou les supprimer dans votre espace`,
  value_unchanged: (a) => f`${point(a)}c’est déjà ce qui est écrit`,
  whole_record: (a) => f`${point(a)}c’est un élément entier ; choisissez le détail qui est faux`,
  retention_duty: (a) =>
    f`${point(a)}attendez-vous à un refus jusqu’au ${a("until")} : l’entreprise doit garder cette pièce comptable ${a.many("years", "an", "ans")} (art. L123-22 du code de commerce, art. 17(3)(b) du RGPD)`,
  retention_duty_possible: (a) =>
    f`${point(a)}le droit comptable peut obliger l’entreprise à garder ceci plusieurs années (art. 17(3)(b))`,
  retention_duty_over: (a) => f`${point(a)}l’obligation comptable de garder ceci a pris fin le ${a("until")}`,
  legal_claims: (a) =>
    f`${point(a)}ceci ne semble pas réglé ; l’entreprise peut le garder en vue d’un litige (art. 17(3)(e)), et vous pourriez en avoir besoin comme preuve`,
  contract_running: (a) =>
    f`${point(a)}tant qu’un contrat court, l’entreprise a besoin de ces données pour l’exécuter (art. 6(1)(b)) ; attendez-vous à un refus, ou à la fin du compte`,
  term_wider_than_duty: (a) =>
    f`${point(a)}${a("company")} annonce dix ans pour tout le compte ; l’obligation comptable ne couvre que les pièces comptables`,
  consent_proof: (a) =>
    f`${point(a)}l’entreprise doit pouvoir prouver le consentement (art. 7(1)) ; elle peut garder une trace du choix`,
  reason_useful: (a) => f`${point(a)}dites pourquoi avec vos mots : ce motif se juge sur les faits`,
};
