//! How the large providers and servers speak, each as a dialogue: `S` the server says, `C` the
//! program is heard to say (a part of its line), `M` the server gives the headers of one message
//! (UID and subject). Capabilities and the look of LIST follow what these servers are known to
//! send; the mail is made up.

use acceptance::collector::Collector;
use acceptance::scripted_imap::{ScriptedImap, Step};
use exposure::{Role, Security};

/// The steps of a dialogue.
fn steps(dialogue: &'static str) -> Vec<Step> {
    let mut steps = Vec::new();
    for line in dialogue.lines().filter(|line| !line.is_empty()) {
        let (who, text) = line.split_once(' ').unwrap();
        steps.push(match who {
            "S" => Step::Say(format!("{}\r\n", text.replace("\\r\\n", "\r\n"))),
            "C" => Step::Hear(text),
            "M" => {
                let (uid, subject) = text.split_once(' ').unwrap();
                let header = format!("Message-ID: <{subject}@example.net>\r\nSubject: {subject}\r\n\r\n");
                Step::Say(format!(
                    "* 1 FETCH (UID {uid} INTERNALDATE \" 1-Jan-2026 00:00:00 +0900\" RFC822.SIZE 900 FLAGS (\\Seen) \
                     BODY[HEADER.FIELDS (SUBJECT)] {{{}}}\r\n{header})\r\n",
                    header.len()
                ))
            }
            other => panic!("{other:?} says nothing in a dialogue"),
        });
    }
    steps
}

/// Plays a dialogue; returns the mailboxes with their roles and the subjects in them.
async fn play(dialogue: &'static str) -> Vec<(String, Role, Vec<String>)> {
    let server = ScriptedImap::start(Security::None, None, steps(dialogue)).await;
    let mut ledger = Collector::default();
    let outcome = ledger
        .read(&server.login("127.0.0.1", Security::None, None))
        .await;
    assert!(outcome.is_ok(), "{outcome:?} after {:#?}", server.heard());
    let mailboxes = ledger.mailboxes.iter();
    let found = mailboxes.map(|(name, kept)| {
        (
            name.clone(),
            kept.role.unwrap(),
            ledger.field(name, "Subject"),
        )
    });
    found.collect()
}

fn found(name: &str, role: Role, subjects: &[&str]) -> (String, Role, Vec<String>) {
    let subjects = subjects.iter().map(|subject| (*subject).to_owned());
    (name.to_owned(), role, subjects.collect())
}

