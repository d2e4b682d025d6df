#include <array>
#include <chrono>
#include <postrider/codec/date.hpp>
#include <postrider/core/ascii.hpp>

#include "characters.hpp"
#include "field_kind.hpp"
#include "hex_digits.hpp"
#include "renderer.hpp"

namespace postrider::mime {
namespace {

bool is_blind(std::string_view name) noexcept {
    return ascii::equal_without_case(name, "Bcc") || ascii::equal_without_case(name, "Resent-Bcc");
}

// The sender's domain says no more than the message does; this machine's name would.
std::string_view id_domain(message const& mail) noexcept {
    auto const* from = mail.find("From");
    auto const* entries = from ? std::get_if<std::vector<address_entry>>(&from->body) : nullptr;
    if (!entries || entries->empty() || entries->front().mailboxes.empty()) return {};
    auto domain = entries->front().mailboxes.front().domain();
    return look_at(domain).beyond_ascii ? std::string_view() : domain;
}

}  // namespace

// In the order in which they were given. What describes the content comes last, with it.
void renderer::fields(message const& mail) {
    for (auto const& one : mail.fields()) {
        if (is_content_field(one.name) || ascii::equal_without_case(one.name, "MIME-Version")) continue;
        if (is_blind(one.name) && !keep_bcc_) continue;
        put(one);
    }
}

void renderer::put(field const& one) {
    if (gaps_ && gaps_->takes(one)) return leave_gap();
    if (one.is_raw() && keeps_field(one)) return raw_field(one.raw.octets);
    header_.put(one);
}

void renderer::supply_date(message const& mail) {
    if (mail.contains("Date")) return;
    if (gaps_) return gaps_->take_date(), leave_gap();
    auto now = host_.now();
    std::array<char, 31> date;
    codec::format_date(std::chrono::floor<std::chrono::seconds>(now), host_.utc_offset(now), date.data());
    out_ += "Date: ";
    out_.append(date.data(), date.size());
    out_ += "\r\n";
}

void renderer::supply_message_id(message const& mail) {
    if (auto const* one = mail.find("Message-ID")) return wire_.set_message_id(to_string(one->body));
    auto const domain = id_domain(mail);
    auto const right = domain.empty() ? host_.name() : std::string(domain);
    if (gaps_) return gaps_->take_message_id(right), leave_gap();
    std::array<char, 16> random;
    host_.random(random);
    auto const left = hex_digits(random);
    std::string id;
    id.reserve(left.size() + right.size() + 3);
    id.append("<").append(left.data(), left.size()).append("@").append(right).append(">");
    out_ += "Message-ID: ";
    out_ += id;
    out_ += "\r\n";
    wire_.set_message_id(std::move(id));
}

void renderer::content_type(message const* mail, std::string_view type, std::string_view charset) {
    auto const* declared = mail ? mail->find("Content-Type") : nullptr;
    if (auto const* body = declared ? std::get_if<parameterized>(&declared->body) : nullptr) {
        header_.open("Content-Type", *body, charset.empty() ? "" : "charset");
        if (!charset.empty()) header_.parameter({"charset", std::string(charset)});
        return header_.end();
    }
    out_ += "Content-Type: ";
    out_ += type;
    if (!charset.empty()) {
        out_ += "; charset=";
        out_ += charset;
    }
    out_ += "\r\n";
}

// Of a message that was parsed all fields stand here, each in its place; else what describes the content comes last.
void renderer::content_header(message const* mail, content_fields const& says) {
    if (mail && mail->parsed_from()) return parsed_header(*mail, &says);
    if (says.multipart) {
        header_.open("Content-Type", *says.multipart, "boundary");
        header_.quoted_parameter("boundary", says.boundary);
        header_.end();
    } else {
        content_type(mail, says.type, says.charset);
    }
    other_content_fields(mail);
    if (says.encoding) transfer_field(*says.encoding);
    end_header();
}

void renderer::other_content_fields(message const* mail) {
    if (!mail) return;
    for (auto const& one : mail->fields())
        if (is_content_field(one.name) && !ascii::equal_without_case(one.name, "Content-Type") &&
            !ascii::equal_without_case(one.name, "Content-Transfer-Encoding"))
            put(one);
}

void renderer::transfer_field(transfer_encoding encoding) {
    out_ += "Content-Transfer-Encoding: ";
    out_ += to_string(encoding);
    out_ += "\r\n";
    if (encoding == transfer_encoding::eight_bit) wire_.set_has_8bit(true);
    if (encoding == transfer_encoding::binary) wire_.set_is_binary(true);
}

}  // namespace postrider::mime
