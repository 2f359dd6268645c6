"""Tables, JSON, YAML, XML, web pages, chats, bank statements, and text in more than one encoding."""
from .kit import CUT, MiB, W
from .mails import file


def csv(name, outcome, text, why, **more):
    file("csv_" + name, outcome, "table.csv", text, why, **more)


csv("line_20mb", W, lambda: "a,b\n1,csvbefore\n2,\"" + "lorem ipsum " * (20 * MiB // 12) + "\"\n3,csvbehind\n", "a cell of 20 MB in one line", find=["csvbefore", "csvbehind"], outcome_alt="open", sec=15, rss=500)
csv("columns_200k", W, lambda: "csvfirst" + "," * 200000 + "csvlast\n1" + "," * 200000 + "csvend\n", "200,000 columns without a name", find=["csvend"], outcome_alt="open", sec=15, rss=600)
csv("quote_never_closed_at_once", W, lambda: "\"csvquote,b\n" + "".join("%d,csvrow%d\n" % (n, n) for n in range(500)), "a quote that opens in the header and never closes", find=["csvquote", "csvrow499"], note={"table.csv": ["unclosed_quote", "odd_quotes"]})
csv("quotes_only", W, lambda: "a,b\n" + "\"" * 300001 + "\n1,csvquotes\n", "300,001 quotes", find=["csvquotes"], outcome_alt="open")
csv("quotes_alternating", "open", lambda: "a,b\n" + "".join("\"x\"y\"%d\",\"csvalt%d\n" % (n, n) for n in range(3000)), "quotes in the middle of cells, in every line", find=["csvalt2999"], outcome_alt=W, sec=10)
csv("nul_half", W, lambda: b"name,town\nada,csvnul\n" + bytes(200000) + b"\nbo,csvafternul\n", "200,000 zeros in the middle: a disk that was not written", find=["csvnul", "csvafternul"], outcome_alt="open")
csv("only_delimiters", "open", lambda: ",;\t|" * 50000 + "\ncsvdelim\n", "nothing but signs that stand between cells", find=["csvdelim"], outcome_alt=W)
csv("header_huge", "open", lambda: "x" * 500000 + ",b\n1,csvhead\n", "a name of a column of half a megabyte", find=["csvhead"], outcome_alt=W)
csv("encodings_in_turn", W, lambda: b"".join(("n%d;%s;csvenc%d\n" % (n, "\u00e9t\u00e9 No\u00ebl", n)).encode(("utf-8", "latin-1", "cp850", "utf-8")[n % 4]) for n in range(400)), "every line in another encoding", find=["csvenc0", "csvenc399", "No\u00ebl"], note={"table.csv": ["mixed_encodings", "invalid_bytes"]})
csv("utf16_odd", W, lambda: b"\xff\xfe" + "a;b\n1;csvwide\n".encode("utf-16-le") + b"\x00" + "2;csvshifted\n".encode("utf-16-le"), "UTF-16 in which one byte too many stands: the rest is shifted", find=["csvwide"], note={"table.csv": ["invalid_bytes", "cut_off", "mixed_encodings"]}, outcome_alt="open")
csv("bom_twice", "open", lambda: b"\xef\xbb\xbf\xef\xbb\xbfname,town\nada,csvbom\n", "two byte order marks", find=["csvbom"], outcome_alt=W)
csv("cr_only_mixed", "open", lambda: "a,b\r1,\"csvcr\rin\"\r2,csvlast\r\n\n\r", "line ends of three kinds, one of them in a cell", find=["csvcr", "csvlast"], outcome_alt=W)


def json(name, outcome, text, why, **more):
    file("json_" + name, outcome, "data.json", text, why, **more)


json("depth_million", W, lambda: "{\"t\":\"jsondeep\",\"a\":" + "[{\"a\":" * 500000 + "\"jsoncore\"" + "}]" * 500000 + "}", "a million levels, lists and objects in turn", find=["jsondeep", "jsoncore"], note={"data.json": "too_deep"}, sec=10)
json("keys_100k", "open", lambda: "{" + ",".join("\"k%x\":%d" % (n * 2654435761 & 0xFFFFFFFF, n) for n in range(100000)) + ",\"t\":\"jsonkeys\"}", "100,000 keys in one object", find=["jsonkeys"], outcome_alt=W, sec=20, rss=700)
json("number_20mb", W, lambda: "{\"a\":\"jsonnumber\",\"n\":" + "9" * (20 * MiB) + ",\"z\":\"jsonafter\"}", "a number of 20 MB", find=["jsonnumber", "jsonafter"], outcome_alt="open", sec=15, rss=500)
json("string_escapes", "open", lambda: "{\"a\":\"" + "\\u0041" * 300000 + " jsonesc\"}", "300,000 letters, each escaped", find=["jsonesc"], outcome_alt=W)
json("surrogates", W, lambda: "{\"a\":\"" + "\\ud800" * 20000 + " jsonhalf\",\"b\":\"\\udc00\\ud83d\\ude00 jsonwhole\",\"\\ud800\":1}", "halves of characters by the thousand", find=["jsonhalf", "jsonwhole"], outcome_alt="open")
json("keys_same", W, lambda: "{" + ",".join("\"same\":\"jsonsame%d\"" % n for n in range(20000)) + "}", "one key, 20,000 times: every value stays", find=["jsonsame0", "jsonsame19999"], note={"data.json": "duplicate_key"}, sec=10)
json("wide_rows", "open", lambda: "[" + ",".join("{\"id%d\":\"jsonwide%d\"}" % (n, n) for n in range(30000)) + "]", "30,000 records, each with a key of its own", find=["jsonwide29999"], outcome_alt=W, sec=20, rss=600)
json("documents_many", "open", lambda: "".join("{\"a\":\"jsonmany%d\"}" % n for n in range(20000)), "20,000 documents without anything between them", find=["jsonmany19999"], outcome_alt=W, sec=10)
json("cut_in_escape", W, "[{\"a\":\"jsonwhole\"},{\"a\":\"jsoncut \\u00", "cut in the middle of a letter", find=["jsonwhole", "jsoncut"], note={"data.json": CUT})
json("comments_deep", W, lambda: "/*" * 50000 + "*/ {\"a\":\"jsoncomment\"} // " + "x" * 100000, "comments in comments", find=["jsoncomment"], outcome_alt="open")
json("latin1", W, lambda: "{\"name\":\"Zo\u00eb\",\"t\":\"jsonlatin\"}".encode("latin-1"), "JSON in Latin-1, which is not allowed", find=["jsonlatin", "Zo\u00eb"], outcome_alt="open")
file("ndjson_mixed", W, "data.ndjson", lambda: "{\"a\":\"nlone\"}\n[1,2\n\"just text\"\n{\"a\":{\"b\":\n{\"a\":\"nltwo\"}\n\x00\x00\n{\"a\":\"nlthree\"}\n", "lines that are broken in three ways: those between them are read", find=["nlone", "nltwo", "nlthree"], note={"data.ndjson": ["broken_line", "invalid_bytes", "loose_json", "cut_off"]})


def yaml(name, outcome, text, why, **more):
    file("yaml_" + name, outcome, "data.yaml", text, why, **more)


yaml("aliases", W, lambda: "a0: &a0 [yamlha, yamlha]\n" + "".join("a%d: &a%d [%s]\n" % (n, n, ", ".join(["*a%d" % (n - 1)] * 10)) for n in range(1, 12)) + "end: yamlend\n", "ten to the eleventh ha: aliases are not followed", find=["yamlha", "yamlend"], outcome_alt="open", rss=200)
yaml("alias_of_itself", "open", "a: &a\n  b: *a\n  c: yamlself\n<<: *a\n", "something that holds itself", find=["yamlself"], outcome_alt=W)
yaml("flow_deep", W, lambda: "a: " + "[" * 100000 + "yamlflow" + "]" * 100000 + "\nb: yamlnext\n", "a list in a list, 100,000 times in one line", find=["yamlflow", "yamlnext"], outcome_alt="open")
yaml("indent_deep", W, lambda: "".join(" " * n + "k%d:\n" % n for n in range(1500)) + " " * 1500 + "v: yamlindent\n", "1,500 levels, each one space further in", find=["yamlindent"], outcome_alt="open")
yaml("dashes_deep", W, lambda: "- " * 50000 + "yamldash\n- yamlafter\n", "50,000 lists in one line", find=["yamldash", "yamlafter"], outcome_alt="open")
yaml("tags", "open", "a: !!python/object/apply:os.system [\"touch /tmp/portolan_pwned_y\"]\nb: !<tag:x> yamltag\n", "a tag that runs a program elsewhere", find=["yamltag"], must_not_create=["/tmp/portolan_pwned_y"], outcome_alt=W)
yaml("block_endless", "open", lambda: "a: |\n" + "  yamlblock line\n" * 60000 + "b: yamlbehind\n", "a text of 60,000 lines", find=["yamlblock", "yamlbehind"], outcome_alt=W)


def html(name, outcome, text, why, **more):
    file("html_" + name, outcome, "page.html", text, why, **more)


html("tags_500k", "open", lambda: "<!doctype html><p>htmlbefore" + " " + "<b><i>" * 250000 + " htmlafter", "half a million tags that never close", find=["htmlbefore", "htmlafter"], outcome_alt=W, sec=10)
html("attributes_200k", "open", lambda: "<!doctype html><p " + " ".join("a%d='%d'" % (n, n) for n in range(200000)) + ">htmlattr</p>", "200,000 attributes of one tag", find=["htmlattr"], outcome_alt=W, sec=10)
html("attribute_5mb", "open", lambda: "<!doctype html><p title='" + "x" * (5 * MiB) + "'>htmllong</p>", "an attribute of 5 MB", find=["htmllong"], outcome_alt=W, sec=10)
html("entities", "open", lambda: "<!doctype html><p>htmlent " + "&#x110000;&#55296;&#0;&notanentity;&amp" * 20000 + " htmlend</p>", "characters that do not exist", find=["htmlent", "htmlend"], outcome_alt=W)
html("comment_open", W, "<!doctype html><p>htmlseen</p><!-- <p>htmlhidden</p>", "a comment that never closes", find=["htmlseen"], outcome_alt="open")
html("script_open", "open", "<!doctype html><p>htmlscript</p><script>var a = '<p>x</p>'; <!-- <script> ", "a script that never closes", find=["htmlscript"], outcome_alt=W)
html("tables_nested", "open", lambda: "<!doctype html><p>htmltop</p>" + "<table><tr><td>" * 20000 + "htmlcell" + "</td></tr></table>" * 20000, "a table in a cell, 20,000 times", find=["htmltop", "htmlcell"], outcome_alt=W, sec=10)
html("spans", "open", lambda: "<!doctype html><table><tr><th colspan=2147483647 rowspan=4294967295>htmlspan<tr><td>htmlunder</table>", "a cell over 2^31 columns", find=["htmlspan", "htmlunder"], outcome_alt=W, rss=200)
html("lists_of_lists", "open", lambda: "<!doctype html>" + "<ul><li class=x>" * 30000 + "htmlitem", "a list in a list, 30,000 times", find=["htmlitem"], outcome_alt=W, sec=10)


def xml(name, outcome, text, why, **more):
    file("xml_" + name, outcome, "data.xml", text, why, **more)


xml("names_200k", "open", lambda: "<r>" + "".join("<n%d>xmlname%d</n%d>" % (n, n, n) for n in range(50000)) + "</r>", "50,000 elements, each of its own name", find=["xmlname49999"], outcome_alt=W, sec=15)
xml("entity_in_attribute", W, lambda: "<!DOCTYPE r [" + "<!ENTITY a 'xx'>" + "".join("<!ENTITY a%d '%s'>" % (n, "&a%s;" % (n - 1 or "") * 30) for n in range(1, 9)) + "]><r><i v='xmlattr &a8;'>xmltext</i><i v='b'>xmlsecond</i></r>", "30^8 letters in an attribute", find=["xmlattr", "xmltext", "xmlsecond"], note={"data.xml": "entity_not_expanded"}, rss=200)
xml("doctype_endless", W, lambda: "<!DOCTYPE r [" + "<!ENTITY x 'y'>" * 100000 + "<r>xmldtd</r>", "a list of entities that never closes", find=["xmldtd"], outcome_alt="open")
xml("cdata_many", "open", lambda: "<r><i>" + "<![CDATA[x]]>" * 100000 + " xmlcdata</i></r>", "100,000 pieces of one text", find=["xmlcdata"], outcome_alt=W, sec=10)
xml("instructions", "open", lambda: "<?xml version='1.0'?>" + "<?x y?>" * 100000 + "<r>xmlpi</r>", "100,000 instructions to nobody", find=["xmlpi"], outcome_alt=W)

file("chat_endless", "open", "WhatsApp Chat with Ada.txt", lambda: "31/12/2023, 21:04 - Ada: chatfirst\n" + "chatline goes on\n" * 60000 + "31/12/2023, 21:05 - Bo: chatlast\n", "a message of 60,000 lines", find=["chatfirst", "chatlast"], outcome_alt=W)
file("chat_names", "open", "WhatsApp Chat with Ada.txt", lambda: "".join("31/12/2023, 21:04 - %s: chatname%d\n" % ("\u202e" + "A" * 5000 + ":", n) for n in range(50)), "names of 5,000 letters that turn around", find=["chatname0", "chatname49"], outcome_alt=W)
file("ofx_open", W, "bank.ofx", lambda: "OFXHEADER:100\n\n<OFX><BANKTRANLIST>" + "<STMTTRN><TRNAMT>-1<NAME>ofxname" * 3000, "3,000 bookings that never end", find=["ofxname"], outcome_alt="open")
file("qif_numbers", "open", "bank.qif", lambda: "!Type:Bank\n" + "D99/99/9999\nT" + "9" * 5000 + "\nPqifname\n^\n" + "D12/31'23\nT1e999\nPqiftwo\n^\n", "amounts and days that are none", find=["qifname", "qiftwo"], outcome_alt=W)
file("text_bidi", "open", "note.txt", "textbidi \u202e\u2066\u202d \x1b]0;x\x07 \x9b31m textend\n", "a text that turns around and commands a terminal", find=["textbidi", "textend"], outcome_alt=W, must_not_show=["\x1b", "\x07"])
file("text_combining", "open", "note.txt", lambda: "textcomb e" + "\u0301" * 200000 + " textafter\n", "200,000 accents on one letter", find=["textcomb", "textafter"], outcome_alt=W, sec=10)
file("text_one_word", W, "note.txt", lambda: "textstart " + "w" * (8 * MiB) + " textfinish\n", "a word of 8 MB", find=["textstart", "textfinish"], outcome_alt="open", sec=15, rss=500)
