#include <postrider/mime/partial.hpp>

#include <algorithm>
#include <charconv>
#include <postrider/codec/error.hpp>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <vector>

#include "../characters.hpp"

namespace postrider::mime {
namespace {

std::optional<std::uint32_t> number_in(std::string const* text) noexcept {
    std::uint32_t number = 0;
    if (!text) return std::nullopt;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number == 0) return std::nullopt;
    return number;
}

/// Whether a field of the enclosed message, and not of the one around it, counts.                   RFC 2046 §5.2.2.1
bool belongs_to_enclosed(field_view const& field) noexcept {
    return starts_without_case(field.name, "Content-") || same_name(field.name, "Subject") ||
           same_name(field.name, "Message-ID") || same_name(field.name, "Encrypted") ||
           same_name(field.name, "MIME-Version");
}

void append_fields(std::string& octets, header_view const& fields, bool of_enclosed, std::string_view line_end) {
    for (field_view const& field : fields) {
        if (belongs_to_enclosed(field) == of_enclosed)
            octets.append(field.name).append(":").append(field.body).append(line_end);
    }
}

struct numbered {
    std::uint32_t number;
    parsed_message const* message;
};

/// In order; or nothing unless they are 1 to total of one id.
std::optional<std::vector<numbered>> in_order(std::span<parsed_message const> fragments) {
    std::vector<numbered> ordered;
    std::string id;
    std::optional<std::uint32_t> total;
    for (parsed_message const& message : fragments) {
        auto const fragment = partial_of(message.root());
        if (!fragment) return std::nullopt;
        if (ordered.empty()) id = fragment->id;
        if (!total) total = fragment->total;
        if (fragment->id != id || (fragment->total && fragment->total != total)) return std::nullopt;
        ordered.push_back({fragment->number, &message});
    }
    if (total != ordered.size()) return std::nullopt;
    std::sort(ordered.begin(), ordered.end(), [](numbered const& a, numbered const& b) { return a.number < b.number; });
    for (std::size_t i = 0; i < ordered.size(); ++i)
        if (ordered[i].number != i + 1) return std::nullopt;
    return ordered;
}

}  // namespace

std::optional<partial_fragment> partial_of(parsed_part const& part) {
    structured_field const type = part.content_type_field();
    if (type.value != "message/partial") return std::nullopt;
    std::string const* const id = type.find("id");
    auto const number = number_in(type.find("number"));
    if (!id || id->empty() || !number) return std::nullopt;
    return partial_fragment{*id, *number, number_in(type.find("total"))};
}

result<std::string> join_fragments(std::span<parsed_message const> fragments) {
    auto const ordered = in_order(fragments);
    if (!ordered) return make_error_code(codec::errc::malformed);
    std::size_t size = 0;
    for (numbered const& fragment : *ordered) size += fragment.message->octets().size();
    if (size > limits::raw_message_octets) return make_error_code(errc::limit_reached);

    parsed_part const first = ordered->front().message->root();
    parsed_message const enclosed = parse(first.body(), {.headers_only = true});
    std::string_view const line_end = first.octets().find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
    std::string octets;
    octets.reserve(size);
    append_fields(octets, first.fields(), false, line_end);
    append_fields(octets, enclosed.root().fields(), true, line_end);
    octets.append(line_end).append(enclosed.root().body());
    for (numbered const& fragment : std::span(*ordered).subspan(1)) octets += fragment.message->root().body();
    return octets;
}

}  // namespace postrider::mime
