//! What is kept of a header: the named fields, as from a server, and the marks of mail programs.

use exposure::mail::HEADER_FIELDS;

/// How many bytes of a header are kept: one more than are read, so that reading sees the cut.
const LIMIT: usize = 256 * 1024 + 1;
/// Fields in which mail programs and exports note their own verdict.
const MARKS: &[&str] = &[
    "X-Gmail-Labels",
    "X-Mozilla-Keys",
    "X-Mozilla-Status",
    "X-Mozilla-Status2",
    "Status",
    "X-Status",
    "X-Keywords",
];

/// Gathers the header of one message, line by line.
#[derive(Debug, Default)]
pub(super) struct Header {
    kept: Vec<u8>,
    course: Course,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Course {
    /// The last line was a field that is left out.
    #[default]
    Skipping,
    /// The last line was kept, and so are those that fold it.
    Keeping,
    /// The empty line was seen.
    Over,
}

impl Header {
    /// Takes a line with its end, or a piece of a long one.
    pub(super) fn line(&mut self, line: &[u8]) {
        if self.is_over() {
            return;
        }
        if line.trim_ascii_end().is_empty() {
            self.course = Course::Over;
            return;
        }
        if !matches!(line.first(), Some(b' ' | b'\t')) {
            self.course = if is_named(line) {
                Course::Keeping
            } else {
                Course::Skipping
            };
        }
        self.more(line);
    }

    /// Takes the rest of a line whose beginning was taken.
    pub(super) fn more(&mut self, piece: &[u8]) {
        if self.course == Course::Keeping {
            let room = LIMIT.saturating_sub(self.kept.len()).min(piece.len());
            self.kept
                .extend_from_slice(piece.get(..room).unwrap_or_default());
        }
    }

    /// Whether the body has begun.
    pub(super) fn is_over(&self) -> bool {
        self.course == Course::Over
    }

    /// The lines that were kept.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.kept
    }
}

fn is_named(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else {
        return false;
    };
    let name = line.get(..colon).unwrap_or_default().trim_ascii_end();
    HEADER_FIELDS
        .iter()
        .chain(MARKS)
        .any(|field| name.eq_ignore_ascii_case(field.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_named_fields_with_their_folds_and_nothing_of_the_body() {
        let mut header = Header::default();
        for line in [
            "Received: from a.example\n",
            "\tby b.example\n",
            "DKIM-Signature: v=1;\n",
            " b=abc\n",
            "subject : hello\r\n",
            "X-Gmail-Labels: Spam\n",
            "no field at all\n",
            "\r\n",
            "Subject: in the body\n",
        ] {
            header.line(line.as_bytes());
        }
        let expected =
            "Received: from a.example\n\tby b.example\nsubject : hello\r\nX-Gmail-Labels: Spam\n";
        assert_eq!(
            String::from_utf8_lossy(&header.into_bytes()),
            expected,
            "bodies and other fields are never kept"
        );
    }
}
