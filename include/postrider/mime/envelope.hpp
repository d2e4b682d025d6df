#pragma once
#include <postrider/mime/message.hpp>
#include <string>
#include <vector>

namespace postrider::mime {

/// Who sends to whom, as a message's header has it.                                               RFC 5321 §2.3.1
struct mail_envelope {
    std::string reverse_path;                ///< addr-spec
    std::vector<std::string> forward_paths;  ///< addr-specs, each once, in the order To, Cc, Bcc
    friend bool operator==(mail_envelope const&, mail_envelope const&) = default;
};

/// The reverse-path is the Sender's address, else the first author's. The same address twice is one forward-path;
/// domains are compared without case.
/// Throws mime::error: missing_sender, no_recipient.
mail_envelope envelope_of(message const& mail);

}  // namespace postrider::mime
