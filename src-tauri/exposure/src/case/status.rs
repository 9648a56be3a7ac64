//! Where a case stands: the moves between its states, and the state that questions and answers
//! bear out.

use super::log::{Answer, Entry, Question, Way};
use super::waiting::silence;
use crate::IncidentStatus::{self, *};
use crate::vocab::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

coded! {
    /// Why a move is refused.
    Refusal {
        /// It stands there already.
        Already = 0 => "already",
        /// Nothing was asked that could be answered, or not.
        NothingAsked = 1 => "nothing_asked",
        /// What was asked stays asked.
        WasAsked = 2 => "was_asked",
        /// More came than a receipt.
        MoreCame = 3 => "more_came",
        /// An answer came: who waits again has asked again.
        NotWaiting = 4 => "not_waiting",
        /// It lies with an authority until an answer comes or it is closed.
        WithAuthority = 5 => "with_authority",
    }
}

/// From the row to the column, in the order of [`ORDER`]: `None` allows the move. This is the one
/// place that says so. A closed case can be opened again where it stood, so that everything but
/// `closed` is allowed from there.
#[rustfmt::skip]
const MOVES: [[Option<Refusal>; 8]; 8] = {
    use Refusal::*;
    const YES: Option<Refusal> = None;
    const SAME: Option<Refusal> = Some(Already);
    const UNASKED: Option<Refusal> = Some(NothingAsked);
    const ASKED: Option<Refusal> = Some(WasAsked);
    const MORE: Option<Refusal> = Some(MoreCame);
    const HEARD: Option<Refusal> = Some(NotWaiting);
    const THERE: Option<Refusal> = Some(WithAuthority);
    [
        // noticed, asked, acknowledged, in part, answered, silent, escalated, closed
        [SAME,  YES,   UNASKED, UNASKED, UNASKED, UNASKED, YES,  YES ], // noticed
        [ASKED, SAME,  YES,     YES,     YES,     YES,     YES,  YES ], // asked
        [ASKED, YES,   SAME,    YES,     YES,     YES,     YES,  YES ], // acknowledged
        [ASKED, YES,   MORE,    SAME,    YES,     YES,     YES,  YES ], // answered in part
        [ASKED, YES,   MORE,    YES,     SAME,    HEARD,   YES,  YES ], // answered
        [ASKED, YES,   YES,     YES,     YES,     SAME,    YES,  YES ], // silent
        [ASKED, THERE, THERE,   YES,     YES,     THERE,   SAME, YES ], // escalated
        [YES,   YES,   YES,     YES,     YES,     YES,     YES,  SAME], // closed
    ]
};

/// The rows and columns of [`MOVES`], in the order in which a case usually passes through them.
const ORDER: [IncidentStatus; 8] = [
    Noticed,
    Asked,
    Acknowledged,
    AnsweredInPart,
    Answered,
    Silent,
    Escalated,
    Closed,
];

/// Whether a case may move.
///
/// # Errors
/// Why it may not.
pub fn allowed(from: IncidentStatus, to: IncidentStatus) -> Result<(), Refusal> {
    match MOVES[place(from)][place(to)] {
        None => Ok(()),
        Some(refusal) => Err(refusal),
    }
}

/// The states to which a case may move from one, in their usual order.
pub fn moves(from: IncidentStatus) -> impl Iterator<Item = IncidentStatus> {
    ORDER
        .into_iter()
        .filter(move |to| allowed(from, *to).is_ok())
}

const fn place(status: IncidentStatus) -> usize {
    match status {
        Noticed => 0,
        Asked => 1,
        Acknowledged => 2,
        AnsweredInPart => 3,
        Answered => 4,
        Silent => 5,
        Escalated => 6,
        Closed => 7,
    }
}

/// A state and who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The state.
    pub status: IncidentStatus,
    /// Who said it.
    pub by: By,
}

coded! {
    /// Who said where a case stands.
    By {
        /// It follows from questions and answers.
        Record = 0 => "record",
        /// The user chose it.
        User = 1 => "user",
    }
}

/// What becomes of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It stays.
    Stay,
    /// It follows the record.
    Move(IncidentStatus),
    /// The record says something else than the user, who is asked.
    Propose(IncidentStatus),
}

/// Where a case goes after questions, answers or time changed. What the user said is never changed
/// in silence: not a state that they chose, and neither `escalated` nor `closed`, which nobody else
/// says.
pub fn next(held: Held, questions: &[Question], log: &[Entry], today: Date) -> Next {
    let borne = borne_out(questions, log, today);
    if borne == held.status || allowed(held.status, borne).is_err() {
        return Next::Stay;
    }
    match (held.by, held.status) {
        // A closed case stays closed whatever time does; only a word of theirs is worth a question.
        (_, Closed) if !matches!(borne, AnsweredInPart | Answered) => Next::Stay,
        (By::User, _) | (By::Record, Escalated | Closed) => Next::Propose(borne),
        (By::Record, Noticed | Asked | Acknowledged | AnsweredInPart | Answered | Silent) => {
            Next::Move(borne)
        }
    }
}

