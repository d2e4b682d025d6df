#include <algorithm>
#include <charconv>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"
#include "words.hpp"

/// Pictures in the HTML.
namespace postrider::lint {
namespace {

constexpr std::size_t light_octets = 1'000'000;  // of all images together
constexpr std::size_t pixels_a_character = 500;  // SpamAssassin's HTML_IMAGE_RATIO_02: 0.002 characters a pixel
constexpr std::size_t little_text = 40;          // characters: an address and a line to unsubscribe

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
    std::size_t images = 0, remote = 0, pixels = 0;
};

/// Of an image that says both sides in pixels; those that say more than any screen has count as such a screen.
std::size_t area_of(html_element const& image) {
    constexpr std::size_t most = 10'000;
    std::size_t area = 1;
    for (auto name : {"width", "height"}) {
        std::size_t side = 0;
        auto* value = image.find(name);
        auto const text = value ? trimmed(*value) : std::string_view();
        if (std::from_chars(text.data(), text.data() + text.size(), side).ec != std::errc() || text.ends_with('%'))
            return 0;
        area *= std::min(side, most);
    }
    return area;
}

void check_image(html_part const& one, html_element const& image, tally& all, findings& found) {
    auto* src = image.find("src");
    auto const source = src ? trimmed(*src) : std::string_view();
    auto const here = in_html(one, image.offset);
    found.judge("image-data-uri", !begins(source, "data:"), {}, here);
    if (is_counter(image)) return;
    ++all.images;
    all.remote += is_remote(source);
    all.pixels += area_of(image);
    found.judge("image-alt", image.find("alt"), {{"source", source}}, here);
    found.judge("image-size", says_size(image), {{"source", source}}, here);
}

/// Images that came with the message, in the HTML or beside it.
void check_weight(letter const& mail, findings& found) {
    std::size_t images = 0, octets = 0;
    for (auto const& part : mail.parts) {
        if (!part.content_type().starts_with("image/")) continue;
        ++images;
        octets += part.content().octets().size();
    }
    if (images > 0) found.judge("image-weight", octets <= light_octets, {{"images", images}, {"octets", octets}});
}

}  // namespace

void check_images(letter const& mail, findings& found) {
    check_weight(mail, found);
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
    if (all.pixels > 0)
        found.judge("image-text-ratio", text > all.pixels / pixels_a_character,
                    {{"characters", text}, {"pixels", all.pixels}}, in_part(mail.htmls.front().part));
    found.judge("image-remote", all.remote < all.images, {{"images", all.images}}, in_part(mail.htmls.front().part));
}

}  // namespace postrider::lint
