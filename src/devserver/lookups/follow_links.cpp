#include <algorithm>

#include "link_request.hpp"

namespace postrider::devserver {
namespace {

bool is_redirect(link_head const& answer) {
    return answer.status >= 300 && answer.status < 400 && answer.status != 304 && !answer.location.empty();
}

/// Many servers refuse HEAD, or answer it with an error of their own.
link_head ask(link_target const& to, link_options const& options, net::deadline until) {
    auto answer = request_head("HEAD", to, options, until);
    return answer.status >= 400 ? request_head("GET", to, options, until) : answer;
}

lint::link_answer follow(std::string const& url, link_options const& options, net::deadline until) {
    lint::link_answer told{url, 0, 0, url, {}};
    for (;;) {
        auto const to = target_of(told.final_url);
        if (!to) return told.status = 0, told.failure = "it leads to " + told.final_url + ", which is not asked", told;
        auto const answer = ask(*to, options, until);
        told.status = answer.status;
        told.failure = answer.failure;
        if (!is_redirect(answer)) return told;
        if (told.redirects == options.redirects) return told.status = 0, told.failure = "too many redirects", told;
        ++told.redirects;
        told.final_url = joined(*to, answer.location);
    }
}

}  // namespace

std::function<std::vector<lint::link_answer>(std::vector<std::string> const&)> follow_links(link_options options) {
    return [options = std::move(options)](std::vector<std::string> const& urls) {
        auto const all = net::deadline::clock::now() + options.all;
        std::vector<lint::link_answer> answers;
        for (auto const& url : urls) {
            auto const now = net::deadline::clock::now();
            if (now >= all) break;
            answers.push_back(follow(url, options, std::min(all, now + options.each)));
        }
        return answers;
    };
}

}  // namespace postrider::devserver
