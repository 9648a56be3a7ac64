//! The TypeScript beside the pages: every shape and command that crosses, made from Rust.

use super::*;
use crate::shell::Topic;
use exposure::assess::Standing;
use exposure::{
    AddressKind, AddressState, AddressStatus, Basis, ExposureWay, Level, Provenance, Purpose,
    SuspectKind, VerdictSource,
};
use std::fmt::Write;

/// The text of `ui/src/lib/api/types.ts`. A test says when the committed file is stale.
pub fn typescript() -> String {
    let config = ts_rs::Config::new().with_large_int("number");
    let mut out = String::from(
        "// Made from Rust (`monitor::surface`). Do not edit: `make bindings` writes it anew.\n\n",
    );
    macro_rules! shapes {
        ($($type:ty),+ $(,)?) => { $(write_shape(&mut out, &<$type as TS>::decl(&config));)+ };
    }
    shapes![
        Level,
        AddressKind,
        AddressState,
        AddressStatus,
        Basis,
        Purpose,
        Provenance,
        SuspectKind,
        Verdict,
        VerdictSource,
        Role,
        Security,
        Keep,
        PickKind,
        ExportFormat,
        Topic,
        types::Tone,
        types::Badge,
        types::ChartDay,
        types::DayCounts,
        types::OnsetBand,
        types::PinKind,
        types::Pin,
        types::FlagCard,
        types::Figure,
        types::FirstEvening,
        types::JointCard,
        ExposureWay,
        types::QuoteRow,
        types::ExposureRow,
        types::MisfiledRow,
        types::MisfiledCard,
        types::ExceptionRow,
        types::Overview,
        types::AddressRow,
        types::AddressLink,
        types::CousinRow,
        types::LookoutRow,
        types::AliasRow,
        types::ProposalRow,
        types::EvidenceRow,
        types::SaidRow,
        types::SuspectRow,
        types::SenderRow,
        types::MessageRow,
        types::HolderRow,
        types::AddressPage,
        types::GivenAddress,
        types::ServiceRow,
        types::ServiceDomain,
        types::ServiceLink,
        types::ServicePage,
        types::BreachRow,
        types::BreachAddress,
        types::BreachLists,
        types::BreachTrouble,
        Standing,
        types::MailboxRow,
        types::FoundArchive,
        types::FoundServer,
        types::ScanProgress,
        types::ServerAnswer,
        types::ServerFound,
        types::Wanted,
        types::AccountRow,
        types::CandidateRow,
        types::ImportColumn,
        types::ImportLine,
        types::ImportPreview,
        types::ImportRow,
        types::ImportWhat,
        types::IncidentRow,
        types::PageLine,
        types::Settings,
        Refusal,
        Nothing,
        AddressAsk,
        ServiceAsk,
        Edit,
        EditAsk,
        LanguageAsk,
        HideAsk,
        StartAsk,
        SwitchAsk,
        BreachesAsk,
        CatalogueAsk,
        LookOutAsk,
        AliasAsk,
        DomainIs,
        DomainAsk,
        GiveAsk,
        AccountAsk,
        ServerAsk,
        SignInAsk,
        PageAsk,
        AccountId,
        PasswordAsk,
        RemoveAsk,
        RoleAsk,
        PickAsk,
        ArchiveAsk,
        ScanAsk,
        ChosenExport,
        Dragged,
        ExportId,
        ImportAsk,
        ImportId,
        Secret,
        ExportAsk,
        BackupAsk,
        RestoreAsk,
        ClaimAsk,
        CorrectAsk,
        SettleAsk,
    ];
    out.push_str("\nexport interface Commands {\n");
    for (name, args, result) in commands(&config) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {name}: {{ args: {args}; result: {result} }};");
    }
    out.push_str("}\n\nexport type Key =\n");
    for key in crate::words::Words::of(Lang::En).texts().keys() {
        let _ = writeln!(out, "  | \"{key}\"");
    }
    out.push_str(";\n");
    out
}

fn write_shape(out: &mut String, declaration: &str) {
    let _ = writeln!(out, "export {declaration}");
}
