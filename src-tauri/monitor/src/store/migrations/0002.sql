-- How an account is signed in to. What the sign-in brought is never here: it lives in the vault.

ALTER TABLE account ADD COLUMN sign_in TEXT;    -- provider of an OAuth 2.0 sign-in; null: a password
