#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/list_fields.hpp>

#include "../characters.hpp"
#include "../parse/blanks.hpp"
#include "../parse/comments.hpp"
#include "field_text.hpp"
#include "phrase_reader.hpp"
#include "tokens.hpp"

namespace postrider::mime {
namespace {

/// scheme ":" and something behind it, in ASCII and without delimiters.                                RFC 3986 §3
bool is_uri(std::string_view text) noexcept {
    std::size_t const colon = text.find(':');
    if (colon == text.npos || colon + 1 == text.size() || !ascii::is_alpha(text.front())) return false;
    auto const of_scheme = [](char c) { return ascii::is_alnum(c) || c == '+' || c == '-' || c == '.'; };
    return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), of_scheme) &&
           std::none_of(text.begin(), text.end(), ascii::is_8bit) && text.find_first_of("<>\"") == text.npos;
}

class uri_reader {
public:
    explicit uri_reader(field_text const& body) : tokens_(body.text) { found_.defects = body.defects; }

    list_uris read() {
        for (tokens_.skip_cfws(); !tokens_.at_end(); tokens_.skip_cfws()) {
            if (tokens_.take(',')) continue;
            if (tokens_.peek() == '<')
                take_bracketed();
            else
                take_bare();
        }
        return std::move(found_);
    }

private:
    void note() { add_defect(found_.defects, defect_kind::invalid_header); }

    void take_bracketed() {
        bool closed = false;
        std::string uri(tokens_.take_angle(closed));
        if (!closed) note();
        std::erase_if(uri, is_blank);
        add(std::move(uri));
    }

    void take_bare() {
        std::string_view const word = tokens_.take_word(",<");
        if (ascii::equal_without_case(word, "no")) {
            found_.none = true;
            return;
        }
        note();
        add(std::string(word));
    }

    void add(std::string uri) {
        if (uri.empty() || !is_uri(uri)) return note();
        if (found_.uris.size() == limits::listed_values) return add_defect(found_.defects, defect_kind::value_limit);
        found_.uris.push_back(std::move(uri));
    }

    token_reader tokens_;
    list_uris found_;
};

bool is_https_with_host(std::string_view uri) noexcept {
    constexpr std::string_view scheme = "https://";
    if (uri.size() <= scheme.size() || !ascii::equal_without_case(uri.substr(0, scheme.size()), scheme)) return false;
    return std::string_view("/?#").find(uri[scheme.size()]) == std::string_view::npos;
}

}  // namespace

list_uris parse_list_uris(std::string_view field_body) {
    field_text const body = read_field_text(field_body);
    return uri_reader(body).read();
}

list_id parse_list_id(std::string_view field_body) {
    field_text const body = read_field_text(field_body);
    std::string_view text = trim(body.text);
    list_id found;
    found.defects = body.defects;
    std::size_t const open = text.rfind('<');
    if (open == text.npos) {
        found.id = trim(without_comments(text));
        found.defects.push_back(found.id.empty() ? defect_kind::header_missing_required_value
                                                 : defect_kind::invalid_header);
        return found;
    }
    std::size_t const close = std::min(text.find('>', open), text.size());
    if (close == text.size()) found.defects.push_back(defect_kind::invalid_header);
    found.id = text.substr(open + 1, close - open - 1);
    std::erase_if(found.id, is_blank);
    found.description = read_phrase(trim(text.substr(0, open)), found.defects);
    return found;
}

std::optional<std::string> one_click_unsubscribe(std::string_view list_unsubscribe,
                                                 std::string_view list_unsubscribe_post) {
    std::string_view const post = list_unsubscribe_post;
    std::size_t const begin = std::min(post.find_first_not_of(" \t\r\n"), post.size());
    std::size_t const end = post.find_last_not_of(" \t\r\n");
    if (!ascii::equal_without_case(post.substr(begin, end + 1 - begin), "List-Unsubscribe=One-Click"))
        return std::nullopt;
    for (std::string& uri : parse_list_uris(list_unsubscribe).uris)
        if (is_https_with_host(uri)) return std::move(uri);
    return std::nullopt;
}

}  // namespace postrider::mime
