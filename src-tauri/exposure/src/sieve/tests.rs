use super::*;
use proptest::prelude::*;

const COMMENTS: Comments<'_> = Comments {
    title: "Made by Atesaki",
    elsewhere: "Other addresses",
    services: "Services on record",
    people: "People you write with",
    answers: "Answers to your mail",
    rest: "Everything else",
};

fn spec(text: &str) -> AddrSpec {
    AddrSpec::parse(text).unwrap()
}

fn filter() -> Filter {
    Filter {
        address: spec("me@example.org"),
        domains: vec!["shop.example.net".into(), "books.example".into()],
        people: vec![spec("bob@friend.example"), spec("ada@example.net")],
        reply_hosts: vec!["mail.example.org".into()],
        folder: "Set aside".into(),
    }
}

#[test]
fn the_script_is_an_allow_list_for_one_address() {
    let made = script(&filter(), &COMMENTS).unwrap();
    assert_eq!(
        made.text,
        r#"# Made by Atesaki
require ["fileinto", "envelope"];

# Other addresses
if not anyof (envelope :all :is "to" "me@example.org",
              address :all :is ["to", "cc", "resent-to"] "me@example.org") {
    stop;
}

# Services on record
if address :domain :is "from" [
    "books.example",
    "shop.example.net"
] {
    stop;
}
if address :domain :matches "from" [
    "*.books.example",
    "*.shop.example.net"
] {
    stop;
}

# People you write with
if address :all :is "from" [
    "ada@example.net",
    "bob@friend.example"
] {
    stop;
}

# Answers to your mail
if header :contains ["in-reply-to", "references"] [
    "@mail.example.org>"
] {
    stop;
}

# Everything else
fileinto "Set aside";
"#
    );
    let mut turned = filter();
    turned.domains.reverse();
    turned.people.reverse();
    turned.people.push(spec("ADA@example.net"));
    assert_eq!(
        script(&turned, &COMMENTS),
        Ok(made),
        "the order is always the same"
    );
}

#[test]
fn the_rules_in_words_are_those_of_the_script() {
    assert_eq!(
        rules(&filter()).unwrap(),
        [
            Rule::Elsewhere {
                address: "me@example.org".into()
            },
            Rule::Services {
                domains: vec!["books.example".into(), "shop.example.net".into()]
            },
            Rule::People {
                people: vec!["ada@example.net".into(), "bob@friend.example".into()]
            },
            Rule::Answers {
                ends: vec!["@mail.example.org>".into()]
            },
            Rule::Rest {
                folder: "Set aside".into()
            },
        ]
    );
    let nobody = Filter {
        domains: vec![],
        people: vec![],
        reply_hosts: vec![],
        ..filter()
    };
    assert_eq!(rules(&nobody).unwrap().len(), 2);
    let made = script(&nobody, &COMMENTS).unwrap();
    assert!(!made.text.contains("Services on record"), "{}", made.text);
}

#[test]
fn long_lists_are_cut_in_chunks_and_bounded() {
    let many = Filter {
        domains: (0..600).map(|n| format!("shop{n}.example")).collect(),
        people: (0..1_200)
            .map(|n| spec(&format!("person{n}@friend.example")))
            .collect(),
        ..filter()
    };
    let made = script(&many, &COMMENTS).unwrap();
    assert_eq!(
        (made.domains, made.people, made.left_out),
        (MOST_DOMAINS, MOST_PEOPLE, 300)
    );
    assert!(
        made.text.len() < 100_000,
        "{} bytes for far more than anybody has",
        made.text.len()
    );
    assert_eq!(made.text.matches("if address :all").count(), 20);
    assert!(made.text.contains("\"person999@friend.example\""));
    assert!(
        !made.text.contains("\"person1000@friend.example\""),
        "the first are kept"
    );
}

#[test]
fn a_domain_that_anybody_can_be_below_lets_nobody_pass() {
    let wide = Filter {
        domains: vec![
            "co.jp".into(),
            "com".into(),
            "*".into(),
            "two words.example".into(),
            String::new(),
        ],
        ..filter()
    };
    let made = script(&wide, &COMMENTS).unwrap();
    assert_eq!((made.domains, made.left_out), (0, 5));
    for none in ["", "  ", "\u{0}\r\n"] {
        let nowhere = Filter {
            folder: none.into(),
            ..filter()
        };
        assert_eq!(script(&nowhere, &COMMENTS), Err(NoFolder));
        assert_eq!(rules(&nowhere), Err(NoFolder));
    }
}

#[test]
fn addresses_are_written_as_interpreters_compare_them() {
    for (given, want) in [
        (r#""plain"@example.org"#, "plain@example.org"),
        (r#""a.b"@example.org"#, "a.b@example.org"),
        (r#""two(words)"@example.org"#, r#""two(words)"@example.org"#),
        (r#""a\"b\\c"@example.org"#, r#""a\"b\\c"@example.org"#),
        (r#""\a"@example.org"#, "a@example.org"),
        (r#""a\"@example.org"#, "a@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("山田@例え.example", "山田@例え.example"),
    ] {
        assert_eq!(address(&spec(given)), want, "{given}");
    }
}

/// Reads a quoted string as RFC 5228 does: its value and what follows.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.strip_prefix('"')?.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &text[at + 2..])),
            '\\' => value.push(chars.next()?.1),
            c => value.push(c),
        }
    }
    None
}

proptest! {
    #[test]
    fn any_name_is_read_back_as_it_is(name in r#"[\PC"\\*?\n\r]*"#) {
        let plain: String = name.chars().filter(|c| !c.is_control()).collect();
        let written = quoted(&name);
        prop_assert_eq!(unquoted(&written), Some((plain, "")));
    }

    #[test]
    fn no_name_and_no_comment_gets_out_of_its_place(
        folder in r#"[\PC"\\\n\r;#{}]{1,40}"#,
        words in r#"[\PC"\\\n\r;#{}\u{2028}\u{85}]{0,60}"#,
        local in r#"[a-z"\\;{}]{0,12}"#,
    ) {
        let person = AddrSpec::parse(&format!("\"{local}\"@example.org"));
        let given = Filter {
            folder: folder.clone(),
            people: person.into_iter().collect(),
            ..filter()
        };
        let comments = Comments { rest: &words, title: &words, ..COMMENTS };
        prop_assume!(!folder.chars().all(|c| c.is_control() || c.is_whitespace()));
        let made = script(&given, &comments).unwrap();
        // What is left without strings and comments is always the same.
        let mut bare = String::new();
        let mut rest = made.text.as_str();
        while let Some(c) = rest.chars().next() {
            if c == '"' {
                let (_, after) = unquoted(rest).unwrap();
                bare.push('s');
                rest = after;
            } else if c == '#' {
                rest = &rest[rest.find('\n').unwrap()..];
            } else {
                bare.extend(Some(c).filter(|c| !c.is_whitespace()));
                rest = &rest[c.len_utf8()..];
            }
        }
        let people = if given.people.is_empty() { "" } else { "ifaddress:all:iss[s]{stop;}" };
        prop_assert_eq!(bare, format!(
            "require[s,s];ifnotanyof(envelope:all:isss,address:all:is[s,s,s]s){{stop;}}\
             ifaddress:domain:iss[s,s]{{stop;}}ifaddress:domain:matchess[s,s]{{stop;}}{people}\
             ifheader:contains[s,s][s]{{stop;}}fileintos;"
        ));
    }
}
