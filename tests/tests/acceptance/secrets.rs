//! A password in a real keychain.

use acceptance::keyring::Keyring;
use monitor::mailbox::Secret;
use monitor::{Keep, SystemVault, Vault};

#[test]
fn a_password_is_kept_in_the_keychain_and_forgotten() -> anyhow::Result<()> {
    let _keyring = Keyring::start()?;
    let account = "anna@example.org";
    let secret = Secret("pässwörd of a test 秘密".to_owned());
    let vault = SystemVault::default();
    assert!(vault.keychain_answers(), "a keychain runs on this bus");
    assert_eq!(vault.password(account)?, None, "nothing was kept yet");

    vault.keep(account, &secret, Keep::Keychain)?;
    // Another vault has nothing in memory: what it finds was in the keychain.
    let later = SystemVault::default();
    assert_eq!(
        later.password(account)?,
        Some(secret),
        "a later start finds the password"
    );

    later.forget(account)?;
    assert_eq!(
        vault.password(account)?,
        None,
        "an account that was removed leaves no password"
    );
    Ok(())
}
