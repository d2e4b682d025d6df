#pragma once
#include <algorithm>
#include <map>
#include <postrider/core/error.hpp>
#include <postrider/proto/pop3/server_engine.hpp>
#include <string>
#include <string_view>
#include <vector>

/// A maildrop in memory, and what a session did to it.
struct maildrop final : postrider::pop3::server_handler {
    using messages = std::vector<postrider::pop3::stored_message>;

    postrider::result<messages> open(std::string_view user) override {
        opened_by = user;
        if (failing) return failing;
        messages found;
        for (auto const& [id, octets] : kept) found.push_back({id, octets.size()});
        return found;
    }
    std::optional<std::string> read(std::string const& id) override {
        auto const found = kept.find(id);
        return found == kept.end() ? std::nullopt : std::optional(found->second);
    }
    bool remove(std::vector<std::string> const& ids) override {
        for (auto const& id : ids) kept.erase(id);
        return !stubborn;
    }

    std::map<std::string, std::string> kept{{"a1", "Subject: 1\r\n\r\n.one\r\n..two\r\n"},
                                            {"b2", "Subject: 2\r\nX: y\r\n\r\nl1\r\nl2\r\nl3"}};
    std::string opened_by;
    postrider::error_code failing;
    bool stubborn = false;
};

/// What came of a session.
struct pop3_session {
    std::string said;
    postrider::error_code end;
    std::vector<std::chrono::milliseconds> delays;
};

/// Says `client` in pieces of `cut` octets (0: as many as there is room for), ends with `last_read`, and agrees to TLS.
inline pop3_session run_pop3(postrider::pop3::server_engine::options options, maildrop& drop, std::string_view client,
                             std::size_t cut = 0, postrider::error_code last_read = postrider::io_errc::end_of_stream) {
    using namespace postrider;
    pop3::server_engine engine(std::move(options), drop);
    pop3_session session;
    for (io_done last;;) {
        auto const next = engine.resume(last);
        last = {};
        if (auto const* out = std::get_if<send_bytes>(&next)) {
            for (auto const piece : out->pieces) session.said += piece;
            if (out->after.count() > 0) session.delays.push_back(out->after);
        } else if (auto const* in = std::get_if<need_bytes>(&next)) {
            auto const wanted = std::min({client.size(), in->room.size(), cut == 0 ? client.size() : cut});
            client.copy(in->room.data(), wanted);
            client.remove_prefix(wanted);
            last = wanted == 0 ? io_done{last_read} : io_done{{}, wanted};
        } else if (std::holds_alternative<start_tls>(next)) {
            session.said += "(TLS)\n";
        } else {
            session.end = std::get<finished>(next).ec;
            return session;
        }
    }
}

inline postrider::pop3::server_engine::options open_to_all() {
    postrider::pop3::server_engine::options options;
    options.login_in_clear = true;
    return options;
}

/// The responses to these commands, after a login, without the greeting and the login's own; lines end with LF.
inline std::string after_login(maildrop& drop, std::string_view commands) {
    auto said = run_pop3(open_to_all(), drop, "USER u\r\nPASS p\r\n" + std::string(commands)).said;
    said.erase(std::remove(said.begin(), said.end(), '\r'), said.end());
    std::size_t at = 0;
    for (int line = 0; line < 3; ++line) at = said.find('\n', at) + 1;
    return said.substr(at);
}