#[tokio::test]
async fn gmail_shows_labels_as_mailboxes_and_all_mail_once_more() {
    let heard = play(
        r#"
S * OK Gimap ready for requests from 192.0.2.1 x9mb
C CAPABILITY
S * CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER
S {tag} OK Thats all she wrote! x9mb
C AUTHENTICATE PLAIN
S +
C AGFkYUBleGFtcGxlLm9yZwBtYWRlLXVwLXNlY3JldA==
S * CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584
S {tag} OK ada@example.org authenticated (Success)
C ID ("name" "Atesaki")
S * ID ("name" "GImap" "vendor" "Google, Inc.")
S {tag} OK Success
C NAMESPACE
S * NAMESPACE (("" "/")) NIL NIL
S {tag} OK Success
C LIST "" "*" RETURN (SPECIAL-USE STATUS
S * LIST (\HasNoChildren) "/" "INBOX"
S * STATUS "INBOX" (MESSAGES 1 UIDNEXT 4 UIDVALIDITY 1 HIGHESTMODSEQ 90)
S * LIST (\HasChildren \Noselect) "/" "[Gmail]"
S * LIST (\All \HasNoChildren) "/" "[Gmail]/&MFkweTBmMG4w4TD8MOs-"
S * STATUS "[Gmail]/&MFkweTBmMG4w4TD8MOs-" (MESSAGES 1 UIDNEXT 9 UIDVALIDITY 11 HIGHESTMODSEQ 90)
S * LIST (\HasNoChildren \Junk) "/" "[Gmail]/&j,dg0TDhMPww6w-"
S * STATUS "[Gmail]/&j,dg0TDhMPww6w-" (MESSAGES 1 UIDNEXT 3 UIDVALIDITY 12 HIGHESTMODSEQ 90)
S * LIST (\HasNoChildren) "/" "Shops"
S * STATUS "Shops" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 13 HIGHESTMODSEQ 90)
S * LIST (\Important \HasNoChildren) "/" "[Gmail]/&kc2JgQ-"
S {tag} OK Success
C EXAMINE "[Gmail]/&j,dg0TDhMPww6w-" (CONDSTORE)
S * 1 EXISTS
S * OK [UIDVALIDITY 12] UIDs valid.
S * OK [UIDNEXT 3] Predicted next UID.
S * OK [HIGHESTMODSEQ 90]
S {tag} OK [READ-ONLY] selected. (Success)
C UID SEARCH 1:1
S * SEARCH 2
S {tag} OK SEARCH completed (Success)
C UID FETCH 2:2
M 2 junk
S {tag} OK Success
C EXAMINE "INBOX" (CONDSTORE)
S * 1 EXISTS
S * OK [UIDVALIDITY 1] UIDs valid.
S * OK [UIDNEXT 4] Predicted next UID.
S * OK [HIGHESTMODSEQ 90]
S {tag} OK [READ-ONLY] INBOX selected. (Success)
C UID SEARCH 1:1
S * SEARCH 3
S {tag} OK SEARCH completed (Success)
C UID FETCH 3:3
M 3 wanted
S {tag} OK Success
C EXAMINE "[Gmail]/&MFkweTBmMG4w4TD8MOs-" (CONDSTORE)
S * 1 EXISTS
S * OK [UIDVALIDITY 11] UIDs valid.
S * OK [UIDNEXT 9] Predicted next UID.
S * OK [HIGHESTMODSEQ 90]
S {tag} OK [READ-ONLY] selected. (Success)
C UID SEARCH 1:1
S * SEARCH 8
S {tag} OK SEARCH completed (Success)
C UID FETCH 8:8
M 8 wanted
S {tag} OK Success
C LOGOUT
"#,
    )
    .await;
    assert_eq!(
        heard,
        [
            found("INBOX", Role::Inbox, &["wanted"]),
            found("[Gmail]/すべてのメール", Role::All, &["wanted"]),
            found("[Gmail]/迷惑メール", Role::Junk, &["junk"]),
        ],
        "labels bring nothing that All Mail does not hold"
    );
}

#[tokio::test]
async fn exchange_online_names_its_folders_and_nothing_else() {
    let heard = play(
        r#"
S * OK The Microsoft Exchange IMAP4 service is ready.
C CAPABILITY
S * CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+
S {tag} OK CAPABILITY completed.
C AUTHENTICATE PLAIN
S + 
C AGFkYUBleGFtcGxlLm9yZwBtYWRlLXVwLXNlY3JldA==
S {tag} OK AUTHENTICATE completed.
C CAPABILITY
S * CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+
S {tag} OK CAPABILITY completed.
C ID ("name" "Atesaki")
S * ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")
S {tag} OK ID completed
C NAMESPACE
S * NAMESPACE (("" "/")) NIL NIL
S {tag} OK NAMESPACE completed.
C LIST "" "*"
S * LIST (\HasNoChildren) "/" Archive
S * LIST (\HasNoChildren) "/" Calendar
S * LIST (\Marked \HasNoChildren) "/" INBOX
S * LIST (\HasNoChildren) "/" {10}\r\nJunk Email
S {tag} OK LIST completed.
C EXAMINE "Junk Email"
S * 1 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\Seen \Answered \Flagged \Deleted \Draft $MDNSent)
S * OK [PERMANENTFLAGS ()] Permanent flags
S * OK [UIDVALIDITY 31] UIDVALIDITY value
S * OK [UIDNEXT 8] The next unique identifier value
S {tag} OK [READ-ONLY] EXAMINE completed.
C UID SEARCH 1:1
S * SEARCH 7
S {tag} OK SEARCH completed.
C UID FETCH 7:7
M 7 junk
S {tag} OK FETCH completed.
C EXAMINE "INBOX"
S * 0 EXISTS
S * OK [UIDVALIDITY 14] UIDVALIDITY value
S * OK [UIDNEXT 1] The next unique identifier value
S {tag} OK [READ-ONLY] EXAMINE completed.
C EXAMINE "Calendar"
S {tag} NO EXAMINE failed.
C EXAMINE "Archive"
S * 0 EXISTS
S * OK [UIDVALIDITY 15] UIDVALIDITY value
S * OK [UIDNEXT 1] The next unique identifier value
S {tag} OK [READ-ONLY] EXAMINE completed.
C LOGOUT
"#,
    )
    .await;
    assert_eq!(
        heard,
        [
            found("Archive", Role::Archive, &[]),
            found("Calendar", Role::Other, &[]),
            found("INBOX", Role::Inbox, &[]),
            found("Junk Email", Role::Junk, &["junk"]),
        ]
    );
}

