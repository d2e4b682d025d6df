#include <postrider/proto/smtp/client_engine.hpp>
#include <utility>

#include "client_session.hpp"
#include "client_verbs.hpp"
#include "talk.hpp"

namespace postrider::smtp {

struct client_engine::state {
    explicit state(options o) : session(std::move(o)) {}

    void begin(client_side::talk<> operation) {
        // An operation that was left in the middle leaves a reply on the wire that nobody has read.
        if (started) session.lose();
        started = false;
        running.emplace(std::move(operation));
        session.waiting = running->start();
    }

    step resume(io_done last) {
        if (!running) return finished{session.failure.code};
        started = true;
        session.last = last;
        try {
            session.waiting.resume();
        } catch (...) {
            session.lose();
            end();
            throw;
        }
        if (!running->done()) return session.next;
        auto outcome = running->outcome();
        end();
        session.failure = outcome ? smtp::failure{} : outcome.error();
        return finished{session.failure.code};
    }

    void end() {
        running.reset();
        started = false;
    }

    client_side::session session;
    std::optional<client_side::talk<>> running;
    bool started = false;
};

client_engine::client_engine(options o) : state_(std::make_unique<state>(std::move(o))) {}
client_engine::~client_engine() = default;
client_engine::client_engine(client_engine&&) noexcept = default;
client_engine& client_engine::operator=(client_engine&&) noexcept = default;

void client_engine::begin_greeting() {
    state_->begin(client_side::greeting(state_->session));
}
void client_engine::begin_hello() {
    state_->begin(client_side::hello(state_->session));
}
void client_engine::begin_ehlo(std::string name) {
    state_->begin(client_side::ehlo(state_->session, std::move(name)));
}
void client_engine::begin_helo(std::string name) {
    state_->begin(client_side::helo(state_->session, std::move(name)));
}
void client_engine::begin_starttls() {
    state_->begin(client_side::starttls(state_->session));
}
void client_engine::begin_login(sasl::credentials who, bool clear_text_allowed, std::vector<std::string> mechanisms) {
    state_->begin(client_side::login(state_->session, std::move(who), clear_text_allowed, std::move(mechanisms)));
}
void client_engine::begin_mail(std::string reverse_path, std::vector<parameter> parameters) {
    state_->begin(client_side::mail(state_->session, std::move(reverse_path), std::move(parameters)));
}
void client_engine::begin_rcpt(std::string forward_path, std::vector<parameter> parameters) {
    state_->begin(client_side::rcpt(state_->session, std::move(forward_path), std::move(parameters)));
}
void client_engine::begin_data(octet_reader& content) {
    state_->begin(client_side::data(state_->session, content));
}
void client_engine::begin_command(std::string line, phase where) {
    state_->begin(client_side::command(state_->session, std::move(line), where));
}
void client_engine::begin_rset() {
    state_->begin(client_side::rset(state_->session));
}
void client_engine::begin_quit() {
    state_->begin(client_side::quit(state_->session));
}
void client_engine::begin_send(outgoing_message mail) {
    state_->begin(client_side::send_message(state_->session, std::move(mail)));
}
void client_engine::begin_send_all(message_queue& queue) {
    state_->begin(client_side::send_all(state_->session, queue));
}

step client_engine::resume(io_done last) {
    return state_->resume(last);
}
void client_engine::io_detail(std::string detail) {
    state_->session.io_detail = std::move(detail);
}

void client_engine::stream_is_secure() noexcept {
    state_->session.secure = true;
}
void client_engine::stream_closed() noexcept {
    state_->session.lose();
}
void client_engine::channel_bindings(sasl::channel_bindings bindings) noexcept {
    state_->session.bindings = std::move(bindings);
}

bool client_engine::usable() const noexcept {
    return state_->session.in_step;
}
bool client_engine::secure() const noexcept {
    return state_->session.secure;
}
bool client_engine::authenticated() const noexcept {
    return state_->session.authenticated;
}
bool client_engine::said_hello() const noexcept {
    return state_->session.said_hello();
}
bool client_engine::does_esmtp() const noexcept {
    return state_->session.does_esmtp;
}
extensions const& client_engine::ehlo_extensions() const noexcept {
    return state_->session.offered;
}
std::optional<reply> const& client_engine::ehlo_reply() const noexcept {
    return state_->session.ehlo;
}
std::optional<reply> const& client_engine::helo_reply() const noexcept {
    return state_->session.helo;
}
reply const& client_engine::last_reply() const noexcept {
    return state_->session.last_reply;
}
smtp::report const& client_engine::report() const noexcept {
    return state_->session.report;
}
smtp::failure const& client_engine::failure() const noexcept {
    return state_->session.failure;
}

}  // namespace postrider::smtp
