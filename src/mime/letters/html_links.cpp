#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/html_entities.hpp>
#include <utility>

#include "html_style.hpp"
#include "html_text_writer.hpp"

/// The links of an HTML text.
namespace postrider::mime {
namespace {

std::string_view without_scheme(std::string_view url, std::string_view scheme) noexcept {
    bool const has = url.size() > scheme.size() && ascii::equal_without_case(url.substr(0, scheme.size()), scheme);
    return has ? url.substr(scheme.size()) : url;
}

// Nobody needs to be told twice: <a href="https://example.com/">https://example.com</a>
bool shows(std::string_view text, std::string_view url) noexcept {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return false;
    text = text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
    if (url.ends_with('/') && !text.ends_with('/')) url.remove_suffix(1);
    return text == url;
}

}  // namespace

void html_text_writer::begin_link() {
    auto const raw = reader_.attributes().href;
    auto url =
        options_.links == link_style::omit ? std::string() : shown_url(decode_entities(raw, html_place::attribute));
    owed_ += url.size();
    links_.push_back({std::move(url), {}});
}

void html_text_writer::end_link() {
    if (links_.empty()) return;
    auto const link = std::move(links_.back());
    links_.pop_back();
    owed_ -= link.url.size();
    auto const url = without_scheme(link.url, "mailto:");
    if (link.url.empty() || shows(link.text, url) || shows(link.text, link.url)) return;
    put_url({std::string(url), link.text});
}

void html_text_writer::put_url(open_link const& link) {
    bool const apart = link.text.find_first_not_of(" \t\r\n") != link.text.npos;
    if (options_.links == link_style::inline_url) {
        if (apart && flow_.in_line()) flow_.gap(1);
        return flow_.unbroken('<' + link.url + '>');
    }
    auto const number = footnote(link.url);
    if (apart && flow_.in_line()) flow_.gap(1);
    flow_.mark('[' + std::to_string(number) + ']');
}

std::size_t html_text_writer::footnote(std::string const& url) {
    auto const [found, is_new] = note_numbers_.try_emplace(url, notes_.size() + 1);
    if (is_new) {
        notes_.push_back(url);
        owed_ += url.size() + 1;
    }
    return found->second;
}

void html_text_writer::put_footnotes() {
    if (notes_.empty()) return;
    flow_.separate(2);
    for (std::size_t i = 0; i < notes_.size(); ++i) {
        owed_ -= notes_[i].size() + 1;
        flow_.set_to_come(owed_ + notes_[i].size());
        flow_.mark('[' + std::to_string(i + 1) + "] ");
        flow_.unbroken(notes_[i]);
        flow_.separate(1);
    }
}

}  // namespace postrider::mime
