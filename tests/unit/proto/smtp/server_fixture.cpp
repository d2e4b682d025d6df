#include "server_fixture.hpp"

#include <algorithm>
#include <utility>

namespace postrider::smtp::testing {

namespace {

reply judged(std::string_view name) {
    if (name.starts_with("later")) return reply_of(450, enhanced_code{4, 2, 0}, "not yet");
    if (name.starts_with("never")) return reply_of(550, enhanced_code{5, 1, 1}, "no such user");
    return reply_of(250, enhanced_code{2, 1, 5}, "ok");
}

}  // namespace

void recorder::called(std::string_view what) {
    if (!calls.empty()) calls += ' ';
    calls += what;
}

reply recorder::hello(std::string_view name) {
    called("hello");
    return server_handler::hello(name);
}

reply recorder::mail(envelope const& e) {
    if (refuse_mail) return reply_of(550, enhanced_code{5, 7, 1}, "not you");
    called("mail");
    return server_handler::mail(e);
}

reply recorder::rcpt(envelope const&, forward_path const& asked) {
    if (close_at_rcpt) return reply_of(421, enhanced_code{4, 3, 2}, "enough");
    if (asked.address == refused_recipient) return reply_of(550, enhanced_code{5, 1, 1}, "no such user");
    if (judges_by_name && !judged(asked.address).is_positive()) return judged(asked.address);
    called("rcpt");
    return reply_of(250, enhanced_code{2, 1, 5}, "ok");
}

reply recorder::begin_content(envelope const& e) {
    called("begin");
    if (refuse_begin) return reply_of(451, enhanced_code{4, 3, 0}, "not now");
    content_.clear();
    return server_handler::begin_content(e);
}

error_code recorder::content(std::string_view octets) {
    CHECK_FALSE(octets.empty());
    if (!calls.ends_with("content")) called("content");
    largest_piece = std::max(largest_piece, octets.size());
    if (fail_content) return std::make_error_code(std::errc::no_space_on_device);
    if (keep) content_ += octets;
    return {};
}

reply recorder::end_content(envelope const& e) {
    called("end");
    if (refuse_end) return reply_of(554, enhanced_code{5, 6, 0}, "not this one");
    messages.push_back({e, std::exchange(content_, {})});
    return reply_of(250, enhanced_code{2, 0, 0}, "kept");
}

std::vector<reply> recorder::lmtp_end_content(envelope const& e) {
    if (judges_by_name) return judged_verdicts(e);
    if (lmtp_verdicts.empty()) return server_handler::lmtp_end_content(e);
    called("end");
    return lmtp_verdicts;
}

/// Keeps the message for those whose name does not speak against it.
std::vector<reply> recorder::judged_verdicts(envelope const& e) {
    called("end");
    std::vector<reply> verdicts;
    envelope kept = e;
    kept.forward_paths.clear();
    for (auto const& path : e.forward_paths) {
        std::string_view const name = path.address;
        verdicts.push_back(judged(name.starts_with("then-") ? name.substr(5) : name));
        if (verdicts.back().is_positive()) kept.forward_paths.push_back(path);
    }
    messages.push_back({std::move(kept), std::exchange(content_, {})});
    return verdicts;
}

void recorder::abort() noexcept {
    called("abort");
}

server_peer::server_peer(server_engine::options o, std::size_t piece) : engine(std::move(o), handler), piece_(piece) {}

std::string server_peer::say(std::string_view octets) {
    pending_ = octets;
    answer_.clear();
    if (room_.empty()) pump({});
    while (!pending_.empty() && !finished_ && !wants_tls_) {
        auto const piece = pending_.substr(0, std::min(piece_, room_.size()));
        std::copy(piece.begin(), piece.end(), room_.begin());
        pending_.remove_prefix(piece.size());
        pump({{}, piece.size()});
    }
    return std::exchange(answer_, {});
}

std::string server_peer::lines(std::initializer_list<std::string_view> all) {
    std::string octets;
    for (auto const line : all) (octets += line) += "\r\n";
    return say(octets);
}

std::string server_peer::fails_with(error_code ec) {
    answer_.clear();
    pump({ec, 0});
    return std::exchange(answer_, {});
}

std::string server_peer::tls_is_up() {
    wants_tls_ = false;
    answer_.clear();
    pump({});
    return std::exchange(answer_, {});
}

void server_peer::hang_up() {
    fails_with(io_errc::end_of_stream);
}

/// Runs the engine until it must read.
std::string server_peer::pump(io_done last) {
    for (;;) {
        auto const next = engine.resume(last);
        last = {};
        if (auto const* out = std::get_if<send_bytes>(&next)) {
            ++writes_;
            waited_ = out->after;
            for (std::string_view piece : out->pieces)
                for (auto rest = piece; !rest.empty();) {
                    auto const end = rest.find("\r\n");
                    REQUIRE(end != rest.npos);
                    if (!answer_.empty()) answer_ += " | ";
                    answer_ += rest.substr(0, end);
                    rest.remove_prefix(end + 2);
                }
        } else if (auto const* in = std::get_if<need_bytes>(&next)) {
            room_ = in->room;
            REQUIRE_FALSE(room_.empty());
            return answer_;
        } else if (std::holds_alternative<start_tls>(next)) {
            wants_tls_ = true;
            return answer_;
        } else {
            finished_ = true;
            how_ = std::get<postrider::finished>(next).ec;
            return answer_;
        }
    }
}

server_engine::options relaxed() {
    server_engine::options o;
    o.max_errors = 0;
    o.max_idle_commands = 0;
    o.strict_line_ends = false;
    return o;
}

}  // namespace postrider::smtp::testing