#[tokio::test]
async fn yahoo_calls_junk_bulk() {
    let heard = play(
        r#"
S * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER ID MOVE NAMESPACE XYMHIGHESTMODSEQ UIDPLUS LITERAL+ CHILDREN X-MSG-EXT UNSELECT OBJECTID] IMAP4rev1 Hello
C AUTHENTICATE PLAIN
S +
C AGFkYUBleGFtcGxlLm9yZwBtYWRlLXVwLXNlY3JldA==
S {tag} OK AUTHENTICATE completed
C CAPABILITY
S * CAPABILITY IMAP4rev1 ID MOVE NAMESPACE XYMHIGHESTMODSEQ UIDPLUS LITERAL+ CHILDREN X-MSG-EXT UNSELECT OBJECTID
S {tag} OK CAPABILITY completed
C ID ("name" "Atesaki")
S * ID ("vendor" "Yahoo! Inc.")
S {tag} OK ID completed
C NAMESPACE
S * NAMESPACE (("" "/")) NIL NIL
S {tag} OK NAMESPACE completed
C LIST "" "*"
S * LIST (\Junk \HasNoChildren) "/" "Bulk"
S * LIST (\HasNoChildren) "/" "Inbox"
S {tag} OK LIST completed
C EXAMINE "Bulk"
S * 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 6] x
S {tag} OK [READ-ONLY] EXAMINE completed; now in selected state
C UID SEARCH 1:1
S * SEARCH 5
S {tag} OK UID SEARCH completed
C UID FETCH 5:5
M 5 junk
S {tag} OK UID FETCH completed
C EXAMINE "INBOX"
S * 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 1] x
S {tag} OK [READ-ONLY] EXAMINE completed; now in selected state
C LOGOUT
"#,
    )
    .await;
    assert_eq!(
        heard,
        [
            found("Bulk", Role::Junk, &["junk"]),
            found("INBOX", Role::Inbox, &[])
        ]
    );
}

#[tokio::test]
async fn courier_hides_everything_below_the_inbox_and_shares_folders() {
    let heard = play(
        r##"
S * OK [CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT SORT QUOTA IDLE ACL ACL2=UNION] Courier-IMAP ready.
C LOGIN "ada@example.org"
S {tag} OK LOGIN Ok.
C CAPABILITY
S * CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT SORT QUOTA IDLE ACL ACL2=UNION
S {tag} OK CAPABILITY completed
C NAMESPACE
S * NAMESPACE (("INBOX." ".")) NIL (("#shared." ".")("shared." "."))
S {tag} OK NAMESPACE completed.
C LIST "" "*"
S * LIST (\Unmarked \HasChildren) "." "INBOX"
S * LIST (\HasNoChildren) "." "INBOX.Spam"
S * LIST (\HasNoChildren) "." "INBOX.Junk mail rules"
S * LIST (\HasNoChildren) "." "shared.sales.Spam"
S {tag} OK LIST completed
C EXAMINE "INBOX.Spam"
S * 1 EXISTS\r\n* OK [UIDVALIDITY 9] Ok
S {tag} OK [READ-ONLY] Ok
C UID SEARCH 1:1
S * SEARCH 12
S {tag} OK SEARCH done.
C UID FETCH 12:12
M 12 junk
S {tag} OK FETCH completed.
C EXAMINE "INBOX"
S * 0 EXISTS\r\n* OK [UIDVALIDITY 9] Ok
S {tag} OK [READ-ONLY] Ok
C EXAMINE "INBOX.Junk mail rules"
S * 0 EXISTS\r\n* OK [UIDVALIDITY 9] Ok
S {tag} OK [READ-ONLY] Ok
C LOGOUT
"##,
    )
    .await;
    assert_eq!(
        heard,
        [
            found("INBOX", Role::Inbox, &[]),
            found("INBOX.Junk mail rules", Role::Other, &[]),
            found("INBOX.Spam", Role::Junk, &["junk"]),
        ]
    );
}

