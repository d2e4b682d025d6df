#include <postrider/core/ascii.hpp>
#include <postrider/mime/envelope.hpp>
#include <unordered_set>

#include "characters.hpp"

namespace postrider::mime {
namespace {

// Domains know no case; local-parts may.
std::string key_of(mailbox const& one) {
    std::string key(one.local_part());
    key += '@';
    for (char c : one.domain()) key += ascii::to_lower(c);
    return key;
}

}  // namespace

mail_envelope envelope_of(message const& mail) {
    mail_envelope envelope;
    auto originators = mail.addresses("Sender");
    if (originators.empty()) originators = mail.addresses("From");
    if (originators.empty()) throw error(errc::missing_sender, "the message has neither Sender nor From");
    envelope.reverse_path = std::move(originators.front().address);

    std::unordered_set<std::string> seen;
    for (auto const* name : {"To", "Cc", "Bcc"})
        for (auto& one : mail.addresses(name))
            if (seen.insert(key_of(one)).second) envelope.forward_paths.push_back(std::move(one.address));
    if (envelope.forward_paths.empty()) throw error(errc::no_recipient, "the message has neither To, Cc nor Bcc");
    return envelope;
}

}  // namespace postrider::mime
