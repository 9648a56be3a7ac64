//! Recording what a source reports: facts and cursor in one transaction.

use super::Actor;
use super::kind::kind_of;
use crate::mailbox::{Batch, Complete, Fetched, Gone, Mark};
use crate::store::{
    AccountFacts, Domains, Entered, Entry, ExposureFacts, Kept, NewExposure, Seen, Store, Waiting,
};
use anyhow::{Context, Result};
use exposure::mail::{self, MessageFacts, Own, Receiver, StandsIn};
use exposure::{AddrSpec, AddressKind, Role, Verdict, Wanted, notice, org_domain, strangers};
use std::collections::{BTreeMap, BTreeSet};

/// 1990-01-01, the earliest date that an archive without Received lines may claim.
const EARLIEST: i64 = 631_152_000;
/// How far a `Date` may lie outside the Received dates of its archive, in seconds (30 days).
const OUTSIDE: i64 = 30 * 86_400;

/// What recording needs to know about the user, read once per batch.
struct Known {
    account: AccountFacts,
    own: Own,
    addresses: BTreeMap<AddrSpec, (i64, AddressKind)>,
    correspondents: BTreeSet<String>,
    /// Organisational domain → services that write from it.
    services: BTreeMap<String, Vec<i64>>,
}

impl Known {
    fn read(store: &Store, account: i64) -> Result<Known> {
        let account = store.account(&account.to_string())?;
        let addresses: BTreeMap<AddrSpec, (i64, AddressKind)> = store
            .addresses()?
            .into_iter()
            .map(|a| (a.spec, (a.id, a.kind)))
            .collect();
        let domains: BTreeSet<String> = store.own_domains()?.into_values().collect();
        let mut services: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for service in store.services()? {
            for (_, domain, processor) in service.domains {
                if !processor {
                    services.entry(domain).or_default().push(service.id);
                }
            }
        }
        Ok(Known {
            own: Own {
                addresses: addresses.keys().cloned().collect(),
                domains,
                separator: account.separator,
            },
            correspondents: store.correspondents()?.into_values().flatten().collect(),
            account,
            addresses,
            services,
        })
    }

    /// Services that this message proves to write from its domain: verified, and not called junk.
    fn services_behind(&self, facts: &MessageFacts, junk: bool) -> &[i64] {
        let Some(from) = &facts.from else { return &[] };
        if junk || !facts.auth.passed() {
            return &[];
        }
        self.services
            .get(&org_domain(from.domain()))
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}

/// What the messages of a batch have in common, looked up or kept once for all.
#[derive(Default)]
struct Noted {
    domains: Domains,
    /// Own addresses for which there was mail.
    reached: BTreeSet<i64>,
}

/// Whose word on a message counts: servers of the account's provider and of the user's own
/// addresses and domains.
///
/// # Errors
/// Those of SQLite.
pub(crate) fn receiver_of(store: &Store, account: &AccountFacts) -> Result<Receiver> {
    let addresses = store.addresses()?;
    let domains = store.own_domains()?;
    let own = addresses.iter().map(|address| address.spec.domain());
    let mut orgs: BTreeSet<String> = own
        .chain(domains.values().map(String::as_str))
        .map(org_domain)
        .collect();
    if let Entry::Imap { host, .. } = &account.entry {
        orgs.insert(org_domain(host));
    }
    Ok(Receiver { orgs })
}

impl Actor {
    /// Records a batch, with what its headers say, and its cursor: both or neither.
    pub(super) fn record(
        &mut self,
        account: i64,
        batch: &Batch,
        facts: &[MessageFacts],
    ) -> Result<u64> {
        let now = self.now();
        let zone = crate::ledger::zone_of(&self.store);
        let day =
            |instant: i64| crate::clock::civil_day(instant, &zone).map(crate::clock::day_number);
        let (messages_new, junk_new, went_away) = self.store.transaction(|store| {
            let known = Known::read(store, account)?;
            let (mailbox, role) = store
                .mailbox_named(account, &batch.mailbox)?
                .context("a batch of a mailbox that was never listed")?;
            let mut touched = BTreeSet::new();
            if batch.restart {
                touched.extend(store.vanish(mailbox, None)?);
            }
            let range = range_of(&known, facts, now);
            let (mut new, mut junk_new) = (0, 0);
            let mut noted = Noted::default();
            for (fetched, facts) in batch.messages.iter().zip(facts) {
                if role == Role::Sent || (role != Role::Junk && written_by_user(facts, &known.own))
                {
                    sent(store, &known, facts, fetched, range, now)?;
                    store.sight(mailbox, fetched.uid, 0)?;
                    continue;
                }
                let arrived_at =
                    mail::arrival(fetched.internal_date, facts.received_at, facts.date, range);
                let (entered, junk) = delivered(
                    store, &known, &mut noted, role, facts, fetched, arrived_at, now, &day,
                )?;
                store.sight(mailbox, fetched.uid, entered.message)?;
                // A new one was judged by where it lies when it was recorded.
                if !entered.is_new {
                    touched.insert(entered.message);
                }
                new += u64::from(entered.is_new);
                junk_new += u64::from(entered.is_new && junk);
            }
            for address in noted.reached {
                store.reach(address, account)?;
            }
            for (uid, mark) in &batch.marks {
                if let Some(message) = store.sighted(mailbox, *uid)?.filter(|m| *m != 0) {
                    store.mark(message, verdict_of(*mark))?;
                }
            }
            let gone = match &batch.gone {
                Gone::Unknown => Vec::new(),
                Gone::Except(uids) => store.vanish(mailbox, Some(uids))?,
                Gone::These(ranges) => {
                    let mut gone = Vec::new();
                    for uids in ranges {
                        gone.extend(store.vanish_between(mailbox, uids.clone())?);
                    }
                    gone
                }
            };
            let went_away = gone.len() as u64;
            touched.extend(gone);
            for message in touched {
                store.judge_by_folder(message)?;
            }
            store.advance(mailbox, batch.cursor)?;
            Ok((new, junk_new, went_away))
        })?;
        let recorded = self.recorded.entry(account).or_default();
        recorded.messages_new += messages_new;
        recorded.junk_new += junk_new;
        Ok(went_away)
    }

