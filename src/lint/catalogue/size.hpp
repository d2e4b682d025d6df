#pragma once
#include <array>
#include <postrider/lint/check.hpp>

namespace postrider::lint {

inline constexpr std::array size_checks{
    check{"html-clipping", group::size, level::warning, "Gmail, message clipping",
          "https://support.google.com/mail/answer/6584", "The HTML is small enough for Gmail",
          "Gmail clips this message",
          "The HTML has {octets} octets. Gmail shows about the first 102 KB and hides the rest behind a link, the "
          "unsubscribe link and the counting image with it."},
    check{"message-size", group::size, level::warning, "Gmail, attachment size limit",
          "https://support.google.com/mail/answer/6584", "The message is small enough for everybody",
          "The message is large",
          "It has {octets} octets. Gmail takes 25 MB, others 10 or 20: put large files behind a link."},
    check{"attachment-type", group::size, level::error, "Gmail, blocked file types",
          "https://support.google.com/mail/answer/6590", "No attachment is of a type that is blocked",
          "An attachment of a type that is blocked", "{name}: Gmail, Outlook and others refuse files that can run."},
    check{"attachment-two-extensions", group::size, level::warning, "Gmail, blocked file types",
          "https://support.google.com/mail/answer/6590", "No attachment hides its type behind another",
          "An attachment hides its type", "{name} pretends to be of another type than it is."},
    check{"attachment-name", group::size, level::notice, "RFC 2183 §2.3",
          "https://www.rfc-editor.org/rfc/rfc2183.html#section-2.3", "Attachments have names",
          "An attachment without a name",
          "{count:attachment has:attachments have} no file name, the first is of type {type}: people cannot see what "
          "it is, nor save "
          "it well."},
};

}  // namespace postrider::lint
