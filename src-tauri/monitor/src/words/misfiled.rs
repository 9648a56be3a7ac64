//! What is said of mail in Junk that is perhaps none.

use super::Words;
use exposure::misfiled::Why;

impl Words {
    /// How much lies in Junk of each kind, a sentence for each that there is.
    pub fn misfiled(&self, found: impl Iterator<Item = Why>) -> Vec<String> {
        let (mut people, mut answers, mut services) = (0, 0, 0);
        for why in found {
            match why {
                Why::Person => people += 1,
                Why::Answer => answers += 1,
                Why::Service(_) => services += 1,
            }
        }
        [
            ("misfiled.people", people),
            ("misfiled.answers", answers),
            ("misfiled.services", services),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| self.count(key, count, &[]))
        .collect()
    }

    /// A text of a notification, with these sentences after it.
    pub fn with_misfiled(&self, text: String, found: impl Iterator<Item = Why>) -> String {
        self.misfiled(found).iter().fold(text, |first, second| {
            self.fill("notice.and_then", &[("first", &first), ("second", second)])
        })
    }

    /// Title and text of a notification for a message from `name`, and `others` besides.
    pub fn notice_of_misfiled(
        &self,
        why: Why,
        name: &str,
        when: &str,
        others: u64,
    ) -> (String, String) {
        if others > 0 {
            let all = self.number(others + 1);
            let more = self.count("misfiled.more", others, &[]);
            let values = [("name", name), ("when", when), ("more", &more)];
            return (
                self.fill("notice.misfiled_several.title", &[("n", &all)]),
                self.fill("notice.misfiled_several.text", &values),
            );
        }
        let title = match why {
            Why::Person | Why::Service(_) => "notice.misfiled.title",
            Why::Answer => "notice.misfiled_answer.title",
        };
        let values = [("name", name), ("when", when)];
        (self.say(title), self.fill("notice.misfiled.text", &values))
    }
}
