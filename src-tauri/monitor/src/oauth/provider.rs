//! Where a provider is asked, and as whom. Google's and Microsoft's endpoints are public and built
//! in; a registration (client id) comes from the build, the environment or a setting, and none is
//! bundled. Any other provider is a setting alone.

use crate::fault::{Code, Fault};
use crate::secret::Secret;
use crate::web;
use anyhow::{Context, Result};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Key of the setting that configures providers: a JSON object with one [`Configured`] by name.
pub const SETTING: &str = "sign_in";

/// A provider that can be asked.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Its name, as an account remembers it.
    pub name: String,
    /// As whom this program asks.
    pub client_id: String,
    /// What Google gives desktop programs beside the id and calls a secret; no other provider
    /// wants one.
    pub client_secret: Option<Secret>,
    /// The page that the browser opens.
    pub authorization: Url,
    /// Where codes and refresh tokens are exchanged.
    pub token: Url,
    /// Where a sign-in is taken back, if anywhere.
    pub revocation: Option<Url>,
    /// What is asked for, separated by spaces.
    pub scope: String,
    /// What else the page is told.
    pub extra: Vec<(&'static str, &'static str)>,
    /// Hosts that the setting names.
    pub named: Vec<String>,
}

/// What a setting says of a provider. What it leaves out is built in, if the provider is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Configured {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    authorization: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revocation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

/// A provider whose endpoints are public; checked on 2026-11-23.
struct BuiltIn {
    name: &'static str,
    server: &'static str,
    authorization: &'static str,
    token: &'static str,
    revocation: Option<&'static str>,
    scope: &'static str,
    extra: &'static [(&'static str, &'static str)],
    id_variable: &'static str,
    id_of_build: Option<&'static str>,
    secret: Option<(&'static str, Option<&'static str>)>,
    unregistered: Code,
}

const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "google",
        server: "imap.gmail.com",
        authorization: "https://accounts.google.com/o/oauth2/v2/auth",
        token: "https://oauth2.googleapis.com/token",
        revocation: Some("https://oauth2.googleapis.com/revoke"),
        scope: "https://mail.google.com/",
        // Without these a second sign-in brings no refresh token.
        extra: &[("access_type", "offline"), ("prompt", "consent")],
        id_variable: "ATESAKI_GOOGLE_CLIENT_ID",
        id_of_build: option_env!("ATESAKI_GOOGLE_CLIENT_ID"),
        secret: Some((
            "ATESAKI_GOOGLE_CLIENT_SECRET",
            option_env!("ATESAKI_GOOGLE_CLIENT_SECRET"),
        )),
        unregistered: Code::NoRegistrationGoogle,
    },
    BuiltIn {
        name: "microsoft",
        server: "outlook.office365.com",
        authorization: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        token: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        revocation: None,
        scope: "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
        extra: &[("prompt", "select_account")],
        id_variable: "ATESAKI_MICROSOFT_CLIENT_ID",
        id_of_build: option_env!("ATESAKI_MICROSOFT_CLIENT_ID"),
        secret: None,
        unregistered: Code::NoRegistrationMicrosoft,
    },
];

impl Provider {
    /// The provider of a name, by the setting ([`SETTING`]), the environment and the build, in
    /// this order.
    ///
    /// # Errors
    /// [`Code::NoRegistrationGoogle`], [`Code::NoRegistrationMicrosoft`] where there is no client
    /// id; [`Code::NoRegistration`] where nothing is known of the provider, or what was
    /// configured cannot be used.
    pub fn named(
        name: &str,
        setting: Option<&str>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Provider> {
        let unusable = || Fault::new(Code::NoRegistration).with("provider", name);
        let configured = configurations(setting)
            .with_context(unusable)?
            .remove(name)
            .unwrap_or_default();
        let built_in = BUILT_IN.iter().find(|built_in| built_in.name == name);
        let of_environment = |name: &str, of_build: Option<&str>| {
            variable(name)
                .or_else(|| of_build.map(str::to_owned))
                .filter(|value| !value.is_empty())
        };
        let client_id = configured
            .client_id
            .or_else(|| built_in.and_then(|b| of_environment(b.id_variable, b.id_of_build)))
            .ok_or_else(|| built_in.map_or_else(unusable, |b| Fault::new(b.unregistered)))?;
        let client_secret = built_in
            .and_then(|b| b.secret)
            .and_then(|(name, of_build)| of_environment(name, of_build))
            .map(Secret);
        let named = [&configured.token, &configured.revocation]
            .into_iter()
            .filter_map(|text| Some(secured(text.as_ref()?)?.host_str()?.to_owned()))
            .collect();
        let endpoint = |configured: Option<String>, public: Option<&str>| {
            configured
                .or_else(|| public.map(str::to_owned))
                .map(|text| secured(&text).ok_or_else(unusable))
                .transpose()
        };
        Ok(Provider {
            name: name.to_owned(),
            client_id,
            client_secret,
            authorization: endpoint(configured.authorization, built_in.map(|b| b.authorization))?
                .ok_or_else(unusable)?,
            token: endpoint(configured.token, built_in.map(|b| b.token))?.ok_or_else(unusable)?,
            revocation: endpoint(configured.revocation, built_in.and_then(|b| b.revocation))?,
            scope: configured
                .scope
                .or_else(|| built_in.map(|b| b.scope.to_owned()))
                .ok_or_else(unusable)?,
            extra: built_in.map(|b| b.extra.to_vec()).unwrap_or_default(),
            named,
        })
    }
}

/// The mail server that takes the sign-in of a built-in provider, over TLS.
pub fn mail_server(name: &str) -> Option<&'static str> {
    let built_in = BUILT_IN.iter().find(|built_in| built_in.name == name);
    built_in.map(|built_in| built_in.server)
}

