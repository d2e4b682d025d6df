#include "catcher.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <system_error>
#include <utility>

#include "message_view.hpp"
#include "take_in.hpp"

namespace postrider::devserver {
namespace {

std::size_t received_fields(std::string_view octets) {
    constexpr std::string_view name = "Received:";
    std::size_t count = 0;
    for (auto rest = header_section(octets); !rest.empty();) {
        count += ascii::equal_without_case(rest.substr(0, name.size()), name);
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    }
    return count;
}

smtp::reply goes_in_circles() {
    return smtp::reply_of(
        554, smtp::enhanced_code{5, 4, 6},
        "more than " + std::to_string(limits::received_fields) + " Received fields: this message goes in circles");
}

smtp::reply enough() {
    return smtp::reply_of(421, smtp::enhanced_code{4, 3, 2}, "all messages that were wanted have come");
}

smtp::reply refusal_of(std::system_error const& failure) {
    bool full = failure.code() == std::errc::no_space_on_device;
    return smtp::reply_of(full ? 452 : 451, smtp::enhanced_code{4, 3, full ? 1 : 0}, "the message could not be stored");
}

}  // namespace

void catcher::stands_for(std::vector<smtp::parameter> const& told) {
    if (auto peer = peer_in_xclient(told)) peer_ = *std::move(peer);
}

smtp::reply catcher::mail(smtp::envelope const&) {
    if (services_.wanted.used_up()) return enough();
    return smtp::reply_of(250, smtp::enhanced_code{2, 1, 0}, "sender ok");
}

smtp::reply catcher::rcpt(smtp::envelope const&, smtp::forward_path const&) {
    return smtp::reply_of(250, smtp::enhanced_code{2, 1, 5}, "recipient ok");
}

error_code catcher::content(std::string_view octets) {
    size_ += octets.size();
    if (services_.options.discard)
        octets = octets.substr(
            0, limits::discarded_header_octets - std::min(octets_.size(), limits::discarded_header_octets));
    octets_.append(octets);
    return {};
}

smtp::reply catcher::end_content(smtp::envelope const& envelope) {
    auto reply = outcome_of(envelope);
    abort();
    return reply;
}

session_facts catcher::facts() const {
    session_facts facts;
    facts.peer = peer_;
    if (!session_) return facts;
    auto const& engine = session_->engine();
    facts.helo = engine.client_name();
    facts.login = engine.user();
    facts.tls = session_->tls_description();
    facts.lmtp = lmtp_;
    facts.esmtp = engine.esmtp();
    return facts;
}

smtp::reply catcher::outcome_of(smtp::envelope const& envelope) {
    // Another session may have brought the last one meanwhile.
    if (services_.wanted.used_up()) return enough();
    if (received_fields(octets_) > limits::received_fields) return goes_in_circles();
    return keep(envelope);
}

smtp::reply catcher::keep(smtp::envelope const& envelope) {
    auto const session = facts();
    new_message fresh;
    fresh.from = envelope.reverse_path;
    for (auto const& path : envelope.forward_paths) fresh.to.push_back(path.address);
    fresh.inbox = inbox_for(services_.options.inboxes, session.login, fresh.to.empty() ? "" : fresh.to.front());
    fresh.envelope = to_json_text(envelope, session);
    fresh.size = size_;
    fresh.discarded = services_.options.discard;
    fresh.octets = fresh.discarded ? std::string(header_section(octets_)) : std::move(octets_);
    fresh.transcript = recorder_.lines();
    fresh.describe_itself();
    try {
        auto const kept = take_in(fresh, services_.messages, services_.changes);
        recorder_.kept_as(kept.id);
        services_.wanted.take();
        services_.counted.message(kept.size, kept.discarded);
        services_.on_kept();
        return smtp::reply_of(250, smtp::enhanced_code{2, 0, 0}, "kept as " + kept.id);
    } catch (std::system_error const& failure) {
        return refusal_of(failure);
    }
}

void catcher::abort() noexcept {
    // Its room goes too: the next message may be small, and sessions may be many.
    octets_ = std::string();
    size_ = 0;
}

}  // namespace postrider::devserver
