#include <algorithm>
#include <postrider/codec/parameter.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/message.hpp>

#include "../checks.hpp"
#include "../parse/blanks.hpp"
#include "boundary.hpp"
#include "leaf.hpp"

/// Parameters of header fields, and what programs ask of them.
namespace postrider::mime {
namespace {

parameterized const* parameters_of(field const* one) {
    return one ? std::get_if<parameterized>(&one->body) : nullptr;
}

parameterized changeable(message const& mail, std::string_view field_name) {
    auto const* one = mail.find(field_name);
    if (auto const* body = parameters_of(one)) return *body;
    if (!one && ascii::equal_without_case(field_name, "Content-Type")) return {"text/plain", {}};
    if (!one) return {};
    // A field that is not known to have parameters may have them all the same.
    auto read = parse_parameterized(mail.get(field_name).value());
    if (!read) throw error(errc::bad_field_body, std::string(field_name) + " has no parameters");
    return std::move(*read);
}

void put_parameter(message& mail, std::string_view field_name, parameter wanted) {
    auto body = changeable(mail, field_name);
    check_parameters(field_name, {wanted});
    auto const same = [&](parameter const& one) { return ascii::equal_without_case(one.name, wanted.name); };
    auto const standing = std::find_if(body.parameters.begin(), body.parameters.end(), same);
    if (standing == body.parameters.end())
        body.parameters.push_back(std::move(wanted));
    else
        *standing = std::move(wanted);
    mail.set_field({std::string(field_name), std::move(body)});
}

bool is_charset_of_type(std::string_view name, std::string_view field_name) noexcept {
    return ascii::equal_without_case(name, "charset") && ascii::equal_without_case(field_name, "Content-Type");
}

}  // namespace

std::optional<std::string> message::get_param(std::string_view name, std::string_view field_name) const {
    auto const* body = parameters_of(find(field_name));
    auto const* one = body ? body->find(name) : nullptr;
    return one ? std::optional(one->value.value_or(std::string())) : std::nullopt;
}

std::vector<std::pair<std::string, std::string>> message::get_params(std::string_view field_name) const {
    std::vector<std::pair<std::string, std::string>> all;
    auto const* body = parameters_of(find(field_name));
    if (!body) return all;
    all.emplace_back(body->value, std::string());
    for (auto const& one : body->parameters) all.emplace_back(one.name, one.value.value_or(std::string()));
    return all;
}

std::optional<std::string> message::get_boundary() const {
    auto boundary = get_param("boundary");
    if (boundary) boundary->erase(trim_back(*boundary).size());
    return boundary;
}

std::optional<std::string> message::get_content_disposition() const {
    auto const* body = parameters_of(find("Content-Disposition"));
    if (!body || trim(body->value).empty()) return std::nullopt;
    return ascii::lower(trim(body->value));
}

bool message::is_attachment() const {
    return get_content_disposition() == "attachment";
}

std::optional<std::string> message::get_filename() const {
    auto name = get_param("filename", "Content-Disposition");
    if (!name) name = get_param("name");
    if (!name || trim(*name).empty()) return std::nullopt;
    return std::string(trim(*name));
}

message& message::set_param(std::string_view name, std::string_view value, std::string_view field_name,
                            std::string_view charset, std::string_view language) {
    // A label that its octets do not have would make a text unreadable: it is written anew.
    auto const* text = std::get_if<text_content>(&content_);
    std::optional<text_content> relabelled;
    if (text && is_charset_of_type(name, field_name)) relabelled = make_text(text_of(*this, octets_of(*this)), value);
    put_parameter(*this, field_name,
                  {std::string(name), charset_triple{std::string(charset), std::string(language), std::string(value)}});
    if (relabelled) content_ = std::move(*relabelled);
    return *this;
}

message& message::set_charset(std::string_view charset) {
    bool const leaf = !is_multipart() && get_content_maintype() == "text";
    if (!leaf) throw error(errc::rejected, "set_charset: this is no text leaf");
    auto made = make_text(text_of(*this, octets_of(*this)), charset);
    if (contains("Content-Type")) put_parameter(*this, "Content-Type", {"charset", made.charset});
    auto* const front = text_ ? &text_ : html_ ? &html_ : nullptr;
    if (front)
        *front = std::move(made);
    else
        content_ = std::move(made);
    return *this;
}

message& message::del_param(std::string_view name, std::string_view field_name) {
    auto const* standing = parameters_of(find(field_name));
    if (!standing || !standing->find(name)) return *this;
    auto body = *standing;
    std::erase_if(body.parameters, [&](parameter const& one) { return ascii::equal_without_case(one.name, name); });
    set_field({std::string(field_name), std::move(body)});
    return *this;
}

message& message::set_type(std::string_view type) {
    check_type(type);
    auto body = changeable(*this, "Content-Type");
    body.value = type;
    set_field({"Content-Type", std::move(body)});
    return *this;
}

message& message::set_boundary(std::string_view boundary) {
    if (!contains("Content-Type")) throw error(errc::bad_field_body, "there is no Content-Type to take a boundary");
    check_boundary(boundary);
    return set_param("boundary", boundary);
}

}  // namespace postrider::mime
