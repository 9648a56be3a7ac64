//! The user's answer to services that the mail shows.

use crate::Handle;
use crate::actor::{Change, Edit};
use crate::ledger::Found;
use anyhow::Result;
use exposure::proposals::Proposal;

impl Handle {
    /// Records the services that the mail shows and that `of` picks, or says that they are none of
    /// the user's; returns how many there were.
    ///
    /// # Errors
    /// Those of SQLite.
    pub async fn answer_proposals(
        &self,
        of: impl Fn(&Proposal) -> bool,
        accept: bool,
    ) -> Result<usize> {
        let mut found = self.picture()?.found.clone();
        found.retain(|found| of(&found.proposal));
        let services: Vec<i64> = found.iter().map(Found::service).collect();
        let count = services.len();
        if count > 0 {
            let edit = match accept {
                true => Edit::Record { services },
                false => Edit::Remove { services },
            };
            self.change(Change::Edit(edit, found)).await?;
        }
        Ok(count)
    }
    /// Edits services or addresses, those that only the mail shows among them; returns the number
    /// of the service that it is about, or 0.
    ///
    /// # Errors
    /// [`crate::fault::Code::NoName`], [`crate::fault::Code::NameTaken`]; those of SQLite.
    pub async fn edit(&self, edit: Edit) -> Result<i64> {
        let found = self.picture()?.found.clone();
        self.change(Change::Edit(edit, found)).await
    }

    /// Takes the last edit of this run back.
    ///
    /// # Errors
    /// [`crate::fault::Code::NothingToUndo`]; those of SQLite.
    pub async fn undo(&self) -> Result<()> {
        self.change(Change::Undo).await.map(drop)
    }
}
