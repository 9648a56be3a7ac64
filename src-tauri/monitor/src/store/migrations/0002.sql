-- How an account is signed in to, and the one certificate that is believed on the user's word.
-- What the sign-in brought is never here: it lives in the vault.

ALTER TABLE account ADD COLUMN sign_in TEXT;    -- provider of an OAuth 2.0 sign-in; null: a password
ALTER TABLE account ADD COLUMN certificate TEXT; -- SHA-256 in hex pairs with colons
