#include <algorithm>
#include <array>
#include <cstring>
#include <postrider/codec/base64.hpp>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/error.hpp>
#include <utility>

#include "../line_ends.hpp"
#include "html_place.hpp"
#include "slots.hpp"

/// A text body with holes: long literals, encoded once, and between them runs of values and short literals, which each
/// row encodes.
namespace postrider::mime::merge {
namespace {

// Shorter ones are encoded again with the values beside them: a piece of its own costs more.
constexpr std::size_t smallest_shared_literal = 96;

struct filled_hole {
    hole from;
    escaping how = escaping::none;
};
using run = std::vector<std::variant<std::string, filled_hole>>;

/// A run and the literal behind it, which only the last lacks.
struct stretch {
    run before;
    std::string literal;
};

// --- Reading the template

escaping escaping_in_html(hole const& one, html_place place) {
    if (one.raw) return escaping::none;
    auto const refuse = [&](char const* why) -> escaping {
        throw error(errc::bad_hole, "{{" + one.name + "}} in " + one.place + ' ' + why);
    };
    switch (place) {
        case html_place::text:
        case html_place::attribute_value: return escaping::html;
        case html_place::url_begin: return escaping::url_begin;
        case html_place::url_inside: return escaping::url_component;
        case html_place::unquoted_value: return refuse("stands in an attribute without quotes: put them around it");
        case html_place::markup: return refuse("stands in the markup of a tag, where no value is safe");
        case html_place::code: break;
    }
    return refuse("stands in script or style, where no value is safe; {{{...}}} puts it in as it is");
}

/// Literals in their charset, with CRLF, and how each hole is to be filled.
run prepared(body_template const& body) {
    run all;
    html_scanner html;
    for (auto const& segment : body.segments) {
        if (auto const* literal = std::get_if<std::string>(&segment)) {
            if (body.html) html.read(*literal);
            auto octets = codec::encode_charset(with_crlf(*literal), body.charset);
            if (!octets)
                throw error(errc::unencodable, "the charset " + body.charset + " lacks a character of the text");
            all.emplace_back(std::move(*octets));
            continue;
        }
        auto const& one = std::get<hole>(segment);
        if (one.raw && !body.html)
            throw error(errc::bad_hole, "{{{" + one.name + "}}} in " + one.place + ": only HTML knows raw holes");
        all.emplace_back(filled_hole{one, body.html ? escaping_in_html(one, html.take_value()) : escaping::none});
    }
    return all;
}

/// What the end of a literal that a value follows leaves to the run behind it: blanks, which must be encoded if the
/// line ends there, and the beginning of a line that may yet become "From ".
std::size_t octets_for_next_run(std::string_view literal) noexcept {
    std::size_t taken = 0;
    while (taken < literal.size() &&
           (literal[literal.size() - taken - 1] == ' ' || literal[literal.size() - taken - 1] == '\t'))
        ++taken;
    auto const line = literal.substr(literal.rfind('\n') + 1);
    return !line.empty() && std::string_view("From ").starts_with(line) ? line.size() : taken;
}

std::vector<stretch> stretches_of(run&& all) {
    std::vector<stretch> made(1);
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto* const literal = std::get_if<std::string>(&all[i]);
        std::size_t const left = literal && i + 1 < all.size() ? octets_for_next_run(*literal) : 0;
        if (!literal || literal->size() < smallest_shared_literal + left) {
            made.back().before.push_back(std::move(all[i]));
            continue;
        }
        auto rest = literal->substr(literal->size() - left);
        literal->resize(literal->size() - left);
        made.back().literal = std::move(*literal);
        made.emplace_back();
        if (!rest.empty()) made.back().before.emplace_back(std::move(rest));
    }
    return made;
}

// --- Filling it

class run_filler {
public:
    explicit run_filler(std::string const& charset)
        : charset_(charset), converts_(!ascii::equal_without_case(charset, "utf-8")) {}

    void append(std::string& out, run const& items, row_values& values) const {
        for (auto const& item : items) {
            if (auto const* literal = std::get_if<std::string>(&item))
                out += *literal;
            else
                append(out, std::get<filled_hole>(item), values);
        }
    }

private:
    void append(std::string& out, filled_hole const& where, row_values& values) const {
        auto const value = values.of(where.from);
        if (where.how == escaping::url_begin && !is_harmless_url(value))
            return values.fail(errc::bad_field_body, where.from, "has a value that is no URL to link to");
        bool const one_line = std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n'; });
        if (one_line && !converts_) return append_escaped(out, value, where.how);
        std::string escaped;
        append_escaped(escaped, value, where.how);
        if (!converts_) return append_with_crlf(out, escaped);
        auto octets = codec::encode_charset(with_crlf(std::move(escaped)), charset_);
        if (!octets) return values.fail(errc::unencodable, where.from, "has a character that " + charset_ + " lacks");
        out += *octets;
    }