/// The state that questions, log and the days since bear out.
///
/// | questions | log | state |
/// |---|---|---|
/// | none asked | | noticed |
/// | all answered | | answered |
/// | some answered | | answered in part |
/// | none answered | seven days without a word | silent |
/// | none answered | a word came | acknowledged |
/// | none answered | no word yet | asked |
///
/// An evasion is no answer.
pub fn borne_out(questions: &[Question], log: &[Entry], today: Date) -> IncidentStatus {
    let asked = questions.iter().filter_map(|question| question.asked_on);
    let Some(first) = asked.min() else {
        return Noticed;
    };
    let asked = || {
        questions
            .iter()
            .filter(|question| question.asked_on.is_some())
    };
    let answered = asked()
        .filter(|question| question.answer == Answer::Answered)
        .count();
    if answered == asked().count() {
        return Answered;
    }
    if answered > 0 {
        return AnsweredInPart;
    }
    let came = |entry: &&Entry| entry.way == Way::Came && entry.on >= first;
    if silence(first, log, today) >= super::waiting::REMIND_AFTER {
        Silent
    } else if log.iter().any(|entry| came(&entry)) {
        Acknowledged
    } else {
        Asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::log::{Channel, Topic};
    use jiff::civil::date;

    #[test]
    fn every_move_is_allowed_or_refused_as_the_table_says() {
        use Refusal::*;
        let refused: &[(IncidentStatus, IncidentStatus, Refusal)] = &[
            (Noticed, Acknowledged, NothingAsked),
            (Noticed, AnsweredInPart, NothingAsked),
            (Noticed, Answered, NothingAsked),
            (Noticed, Silent, NothingAsked),
            (Asked, Noticed, WasAsked),
            (Acknowledged, Noticed, WasAsked),
            (AnsweredInPart, Noticed, WasAsked),
            (AnsweredInPart, Acknowledged, MoreCame),
            (Answered, Noticed, WasAsked),
            (Answered, Acknowledged, MoreCame),
            (Answered, Silent, NotWaiting),
            (Silent, Noticed, WasAsked),
            (Escalated, Noticed, WasAsked),
            (Escalated, Asked, WithAuthority),
            (Escalated, Acknowledged, WithAuthority),
            (Escalated, Silent, WithAuthority),
        ];
        for from in IncidentStatus::ALL {
            for to in IncidentStatus::ALL {
                let listed = refused.iter().find(|row| (row.0, row.1) == (*from, *to));
                let want = match listed {
                    Some((_, _, why)) => Err(*why),
                    None if from == to => Err(Already),
                    None => Ok(()),
                };
                assert_eq!(allowed(*from, *to), want, "{from:?} to {to:?}");
            }
            assert!(
                *from == Closed || moves(*from).any(|to| to == Closed),
                "whatever happens, a case can be closed"
            );
        }
    }

    #[test]
    fn numbers_that_are_in_ledgers_keep_their_meaning() {
        assert_eq!((Noticed.code(), Closed.code()), (0, 1));
        let mut places: Vec<usize> = ORDER.into_iter().map(place).collect();
        places.sort_unstable();
        assert_eq!(places, (0..ORDER.len()).collect::<Vec<_>>());
        assert_eq!(ORDER.len(), IncidentStatus::ALL.len());
    }

    const ASKED_ON: Date = date(2026, 6, 19);

    fn questions(answers: [Answer; 4]) -> Vec<Question> {
        let topics = Topic::ALL.iter().zip(answers);
        topics
            .map(|(topic, answer)| Question {
                topic: *topic,
                asked_on: Some(ASKED_ON),
                answer,
            })
            .collect()
    }

    fn entry(on: Date, way: Way) -> Entry {
        Entry {
            on,
            channel: Channel::Call,
            way,
            who: String::new(),
            said: String::new(),
            promises: Vec::new(),
            offer: None,
        }
    }

    #[test]
    fn the_state_follows_questions_answers_and_days() {
        use Answer::*;
        let sent = entry(ASKED_ON, Way::Went);
        let called = entry(date(2026, 6, 22), Way::Came);
        let check = |answers: [Answer; 4], log: &[Entry], today: Date, want: IncidentStatus| {
            let borne = borne_out(&questions(answers), log, today);
            assert_eq!(borne, want, "{answers:?} on {today}");
        };
        let none = [Open; 4];
        let soon = date(2026, 6, 25);
        check(
            none,
            std::slice::from_ref(&sent),
            soon,
            IncidentStatus::Asked,
        );
        check(none, std::slice::from_ref(&sent), date(2026, 6, 26), Silent);
        let both = [sent, called];
        check(none, &both, date(2026, 6, 26), Acknowledged);
        check(none, &both, date(2026, 6, 29), Silent);
        check([Evaded; 4], &both, soon, Acknowledged);
        check(
            [Evaded, Answer::Answered, Open, NotAnswered],
            &both,
            soon,
            AnsweredInPart,
        );
        check(
            [Answer::Answered; 4],
            &both,
            date(2027, 1, 1),
            IncidentStatus::Answered,
        );
        assert_eq!(borne_out(&[], &both, soon), Noticed);
    }

    #[test]
    fn what_the_user_said_is_never_changed_in_silence() {
        let all = questions([Answer::Answered; 4]);
        let check = |status: IncidentStatus, by: By, want: Next| {
            assert_eq!(
                next(Held { status, by }, &all, &[], ASKED_ON),
                want,
                "{status:?} by {by:?}"
            );
        };
        check(Asked, By::Record, Next::Move(Answered));
        check(Silent, By::User, Next::Propose(Answered));
        check(Escalated, By::Record, Next::Propose(Answered));
        check(Closed, By::User, Next::Propose(Answered));
        check(Answered, By::User, Next::Stay);
        let held = |status, by| Held { status, by };
        let open = questions([Answer::Open; 4]);
        let late = date(2026, 8, 1);
        assert_eq!(next(held(Closed, By::User), &open, &[], late), Next::Stay);
        assert_eq!(
            next(held(Escalated, By::User), &open, &[], late),
            Next::Stay
        );
        assert_eq!(
            next(held(Asked, By::Record), &open, &[], late),
            Next::Move(Silent)
        );
    }
}
