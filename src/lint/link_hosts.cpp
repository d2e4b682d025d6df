#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"
#include "lookalike.hpp"
#include "url.hpp"
#include "words.hpp"

/// Whether links lead where people think they do.
namespace postrider::lint {
namespace {

constexpr std::array<std::string_view, 26> shorteners{
    "adf.ly", "bit.do", "bit.ly",  "bitly.com", "buff.ly",     "clck.ru",    "cutt.ly", "dwz.cn",      "goo.gl",
    "is.gd",  "j.mp",   "lnkd.in", "ow.ly",     "rb.gy",       "rebrand.ly", "s.id",    "shorturl.at", "suo.im",
    "t.cn",   "t.co",   "t.ly",    "tiny.cc",   "tinyurl.com", "url.cn",     "v.gd",    "x.co"};

bool is_web(url_pieces const& pieces) {
    return pieces.scheme == "http" || pieces.scheme == "https";
}

std::string_view without_www(std::string_view host) {
    return host.starts_with("www.") ? host.substr(4) : host;
}

// A word with a dot may be a file: these ends mostly are domains.
constexpr std::array<std::string_view, 16> usual_ends{"app", "cn",  "co", "com", "de",  "dev", "edu", "eu",
                                                      "fr",  "gov", "io", "jp",  "net", "org", "ru",  "uk"};

/// The host that a link's text shows, when the text is an address or a domain; empty for words.
std::string host_shown(std::string_view text) {
    auto const shown = ascii::lower(trimmed(text));
    if (shown.empty() || shown.find_first_of(" @") != shown.npos) return {};
    bool const whole = shown.starts_with("http://") || shown.starts_with("https://");
    auto const pieces = take_apart(whole ? shown : "http://" + shown);
    auto const dot = pieces ? pieces->host.rfind('.') : std::string::npos;
    if (dot == std::string::npos) return {};
    auto const end = std::string_view(pieces->host).substr(dot + 1);
    bool const usual = std::find(usual_ends.begin(), usual_ends.end(), end) != usual_ends.end();
    return whole || usual || shown.starts_with("www.") ? pieces->host : std::string();
}

void check_host(html_link const& link, std::string_view url, url_pieces const& pieces, place const& here,
                findings& found) {
    std::vector<argument> const told{{"url", url}, {"host", pieces.host}, {"text", link.text}};
    auto const host = without_www(pieces.host);
    auto const shown = host_shown(link.text);
    bool const same = shown.empty() || organisational_domain(shown) == organisational_domain(pieces.host);
    found.judge("link-text", same, told, here);
    found.judge("link-ip", !is_numeric(pieces.host), told, here);
    found.judge("link-shortener", std::find(shorteners.begin(), shorteners.end(), host) == shorteners.end(), told,
                here);
    found.judge("link-punycode", !is_lookalike(pieces.host), told, here);
    found.judge("link-user-info", pieces.user.empty(), told, here);
}

}  // namespace

void check_link_hosts(letter const& mail, findings& found) {
    for (auto const& one : mail.htmls)
        for (auto const& link : one.document.links) {
            auto* href = one.document.href(link);
            auto const url = href ? trimmed(*href) : std::string_view();
            auto const pieces = take_apart(url);
            if (pieces && is_web(*pieces)) check_host(link, url, *pieces, in_html(one, link.offset), found);
        }
}

}  // namespace postrider::lint
