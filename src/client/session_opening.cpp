#include "session_opening.hpp"

#include <utility>
#include <variant>

#include "io_failure.hpp"

namespace postrider::smtp {
namespace {

template <class Engine>
void tell(Engine& engine, std::string words) {
    if constexpr (requires { engine.io_detail(std::string()); }) engine.io_detail(std::move(words));
}

}  // namespace

step session_opening::resume(io_done last) {
    if (stage_ == stage::start && !plan_.preface.empty()) {
        stage_ = stage::preface;
        preface_ = plan_.preface;
        return send_bytes{{&preface_, 1}, phase::connect};
    }
    if (stage_ == stage::preface && last.ec) return fail(failure_of_io(last.ec, phase::connect, detail_));
    if (stage_ < stage::tls && plan_.tls_first) {
        stage_ = stage::tls;
        return start_tls{};
    }
    if (stage_ == stage::tls) {
        if (last.ec) return fail(failure_of_io(last.ec, phase::tls, detail_));
        engine_.stream_is_secure();
    }
    bool begun = stage_ > stage::tls;
    for (;;) {
        if (begun) {
            step wanted = engine_.resume(std::exchange(last, {}));
            auto* over = std::get_if<finished>(&wanted);
            if (!over || over->ec) return wanted;
        }
        auto following = next();
        if (following == stage::done) return finished{};
        if (following == stage::starttls && !engine_.ehlo_extensions().has("starttls")) return fail(no_starttls());
        begin(following);
        last = {};
        begun = true;
    }
}

session_opening::stage session_opening::next() const {
    switch (stage_) {
        case stage::start:
        case stage::preface:
        case stage::tls: return stage::greeting;
        case stage::greeting: return plan_.hello ? stage::hello : stage::done;
        case stage::hello: {
            bool offered = engine_.ehlo_extensions().has("starttls");
            bool wanted =
                plan_.starttls == starttls_policy::required || (plan_.starttls == starttls_policy::offered && offered);
            if (wanted && !engine_.secure()) return stage::starttls;
            [[fallthrough]];
        }
        case stage::hello_again: return plan_.login ? stage::login : stage::done;
        case stage::starttls: return stage::hello_again;
        case stage::login:
        case stage::done: return stage::done;
    }
    return stage::done;
}

void session_opening::begin(stage which) {
    stage_ = which;
    switch (which) {
        case stage::greeting: return engine_.begin_greeting();
        case stage::hello:
        case stage::hello_again: return engine_.begin_hello();
        case stage::starttls: return engine_.begin_starttls();
        case stage::login: return engine_.begin_login(*plan_.login, plan_.clear_text_login, plan_.mechanisms);
        case stage::start:
        case stage::preface:
        case stage::tls:
        case stage::done: return;
    }
}

finished session_opening::fail(smtp::failure why) {
    own_failure_ = std::move(why);
    return {own_failure_->code};
}

void session_opening::io_detail(std::string words) {
    if (stage_ == stage::tls || stage_ == stage::preface)
        detail_ = std::move(words);
    else
        tell(engine_, std::move(words));
}

}  // namespace postrider::smtp
