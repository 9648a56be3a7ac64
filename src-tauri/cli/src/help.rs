//! Help in either language: the texts stand in the catalogue under `help.<command>` and
//! `help.<command>.<argument>`.

use crate::args::Cli;
use clap::{CommandFactory, FromArgMatches};
use monitor::{Lang, Words};

/// Reads the command line. Help and wrong usage end the program, the latter with status 2.
pub fn parse() -> Cli {
    let lang = language_asked(std::env::args())
        .unwrap_or_else(|| Lang::of_system(|name| std::env::var(name).ok()));
    let matches = command(lang).get_matches();
    match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    }
}

/// The command line with its help in one language.
pub fn command(lang: Lang) -> clap::Command {
    let words = Words::of(lang);
    told(Cli::command(), words, &[]).about(words.say("help"))
}

/// The language named on the command line, before anything else is read: help needs it.
fn language_asked(arguments: impl Iterator<Item = String>) -> Option<Lang> {
    let mut arguments = arguments.take_while(|argument| argument != "--");
    while let Some(argument) = arguments.next() {
        if argument == "--lang" {
            return Lang::parse(&arguments.next()?);
        }
        if let Some(value) = argument.strip_prefix("--lang=") {
            return Lang::parse(value);
        }
    }
    None
}

/// The command with the texts of its arguments, and its commands likewise.
fn told(command: clap::Command, words: &Words, path: &[&str]) -> clap::Command {
    let text = |name: &str| {
        let place = [path, &[name]].concat().join(".");
        words.say(&format!("help.{place}"))
    };
    let names: Vec<String> = command
        .get_arguments()
        .map(|arg| arg.get_id().to_string())
        .collect();
    let commands: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let mut command = command;
    for name in names {
        let help = text(&name);
        command = command.mut_arg(name, |arg| arg.help(help));
    }
    for name in commands {
        let about = text(&name);
        command = command.mut_subcommand(&name, |sub| {
            told(sub, words, &[path, &[&name]].concat()).about(about)
        });
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(command: &clap::Command, key: &str, found: &mut BTreeSet<String>) {
        found.insert(key.to_owned());
        for arg in command.get_arguments() {
            found.insert(format!("{key}.{}", arg.get_id()));
        }
        for sub in command.get_subcommands() {
            keys(sub, &format!("{key}.{}", sub.get_name()), found);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_help_in_both_languages_and_no_help_is_left_over() {
        let mut wanted = BTreeSet::new();
        keys(&Cli::command(), "help", &mut wanted);
        for lang in [Lang::En, Lang::Ja] {
            let there = Words::of(lang)
                .texts()
                .keys()
                .filter(|key| *key == "help" || key.starts_with("help."));
            assert_eq!(
                there.cloned().collect::<BTreeSet<_>>(),
                wanted,
                "help in {lang:?}"
            );
        }
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for lang in [Lang::En, Lang::Ja] {
            command(lang).debug_assert();
        }
    }

    #[test]
    fn finds_the_language_before_the_command_line_is_read() {
        let check = |arguments: &[&str], want: Option<Lang>| {
            assert_eq!(
                language_asked(arguments.iter().map(|a| (*a).to_owned())),
                want,
                "{arguments:?}"
            );
        };
        check(&["atesaki", "--lang", "ja", "flags"], Some(Lang::Ja));
        check(&["atesaki", "flags", "--lang=ja"], Some(Lang::Ja));
        check(&["atesaki", "flags"], None);
        check(&["atesaki", "explain", "--", "--lang=ja"], None);
    }

    #[test]
    fn reads_the_commands_of_the_contract() {
        let check = |line: &str, taken: bool| {
            let parsed = command(Lang::En).try_get_matches_from(line.split(' '));
            assert_eq!(parsed.is_ok(), taken, "{line}: {parsed:?}");
        };
        check(
            "atesaki account add me@example.org --server imap.example.org:993 --security starttls --own-domain example.org",
            true,
        );
        check(
            "atesaki account add me@example.org --password-stdin --password-command x",
            false,
        );
        check(
            "atesaki account add me@example.org --server h --security plain",
            false,
        );
        check(
            "atesaki account password me@example.org --password-stdin",
            true,
        );
        check("atesaki account list --json", true);
        check(
            "atesaki --data /nowhere --lang ja account remove me@example.org --with-mail",
            true,
        );
        check(
            "atesaki archive add mail.mbox --own-address a@example.org --own-address b@example.org",
            true,
        );
        check("atesaki archive find --json", true);
        check("atesaki scan", true);
        check("atesaki scan a@example.org b@example.org --quiet", true);
        check(
            "atesaki give a@example.org Shop --domain shop.example --on 2026-06-20 --also name,phone,postal",
            true,
        );
        check("atesaki give a@example.org Shop --also shoes", false);
        check("atesaki import passwords.csv --dry-run", true);
        check(
            "atesaki import x.csv --format chrome --column Konto=address --column A=note --delete",
            true,
        );
        check("atesaki import --undo", true);
        check("atesaki import --undo 3", true);
        check("atesaki import --list --json", true);
        check("atesaki import", false);
        check("atesaki import x.csv --delete --dry-run", false);
        check("atesaki export --to ledger.json --force", true);
        check("atesaki export --to ledger --format csv", true);
        check("atesaki export --to ledger --format xml", false);
        check("atesaki export", false);
        check("atesaki backup --to ledger.age --passphrase-stdin", true);
        check("atesaki backup", false);
        check("atesaki restore ledger.age", true);
        check("atesaki restore", false);
        check("atesaki lookout", true);
        check("atesaki lookout office@example.org", true);
        check("atesaki misfiled --json", true);
        check("atesaki address a@example.org --purpose work", true);
        check("atesaki address a@example.org --purpose none", true);
        check("atesaki address a@example.org", false);
        check("atesaki address a@example.org --purpose play", false);
        check("atesaki proposals --json", true);
        check(
            "atesaki proposals --accept shop.example --dismiss spam.example",
            true,
        );
        check("atesaki breaches on", true);
        check("atesaki breaches refresh --json", true);
        check("atesaki breaches list", true);
        check("atesaki breaches use https://example.org/list.json", true);
        check("atesaki breaches use --none", true);
        check("atesaki breaches use", false);
        check("atesaki breaches use list.csv --none", false);
        check("atesaki explain a@example.org --json", true);
        check("atesaki demo --seed 7 --to there", true);
        check("atesaki doctor --rebuild", true);
        check("atesaki completions bash", true);
        check("atesaki", false);
        check("atesaki flags --lang fr", false);
    }
}
