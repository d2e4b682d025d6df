#include "smtp_client.hpp"

#include <algorithm>
#include <postrider/core/error.hpp>
#include <stdexcept>

using namespace postrider;

namespace transcripts {

class smtp_client::recorder final : public trace_sink {
public:
    void line(trace_side side, std::string_view text) override {
        if (text.find('\n') != text.npos) throw std::logic_error("a trace line is one line");
        lines += side == trace_side::client ? "C: " : "S: ";
        lines += std::string(text) + '\n';
    }
    std::string lines;
};

namespace {

/// A machine without chance: the nonces of logins are known.
class fixed_host final : public host {
public:
    time_point now() const override { return {}; }
    std::chrono::seconds utc_offset(time_point) const override { return {}; }
    void random(std::span<char> room) const override { std::fill(room.begin(), room.end(), '\0'); }
    std::string name() const override { return "me.example"; }
    result<octet_source_ptr> open(std::filesystem::path const&) const override {
        return std::make_error_code(std::errc::no_such_file_or_directory);
    }
};

/// `token` first, and `fresh` when that was refused.
sasl::credentials credentials_of(verb const& v) {
    sasl::credentials who{v.at("user"), v.at("secret"), v.at("identity")};
    if (v.has("token"))
        who.token = [stale = v.at("token"), fresh = v.at("fresh", v.at("token"))](bool refused) {
            return result<std::string>(refused ? fresh : stale);
        };
    return who;
}

/// Content whose source fails after some octets, as a file does that shrinks.
class failing_content final : public octet_reader {
public:
    failing_content(std::string_view octets, std::size_t good) : octets_(octets), good_(good) {}
    std::uint64_t size() const noexcept override { return octets_.size(); }
    error_code next(std::vector<std::string_view>& pieces, std::size_t) override {
        pieces.clear();
        if (done_) return postrider::errc::source_changed;
        pieces.push_back(octets_.substr(0, good_));
        done_ = true;
        return {};
    }

private:
    std::string_view octets_;
    std::size_t good_;
    bool done_ = false;
};

/// "RET=HDRS,SMTPUTF8"
std::vector<smtp::parameter> parameters(std::string const& list) {
    std::vector<smtp::parameter> all;
    for (auto const& one : split(list)) {
        auto equals = one.find('=');
        all.push_back({one.substr(0, equals), {}});
        if (equals != one.npos) all.back().value = one.substr(equals + 1);
    }
    return all;
}

smtp::envelope envelope_of(verb const& v) {
    smtp::envelope e;
    e.reverse_path = v.at("from");
    for (auto const& address : split(v.at("to")))
        e.forward_paths.push_back({address, parameters(v.at("rcpt-parameters"))});
    e.parameters = parameters(v.at("parameters"));
    return e;
}

std::string_view word_for(smtp::blast_radius radius) {
    switch (radius) {
        case smtp::blast_radius::recipient: return "recipient";
        case smtp::blast_radius::message: return "message";
        case smtp::blast_radius::session: return "session";
        case smtp::blast_radius::next_hop: return "next_hop";
    }
    return "";
}

std::string told(smtp::recipient_report const& r) {
    switch (r.what) {
        case smtp::outcome::accepted: return r.address + " accepted";
        case smtp::outcome::unsent: return r.address + " unsent";
        case smtp::outcome::in_doubt: return r.address + " in_doubt";
        case smtp::outcome::refused: break;
    }
    auto word = r.said->is_transient() ? "transient " : r.said->is_permanent() ? "permanent " : "odd ";
    auto line = r.address + ' ' + word + std::string(to_string(r.where)) + ' ' + std::to_string(r.said->code);
    return r.said->enhanced ? line + ' ' + to_string(*r.said->enhanced) : line;
}

smtp::client_engine::options options_of(transcript const& t, trace_sink& sink) {
    smtp::client_engine::options o;
    o.local_hostname = t.options.at("name", "me.example");
    o.lmtp = t.options.has("lmtp");
    o.ignored_extensions = split(t.options.at("ignore"));
    o.trace = &sink;
    static fixed_host const machine;
    o.host = &machine;
    o.server_host = "mx.example";
    o.server_port = 587;
    return o;
}

}  // namespace

smtp_client::smtp_client(transcript const& t)
    : recorder_(std::make_unique<recorder>()),
      engine_(std::make_unique<smtp::client_engine>(options_of(t, *recorder_))) {
    if (t.options.has("secure")) engine_->stream_is_secure();
    if (t.options.has("bindings")) engine_->channel_bindings({"the certificate", "exported octets"});
}

smtp_client::~smtp_client() = default;

void smtp_client::begin(verb const& v) {
    octets_ = v.at("content", "Subject: hi\r\n\r\nhello\r\n");
    if (v.has("fails-after"))
        content_ = std::make_unique<failing_content>(octets_, std::stoul(v.at("fails-after")));
    else
        content_ = std::make_unique<view_reader>(octets_);

    auto& e = *engine_;
    if (v.name == "connect") return e.begin_greeting();
    if (v.name == "hello") return e.begin_hello();
    if (v.name == "ehlo") return e.begin_ehlo(v.at("name"));
    if (v.name == "helo") return e.begin_helo(v.at("name"));
    if (v.name == "starttls") return e.begin_starttls();
    if (v.name == "login") return e.begin_login(credentials_of(v), v.has("in-clear"), split(v.at("only")));
    if (v.name == "mail") return e.begin_mail(v.at("from"), parameters(v.at("parameters")));
    if (v.name == "rcpt") return e.begin_rcpt(v.at("to"), parameters(v.at("parameters")));
    if (v.name == "data") return e.begin_data(*content_);
    if (v.name == "command") return e.begin_command(v.at("line"));
    if (v.name == "rset") return e.begin_rset();
    if (v.name == "quit") return e.begin_quit();
    if (v.name == "send")
        return e.begin_send({std::make_shared<smtp::envelope>(envelope_of(v)), content_.get(), v.has("8bit"),
                             v.has("smtputf8"), v.has("binary")});
    throw std::runtime_error("no verb is called " + v.name);
}

std::string smtp_client::result() const {
    auto const& f = engine_->failure();
    if (!f.code) return "ok";
    auto line = std::string("failure: ") + name_of(f.kind()) + ' ' + std::string(to_string(f.where)) + ' ' +
                std::string(word_for(f.radius));
    if (f.in_doubt) line += " in_doubt";
    if (f.said) line += ' ' + to_string(*f.said);
    return line;
}

std::string smtp_client::report() const {
    std::string line;
    for (auto const& r : engine_->report().recipients) line += (line.empty() ? "" : " | ") + told(r);
    return line;
}

std::string const& smtp_client::trace() const {
    return recorder_->lines;
}

}  // namespace transcripts
