#include "mail_server.hpp"

#include <strings.h>
#include <algorithm>

namespace postrider::test {

/// One connection's dialogue.
struct mail_server::session {
    mail_server& server;
    connection& peer;
    SSL_CTX* tls;
    bool secure = false;
    int recipients = 0;
    bool is_out_of_order = false;
    int said = 0;

    /// What stands for `command`, or `otherwise`.
    std::string answer(std::string_view command, std::string otherwise) const {
        for (auto const& [key, reply] : server.dialogue_.replies)
            if (command.size() >= key.size() && ::strncasecmp(command.data(), key.data(), key.size()) == 0)
                return reply;
        return otherwise;
    }

    std::string features() const {
        auto const& under_tls = server.dialogue_.extensions_under_tls;
        auto const& all = secure && !under_tls.empty() ? under_tls : server.dialogue_.extensions;
        std::string reply = all.empty() ? "250 mx.example" : "250-mx.example";
        for (auto const& one : all) reply += (&one == &all.back() ? "\r\n250 " : "\r\n250-") + one;
        return reply;
    }

    bool say(std::string const& reply) {
        if (said++ == server.dialogue_.closes_after) return false;
        if (reply == "!close") return false;
        if (reply.starts_with("!last ")) return peer.write(reply.substr(6) + "\r\n") && false;
        if (reply == "!hang") {
            peer.wait_for_end();
            return false;
        }
        return peer.write(reply + "\r\n");
    }

    void note(std::string line) {
        std::lock_guard guard(server.lock_);
        server.heard_.push_back(std::move(line));
    }

    bool upgrade() {
        auto reply = answer("STARTTLS", "220 go ahead");
        if (!say(reply)) return false;
        if (!reply.starts_with("220")) return true;
        secure = peer.start_tls(tls);
        if (peer.tls_was_resumed()) ++server.resumed_sessions_;
        return secure;
    }

    bool take_content() {
        auto reply = answer("DATA", "354 go ahead");
        if (!say(reply)) return false;
        if (!reply.starts_with("354")) return true;
        if (auto cut = answer("<content>", ""); !cut.empty()) return peer.read_line() && say(cut);
        for (auto line = peer.read_line(); line != "."; line = peer.read_line()) {
            if (!line) return false;
            note(*line);
        }
        note(".");
        int verdicts = server.dialogue_.lmtp ? recipients : 1;
        for (recipients = 0; verdicts > 0; --verdicts)
            if (!say(answer(".", "250 2.0.0 queued"))) return false;
        return true;
    }

    bool take_chunk(std::string const& command) {
        auto chunk = peer.read(std::stoul(command.substr(5)));
        if (!chunk) return false;
        note(*std::move(chunk));
        return say(answer(command, "250 2.0.0 taken"));
    }

    static bool is_known(std::string const& command) {
        for (std::string_view verb : {"EHLO", "MAIL FROM:", "RCPT TO:", "DATA", "RSET", "QUIT", "STARTTLS", "AUTH"})
            if (::strncasecmp(command.c_str(), verb.data(), verb.size()) == 0) return true;
        return false;
    }

    bool obey(std::string const& command) {
        auto is = [&](std::string_view verb) { return ::strncasecmp(command.c_str(), verb.data(), verb.size()) == 0; };
        if (is("MAIL") && peer.has_more() && !server.dialogue_.to_flights.empty()) {
            is_out_of_order = true;
            return say(server.dialogue_.to_flights);
        }
        if (is_out_of_order && (is("RCPT") || is("DATA"))) return say("503 5.5.1 one at a time");
        if (!server.dialogue_.knows_bdat && !is_known(command)) return say("500 5.5.1 what is that?");
        if (is("STARTTLS")) return upgrade();
        if (is("DATA")) return take_content();
        if (is("BDAT ")) return take_chunk(command);
        if (is("QUIT")) return say(answer(command, "221 bye")) && false;
        if (is("EHLO") || is("LHLO")) return say(answer(command, features()));
        auto reply = answer(command, is("AUTH") ? "235 welcome" : "250 2.0.0 fine");
        if (is("MAIL")) recipients = 0;
        int const most = server.dialogue_.recipients_at_once;
        if (is("RCPT") && most > 0 && recipients == most) reply = "452 4.5.3 too many recipients";
        if (is("RCPT") && reply.starts_with("25")) ++recipients;
        return say(reply);
    }
};

mail_server::mail_server(dialogue d, listen_options const& options)
    : dialogue_(std::move(d)), server_(options, [this](connection& peer, SSL_CTX* tls) { serve(peer, tls); }) {}

void mail_server::serve(connection& peer, SSL_CTX* tls) {
    session one{*this, peer, tls};
    if (dialogue_.tls_first && !(one.secure = peer.start_tls(tls))) return;
    if (!one.say(dialogue_.greeting)) return;
    for (auto command = peer.read_line(); command; command = peer.read_line()) {
        one.note(*command);
        if (!one.obey(*command)) return;
    }
}

std::vector<std::string> mail_server::heard() const {
    std::lock_guard guard(lock_);
    return heard_;
}

std::vector<std::string> mail_server::after_hello() const {
    auto all = heard();
    auto is_hello = [](std::string const& line) {
        return line.substr(1).starts_with("HLO ") || line.starts_with("HELO ");
    };
    all.erase(all.begin(), std::find_if_not(all.begin(), all.end(), is_hello));
    return all;
}

}  // namespace postrider::test
