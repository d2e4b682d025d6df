#include "html_document.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/html_entities.hpp>
#include <postrider/mime/html_reader.hpp>

#include "html_look.hpp"
#include "words.hpp"

namespace postrider::lint {
namespace {

using mime::html_reader;

template <std::size_t Size>
bool is_one_of(std::string_view name, std::array<std::string_view, Size> const& names) noexcept {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 14> without_content{"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                           "input", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::array<std::string_view, 9> with_raw_text{"script",   "style",   "title", "textarea", "iframe",
                                                        "noframes", "noembed", "xmp",   "noscript"};
constexpr std::array<std::string_view, 4> in_a_line{"a", "b", "i", "span"};

/// Reads one document: elements on a stack while they are open, as an end tag finds them.
class document_reader {
public:
    explicit document_reader(std::string_view html) : html_(html), reader_(html) {}

    html_document read() {
        found_.html5_doctype = ascii::equal_without_case(trimmed(html_).substr(0, 14), "<!doctype html");
        for (std::size_t at = html_.find('\n'); at != html_.npos; at = html_.find('\n', at + 1))
            found_.line_ends.push_back(at);
        for (auto token = reader_.next(); token != html_reader::token::end; token = reader_.next()) {
            if (token == html_reader::token::text) put_text();
            if (token == html_reader::token::start_tag && !open()) break;
            if (token == html_reader::token::end_tag) close(ascii::lower(reader_.name()));
        }
        found_.comments = reader_.comments();
        found_.text = collapsed(found_.text);
        for (auto& link : found_.links) link.text = collapsed(link.text);
        return std::move(found_);
    }

private:
    struct open_element {
        std::string name;
        html_look look;
    };

    html_look const& look() const noexcept { return open_.empty() ? plain_ : open_.back().look; }

    void put_text() {
        auto const text = mime::decode_entities(reader_.text(), mime::html_place::text);
        if (in_link_) found_.links.back().text += text;
        auto const& here = look();
        bool const same = !here.colour.empty() && here.colour == here.background;
        if (!here.hidden && !here.tiny && !same) {
            found_.text += text;
            return;
        }
        auto const seen = collapsed(text);
        if (seen.empty()) return;
        auto const why = here.hidden ? unseen_text::hidden
                         : here.tiny ? unseen_text::tiny
                                     : unseen_text::own_background;
        found_.unseen.push_back({why, seen, reader_.token_begin()});
    }

    bool open() {
        if (found_.elements.size() == limits::lint_elements) return found_.is_complete = false;
        auto element = element_here();
        auto const name = element.name;
        // What begins a line does not run into the word before it.
        if (!is_one_of(name, in_a_line)) found_.text += ' ';
        if (name == "img" && in_link_)
            if (auto* alt = element.find("alt")) found_.links.back().text += *alt;
        if (name == "a") open_link(element.offset);
        auto inside = look_inside(element, look(), rules_);
        found_.elements.push_back(std::move(element));
        if (is_one_of(name, with_raw_text)) {
            skip_raw_text(name);
        } else if (!is_one_of(name, without_content) && open_.size() < limits::html_depth) {
            open_.push_back({name, std::move(inside)});
        }
        return true;
    }

    html_element element_here() const {
        html_element element{ascii::lower(reader_.name()), {}, reader_.token_begin()};
        for (auto const& one : reader_.all_attributes())
            element.attributes.emplace_back(ascii::lower(one.name),
                                            mime::decode_entities(one.value, mime::html_place::attribute));
        return element;
    }

    void open_link(std::size_t offset) {
        found_.links.push_back({found_.elements.size(), {}, offset});
        in_link_ = true;
    }

    void skip_raw_text(std::string_view name) {
        auto const begin = reader_.position();
        reader_.skip_raw_text();
        if (name != "style") return;
        found_.styles.push_back({html_.substr(begin, reader_.position() - begin), begin});
        rules_.add(found_.styles.back().css);
    }

    // An end tag ends the nearest element of its name, and all inside; limits::html_depth bounds the search.
    void close(std::string_view name) {
        if (!is_one_of(name, in_a_line)) found_.text += ' ';
        if (name == "a") in_link_ = false;
        auto const found =
            std::find_if(open_.rbegin(), open_.rend(), [&](open_element const& one) { return one.name == name; });
        if (found != open_.rend()) open_.erase(found.base() - 1, open_.end());
    }

    std::string_view html_;
    html_reader reader_;
    html_document found_;
    html_look plain_;
    style_rules rules_;  // of the style elements so far
    std::vector<open_element> open_;
    bool in_link_ = false;
};

}  // namespace

std::string const* html_element::find(std::string_view attribute) const noexcept {
    for (auto const& one : attributes)
        if (one.first == attribute) return &one.second;
    return nullptr;
}

std::size_t html_document::line_of(std::size_t offset) const noexcept {
    auto const found = std::lower_bound(line_ends.begin(), line_ends.end(), offset);
    return static_cast<std::size_t>(found - line_ends.begin()) + 1;
}

html_document read_html(std::string_view html) {
    auto const looked_at = html.substr(0, limits::lint_html_octets);
    auto document = document_reader(looked_at).read();
    document.is_complete = document.is_complete && looked_at.size() == html.size();
    return document;
}

}  // namespace postrider::lint
