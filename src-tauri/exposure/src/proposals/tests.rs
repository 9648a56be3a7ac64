use super::*;
use jiff::civil::date;

fn letter<'a>(org: i64, domain: &'a str, local: &'a str, subject: &'a str) -> Letter<'a> {
    Letter {
        address: 1,
        org,
        domain,
        day: date(2026, 6, 1),
        verified: true,
        junk: false,
        list: "",
        subscribed: false,
        local,
        name: "",
        subject,
    }
}

#[test]
fn tells_services_from_everybody_else() {
    let shop = letter(1, "kumo.example", "orders", "Welcome to Kumo");
    let check = |letters: &[Letter<'_>], want: Sort, why: &str| {
        let mut writers = Writers::default();
        for letter in letters {
            writers.add(letter);
        }
        assert_eq!(writers.sorted().get(&1), Some(&want), "{why}");
    };
    check(&[shop], Sort::Service, "one welcome is enough");
    check(
        &[letter(1, "kumo.example", "billing", "Invoice 17")],
        Sort::TooLittle,
        "one bill may be a trick",
    );
    check(
        &[Letter {
            verified: false,
            ..shop
        }],
        Sort::Unverified,
        "anybody can write this",
    );
    check(&[Letter { junk: true, ..shop }], Sort::Junk, "junk");
    check(
        &[letter(1, "gmail.com", "orders", "Your order 17")],
        Sort::FreeMail,
        "a person with a shop",
    );
    check(
        &[letter(1, "sendgrid.net", "orders", "Your order 17")],
        Sort::Processor,
        "its customers write in their own name",
    );
    check(
        &[letter(1, "firm.example", "hanako.mori", "Lunch?")],
        Sort::People,
        "by hand",
    );
    check(
        &[letter(1, "firm.example", "hanako.mori", "Re: your invoice")],
        Sort::People,
        "an answer",
    );
    let news = Letter {
        subscribed: true,
        ..letter(1, "kumo.example", "news", "Summer is here")
    };
    check(&[news], Sort::TooLittle, "one news letter may be spam");
    let later = Letter {
        day: date(2026, 6, 8),
        ..news
    };
    check(&[news, later], Sort::Service, "it writes again");
    let in_list = |org: i64, domain: &'static str| Letter {
        list: "birds.lists.example",
        ..letter(org, domain, "ada", "Nests")
    };
    check(
        &[
            in_list(1, "one.example"),
            in_list(2, "two.example"),
            in_list(3, "three.example"),
        ],
        Sort::List,
        "three domains write in it",
    );
    let via = |name: &'static str| Letter {
        name,
        list: "birds.lists.example",
        ..letter(1, "lists.example", "birds", "Nests")
    };
    check(
        &[via("Ada via Birds"), via("Ben via Birds")],
        Sort::List,
        "a list in its own name",
    );
}

#[test]
fn one_name_before_the_suffix_is_one_service() {
    let mut writers = Writers::default();
    let named = |letter: Letter<'static>, name: &'static str| Letter { name, ..letter };
    writers.add(&named(
        letter(1, "kumobooks.example", "orders", "Your new account"),
        "Kumo Books",
    ));
    writers.add(&named(
        letter(2, "kumobooks.test", "news", "Welcome to Kumo Books"),
        "Kumo Books Newsletter",
    ));
    let proposals = writers.proposals();
    let [one] = proposals.as_slice() else {
        panic!("one service: {proposals:?}");
    };
    assert_eq!(one.name, "Kumo Books");
    assert_eq!((one.messages, one.domains.len()), (2, 2));
}

#[test]
fn reads_what_the_first_mail_was_about() {
    let check = |subject: &str, want: Kind| assert_eq!(Kind::of(subject), want, "{subject}");
    check("Welcome to Kumo Books", Kind::Welcome);
    check("会員登録が完了しました", Kind::Welcome);
    check("【重要】ｐａｓｓｗｏｒｄ", Kind::Account);
    check("Bitte bestätigen Sie Ihre Adresse", Kind::Confirmation);
    check("ご注文ありがとうございます", Kind::Receipt);
    check("Meeting on Monday", Kind::Other);
}

#[test]
fn a_firm_whose_people_the_user_writes_to_is_no_service() {
    let sort = |to: &str, subject: &'static str| {
        let mut writers = Writers::default();
        let from_desk = letter(1, "press.example", "accounts", subject);
        writers.add(&from_desk);
        writers.add(&Letter {
            day: date(2026, 6, 8),
            ..from_desk
        });
        writers.written_to(&crate::AddrSpec::parse(to).unwrap());
        writers.sorted()[&1]
    };
    let check = |to, subject, want, why: &str| assert_eq!(sort(to, subject), want, "{why}");
    check("elena@press.example", "", Sort::People, "a person there");
    check("support@press.example", "", Sort::Service, "a desk");
    check("elena@other.example", "", Sort::Service, "somewhere else");
    let account = "Your new account";
    check("elena@press.example", account, Sort::Service, "an account");
}
