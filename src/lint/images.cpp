#include <algorithm>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"
#include "words.hpp"

/// Pictures in the HTML.
namespace postrider::lint {
namespace {

constexpr std::size_t little_text = 40;  // characters: an address and a line to unsubscribe

bool begins(std::string_view url, std::string_view scheme) {
    return ascii::equal_without_case(url.substr(0, scheme.size()), scheme);
}

bool is_remote(std::string_view source) {
    return begins(source, "http:") || begins(source, "https:") || begins(source, "//");
}

/// One that counts the mails that are opened: nobody misses its text.
bool is_counter(html_element const& image) {
    auto const is_dot = [&](std::string_view name) {
        auto* value = image.find(name);
        return value && (trimmed(*value) == "1" || trimmed(*value) == "0");
    };
    return is_dot("width") && is_dot("height");
}

bool says_size(html_element const& image) {
    if (image.find("width") && image.find("height")) return true;
    auto* style = image.find("style");
    return style && style->find("width") != style->npos && style->find("height") != style->npos;
}

struct tally {
    std::size_t images = 0, remote = 0;
};

void check_image(html_part const& one, html_element const& image, tally& all, findings& found) {
    auto* src = image.find("src");
    auto const source = src ? trimmed(*src) : std::string_view();
    auto const here = in_html(one, image.offset);
    found.judge("image-data-uri", !begins(source, "data:"), {}, here);
    if (is_counter(image)) return;
    ++all.images;
    all.remote += is_remote(source);
    found.judge("image-alt", image.find("alt"), {{"source", source}}, here);
    found.judge("image-size", says_size(image), {{"source", source}}, here);
}

}  // namespace

void check_images(letter const& mail, findings& found) {
    tally all;
    std::size_t text = 0;
    for (auto const& one : mail.htmls) {
        text += characters(one.document.text);
        for (auto const& element : one.document.elements)
            if (element.name == "img") check_image(one, element, all, found);
    }
    if (all.images == 0) return;
    found.judge("image-only", text > little_text, {{"images", all.images}, {"characters", text}},
                in_part(mail.htmls.front().part));
    found.judge("image-remote", all.remote < all.images, {{"images", all.images}}, in_part(mail.htmls.front().part));
}

}  // namespace postrider::lint
