#include "replay.hpp"

#include <postrider/proto/step.hpp>
#include <stdexcept>

#include "scripted_server.hpp"
#include "smtp_client.hpp"

using namespace postrider;

namespace transcripts {
namespace {

class judge {
public:
    judge(operation const& o, smtp_client& client) : operation_(o), client_(client) {}

    /// The operation ran to the end that the transcript has for it.
    void of_the_end(scripted_server const& server) const {
        expect(operation_.result, client_.result());
        if (!operation_.reply.empty()) expect(operation_.reply, to_string(client_.engine().last_reply()));
        if (!operation_.report.empty()) expect(operation_.report, client_.report());
        require(server.at_end(), "the client ends before the dialogue does");
        require(client_.engine().usable() != operation_.link_closed,
                operation_.link_closed ? "the session is still usable" : "the session is not usable any more");
        require(client_.result() == "ok" || !client_.engine().failure().detail.empty(), "the failure explains nothing");
    }

    /// A step failed. `where` is the phase of that step.
    void of_a_cut(scripted_server const& server, phase where, error_code with) const {
        require(!client_.engine().usable(), "the session is usable after its link was cut");
        // RSET follows a refusal, which is then what the caller must hear of.
        if (where == phase::rset && operation_.what.name != "rset") return expect(operation_.result, client_.result());
        auto const& f = client_.engine().failure();
        require(f.where == where, "the failure names " + std::string(to_string(f.where)) + ", but it was in " +
                                      std::string(to_string(where)));
        require(f.kind() == kind_of(with, where), std::string("the failure is a ") + name_of(f.kind()));
        require(f.in_doubt == server.has_whole_message(),
                f.in_doubt ? "in doubt before the dot" : "sure after the dot");
        if (operation_.what.name == "send") of_the_recipients(server);
    }

private:
    static smtp::errc kind_of(error_code ec, phase where) {
        if (ec == io_errc::timed_out) return smtp::errc::timeout;
        return where == phase::tls ? smtp::errc::tls_error : smtp::errc::server_disconnected;
    }

    /// Nobody has the message before the dot; after it those that were answered, and the others are in doubt.
    void of_the_recipients(scripted_server const& server) const {
        std::size_t answered = 0;
        for (auto const& r : client_.engine().report().recipients) {
            if (r.what == smtp::outcome::refused && r.where == phase::rcpt_to) continue;
            if (!server.has_whole_message())
                require(r.what == smtp::outcome::unsent, r.address + " is not unsent");
            else if (answered++ < server.verdicts())
                require(r.what == smtp::outcome::accepted || r.what == smtp::outcome::refused,
                        r.address + " was answered");
            else
                require(r.what == smtp::outcome::in_doubt, r.address + " is not in doubt");
        }
    }

    void expect(std::string const& due, std::string const& got) const {
        require(due == got, "should be: " + due + "\n        but is: " + got);
    }

    void require(bool holds, std::string const& otherwise) const {
        if (!holds) throw std::runtime_error("line " + std::to_string(operation_.line) + ": " + otherwise);
    }

    operation const& operation_;
    smtp_client& client_;
};

phase phase_of(step const& asked) {
    if (auto* out = std::get_if<send_bytes>(&asked)) return out->why;
    if (auto* in = std::get_if<need_bytes>(&asked)) return in->why;
    return phase::tls;
}

bool is_finished(step const& asked) {
    return std::holds_alternative<finished>(asked);
}

/// Of a server that closes while it is written to: it may have said why.
bool may_hear_last_words(step const& cut, step const& behind) {
    auto const* out = std::get_if<send_bytes>(&cut);
    return out && out->why == phase::content && std::holds_alternative<need_bytes>(behind);
}

void check_trace(transcript const& t, smtp_client const& client) {
    for (auto const& secret : t.secrets)
        if (client.trace().find(secret) != std::string::npos)
            throw std::runtime_error("the trace tells the secret " + secret + ":\n" + client.trace());
}

/// Plays one operation; returns whether the cut came.
bool play(operation const& o, smtp_client& client, pieces how, cut const& c, std::size_t& steps) {
    scripted_server server(o, how);
    client.begin(o.what);
    io_done last;
    for (;;) {
        auto const asked = client.engine().resume(last);
        if (is_finished(asked)) break;
        bool const is_cut_already = bool(last.ec);
        if (!is_cut_already && steps++ == c.step) {
            auto behind = client.engine().resume({c.with});
            if (may_hear_last_words(asked, behind)) behind = client.engine().resume({c.with});
            if (!is_finished(behind)) throw std::runtime_error("a step follows the cut");
            judge(o, client).of_a_cut(server, phase_of(asked), c.with);
            return true;
        }
        std::string why;
        last = server.answer(asked, why);
        if (!why.empty()) client.engine().io_detail(why);
    }
    judge(o, client).of_the_end(server);
    if (!is_finished(client.engine().resume({}))) throw std::runtime_error("a step follows the end");
    return false;
}

}  // namespace

std::size_t replay(transcript const& t, pieces how, cut const& c) {
    smtp_client client(t);
    std::size_t steps = 0;
    for (auto const& o : t.operations)
        if (play(o, client, how, c, steps)) break;
    check_trace(t, client);
    return steps;
}

}  // namespace transcripts
