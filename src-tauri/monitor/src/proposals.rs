//! The user's answer to services that the mail shows.

use crate::Handle;
use crate::actor::Change;
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
        let mut all = self.picture()?.found.clone();
        all.retain(|found| of(&found.proposal));
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