/// The setting with one more provider, described as JSON; it takes the place of what was known of
/// that name.
///
/// # Errors
/// Where `description` is no such JSON.
pub fn configured_with(setting: Option<&str>, name: &str, description: &str) -> Result<String> {
    let mut all = configurations(setting)?;
    all.insert(name.to_owned(), serde_json::from_str(description)?);
    Ok(serde_json::to_string(&all)?)
}

fn configurations(setting: Option<&str>) -> Result<BTreeMap<String, Configured>> {
    Ok(match setting {
        Some(setting) => serde_json::from_str(setting)?,
        None => BTreeMap::new(),
    })
}

/// An address that may be asked: over TLS, or on this PC.
fn secured(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    web::is_secured(&url).then_some(url)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::fault;

    fn code(outcome: Result<Provider>) -> Option<Code> {
        outcome.err().map(|error| fault::of(&error).code)
    }

    #[test]
    fn asks_as_nobody_where_no_registration_is_known() {
        if option_env!("ATESAKI_GOOGLE_CLIENT_ID").is_some()
            || option_env!("ATESAKI_MICROSOFT_CLIENT_ID").is_some()
        {
            return;
        }
        for (name, want) in [
            ("google", Code::NoRegistrationGoogle),
            ("microsoft", Code::NoRegistrationMicrosoft),
            ("example", Code::NoRegistration),
        ] {
            assert_eq!(code(Provider::named(name, None, |_| None)), Some(want));
            let empty = |_: &str| Some(String::new());
            assert_eq!(code(Provider::named(name, None, empty)), Some(want));
        }
    }

    #[test]
    fn the_setting_comes_before_the_environment() {
        let variable =
            |name: &str| (name == "ATESAKI_MICROSOFT_CLIENT_ID").then(|| "of-the-shell".to_owned());
        let provider = Provider::named("microsoft", None, variable).unwrap();
        assert_eq!(provider.client_id, "of-the-shell");
        assert_eq!(provider.client_secret, None, "a public client has none");
        assert!(provider.scope.contains("offline_access"));
        let setting = configured_with(None, "microsoft", r#"{"client_id":"mine"}"#).unwrap();
        let provider = Provider::named("microsoft", Some(&setting), variable).unwrap();
        assert_eq!(provider.client_id, "mine");
        assert_eq!(
            provider.token.host_str(),
            Some("login.microsoftonline.com"),
            "what the setting leaves out is built in"
        );
    }

    #[test]
    fn any_provider_can_be_configured_but_not_without_encryption() {
        let described = |host: &str| {
            let text = format!(
                r#"{{"client_id":"mine","authorization":"{host}/a","token":"{host}/t","scope":"mail"}}"#
            );
            let setting = configured_with(None, "example", &text).unwrap();
            Provider::named("example", Some(&setting), |_| None)
        };
        for host in [
            "https://id.example.org",
            "http://127.0.0.1:8080",
            "http://localhost:8080",
        ] {
            assert_eq!(described(host).unwrap().revocation, None, "{host}");
        }
        for host in [
            "http://id.example.org",
            "http://127.0.0.1.example.org",
            "file://x",
            "nothing",
        ] {
            assert_eq!(
                code(described(host)),
                Some(Code::NoRegistration),
                "{host} could be overheard"
            );
        }
        for setting in ["[]", "{\"example\":{\"secret\":\"x\"}}", "no JSON"] {
            assert_eq!(
                code(Provider::named("example", Some(setting), |_| None)),
                Some(Code::NoRegistration),
                "{setting}"
            );
        }
    }
}
