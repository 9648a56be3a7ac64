//! What a file is that is no export but mail: people have both in the same folder.

/// How far into a file its header is looked for, in bytes.
const HEAD: usize = 64 * 1024;

/// How an mbox begins.
pub(super) const MBOX: &[u8] = b"From ";

/// Whether a file is an mbox or one message: a header of a message stands at its beginning.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let mut lines = head
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii_end);
    if head.starts_with(MBOX) {
        lines.next();
    }
    let (mut from, mut other) = (false, false);
    for line in lines.take_while(|line| !line.is_empty()) {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(end) = line.iter().position(|byte| *byte == b':') else {
            return false;
        };
        let (name, _) = line.split_at(end);
        if !name.iter().all(u8::is_ascii_graphic) {
            return false;
        }
        let is = |field: &str| name.eq_ignore_ascii_case(field.as_bytes());
        from |= is("From");
        other |= ["Received", "Message-ID", "Date", "MIME-Version"]
            .into_iter()
            .any(is);
    }
    from && other
}

/// Whether a name in a zip is that of mail.
pub(super) fn is_called_mail(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".mbox", ".eml"].iter().any(|end| name.ends_with(end))
        || name.split('/').any(|part| part == "cur" || part == "new")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_mail_from_exports() {
        let check = |text: &str, want: bool| assert_eq!(is_mail(text.as_bytes()), want, "{text}");
        check(
            "From a@b Mon Mar 02 09:00:00 2026\nFrom: x\nDate: y\n\nbody",
            true,
        );
        check(
            "From - \r\nReceived: x\r\n\tby y\r\nFrom: z\r\n\r\nbody",
            true,
        );
        check(
            "Return-Path: <x>\nReceived: x\nFrom: z\n\nbody, with commas",
            true,
        );
        check("From address,service\nx@example.org,Shop\n", false);
        check("From;Date\na@example.org;2026-01-01\n", false);
        check("From: Shop\nDate: 2021\nx@example.org\n", false);
        check("name,url,username,password\n", false);
        check("From: a table of one column\n", false);
        check("", false);
    }
}
