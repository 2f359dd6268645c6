"""Mails, mailboxes, cards, calendars, saved pages and notes."""
import base64

from make import mkpdf

from .kit import CUT, Ent, W, inside
from .office import p, package, word

CRLF = "\r\n"


def file(name, outcome, called, text, why, **more):
    def build():
        made = text() if callable(text) else text
        return [Ent(called, made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"))]
    inside(name, outcome, build, why, **more)


def eml(name, outcome, text, why, **more):
    file("eml_" + name, outcome, "mail.eml", text, why, **more)


def lines(*all_lines):
    return CRLF.join(all_lines) + CRLF


def nested(depth, core="nestedcore"):
    text = lines("Subject: %s" % core, "", "nestedbody")
    for _ in range(depth):
        text = lines("Content-Type: message/rfc822", "") + text
    return "From: ada@example.org\r\nSubject: nestedtop\r\nMIME-Version: 1.0\r\n" + text


eml("nested_200", W, lambda: nested(200), "a mail in a mail, 200 deep, without any boundary", find=["nestedtop", "nestedcore", "nestedbody"], note={"mail.eml": "too_deep"}, outcome_alt="open")
eml("boundary_prefix", "open", lines("Subject: prefixes", "Content-Type: multipart/mixed; boundary=a", "", "--a", "Content-Type: multipart/alternative; boundary=ab", "", "--ab", "", "prefixone", "--ab--", "--a", "", "prefixtwo", "--a--"), "the boundary of the inner part begins with that of the outer one", find=["prefixone", "prefixtwo"], outcome_alt=W)
eml("boundary_same", W, lines("Subject: sames", "Content-Type: multipart/mixed; boundary=a", "", "--a", "Content-Type: multipart/mixed; boundary=a", "", "--a", "", "sameone", "--a--", "--a", "", "sametwo", "--a--"), "inner and outer boundary are the same", find=["sameone", "sametwo"], outcome_alt="open")
eml("boundary_long", "open", lambda: lines("Subject: longbound", "Content-Type: multipart/mixed; boundary=\"%s\"" % ("b" * 60000), "", "--" + "b" * 60000, "", "longpart", "--" + "b" * 60000 + "--"), "a boundary of 60,000 letters", find=["longbound", "longpart"], outcome_alt=W)
eml("boundary_empty", W, lines("Subject: emptybound", "Content-Type: multipart/mixed; boundary=\"\"", "", "--", "", "emptypart", "----"), "a boundary of nothing", find=["emptybound", "emptypart"], outcome_alt="open")
eml("dashes", "open", lambda: lines("Subject: dashes", "Content-Type: multipart/mixed; boundary=-", "", "---", "", "dashpart " + "-" * 50000, "-----"), "a boundary of one dash, and a body of dashes", find=["dashes", "dashpart"], outcome_alt=W)
eml("headers_100k", "open", lambda: "Subject: manyheaders\r\n" + "".join("X-H%d: v%d\r\n" % (n, n) for n in range(100000)) + "\r\nmanybody\r\n", "100,000 headers", find=["manyheaders", "manybody"], outcome_alt=W, sec=10)
eml("header_same_50k", "open", lambda: "Subject: samehead\r\n" + "Received: from a by b\r\n" * 50000 + "\r\nsamebody\r\n", "one header, 50,000 times", find=["samehead", "samebody"], outcome_alt=W, sec=10)
eml("base64_garbage", W, lambda: lines("Subject: garbage", "Content-Transfer-Encoding: base64", "", base64.b64encode(b"garbagetext one").decode()[:20], "!!!\x01\x02", "====", "Zm9v==Zm9v"), "base64 with everything in it that does not belong there", find=["garbage", "garbagetext"], say=["mail.eml"])
eml("base64_one_line", "open", lambda: lines("Subject: oneline", "Content-Transfer-Encoding: base64", "", base64.b64encode(b"onelinetext " * 80000).decode()), "a megabyte of base64 in one line", find=["oneline", "onelinetext"], outcome_alt=W)
eml("charset_lies", W, lambda: lines("Subject: liar", "Content-Type: text/plain; charset=us-ascii", "").encode() + "Zo\u00eb liartext \u20ac".encode("utf-8") + b"\r\n", "says ASCII, is UTF-8", find=["liartext", "Zo\u00eb"], outcome_alt="open")
eml("charset_utf16", W, lambda: lines("Subject: wide", "Content-Type: text/plain; charset=utf-16", "").encode() + "widetext".encode("utf-16") + b"\r\n", "a body in UTF-16, which mail does not allow", find=["wide"], outcome_alt="open")
eml("charset_names", W, lines("Subject: =?%s?Q?x?= charsetname" % ("z" * 5000), "Content-Type: text/plain; charset=\"../../etc/passwd\"", "", "charsetbody"), "character sets that are no names", find=["charsetname", "charsetbody"], outcome_alt="open")
eml("words_endless", "open", lambda: "Subject: wordstart " + "=?utf-8?Q?" * 50000 + " wordend\r\n\r\nwordbody\r\n", "50,000 encoded words that begin and never end", find=["wordstart", "wordbody"], outcome_alt=W)
eml("quoted_endless", "open", lambda: "Subject: soft\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nsoftbody " + "=\r\n" * 200000 + "softend\r\n", "200,000 soft line ends", find=["softbody", "softend"], outcome_alt=W)
eml("parameters_1000", "open", lambda: "Subject: params\r\nContent-Type: text/plain" + "".join("; name*%d=x" % n for n in range(20000)) + "\r\n\r\nparambody\r\n", "a name in 20,000 pieces", find=["params", "parambody"], outcome_alt=W)
eml("attachment_zip_bomb", W, lambda: attached("bomb.zip", bomb()), "a bomb as an attachment: named, and not unpacked", find=["attachtext"], outcome_alt="open", sec=10)
eml("attachment_name", "open", lambda: lines("Subject: named", "Content-Type: multipart/mixed; boundary=q", "", "--q", "", "attachbody", "--q", "Content-Disposition: attachment; filename=\"\x1b[31m\u202efdp.exe\"", "", "x", "--q--"), "an attachment whose name commands a terminal and turns around", find=["attachbody"], outcome_alt=W, must_not_show=["\x1b", "\u202e"])
eml("attachment_letter", "open", lambda: attached("letter.docx", package(word(p("attachedletter")))), "a letter as an attachment is read", find=["attachtext", "attachedletter"])
eml("attachment_letter_bombs", W, lambda: attached("bomb.docx", package(word(p("bombletter " * 200) * 20000)), 20), "twenty letters that unpack to 90 MB: some are read, the rest is said", find=["attachtext", "bombletter"], note={"mail.eml": ["attachment_partly", "attachment_unread"]}, sec=10)
eml("attachment_letter_of_nothing", W, lambda: attached("empty.docx", package(word("<w:p/>" * 30_000_000)), also=("small.docx", package(word(p("smallletter"))))), "a letter that unpacks to 180 MB of empty lines: not read, and the one behind it is", find=["attachtext", "smallletter"], note={"mail.eml": "attachment_unread"}, sec=10)
eml("attachment_letters_deep", W, lambda: attached("deep.docx", letters(40)), "a letter in a letter, forty deep", find=["attachtext", "letter39"], note={"mail.eml": "attachment_partly"})
eml("attachment_pdf_in_a_ring", "open", lambda: attached("ring.pdf", mkpdf("attachedring", cat=b"/Outlines << /First 6 0 R >> /Names << /EmbeddedFiles << /Kids [1 0 R] >> >> ")), "an attached PDF whose own attached files lead back to its beginning", find=["attachtext", "attachedring"], outcome_alt=W)
eml("uuencoded", "open", lines("Subject: uu", "", "uubefore", "begin 644 ../../../tmp/portolan_pwned_uu", "M" + "x" * 60, "`", "end", "uuafter"), "a file in the old way inside the text, with a name that leads out", find=["uubefore", "uuafter"], must_not_create=["/tmp/portolan_pwned_uu"], outcome_alt=W)
eml("cut", W, lambda: attached("long.txt", b"cutattach " * 900)[:3000], "cut off inside an attachment", find=["attachtext"], note={"mail.eml": CUT + ["part_cut", "boundary_missing", "bad_transfer_encoding"]})


def attached(name, data, times=1, also=None):
    part = attachment(name, data) * times + (attachment(*also) if also else "")
    return lines("Subject: attached", "Content-Type: multipart/mixed; boundary=q", "", "--q", "", "attachtext") + part + "--q--" + CRLF


def attachment(name, data):
    return lines("--q", "Content-Type: application/octet-stream", "Content-Transfer-Encoding: base64", "Content-Disposition: attachment; filename=\"%s\"" % name, "") + base64.encodebytes(data).decode().replace("\n", CRLF)


def letters(depth):
    letter = package(word(p("letter0")))
    for n in range(1, depth):
        letter = package(word(p("letter%d" % n)) + [("word/embeddings/inner.docx", letter)])
    return letter


def bomb():
    from make import deflate_zeros, zipf
    raw, checksum = deflate_zeros(300 << 20)
    return zipf([Ent("zeros.txt", raw=raw, crc=checksum, usize=300 << 20)])


def mbox(name, outcome, text, why, **more):
    file("mbox_" + name, outcome, "mails.mbox", text, why, **more)


def post(subject, body, line="From ada@example.org Mon Jan  1 10:00:00 2024"):
    return "%s\nSubject: %s\n\n%s\n\n" % (line, subject, body)


mbox("from_in_bodies", "open", lambda: post("boxone", "Hello\n\nFrom here on it goes down.\nFrom now on, too\n\nboxtail") + post("boxtwo", "end"), "lines of a text that begin with From: one mail and not three", find=["boxone", "boxtail", "boxtwo"], outcome_alt=W)
mbox("no_end", W, lambda: post("boxfirst", "text") + "From bo@example.org Mon Jan  1 10:00:00 2024\nSubject: boxsecond", "ends in the middle of a header", find=["boxfirst", "boxsecond"], outcome_alt="open")
mbox("only_from", "open", lambda: "From ada@example.org Mon Jan  1 10:00:00 2024\n" * 5000 + "Subject: boxlast\n\nboxbody\n", "5,000 mails of nothing", find=["boxlast"], outcome_alt=W, sec=10)
mbox("one_huge_line", "open", lambda: post("boxhuge", "x" * 3000000 + " boxbehind") + post("boxnext", "y"), "a line of three megabytes", find=["boxhuge", "boxbehind", "boxnext"], outcome_alt=W, sec=10)
mbox("binary_between", W, lambda: post("boxbin", "text").encode() + bytes(range(256)) * 20 + b"\n\n" + post("boxafter", "text").encode(), "noise between two mails", find=["boxbin", "boxafter"], outcome_alt="open")
mbox("length_lies", "open", lambda: post("boxlen", "text").replace("Subject", "Content-Length: 99999999\nSubject") + post("boxlennext", "text"), "a mail that is said to be as long as the rest", find=["boxlen", "boxlennext"], outcome_alt=W)

file("vcf_folded_100k", "open", "cards.vcf", lambda: "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:cardfolded\r\nNOTE:start" + "\r\n x" * 100000 + "\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:cardnext\r\nEND:VCARD\r\n", "a note in 100,000 folded lines", find=["cardfolded", "cardnext"], outcome_alt=W)
file("vcf_photo_cut", W, "cards.vcf", lambda: "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:cardphoto\r\nPHOTO;ENCODING=b;TYPE=JPEG:" + "\r\n ".join(["/9j/4AAQSkZJRgABAQ"] * 2000), "a photo in base64 that is cut off", find=["cardphoto"], note={"cards.vcf": CUT})
file("vcf_nested_1000", W, "cards.vcf", lambda: "BEGIN:VCARD\r\nFN:cardouter\r\n" + "AGENT:\r\nBEGIN:VCARD\r\n" * 2000 + "FN:cardinner\r\n" + "END:VCARD\r\n" * 2001, "a card in a card, 2,000 deep", find=["cardouter", "cardinner"], outcome_alt="open")
file("vcf_parameters", "open", "cards.vcf", lambda: "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:cardparams\r\nTEL" + ";TYPE=\"a,b" * 20000 + ":1\r\nEMAIL;X=\"never closed:cardmail@example.org\r\nEND:VCARD\r\n", "20,000 parameters, a quote that never closes", find=["cardparams"], outcome_alt=W)
file("vcf_ends_only", W, "cards.vcf", lambda: "BEGIN:VCARD\r\nFN:cardends\r\nEND:VCARD\r\n" + "END:VCARD\r\n" * 3000 + "BEGIN:VCARD\r\nFN:cardlater\r\nEND:VCARD\r\n", "3,000 ends without a beginning", find=["cardends", "cardlater"], outcome_alt="open")


def calendar(*events):
    return lines("BEGIN:VCALENDAR", "VERSION:2.0", *[l for e in events for l in ("BEGIN:VEVENT", *e, "END:VEVENT")], "END:VCALENDAR")


file("ics_rules", "open", "dates.ics", calendar(["SUMMARY:ruleone", "DTSTART:20240101T000000Z", "RRULE:FREQ=SECONDLY;INTERVAL=1;BYSECOND=" + ",".join(map(str, range(60)))], ["SUMMARY:ruletwo", "DTSTART:20240101", "RRULE:FREQ=DAILY;UNTIL=99991231;BYSETPOS=-366", "RDATE:" + ",".join("2024%02d%02d" % (m, d) for m in range(1, 13) for d in range(1, 29))]), "rules for the whole of time: shown as they are written, and each event is one", find=["ruleone", "ruletwo", "SECONDLY"], outcome_alt=W)
file("ics_zone_ring", "open", "dates.ics", lambda: lines("BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:A", *["BEGIN:STANDARD", "TZOFFSETTO:+999999", "RRULE:FREQ=YEARLY", "END:STANDARD"] * 2000, "END:VTIMEZONE", "BEGIN:VEVENT", "SUMMARY:zoneevent", "DTSTART;TZID=A:20240101T250000", "DURATION:P99999999999W", "END:VEVENT", "END:VCALENDAR"), "a zone with 2,000 changes, an hour 25, an endless stay", find=["zoneevent"], outcome_alt=W)
file("ics_never_ends", W, "dates.ics", lambda: "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nSUMMARY:openone\r\n" * 2000 + "SUMMARY:openlast\r\n", "2,000 events that never end", find=["openone", "openlast"], note={"dates.ics": CUT})

file("mht_boundary_lost", W, "page.mht", lines("MIME-Version: 1.0", "Content-Type: multipart/related; boundary=lost", "", "--other", "Content-Type: text/html", "", "<p>mhtlost</p>"), "the boundary of a saved page is not the one that is there", find=["mhtlost"], outcome_alt="open")
file("mht_parts_in_a_ring", "open", "page.mht", lines("From: x", "MIME-Version: 1.0", "Content-Type: multipart/related; boundary=q; start=\"<a>\"", "", "--q", "Content-Type: text/html", "Content-ID: <a>", "Content-Location: https://x.example/", "", "<p>mhtring</p><iframe src=cid:a></iframe><img src=http://canary-mht.invalid/x>", "--q--"), "a page that holds itself, and a picture on somebody's server", find=["mhtring"], outcome_alt=W)
ENEX = "<?xml version='1.0'?><!DOCTYPE en-export SYSTEM 'http://canary-enex.invalid/x.dtd'><en-export>%s</en-export>"
NOTE = "<note><title>%s</title><content><![CDATA[%s]]></content></note>"
file("enex_deep", "open", "notes.enex", lambda: ENEX % (NOTE % ("enextitle", "<en-note>" + "<div>" * 50000 + "enexdeep" + "</div>" * 50000 + "</en-note>") + NOTE % ("enexnext", "<en-note>x</en-note>")), "a note of 50,000 boxes", find=["enextitle", "enexdeep", "enexnext"], outcome_alt=W)
file("enex_cdata", W, "notes.enex", lambda: ENEX % (NOTE % ("enexcdata", "<en-note>one]]><![CDATA[two</en-note>") + "<note><title>enexopen</title><content><![CDATA[never closed"), "a note cut in two, and one that never ends", find=["enexcdata", "enexopen"], note={"notes.enex": CUT + ["loose_xml", "tag_unclosed", "unclosed"]}, outcome_alt="open")
file("enex_resource", W, "notes.enex", lambda: ENEX % ("<note><title>enexres</title><resource><data encoding='base64'>" + "QUJD" * 200000 + "</data><mime>application/zip</mime></resource></note>"), "a megabyte of a picture in a note: not text", find=["enexres"], outcome_alt="open")