#[tokio::test]
async fn cyrus_shows_other_peoples_mailboxes_beside_the_users_own() {
    let heard = play(
        r#"
S * OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE AUTH=SCRAM-SHA-1 SASL-IR] mail.example.org Cyrus IMAP ready
C LOGIN "ada@example.org"
S {tag} OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE ACL RIGHTS=kxten QUOTA MAILBOX-REFERRALS NAMESPACE UIDPLUS NO_ATOMIC_RENAME UNSELECT CHILDREN MULTIAPPEND BINARY CATENATE CONDSTORE ESEARCH SORT LIST-EXTENDED WITHIN QRESYNC SCAN XLIST XMOVE MOVE SPECIAL-USE CREATE-SPECIAL-USE COMPRESS=DEFLATE X-QUOTA=STORAGE IDLE] User logged in
C ID ("name" "Atesaki")
S * ID ("name" "Cyrus IMAPD")
S {tag} OK Completed
C NAMESPACE
S * NAMESPACE (("INBOX." ".")) (("user." ".")) (("" "."))
S {tag} OK Completed
C LIST "" "*" RETURN (SPECIAL-USE)
S * LIST (\HasChildren) "." INBOX
S * LIST (\HasNoChildren \junk) "." INBOX.Unerwuenscht
S * LIST (\HasNoChildren) "." user.ben
S * LIST (\HasNoChildren) "." announcements
S {tag} OK Completed (0.000 secs 4 calls)
C EXAMINE "INBOX.Unerwuenscht" (CONDSTORE)
S * 1 EXISTS\r\n* OK [UIDVALIDITY 5] Ok\r\n* OK [UIDNEXT 4] Ok\r\n* OK [HIGHESTMODSEQ 20] Ok
S {tag} OK [READ-ONLY] Completed
C UID SEARCH 1:1
S * SEARCH 3
S {tag} OK Completed (1 msgs in 0.000 secs)
C UID FETCH 3:3
M 3 junk
S {tag} OK Completed (0.000 sec)
C EXAMINE "INBOX" (CONDSTORE)
S * 0 EXISTS\r\n* OK [UIDVALIDITY 6] Ok\r\n* OK [UIDNEXT 1] Ok\r\n* OK [HIGHESTMODSEQ 2] Ok
S {tag} OK [READ-ONLY] Completed
C LOGOUT
"#,
    )
    .await;
    assert_eq!(
        heard,
        [
            found("INBOX", Role::Inbox, &[]),
            found("INBOX.Unerwuenscht", Role::Junk, &["junk"]),
        ]
    );
}

#[tokio::test]
async fn a_server_that_writes_names_as_they_are_is_understood() {
    let heard = play(
        r#"
S * OK ready
C CAPABILITY
S * CAPABILITY IMAP4rev1 UTF8=ACCEPT
S {tag} OK
C LOGIN
S {tag} OK
C CAPABILITY
S * CAPABILITY IMAP4rev1 UTF8=ACCEPT
S {tag} OK
C LIST "" "*"
S * LIST () NIL INBOX
S * LIST () "/" "迷惑メール"
S * LIST () "/" "Quotes \" and \\ here"
S {tag} OK
C EXAMINE "迷惑メール"
S * 1 EXISTS\r\n* OK [UIDVALIDITY 3] x\r\n* OK [UIDNEXT 2] x
S {tag} OK
C UID SEARCH 1:1
S * SEARCH 1
S {tag} OK
C UID FETCH 1:1
M 1 junk
S {tag} OK
C EXAMINE "INBOX"
S * 0 EXISTS\r\n* OK [UIDVALIDITY 3] x\r\n* OK [UIDNEXT 2] x
S {tag} OK
C EXAMINE "Quotes \" and \\ here"
S * 0 EXISTS\r\n* OK [UIDVALIDITY 3] x\r\n* OK [UIDNEXT 2] x
S {tag} OK
C LOGOUT
"#,
    )
    .await;
    assert_eq!(
        heard,
        [
            found("INBOX", Role::Inbox, &[]),
            found("Quotes \" and \\ here", Role::Other, &[]),
            found("迷惑メール", Role::Junk, &["junk"]),
        ]
    );
}
