#include <chrono>
#include <postrider/codec/date.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/forward.hpp>
#include <postrider/mime/raw.hpp>
#include <postrider/mime/utils.hpp>
#include <unordered_set>

#include "../header_writer.hpp"

namespace postrider::mime {
namespace {

// A block of fields; whoever got a blind copy is in no block.
std::string resent_fields(resend_options const& options, address_list const& from, host const& machine) {
    std::string out;
    header_writer fields(out);
    auto const when = options.date.value_or(machine.now());
    auto const date = codec::format_date(std::chrono::floor<std::chrono::seconds>(when), machine.utc_offset(when));
    fields.put({"Resent-Date", date});
    fields.put({"Resent-From", from.entries()});
    if (!options.to.entries().empty()) fields.put({"Resent-To", options.to.entries()});
    if (!options.cc.entries().empty()) fields.put({"Resent-Cc", options.cc.entries()});
    fields.put({"Resent-Message-ID", make_msgid({}, options.from.domain(), machine)});
    return out;
}

std::vector<std::string> forward_paths(resend_options const& options) {
    std::vector<std::string> paths;
    std::unordered_set<std::string> known;
    for (auto const* list : {&options.to, &options.cc, &options.bcc})
        for (auto& one : mailboxes(list->entries()))
            if (known.insert(one.address).second) paths.push_back(std::move(one.address));
    return paths;
}

}  // namespace

resent_message resend(parsed_message const& original, resend_options const& options) {
    address_list const from(options.from);
    mail_envelope envelope{options.from.address, forward_paths(options)};
    if (envelope.forward_paths.empty())
        throw error(errc::no_recipient, "a message is resent to somebody: to, cc or bcc");

    auto const& machine = options.host ? *options.host : system_host();
    auto octets = original.octets();
    if (!original.envelope_line().empty()) octets.remove_prefix(original.root().header_range().begin);
    auto fields = resent_fields(options, from, machine);
    return {wire_from_octets(fields.append(octets)), std::move(envelope)};
}

}  // namespace postrider::mime
