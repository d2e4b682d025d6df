#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/received.hpp>

#include "field_text.hpp"
#include "tokens.hpp"

namespace postrider::mime {
namespace {

bool is_clause_name(std::string_view word) noexcept {
    constexpr std::array<std::string_view, 6> names = {"from", "by", "via", "with", "id", "for"};
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return ascii::equal_without_case(name, word); });
}

/// Where the last ";" outside comments and quoted-strings stands, or the end: the date is behind it.
std::size_t find_date(std::string_view text) noexcept {
    token_reader tokens(text);
    std::size_t last = text.size();
    for (tokens.take_until(';'); !tokens.at_end(); tokens.take_until(';')) {
        last = tokens.position();
        tokens.take(';');
    }
    return last;
}

class clause_reader {
public:
    clause_reader(std::string_view text, received_field& found) noexcept : tokens_(text), found_(found) {}

    void read() {
        for (;;) {
            tokens_.skip_cfws();
            add_comment(tokens_.take_comments());
            if (tokens_.at_end()) return;
            if (!tokens_.take(';')) take_word();
        }
    }

private:
    void take_word() {
        std::string_view const word = tokens_.take_word(";");
        bool const has_value = !found_.clauses.empty() && !found_.clauses.back().value.empty();
        if (is_clause_name(word) && (found_.clauses.empty() || has_value))
            begin_clause(word);
        else if (found_.clauses.empty())
            add_defect(found_.defects, defect_kind::invalid_header);
        else
            append(found_.clauses.back().value, word);
    }

    void begin_clause(std::string_view name) {
        if (found_.clauses.size() < limits::listed_values)
            found_.clauses.push_back({ascii::lower(name), {}, {}});
        else
            add_defect(found_.defects, defect_kind::value_limit);
    }

    void add_comment(std::string const& comment) {
        append(found_.clauses.empty() ? found_.comment : found_.clauses.back().comment, comment);
    }

    static void append(std::string& to, std::string_view words) {
        if (!to.empty() && !words.empty()) to += ' ';
        to += words;
    }

    token_reader tokens_;
    received_field& found_;
};

}  // namespace

received_clause const* received_field::find(std::string_view name) const noexcept {
    auto const found = std::find_if(clauses.begin(), clauses.end(), [&](auto const& one) { return one.name == name; });
    return found == clauses.end() ? nullptr : &*found;
}

std::string_view received_field::value(std::string_view name) const noexcept {
    auto const* clause = find(name);
    std::string_view value = clause ? std::string_view(clause->value) : std::string_view();
    if (name == "for" && value.starts_with('<') && value.ends_with('>')) value = value.substr(1, value.size() - 2);
    return value;
}

received_field parse_received(std::string_view field_body) {
    field_text const body = read_field_text(field_body);
    std::string_view const text = body.text;
    received_field found;
    found.defects = body.defects;
    std::size_t const date = find_date(text);
    clause_reader(text.substr(0, date), found).read();
    if (date != text.size())
        if (auto const when = codec::parse_date(text.substr(date + 1))) found.date = *when;
    if (!found.date) found.defects.push_back(defect_kind::invalid_date);
    return found;
}

}  // namespace postrider::mime
