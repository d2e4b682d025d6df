#include "long_lines.hpp"

#include <postrider/core/limits.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/raw.hpp>
#include <postrider/mime/render.hpp>

#include "exit_codes.hpp"

namespace postrider::app {
namespace {

/// The next line, without its end, whichever that is.
std::string_view take_line(std::string_view& text) noexcept {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

[[noreturn]] void refuse(std::string const& name) {
    throw error(
        exit_code::bad_data,
        name + " has a line of more than " + std::to_string(limits::line_octets) +
            " octets in its body, which servers need not take (RFC 5321), and its signature forbids to encode it",
        "sign it again with shorter lines");
}

}  // namespace

bool has_long_line(std::string_view message) noexcept {
    while (!message.empty() && !take_line(message).empty()) continue;
    while (!message.empty())
        if (take_line(message).size() > limits::line_octets) return true;
    return false;
}

mime::wire with_short_lines(std::string octets, std::string const& name) {
    // What goes from every message goes first; rendering then leaves all but those parts as it is.
    auto raw = mime::wire_from_octets(std::move(octets));
    auto const plain = raw.str();
    if (!plain) throw error(exit_code::io_error, "cannot read " + name + ": " + plain.error().message());
    try {
        mime::render_options form;
        form.cte_type = mime::policy::transfer::eight_bit;
        auto encoded = mime::render(mime::message_from_bytes(*plain), form);
        auto const shown = encoded.str();
        if (!shown || has_long_line(*shown)) refuse(name);
        return encoded;
    } catch (mime::error const&) {  // what cannot be rendered goes as it is, and the server judges it
        return raw;
    }
}

}  // namespace postrider::app
