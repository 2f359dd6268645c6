//! What banks give out.

use expect_test::expect;

use crate::check::check;

#[test]
fn qif() {
    check(
        "a.qif",
        "!Account\nNChecking\nTBank\n^\n!Type:Bank\nD12/31/2023\nT-1,234.56\nPShop Example\nMgift\nLHousehold\nSFood\n$-1,000.00\nSOther\n$-234.56\n^\nD1/ 1'24\nT5\n",
        expect![[r#"
            qif Partly, 2 records
            heading "line=1" of "" ""
              line=1,field=header = "Account"
            heading "line=2" of "" ""
              line=2,field=name = "Checking"
              line=2,field=type = "Bank"
            heading "line=5" of "" ""
              line=5,field=header = "Type:Bank"
            record "transaction=1" of "" "transaction"
              transaction=1,field=date = "12/31/2023"
              transaction=1,field=amount = "-1,234.56"
              transaction=1,field=payee = "Shop Example"
              transaction=1,field=memo = "gift"
              transaction=1,field=category = "Household"
              transaction=1,field=splits/1/category = "Food"
              transaction=1,field=splits/1/amount = "-1,000.00"
              transaction=1,field=splits/2/category = "Other"
              transaction=1,field=splits/2/amount = "-234.56"
            record "transaction=2" of "" "transaction"
              transaction=2,field=date = "1/ 1'24"
              transaction=2,field=amount = "5"
            odd end_missing at transaction=2: the transaction that starts in line 16 has no end
        "#]],
    );
}

#[test]
fn old_ofx() {
    check(
        "a.ofx",
        "OFXHEADER:100\r\nDATA:OFXSGML\r\n\r\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</STATUS></SONRS></SIGNONMSGSRSV1>\r\n<STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>123</BANKACCTFROM><BANKTRANLIST>\r\n<STMTTRN>\r\n<TRNTYPE>DEBIT\r\n<DTPOSTED>20231231120000\r\n<TRNAMT>-12.34\r\n<MEMO>\r\n<NAME>A &amp; B\r\n</STMTTRN>\r\n<STMTTRN><TRNAMT>5.00<NAME>no end\r\n</BANKTRANLIST></STMTRS></OFX>\r\n",
        expect![[r#"
            ofx Partly, 2 records
            heading "line=1" of "EUR" ""
              line=1,field=OFXHEADER = "100"
              line=1,field=DATA = "OFXSGML"
              line=1,field=SIGNONMSGSRSV1/SONRS/STATUS/CODE = "0"
              line=1,field=CURDEF = "EUR"
              line=1,field=BANKACCTFROM/ACCTID = "123"
            record "transaction=1" of "EUR" "transaction"
              transaction=1,field=TRNTYPE = "DEBIT"
              transaction=1,field=DTPOSTED = "20231231120000"
              transaction=1,field=TRNAMT = "-12.34"
              transaction=1,field=NAME = "A & B"
              transaction=1,field=CURDEF = "EUR"
            record "transaction=2" of "EUR" "transaction"
              transaction=2,field=TRNAMT = "5.00"
              transaction=2,field=NAME = "no end"
              transaction=2,field=CURDEF = "EUR"
            odd end_missing at transaction=2: the transaction that starts in line 13 has no end
        "#]],
    );
}

#[test]
fn new_ofx() {
    check(
        "a.ofx",
        "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"?><OFX><STMTRS><CURDEF>USD</CURDEF><BANKTRANLIST><STMTTRN><TRNAMT>1.00</TRNAMT><PAYEE><NAME>Ada</NAME></PAYEE><MEMO/></STMTTRN><STMTTRN><TRNAMT>2.00</TRNAMT></STMTTRN></BANKTRANLIST></STMTRS></OFX>",
        expect![[r#"
            ofx Read, 2 records
            heading "line=1" of "USD" ""
              line=1,field=declaration = "?xml version=\"1.0\"?"
              line=1,field=declaration~2 = "?OFX OFXHEADER=\"200\"?"
              line=1,field=CURDEF = "USD"
            record "transaction=1" of "USD" "transaction"
              transaction=1,field=TRNAMT = "1.00"
              transaction=1,field=PAYEE/NAME = "Ada"
              transaction=1,field=CURDEF = "USD"
            record "transaction=2" of "USD" "transaction"
              transaction=2,field=TRNAMT = "2.00"
              transaction=2,field=CURDEF = "USD"
        "#]],
    );
}

#[test]
fn mt940() {
    check(
        "a.sta",
        ":20:STARTUMS\r\n:25:10020030/1234567\r\n:28C:1/1\r\n:60F:C240101EUR1000,00\r\n:61:2401020102D12,34NTRFREF1//BANK1\r\nmore words\r\n:86:166?00SEPA?20Invoice 1?21 of May?32Ada Example\r\n:61:240103C5,NMSC\r\n:86:plain words\r\nin two lines\r\n:62F:C240103EUR992,66\r\n-\r\n",
        expect![[r#"
            mt940 Read, 2 records
            heading "line=1" of "EUR" ""
              line=1,field=reference = "STARTUMS"
              line=1,field=account = "10020030/1234567"
              line=1,field=statement number = "1/1"
              line=1,field=opening balance = "C240101EUR1000,00"
            record "transaction=1" of "EUR" "transaction"
              transaction=1,field=date = "240102"
              transaction=1,field=entry date = "0102"
              transaction=1,field=debit or credit = "D"
              transaction=1,field=amount = "12,34"
              transaction=1,field=transaction type = "NTRF"
              transaction=1,field=reference = "REF1"
              transaction=1,field=bank reference = "BANK1"
              transaction=1,field=more = "more words"
              transaction=1,field=booking code = "166"
              transaction=1,field=booking text = "SEPA"
              transaction=1,field=memo = "Invoice 1"
              transaction=1,field=memo~2 = "of May"
              transaction=1,field=counterparty name = "Ada Example"
              transaction=1,field=currency = "EUR"
            record "transaction=2" of "EUR" "transaction"
              transaction=2,field=date = "240103"
              transaction=2,field=debit or credit = "C"
              transaction=2,field=amount = "5,"
              transaction=2,field=transaction type = "NMSC"
              transaction=2,field=details = "plain words\r\nin two lines"
              transaction=2,field=currency = "EUR"
            heading "line=11" of "EUR" ""
              line=11,field=closing balance = "C240103EUR992,66"
        "#]],
    );
}
