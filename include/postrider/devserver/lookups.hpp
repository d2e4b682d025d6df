#pragma once
#include <chrono>
#include <functional>
#include <optional>
#include <postrider/lint/examine.hpp>
#include <postrider/net/endpoint.hpp>
#include <postrider/net/stream.hpp>
#include <postrider/net/tls.hpp>
#include <string>
#include <string_view>
#include <vector>

/// What the checks of a message ask of others, for catch_options::outside.
namespace postrider::devserver {

struct link_options {
    unsigned redirects = 5;                           ///< that are followed
    std::chrono::milliseconds each{10'000};           ///< for one link, redirects included
    std::chrono::milliseconds all{60'000};            ///< those not reached by then get no answer
    net::name_lookup lookup;                          ///< empty: the system's
    std::function<bool(std::string const&)> may_ask;  ///< by address; empty: those of the public internet
    net::tls_options tls;
    link_options() {}
};

/// Follows links: HEAD, and GET where that is refused; nothing but the head of an answer is read. Every address, of each
/// redirect's host too, is judged right where it is connected to, so that no name leads into one's own network. Asks
/// under ports 80 and 443, and others from 1024 on.
std::function<std::vector<lint::link_answer>(std::vector<std::string> const&)> follow_links(link_options = {});

/// Asks SpamAssassin's daemon what it thinks of a message (SPAMC/1.5). Nothing where it does not answer in time.
std::function<std::optional<lint::spam_verdict>(std::string_view)> ask_spamd(
    net::endpoint where, std::chrono::milliseconds patience = std::chrono::seconds(30));

}  // namespace postrider::devserver
