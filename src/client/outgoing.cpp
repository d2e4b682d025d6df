#include "outgoing.hpp"

#include <postrider/mime/error.hpp>
#include <postrider/mime/render.hpp>
#include <utility>

namespace postrider::smtp {
namespace {

using transfer = mime::policy::transfer;

void take_wire(outgoing& mail, mime::wire wire) {
    mail.message_id = wire.message_id();
    mail.size = wire.size();
    mail.has_8bit = wire.has_8bit();
    mail.needs_smtputf8 = wire.needs_smtputf8();
    mail.owned = mail.watch ? mail.watch(wire.reader()) : wire.reader();
    mail.content = mail.owned.get();
    mail.wire = std::move(wire);
}

/// The same message, not another one of the same words.
mime::wire render_again(outgoing const& mail, transfer cte_type, host const& from) {
    mime::render_options options;
    options.host = &from;
    options.cte_type = cte_type;
    bool const has_its_id = mail.message->parsed_from() || mail.message->contains("Message-ID");
    if (has_its_id) return mime::render(*mail.message, options);
    auto same = *mail.message;
    return mime::render(same.message_id(mail.message_id), options);
}

void fit(outgoing& mail, extensions const& offered, host const& from) {
    if (!mail.message) return;
    auto const form = offered.takes_binary() ? transfer::binary : transfer::eight_bit;
    bool const goes_binary = form == transfer::binary && mime::can_travel_binary(*mail.message);
    if (mail.wire->is_binary() != goes_binary) take_wire(mail, render_again(mail, form, from));
}

// What cannot be rendered once more goes as it is, and the server's offer decides whether it goes at all.
void try_to_fit(outgoing& mail, extensions const& offered, host const& from) try {
    fit(mail, offered, from);
} catch (mime::error const&) {
}

}  // namespace

outgoing pack(addressed_wire mail, content_watch watch) {
    outgoing packed;
    packed.envelope = std::move(mail.envelope);
    packed.message = std::move(mail.message);
    packed.watch = std::move(watch);
    take_wire(packed, std::move(mail.wire));
    return packed;
}

outgoing_message for_engine(outgoing& mail, host const& from) {
    auto const tell = [](outgoing const& now, outgoing_message& engine) {
        engine.content = now.content;
        engine.has_8bit = now.has_8bit;
        engine.needs_smtputf8 = now.needs_smtputf8;
        engine.is_binary = now.wire && now.wire->is_binary();
    };
    outgoing_message made;
    made.envelope = mail.envelope;
    tell(mail, made);
    made.fit = [&mail, &from, tell](outgoing_message& engine, extensions const& offered) {
        try_to_fit(mail, offered, from);
        tell(mail, engine);
    };
    return made;
}

}  // namespace postrider::smtp
