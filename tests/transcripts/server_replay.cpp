#include "server_replay.hpp"

#include <algorithm>
#include <postrider/proto/smtp/server_engine.hpp>
#include <stdexcept>

#include "keeper.hpp"
#include "scripted_client.hpp"

using namespace postrider;

namespace transcripts {
namespace {

void require(bool holds, std::string const& otherwise) {
    if (!holds) throw std::runtime_error(otherwise);
}

smtp::server_engine::options options_of(verb const& settings) {
    smtp::server_engine::options o;
    o.hostname = "mx.example";
    o.lmtp = settings.has("lmtp");
    o.offer_starttls = settings.has("starttls");
    o.require_tls = settings.has("require-tls");
    o.auth_in_clear = settings.has("auth-in-clear");
    o.offer_auth = o.auth_in_clear || settings.has("auth");
    o.require_auth = settings.has("require-auth");
    o.strict_line_ends = !settings.has("lenient");
    o.max_message = std::stoull(settings.at("max-message", "0"));
    o.max_recipients = std::stoul(settings.at("max-recipients", std::to_string(o.max_recipients)));
    o.max_errors = std::stoul(settings.at("max-errors", std::to_string(o.max_errors)));
    o.cram_seed = "1896@mx.example";
    o.secret_of = [](std::string_view user) -> std::optional<std::string> {
        if (user == "tim") return "tanstaaftanstaaf";
        return std::nullopt;
    };
    if (settings.has("auth-secret")) o.auth_secret = "pepper";
    if (settings.has("token"))
        o.user_of_token = [good = settings.at("token")](std::string_view, std::string_view token) {
            return token == good ? std::optional<std::string>("tim") : std::nullopt;
        };
    if (settings.has("certificate"))
        o.external_user = [name = settings.at("certificate")](std::string_view asked) {
            return asked.empty() || asked == name ? std::optional(name) : std::nullopt;
        };
    o.allow_anonymous = settings.has("anonymous");
    o.mechanisms = split(settings.at("mechanisms"));
    return o;
}

struct session {
    explicit session(server_dialogue const& d) : handler(d), engine(options_of(d.server), handler) {
        if (d.server.has("bindings")) engine.channel_bindings({"the certificate", "exported octets"});
    }

    keeper handler;
    smtp::server_engine engine;
};

void judge_the_end(server_dialogue const& d, session& s) {
    require(s.handler.kept() == d.kept, [&] {
        std::string all = "kept is:";
        for (auto const& line : s.handler.kept()) all += "\n        " + line;
        return all;
    }());
    require(!s.handler.in_transaction(), "a transaction is neither kept nor aborted");
    require(s.handler.objection().empty(), "out of order: " + std::string(s.handler.objection()));
    require(std::holds_alternative<finished>(s.engine.resume({})), "a step follows the end");
}

/// A client that is silent is told 421 before the session ends; any other failure ends it without a word.
step after_failure(session& s, step const& failed, error_code with) {
    auto next = s.engine.resume({with});
    auto const* last_words = std::get_if<send_bytes>(&next);
    bool const are_due = with == io_errc::timed_out && std::holds_alternative<need_bytes>(failed);
    require(are_due == (last_words != nullptr), are_due ? "silence is not answered" : "a step follows the cut");
    if (!last_words) return next;
    require(last_words->pieces.size() == 1 && last_words->pieces[0].starts_with("421 4.4.2 "), "it is no 421 4.4.2");
    return s.engine.resume({});
}

void judge_a_cut(server_dialogue const& d, session& s, step const& failed, error_code with, bool said_all) {
    auto const kept = s.handler.kept();
    auto const aborts = s.handler.aborts();
    bool const was_open = s.handler.in_transaction();
    auto const last = after_failure(s, failed, with);
    auto const* end = std::get_if<finished>(&last);
    require(end != nullptr, "the session goes on after the cut");
    // Words of farewell that do not arrive change nothing of why the session is over.
    bool const may_be_over = said_all && std::holds_alternative<send_bytes>(failed);
    require(end->ec == with || may_be_over, "the session ends with another code: " + end->ec.message());
    require(s.handler.kept() == kept, "a message is kept after the cut");
    require(kept.size() <= d.kept.size() && std::equal(kept.begin(), kept.end(), d.kept.begin()),
            "something else is kept when the session is cut");
    require(s.handler.aborts() == aborts + (was_open ? 1 : 0), "a transaction is not aborted exactly once");
    require(!s.handler.in_transaction() && !s.engine.in_transaction(), "a transaction outlives the session");
    require(s.handler.objection().empty(), "out of order: " + std::string(s.handler.objection()));
    require(std::holds_alternative<finished>(s.engine.resume({})), "a step follows the end");
}

}  // namespace

std::size_t replay(server_dialogue const& d, pieces how, cut const& c) {
    session s(d);
    scripted_client client(d, how);
    std::size_t steps = 0;
    for (io_done last;; ++steps) {
        auto const asked = s.engine.resume(last);
        if (std::holds_alternative<finished>(asked)) break;
        if (steps == c.step) {
            judge_a_cut(d, s, asked, c.with, client.has_said_all());
            return steps;
        }
        last = client.answer(asked);
    }
    client.finish();
    judge_the_end(d, s);
    return steps;
}

}  // namespace transcripts
