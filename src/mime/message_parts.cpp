#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/mime/media_type.hpp>
#include <postrider/mime/message.hpp>

#include "characters.hpp"
#include "checks.hpp"

/// Attachments, inline parts and payloads.
namespace postrider::mime {
namespace {

constexpr std::size_t octets_to_tell_a_type = 512;

std::string first_octets(octet_source const& source) {
    std::string first(std::min<std::uint64_t>(source.size(), octets_to_tell_a_type), '\0');
    auto got = source.read_at(0, first);
    first.resize(got ? *got : 0);
    return first;
}

std::string first_octets(data_content const& data) {
    if (auto const* source = std::get_if<octet_source_ptr>(&data)) return first_octets(**source);
    return std::get<shared_octets>(data)->substr(0, octets_to_tell_a_type);
}

// A name is for the receiver's folder: no path of the sender's, and UTF-8 whatever the file system holds.
std::string base_name(std::string_view path) {
    auto slash = path.rfind('/');
    auto name = std::string(slash == path.npos ? path : path.substr(slash + 1));
    if (!codec::is_utf8(name)) name = codec::decode_charset(name, "utf-8").value().text;
    check_text("the file name", name);
    return name;
}

bool is_text_type(std::string_view type) noexcept {
    return starts_without_case(type, "text/");
}

// Octets of a text file say nothing of their charset; what begins as UTF-8 beyond ASCII is taken for it.
bool looks_like_utf8(std::string_view first) {
    auto whole = first.substr(0, codec::utf8_prefix(first, first.size() - std::min<std::size_t>(first.size(), 3)));
    return !codec::is_ascii(whole) && codec::is_utf8(whole);
}

parameterized type_field(std::string_view name, std::string type, data_content const& data) {
    parameterized body{std::move(type), {}};
    std::string first;
    if (body.value.empty()) {
        body.value = type_of_name(name);
        if (body.value.empty() || is_text_type(body.value)) first = first_octets(data);
        if (body.value.empty()) body.value = guess_type({}, first);
        if (is_text_type(body.value) && looks_like_utf8(first)) body.parameters.emplace_back("charset", "utf-8");
        return body;
    }
    auto parsed = parse_parameterized(body.value);
    if (!parsed) throw error(errc::bad_field_body, "a type is written main/sub, not " + shown(body.value));
    check_type(parsed->value);
    return std::move(*parsed);
}

message data_part(std::string_view path, data_content data, std::string type, char const* disposition) {
    message part;
    auto name = base_name(path);
    part.set_field({"Content-Type", type_field(name, std::move(type), data)});
    parameterized shown_as{disposition, {}};
    if (!name.empty()) shown_as.parameters.emplace_back("filename", std::move(name));
    part.set_field({"Content-Disposition", std::move(shown_as)});
    part.set_body(std::move(data));
    return part;
}

message inline_part(std::string_view cid, std::string_view path, data_content data, std::string type) {
    if (cid.size() > 2 && cid.front() == '<' && cid.back() == '>') cid = cid.substr(1, cid.size() - 2);
    check_tokens("the cid", cid);
    if (cid.empty() || cid.find_first_of("<> \t\"") != cid.npos)
        throw error(errc::bad_field_body, "no cid: " + shown(cid));
    auto part = data_part(path, std::move(data), std::move(type), "inline");
    part.set_field({"Content-ID", '<' + std::string(cid) + '>'});
    return part;
}

octet_source_ptr opened(std::filesystem::path const& path, host const& from) {
    auto source = from.open(path);
    if (!source) throw error(errc::unreadable_file, path.string() + ": " + source.error().message());
    return std::move(*source);
}

shared_octets shared(std::string&& octets) {
    return std::make_shared<std::string const>(std::move(octets));
}

}  // namespace

message& message::add_part(message&& part, std::vector<message>& slot) {
    if (auto* parts = std::get_if<multipart_content>(&content_)) {
        parts->parts.push_back(std::move(part));
        return *this;
    }
    if (!std::holds_alternative<std::monostate>(content_))
        throw error(errc::not_multipart, "only a multipart, or a message without content of its own, takes parts");
    slot.push_back(std::move(part));
    return *this;
}

message& message::attach(message part) {
    return add_part(std::move(part), attachments_);
}

message& message::attach_file(std::filesystem::path const& path, std::string type, host const& from) {
    return attach(data_part(path.string(), opened(path, from), std::move(type), "attachment"));
}

message& message::attach_data(std::string_view name, std::string octets, std::string type) {
    return attach(data_part(name, shared(std::move(octets)), std::move(type), "attachment"));
}

message& message::attach_data(std::string_view name, shared_octets octets, std::string type) {
    return attach(data_part(name, std::move(octets), std::move(type), "attachment"));
}

message& message::attach_data(std::string_view name, octet_source_ptr octets, std::string type) {
    return attach(data_part(name, std::move(octets), std::move(type), "attachment"));
}

message& message::inline_file(std::string_view cid, std::filesystem::path const& path, std::string type,
                              host const& from) {
    return add_part(inline_part(cid, path.string(), opened(path, from), std::move(type)), inline_parts_);
}

message& message::inline_data(std::string_view cid, std::string octets, std::string type, std::string_view name) {
    return add_part(inline_part(cid, name, shared(std::move(octets)), std::move(type)), inline_parts_);
}

message& message::inline_data(std::string_view cid, shared_octets octets, std::string type, std::string_view name) {
    return add_part(inline_part(cid, name, std::move(octets), std::move(type)), inline_parts_);
}

message& message::set_payload(std::string octets, std::string_view charset) {
    auto const* declared = find("Content-Type");
    auto const* type = declared ? std::get_if<parameterized>(&declared->body) : nullptr;
    if (charset.empty() && type && !is_text_type(type->value)) return set_payload(shared(std::move(octets)));
    if (is_multipart_content()) throw error(errc::not_multipart, "set_payload: a multipart takes parts, by attach");
    auto const* of_type = charset.empty() && type ? type->find("charset") : nullptr;
    content_ = make_text(std::move(octets), of_type && of_type->value ? std::string_view(*of_type->value) : charset);
    return *this;
}

message& message::set_payload(shared_octets octets) {
    if (is_multipart_content()) throw error(errc::not_multipart, "set_payload: a multipart takes parts, by attach");
    content_ = data_content(std::move(octets));
    return *this;
}

message& message::set_payload(octet_source_ptr octets) {
    if (is_multipart_content()) throw error(errc::not_multipart, "set_payload: a multipart takes parts, by attach");
    content_ = data_content(std::move(octets));
    return *this;
}

}  // namespace postrider::mime
