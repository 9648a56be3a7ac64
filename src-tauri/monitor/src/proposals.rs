//! The user's answer to services that the mail shows.

use crate::Handle;
use crate::actor::Change;
use crate::view;
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
        let picture = self.picture()?;
        let mut all = self.read(|store| view::proposed(&picture, store))?;
        all.retain(of);
        let count = all.len();
        if count > 0 {
            self.change(match accept {
                true => Change::Accept(all),
                false => Change::Dismiss(all),
            })
            .await?;
        }
        Ok(count)
    }
}
