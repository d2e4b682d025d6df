#include "renderer.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/error.hpp>

#include "hex_digits.hpp"

namespace postrider::mime {
namespace {

std::size_t expected_octets(message const& mail) noexcept {
    constexpr std::size_t usual_header = 1024, longest_worth_reserving = 64 * 1024;
    std::size_t octets = 0;
    for (auto const* body : {&mail.text_body(), &mail.html_body()})
        if (*body) octets += (*body)->octets.size();
    return usual_header + std::min(octets + octets / 2, longest_worth_reserving);
}

std::size_t count_mailboxes(field const* one) noexcept {
    auto const* entries = one ? std::get_if<std::vector<address_entry>>(&one->body) : nullptr;
    std::size_t count = 0;
    if (entries)
        for (auto const& entry : *entries) count += entry.mailboxes.size();
    return count;
}

void check_originator(message const& mail) {
    auto authors = count_mailboxes(mail.find("From"));
    if (authors == 0) throw error(errc::missing_sender, "the message has no From");
    if (authors > 1 && count_mailboxes(mail.find("Sender")) == 0)
        throw error(errc::missing_sender, "a message with several authors needs a Sender: which of them sends it?");
}

}  // namespace

wire render(message const& mail, render_options const& options) {
    auto const& from = options.host ? *options.host : system_host();
    std::vector<message const*> clashes;
    for (unsigned attempt = 0;; ++attempt) {
        renderer one(from, options.keep_bcc, attempt);
        one.avoid(std::move(clashes));
        one.render(mail, options);
        if (!one.is_void()) return one.take();
        clashes = one.clashes();
    }
}

// What was parsed is somebody's words, and sent as it is: nothing is supplied.
void renderer::render(message const& mail, render_options const& options) {
    how_.cte_type = options.cte_type;
    ascii_header_ = !options.utf8;
    if (ascii_header_) header_.keep_addresses_to_ascii();
    is_binary_ = how_.cte_type == policy::transfer::binary && can_travel_binary(mail);
    if (mail.parsed_from()) return parsed_root(mail, false);
    check_originator(mail);
    out_.reserve(expected_octets(mail));
    fields(mail);
    supply_date(mail);
    supply_message_id(mail);
    out_ += "MIME-Version: 1.0\r\n";
    entity(mail);
}

void renderer::write(message const& mail, policy const& how, std::optional<std::string> const& first_line) {
    how_ = how;
    sends_ = false;
    rope_.keep_line_ends();
    header_.keep_to(how.max_line_length, how.utf8);
    if (first_line && !first_line->empty()) out_ += *first_line + "\r\n";
    if (mail.parsed_from()) return parsed_root(mail, !first_line);
    fields(mail);
    out_ += "MIME-Version: 1.0\r\n";
    entity(mail);
}

wire renderer::take() {
    flush();
    if (header_.wrote_utf8()) wire_.set_needs_smtputf8(true);
    return std::move(wire_);
}

void renderer::entity(message const& mail) {
    struct writer {
        renderer& to;
        message const& mail;
        void operator()(std::monostate) const { to.front_door(mail); }
        void operator()(text_content const& text) const { to.text_leaf(&mail, "text/plain", text); }
        void operator()(data_content const& data) const { to.data_leaf(mail, data); }
        void operator()(message::message_content const& inner) const { to.enclosed(mail, *inner.enclosed); }
        void operator()(message::multipart_content const& all) const { to.explicit_multipart(mail, all.parts); }
        void operator()(message::parsed_content const& parsed) const { to.renewed_leaf(mail, parsed); }
    };
    std::visit(writer{*this, mail}, mail.body());
}

void renderer::body_part(message const& part) {
    if (part.parsed_from()) {
        if (parsed_entity(part) == ending::open) out_ += "\r\n";
        return;
    }
    fields(part);
    entity(part);
}

// mixed { related { alternative { text, html }, inline... }, attachments... }, without the layers that hold one thing.
// Inline parts that no HTML can show are attachments.
void renderer::front_door(message const& mail) {
    bool const strays = !mail.html_body() && !mail.inline_parts().empty();
    if (mail.attachments().empty() && !strays) return related_body(mail, &mail);
    auto boundary = open_multipart(&mail, {"multipart/mixed", {}}, encoding_around(mail));
    if (mail.text_body() || mail.html_body()) {
        next_part(boundary);
        related_body(mail, nullptr);
    }
    for (auto const* parts : {strays ? &mail.inline_parts() : nullptr, &mail.attachments()}) {
        if (!parts) continue;
        for (auto const& part : *parts) {
            next_part(boundary);
            body_part(part);
        }
    }
    close_multipart(boundary);
}

void renderer::related_body(message const& mail, message const* owner) {
    if (!mail.html_body() || mail.inline_parts().empty()) return alternative_body(mail, owner);
    // RFC 2387 §3.1: the type of the root part must be told.
    parameterized type{"multipart/related", {}};
    type.parameters.emplace_back("type", mail.text_body() ? "multipart/alternative" : "text/html");
    auto boundary = open_multipart(owner, type, encoding_around(mail));
    next_part(boundary);
    alternative_body(mail, nullptr);
    for (auto const& part : mail.inline_parts()) {
        next_part(boundary);
        body_part(part);
    }
    close_multipart(boundary);
}

// The last alternative is the one a reader prefers: RFC 2046 §5.1.4.
void renderer::alternative_body(message const& mail, message const* owner) {
    if (!mail.html_body()) {
        static text_content const nothing{"", "us-ascii"};
        return text_leaf(owner, "text/plain", mail.text_body() ? *mail.text_body() : nothing);
    }
    if (!mail.text_body()) return text_leaf(owner, "text/html", *mail.html_body());
    auto boundary = open_multipart(owner, {"multipart/alternative", {}}, std::nullopt);
    next_part(boundary);
    text_leaf(nullptr, "text/plain", *mail.text_body());
    next_part(boundary);
    text_leaf(nullptr, "text/html", *mail.html_body());
    close_multipart(boundary);
}

// A body from the front door stands in front of the parts.
void renderer::explicit_multipart(message const& mail, std::vector<message> const& parts) {
    auto const* declared = mail.find("Content-Type");
    auto const* type = declared ? std::get_if<parameterized>(&declared->body) : nullptr;
    bool const is_signed = type && ascii::equal_without_case(type->value, "multipart/signed");
    auto boundary = open_multipart(&mail, type ? *type : parameterized{"multipart/mixed", {}}, encoding_around(mail));
    signed_parts_ += is_signed;
    if (mail.text_body() || mail.html_body()) {
        next_part(boundary);
        alternative_body(mail, nullptr);
    }
    for (auto const& part : parts) {
        next_part(boundary);
        body_part(part);
    }
    if (parts.empty() && !mail.text_body() && !mail.html_body()) {
        next_part(boundary);  // a multipart has one part at least, be it empty: RFC 2046 §5.1.1
        end_header();
    }
    signed_parts_ -= is_signed;
    close_multipart(boundary);
    write_epilogue(mail);
}

// Boundaries hold "=_", which neither base64 nor quoted-printable can. The number stands in front of the tag, so that
// none begins with another.
std::string renderer::open_multipart(message const* mail, parameterized const& type,
                                     std::optional<transfer_encoding> encoding) {
    if (tag_.empty()) {
        std::array<char, 16> random;
        host_.random(random);
        auto const digits = hex_digits(random);
        tag_.assign(digits.data(), digits.size());
        if (attempt_ > 0) tag_ += '.' + std::to_string(attempt_);
    }
    auto boundary = mail ? boundary_to_keep(*mail) : std::string();
    if (boundary.empty()) boundary = "=_" + std::to_string(++multiparts_) + '.' + tag_;
    content_header(mail, {{}, {}, encoding, &type, boundary});
    ++open_multiparts_;
    if (mail) write_preamble(*mail);
    return boundary;
}

void renderer::next_part(std::string_view boundary) {
    out_ += "--";
    out_ += boundary;
    out_ += "\r\n";
}

void renderer::close_multipart(std::string_view boundary) {
    out_ += "--";
    out_ += boundary;
    out_ += "--\r\n";
    --open_multiparts_;
    if (!given_boundaries_.empty() && given_boundaries_.back().boundary == boundary) given_boundaries_.pop_back();
}

// What has parts says what the least encoded of them needs.                                          RFC 2045 §6.4
std::optional<transfer_encoding> renderer::encoding_around(message const& mail) const {
    if (is_binary_ && holds_octets(mail)) return transfer_encoding::binary;
    return goes_in_8bit(mail) ? std::optional(transfer_encoding::eight_bit) : std::nullopt;
}

// Under a policy of 7 bits only what is signed keeps its own.
bool renderer::goes_in_8bit(message const& mail) const {
    if (leaves_8bit()) return carries_8bit(mail);
    auto const parts = mail.walk();
    return std::any_of(parts.begin(), parts.end(), [](message const& part) {
        return part.get_content_type() == "multipart/signed" && carries_8bit(part);
    });
}

// An enclosed message is somebody's words: it gets no Date or Message-ID of ours, and no transfer encoding.
void renderer::enclosed(message const& mail, message const& inner) {
    content_header(&mail, {"message/rfc822", {}, encoding_around(inner)});
    if (inner.parsed_from()) {
        ++enclosures_;
        auto const end = parsed_entity(inner);
        --enclosures_;
        return end == ending::open ? end_unencoded_body() : void();
    }
    auto* const gaps = std::exchange(gaps_, nullptr);  // nor anything of ours filled in
    fields(inner);
    out_ += "MIME-Version: 1.0\r\n";
    entity(inner);
    gaps_ = gaps;
}

}  // namespace postrider::mime
