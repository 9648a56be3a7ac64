//! Where things lie: the checkout and what was built from it.

use std::path::{Path, PathBuf};

/// The root of the checkout.
pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The page as it is built into the window.
pub fn page() -> PathBuf {
    checkout().join("ui/dist")
}

/// A program of this workspace, built beside this one.
///
/// # Errors
/// When it was not built; `make test` builds it first.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let this = std::env::current_exe()?;
    let beside = this
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file());
    beside
        .ok_or_else(|| anyhow::anyhow!("{name} is not built; `cargo build --workspace` builds it"))
}
