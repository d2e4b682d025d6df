#include <algorithm>
#include <postrider/core/limits.hpp>
#include <unordered_set>

#include "letter.hpp"
#include "url.hpp"
#include "words.hpp"

/// Whether links lead somewhere: asked only where the caller can ask.
namespace postrider::lint {
namespace {

std::vector<std::string> web_links(letter const& mail) {
    std::vector<std::string> urls;
    std::unordered_set<std::string> known;
    for (auto const& one : mail.htmls)
        for (auto const& link : one.document.links) {
            auto* href = one.document.href(link);
            auto const url = href ? trimmed(*href) : std::string_view();
            auto const pieces = take_apart(url);
            bool const web = pieces && (pieces->scheme == "http" || pieces->scheme == "https");
            if (web && urls.size() < limits::lint_links && known.emplace(url).second) urls.emplace_back(url);
        }
    return urls;
}

std::string words_of(link_answer const& answer) {
    return answer.status == 0 ? answer.failure : "the answer is " + std::to_string(answer.status);
}

bool is_other_host(link_answer const& answer) {
    auto const from = take_apart(answer.url), to = take_apart(answer.final_url);
    return from && to && organisational_domain(from->host) != organisational_domain(to->host);
}

}  // namespace

void check_link_answers(letter const& mail, findings& found) {
    if (!mail.calls.links) return;
    auto const urls = web_links(mail);
    if (urls.empty()) return;
    for (auto const& answer : mail.calls.links(urls)) {
        bool const fine = answer.status >= 200 && answer.status < 400;
        found.judge("link-reachable", fine, {{"url", answer.url}, {"answer", words_of(answer)}});
        if (answer.redirects > 0)
            found.judge("link-redirects", !is_other_host(answer), {{"url", answer.url}, {"final", answer.final_url}});
    }
}

}  // namespace postrider::lint
