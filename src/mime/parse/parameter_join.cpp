#include <algorithm>
#include <map>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/encoded_word.hpp>
#include <span>
#include <tuple>

#include "parameters.hpp"
#include "raw_octets.hpp"
#include "visible.hpp"
#include "word_defects.hpp"

namespace postrider::mime {
namespace {

using form = parameter_section::form;

int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// What is no percent sign with two hexadecimal digits stays as it is.
std::string percent_decode(std::string_view text, std::vector<defect_kind>& defects) {
    std::string octets;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            octets += text[at];
            continue;
        }
        int const high = at + 1 < text.size() ? hex_value(text[at + 1]) : -1;
        int const low = at + 2 < text.size() ? hex_value(text[at + 2]) : -1;
        if (high >= 0 && low >= 0) {
            octets += static_cast<char>(high * 16 + low);
            at += 2;
        } else {
            defects.push_back(defect_kind::invalid_parameter);
            octets += '%';
        }
    }
    return octets;
}

/// Cuts `charset'language'` from the front of an extended value.
std::string_view take_charset(std::string_view& value, std::vector<defect_kind>& defects) {
    std::size_t const first = value.find('\'');
    std::size_t const second = first == std::string_view::npos ? first : value.find('\'', first + 1);
    if (second == std::string_view::npos) {
        defects.push_back(defect_kind::invalid_parameter);
        return {};
    }
    std::string_view const charset = value.substr(0, first);
    value.remove_prefix(second + 1);
    return charset;
}

std::string decode(std::string const& octets, std::string_view charset, std::vector<defect_kind>& defects) {
    auto decoded = codec::decode_charset(octets, charset.empty() ? "utf-8" : charset);
    if (!decoded) {
        defects.push_back(defect_kind::unknown_charset);
        return escape_controls(to_utf8(octets));
    }
    if (decoded->undecodable != 0) defects.push_back(defect_kind::undecodable_bytes);
    return escape_controls(std::move(decoded->text));
}

/// Octets are joined before they are decoded: mailers split sections inside a character.
std::string join_extended(std::span<parameter_section const> sections, std::vector<defect_kind>& defects) {
    std::string_view charset;
    std::string octets;
    for (parameter_section const& section : sections) {
        std::string_view value = section.value;
        if (&section == sections.data() && section.percent_encoded) charset = take_charset(value, defects);
        octets += section.percent_encoded ? percent_decode(value, defects) : std::string(value);
    }
    return decode(octets, charset, defects);
}

std::string decode_plain(parameter_section& section, std::string_view charset_of_raw,
                         std::vector<defect_kind>& defects) {
    if (section.name == "boundary") return std::move(section.value);  // compared octet by octet
    guessed_text raw = read_raw_octets(std::move(section.value), charset_of_raw);
    if (raw.guessed) defects.push_back(defect_kind::undeclared_charset);
    if (raw.undecodable) defects.push_back(defect_kind::undecodable_bytes);
    std::string text = std::move(raw.text);
    if (text.find("=?") != std::string::npos) {
        codec::decoded_words words = codec::decode_words(text);
        if (words.had_words) defects.push_back(defect_kind::invalid_parameter);
        add_word_defects(words, defects);
        text = std::move(words.text);
    }
    return escape_controls(std::move(text));
}

/// The sections of one form of one parameter, in numeric order: drops those that repeat a number, and tells of gaps.
std::vector<parameter_section> one_of_each(std::span<parameter_section> sections, std::vector<defect_kind>& defects) {
    std::vector<parameter_section> kept;
    for (parameter_section& section : sections) {
        if (!kept.empty() && kept.back().number == section.number) {
            defects.push_back(defect_kind::duplicate_parameter);
            continue;
        }
        if (section.number != kept.size()) defects.push_back(defect_kind::invalid_parameter);
        kept.push_back(std::move(section));
    }
    return kept;
}

void add_values(std::span<parameter_section> sections, std::string_view charset_of_raw,
                std::vector<parsed_parameter>& values, std::vector<defect_kind>& defects) {
    std::string const name = sections.front().name;
    form const what = sections.front().what;
    if (!values.empty() && values.back().name == name) defects.push_back(defect_kind::duplicate_parameter);
    if (what == form::sectioned) {
        values.push_back({name, join_extended(one_of_each(sections, defects), defects)});
        return;
    }
    if (sections.size() > 1) defects.push_back(defect_kind::duplicate_parameter);
    for (parameter_section& section : sections) {
        values.push_back({name, what == form::plain ? decode_plain(section, charset_of_raw, defects)
                                                    : join_extended(std::span(&section, 1), defects)});
    }
}

void number_parameters(std::vector<parameter_section>& sections) {
    std::map<std::string_view, std::size_t> seen;
    for (parameter_section& section : sections)
        section.parameter = seen.emplace(section.name, seen.size()).first->second;
}

}  // namespace

std::vector<parsed_parameter> join_sections(std::vector<parameter_section> sections, std::string_view charset_of_raw,
                                            std::vector<defect_kind>& defects) {
    number_parameters(sections);
    auto const rank = [](parameter_section const& section) {
        return std::tuple(section.parameter, section.what, section.number);
    };
    std::stable_sort(sections.begin(), sections.end(), [&](auto const& a, auto const& b) { return rank(a) < rank(b); });

    std::vector<parsed_parameter> values;
    for (auto first = sections.begin(); first != sections.end();) {
        auto const last = std::find_if(first, sections.end(), [&](auto const& s) {
            return s.parameter != first->parameter || s.what != first->what;
        });
        add_values(std::span(first, last), charset_of_raw, values, defects);
        first = last;
    }
    return values;
}

}  // namespace postrider::mime