    /// Records that a mailbox was read to its end.
    pub(super) fn complete(&mut self, account: i64, complete: &Complete) -> Result<()> {
        let now = self.now();
        let today = self.day(now);
        self.store.transaction(|store| {
            let (mailbox, _) = store
                .mailbox_named(account, &complete.mailbox)?
                .context("the end of a mailbox that was never listed")?;
            store.advance(mailbox, complete.cursor)?;
            store.complete(mailbox, today, now, complete.messages)
        })
    }
}

/// Mail that the user wrote: only whom it went to is kept, and for a while by what an answer is
/// recognised.
fn sent(
    store: &mut Store,
    known: &Known,
    facts: &MessageFacts,
    fetched: &Fetched,
    range: Option<(i64, i64)>,
    now: i64,
) -> Result<()> {
    let at =
        mail::arrival(fetched.internal_date, facts.received_at, facts.date, range).unwrap_or(0);
    if let Some(id) = mail::own_id(&fetched.header) {
        store.keep_sent(id, at, now)?;
    }
    let Some((address, _)) = facts
        .from
        .as_ref()
        .and_then(|from| known.addresses.get(from))
    else {
        return Ok(());
    };
    if !facts.from_name.is_empty() {
        store.keep_own_name(&facts.from_name)?;
    }
    for candidate in &facts.candidates {
        if candidate.stands_in == StandsIn::ToCc && !known.own.addresses.contains(&candidate.spec) {
            store.wrote_to(*address, &candidate.spec, at)?;
        }
    }
    Ok(())
}

/// Records mail that came to the user; says whether its own header or place calls it junk.
#[allow(clippy::too_many_arguments)]
fn delivered(
    store: &mut Store,
    known: &Known,
    noted: &mut Noted,
    role: Role,
    facts: &MessageFacts,
    fetched: &Fetched,
    arrived_at: Option<i64>,
    now: i64,
    day: &dyn Fn(i64) -> Option<i64>,
) -> Result<(Entered, bool)> {
    let by_keyword = match verdict_of(fetched.mark) {
        Verdict::Unjudged => facts.by_label,
        marked @ (Verdict::Wanted | Verdict::Junk) => marked,
    };
    let junk = match by_keyword {
        Verdict::Junk => true,
        Verdict::Wanted => false,
        Verdict::Unjudged => role == Role::Junk || facts.by_header == Verdict::Junk,
    };
    let for_whom = mail::for_whom(facts, &known.own);
    let recipients: Vec<AddrSpec> = for_whom
        .own
        .iter()
        .chain(&for_whom.never_given)
        .cloned()
        .collect();
    let services = known.services_behind(facts, junk);
    let person = facts
        .from
        .as_ref()
        .is_some_and(|from| known.correspondents.contains(&from.to_string()));
    let kept = if person && !junk && services.is_empty() {
        Kept::Nothing
    } else {
        Kept::Names
    };
    let seen = Seen {
        facts,
        arrived_at,
        size: fetched.size,
        by_keyword,
        in_junk: role == Role::Junk,
        campaign: mail::campaign(facts, &recipients),
        kept,
    };
    let entered = store.record(&seen, &mut noted.domains)?;
    let message = entered.message;
    if junk || (services.is_empty() && !person) {
        store.keep_evidence(message, &fetched.header, arrived_at.unwrap_or(now), now)?;
    }
    if entered.is_new {
        watch_for_exposures(store, known, message, facts, junk, person)?;
    }
    if role == Role::Junk
        && facts.auth.passed()
        && let Some(id) = mail::answered_id(&fetched.header)
    {
        store.keep_answer(message, id, entered.arrived_at, now)?;
    }
    let mut deliver = |store: &mut Store, address: i64| {
        noted.reached.insert(address);
        store.deliver(address, &entered)
    };
    let found_on = arrived_at.and_then(day);
    for spec in &for_whom.own {
        let Some((address, kind)) = known.addresses.get(spec) else {
            continue;
        };
        deliver(store, *address)?;
        if *kind != AddressKind::Control
            && let Some(day) = found_on
        {
            for service in services {
                store.infer_disclosure(*address, *service, day)?;
            }
        }
    }
    for spec in &for_whom.never_given {
        // A recorded service's own mail proves that the local part was given to it.
        match found_on {
            Some(day) if !services.is_empty() => {
                let kind = kind_of(
                    spec,
                    known.own.separator,
                    &known.own.domains,
                    &known.own.addresses,
                );
                let address = store.claim(spec, kind, now)?;
                deliver(store, address)?;
                for service in services {
                    store.infer_disclosure(address, *service, day)?;
                }
            }
            Some(_) | None => match store.address(spec)? {
                Some(address) => deliver(store, address)?,
                None => store.wait(Waiting::NeverGiven, spec, message)?,
            },
        }
    }
    if let Some(candidate) = &for_whom.candidate
        && entered.is_new
    {
        store.wait(Waiting::Unclaimed, candidate, message)?;
    }
    Ok((entered, junk))
}

/// What a message may reveal: by its header at once, and what of its body has to be read for it.
/// Mail of people is left alone.
fn watch_for_exposures(
    store: &mut Store,
    known: &Known,
    message: i64,
    facts: &MessageFacts,
    junk: bool,
    person: bool,
) -> Result<()> {
    if person {
        return Ok(());
    }
    if notice::is_candidate(&facts.subject) {
        store.want(message, Wanted::Text)?;
    }
    if junk || !facts.auth.passed() {
        return Ok(());
    }
    if facts.carries {
        store.want(message, Wanted::Lists)?;
    }
    if let Some(shown) = strangers::shown(facts, &known.own) {
        let own = shown
            .own
            .iter()
            .filter_map(|spec| known.addresses.get(spec));
        let exposure = NewExposure {
            message,
            people: Some(shown.others),
            facts: ExposureFacts::Recipients,
            addresses: own.map(|(id, _)| *id).collect(),
        };
        store.expose(&exposure)?;
    }
    Ok(())
}

/// Mail from one of the user's addresses to others, such as what a view of everything shows too.
fn written_by_user(facts: &MessageFacts, own: &Own) -> bool {
    let from_own = facts
        .from
        .as_ref()
        .is_some_and(|from| own.addresses.contains(from));
    if !from_own {
        return false;
    }
    let to = mail::for_whom(facts, own);
    to.own.is_empty() && to.never_given.is_empty()
}

const fn verdict_of(mark: Mark) -> Verdict {
    match mark {
        Mark::None => Verdict::Unjudged,
        Mark::Junk => Verdict::Junk,
        Mark::NotJunk => Verdict::Wanted,
    }
}

/// The dates that an archive's messages may claim: near its Received lines, or any plausible
/// ones where most of its messages have none. `None` for a server, whose own dates count.
fn range_of(known: &Known, facts: &[MessageFacts], now: i64) -> Option<(i64, i64)> {
    match known.account.entry {
        Entry::Imap { .. } => return None,
        Entry::Archive { .. } => {}
    }
    let received: Vec<i64> = facts.iter().filter_map(|f| f.received_at).collect();
    let latest = now + 86_400;
    let (Some(first), Some(last)) = (received.iter().min(), received.iter().max()) else {
        return Some((EARLIEST, latest));
    };
    if received.len() * 2 < facts.len() {
        return Some((EARLIEST, latest));
    }
    Some((first - OUTSIDE, (last + OUTSIDE).min(latest)))
}
