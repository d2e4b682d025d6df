#pragma once
#include <array>
#include <postrider/lint/check.hpp>

namespace postrider::lint {

inline constexpr std::array spam_checks{
    check{"spam-subject-caps", group::spam, level::notice, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "The Subject does not shout",
          "The Subject is all capitals", "“{subject}”: filters count it, and people read it as shouting."},
    check{"spam-exclamations", group::spam, level::notice, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "There are few exclamation marks",
          "Many exclamation marks", "{marks} of them in Subject and text: filters count that."},
    check{"spam-hidden-text", group::spam, level::warning, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "No text is hidden", "Text that nobody can see",
          "{characters:character is:characters are} hidden by style: “{text}”. A short preview text is common; more is "
          "taken for an "
          "attempt to fool filters."},
    check{"spam-tiny-font", group::spam, level::warning, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "No text is too small to be read",
          "Text too small to be read", "{count:piece:pieces} of text of at most 3 pixels, the first is “{text}”."},
    check{"spam-invisible-colour", group::spam, level::warning, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "No text has the colour of its background",
          "Text in the colour of its background", "{count:piece:pieces} of text, the first is “{text}”."},
    check{"spam-unseen-characters", group::spam, level::warning, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "No word is cut by characters that nobody sees",
          "Words are cut by characters that nobody sees",
          "{count:zero-width character or soft hyphen stands:zero-width characters or soft hyphens stand} inside "
          "words: filters take that for an attempt to fool "
          "them."},
    check{"spam-reply-to", group::spam, level::notice, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "Answers go to the author’s organisation",
          "Answers go to another organisation",
          "From is at {from}, Reply-To at {reply}: filters count this together with a free mail provider in Reply-To."},
    check{"spam-forged-reply", group::spam, level::warning, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "The Subject pretends no conversation",
          "The Subject pretends a conversation",
          "It begins with {mark} and there is neither In-Reply-To nor References."},
    check{"spam-many-links", group::spam, level::notice, "SpamAssassin, tests",
          "https://spamassassin.apache.org/old/tests_3_3_x.html", "There are not too many links for the text",
          "Many links and little text", "{links:link:links} for {words:word:words}."},
    check{"spam-assassin", group::spam, level::warning, "SpamAssassin", "https://spamassassin.apache.org/",
          "SpamAssassin takes this for ham", "SpamAssassin takes this for spam",
          "It gives {score} points, where {threshold} are spam. {rules}"},
};

}  // namespace postrider::lint
