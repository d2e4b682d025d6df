#pragma once
#include <memory>
#include <optional>
#include <postrider/mime/address.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// Header fields as values, for composing.                                                     RFC 5322 §2.2, RFC 2045
namespace postrider::mime {

/// The value of a parameter with the charset and language it is to be written in, as Python's triple.     RFC 2231 §4
struct charset_triple {
    std::string charset;
    std::string language;
    std::string value;  ///< UTF-8; rendering converts it
    friend bool operator==(charset_triple const&, charset_triple const&) = default;
};

/// A parameter of a MIME field: `name=value`, or the bare `name` without a value.
struct parameter {
    parameter(std::string parameter_name) : name(std::move(parameter_name)) {}
    parameter(std::string parameter_name, std::string text) : name(std::move(parameter_name)), value(std::move(text)) {}
    parameter(std::string parameter_name, std::nullopt_t) : name(std::move(parameter_name)) {}
    parameter(std::string parameter_name, charset_triple triple)
        : name(std::move(parameter_name)),
          value(std::move(triple.value)),
          charset(std::move(triple.charset)),
          language(std::move(triple.language)) {}

    std::string name;
    std::optional<std::string> value;  ///< UTF-8
    std::string charset = "utf-8";     ///< of the extended form, where the value needs it
    std::string language;
    friend bool operator==(parameter const&, parameter const&) = default;
};

/// `attachment; filename="a.pdf"`, `text/plain; charset=utf-8`
struct parameterized {
    std::string value;
    std::vector<parameter> parameters;

    /// The parameter of that name, whatever its case; nullptr if there is none.
    parameter const* find(std::string_view name) const noexcept;
    friend bool operator==(parameterized const&, parameterized const&) = default;
};

/// What stands behind the colon: unstructured UTF-8 text, addresses, or a value with parameters. Neither folded nor
/// encoded; free of control characters.
using field_body = std::variant<std::string, std::vector<address_entry>, parameterized>;

/// Octets of a message that was parsed, and what keeps them alive.
struct raw_octets {
    std::shared_ptr<void const> owner;
    std::string_view octets;
};

struct field {
    std::string name;
    field_body body;
    /// Of a field that was parsed, or set as it is (message::set_raw): all of it, its name, folds and line end
    /// included. This is what goes out; the body is what it says.
    raw_octets raw = {};
    bool is_changed = false;  ///< since then: the octets only tell where the field stood

    bool is_raw() const noexcept { return !is_changed && !raw.octets.empty(); }
    friend bool operator==(field const& a, field const& b) { return a.name == b.name && a.body == b.body; }
};

/// The body as one line of UTF-8, for a person or a program to read.
std::string to_string(field_body const&);

/// A value with parameters as a caller writes it, strictly; RFC 2231 forms are decoded.
///     parameterized = value *(";" attribute "=" (token / quoted-string))
/// errors     errc::bad_field_body, ::control_character
result<parameterized> parse_parameterized(std::string_view text);

}  // namespace postrider::mime