    std::string charset_;
    bool converts_;
};

// --- Quoted-printable: a soft line break behind each run, so that the literal behind it always begins a line.

class quoted_printable_body final : public slot {
public:
    quoted_printable_body(std::vector<stretch>&& stretches, std::string const& charset) : filler_(charset) {
        for (auto& one : stretches) {
            bool const last = &one == &stretches.back();
            auto& made = parts_.emplace_back();
            made.before = std::move(one.before);
            if (last) break;
            made.begins_with_line_end = one.literal.starts_with("\r\n");
            bool const ends_text = &one + 2 > &stretches.back() && stretches.back().before.empty();
            std::string encoded;
            codec::append_quoted_printable(encoded, made.end_column, one.literal, ends_text);
            made.literal = std::move(encoded);
        }
    }

    std::size_t pieces() const noexcept override { return 2 * parts_.size(); }

    void write(row_values& values, assembler& out) const override {
        std::size_t column = 0;
        auto& filled = out.room();
        for (auto const& one : parts_) {
            bool const last = &one == &parts_.back();
            filled.clear();
            filler_.append(filled, one.before, values);
            codec::append_quoted_printable(out.own(), column, filled, last || one.begins_with_line_end);
            if (last) return;
            if (column > 0 && !one.begins_with_line_end) out.own() += "=\r\n";
            out.common_octets(one.literal);
            column = one.end_column;
        }
    }

private:
    struct part {
        run before;
        std::string literal;
        std::size_t end_column = 0;
        bool begins_with_line_end = false;
    };
    run_filler filler_;
    std::vector<part> parts_;
};

// --- Base64: three octets are four characters wherever they begin, so each literal is there three times, from its
// first, second and third octet on. The run in front of it takes what is missing to whole groups of three.

class base64_body final : public slot {
public:
    base64_body(std::vector<stretch>&& stretches, std::string const& charset) : filler_(charset) {
        for (auto& one : stretches) {
            auto& made = parts_.emplace_back();
            made.before = std::move(one.before);
            if (one.literal.empty()) continue;
            made.first_octets = one.literal.substr(0, 2);
            for (std::size_t skipped = 0; skipped < group; ++skipped) {
                auto const octets = std::string_view(one.literal).substr(skipped);
                auto const whole = octets.size() / group * group;
                made.encoded[skipped].literal = codec::encode_base64_lines(octets.substr(0, whole));
                made.encoded[skipped].rest = octets.substr(whole);
            }
        }
    }

    std::size_t pieces() const noexcept override { return 2 * parts_.size(); }

    void write(row_values& values, assembler& out) const override {
        auto& filled = out.room();
        for (auto const& one : parts_) {
            filler_.append(filled, one.before, values);
            bool const last = one.first_octets.empty();
            auto const missing = last ? 0 : (group - filled.size() % group) % group;
            filled.append(one.first_octets, 0, missing);
            append_lines(out.own(), filled);
            if (last) continue;
            out.common_octets(one.encoded[missing].literal);
            filled = one.encoded[missing].rest;
        }
    }

private:
    static constexpr std::size_t group = 3;

    static void append_lines(std::string& out, std::string_view octets) {
        auto const begin = out.size();
        out.resize(begin + codec::base64_lines_size(octets.size()));
        codec::encode_base64_lines(octets, out.data() + begin);
    }

    struct part {
        run before;
        struct phase {
            std::string literal;
            std::string rest;  // the octets behind its last whole group
        };
        std::array<phase, group> encoded;
        std::string first_octets;
    };
    run_filler filler_;
    std::vector<part> parts_;
};

}  // namespace

slot_ptr body_slot(body_template const& body) {
    auto all = prepared(body);
    auto const* const end = all.empty() ? nullptr : std::get_if<std::string>(&all.back());
    if (body.needs_line_end && !(end && end->ends_with("\r\n"))) {
        if (end)
            std::get<std::string>(all.back()) += "\r\n";
        else
            all.emplace_back("\r\n");
    }
    auto stretches = stretches_of(std::move(all));
    if (body.encoding == transfer_encoding::base64)
        return std::make_unique<base64_body>(std::move(stretches), body.charset);
    return std::make_unique<quoted_printable_body>(std::move(stretches), body.charset);
}

}  // namespace postrider::mime::merge
