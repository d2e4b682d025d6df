#include "outgoing.hpp"

#include <postrider/mime/error.hpp>
#include <postrider/mime/from_bytes.hpp>
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

/// What a server takes.
mime::render_options form_for(extensions const& offered, host const& from) {
    mime::render_options form;
    form.host = &from;
    form.utf8 = offered.has("smtputf8");
    form.cte_type = offered.has("8bitmime") ? transfer::eight_bit : transfer::seven_bit;
    if (offered.takes_binary()) form.cte_type = transfer::binary;
    return form;
}

bool asks_too_much(mime::wire const& wire, mime::render_options const& form) {
    if (wire.needs_smtputf8() && !form.utf8) return true;
    if (wire.is_binary()) return form.cte_type != transfer::binary;
    return wire.has_8bit() && form.cte_type == transfer::seven_bit;
}

bool could_ask_more(outgoing const& mail, mime::render_options const& form) {
    return form.cte_type == transfer::binary && !mail.wire->is_binary() && mail.message &&
           mime::can_travel_binary(*mail.message);
}

/// The same message, not another one of the same words.
mime::wire render_again(outgoing const& mail, mime::render_options const& options) {
    bool const has_its_id = mail.message->parsed_from() || mail.message->contains("Message-ID");
    if (has_its_id) return mime::render(*mail.message, options);
    auto same = *mail.message;
    return mime::render(same.message_id(mail.message_id), options);
}

/// Of octets alone: each leaf of them.                                                                RFC 6152 §3
result<mime::wire> convert(mime::wire const& wire, mime::render_options options) {
    auto octets = wire.str();
    if (!octets) return octets.error();
    options.keep_bcc = true;  // nothing else is to change
    return mime::render(mime::message_from_bytes(*std::move(octets)), options);
}

/// What is signed cannot change its form, and what cannot be read or rendered once more does not: then the server's
/// offer decides whether it goes at all.
void fit(outgoing& mail, extensions const& offered, host const& from) try {
    auto const form = form_for(offered, from);
    bool const suits = !asks_too_much(*mail.wire, form) && !could_ask_more(mail, form);
    bool const is_fixed = mail.wire->is_binary() && !mail.message;  // its octets cannot be told from line ends any more
    if (suits || is_fixed) return;
    auto other = mail.message ? render_again(mail, form) : convert(*mail.wire, form);
    if (other && !asks_too_much(*other, form)) take_wire(mail, *std::move(other));
} catch (mime::error const&) {
}

}  // namespace

outgoing pack(addressed_wire mail, content_watch watch) {
    outgoing packed;
    packed.envelope = std::make_shared<smtp::envelope>(std::move(mail.envelope));
    packed.message = std::move(mail.message);
    packed.watch = std::move(watch);
    take_wire(packed, std::move(mail.wire));
    return packed;
}

bool rewind(outgoing& mail) {
    if (!mail.wire) return false;
    auto wire = *std::move(mail.wire);
    take_wire(mail, std::move(wire));
    return true;
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
        if (mail.wire) fit(mail, offered, from);
        tell(mail, engine);
    };
    return made;
}

}  // namespace postrider::smtp
