#include <doctest/doctest.h>

#include <algorithm>
#include <postrider/core/octets.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>

#include "counted_allocations.hpp"

using namespace postrider;
using namespace postrider::smtp;
using postrider::test::allocations;

namespace {

/// One message, and whether all of its recipients have it.
class one_message final : public message_queue {
public:
    explicit one_message(std::size_t recipients) {
        envelope named{"sender@example.com", {}, {}};
        for (std::size_t i = 0; i < recipients; ++i)
            named.forward_paths.push_back({"recipient" + std::to_string(i) + "@example.net", {}});
        envelope_ = std::make_shared<envelope>(std::move(named));
    }

    std::optional<outgoing_message> next() override {
        if (!envelope_) return {};
        return outgoing_message{std::exchange(envelope_, {}), &content_};
    }
    void done(report told, std::optional<failure> const&) override { all_have_it = told.all_accepted(); }

    bool all_have_it = false;

private:
    std::shared_ptr<envelope const> envelope_;
    view_reader content_{"Subject: hi\r\n\r\nhello\r\n"};
};

/// Drives the engine against a server that has said everything in advance; counts what the engine allocates.
std::size_t allocations_of(client_engine& engine, std::string_view replies) {
    std::size_t counted = 0;
    io_done last;
    for (;;) {
        auto const before = allocations;
        auto const asked = engine.resume(last);
        counted += allocations - before;
        last = {};
        if (std::holds_alternative<finished>(asked)) return counted;
        if (auto* in = std::get_if<need_bytes>(&asked)) {
            last.bytes = std::min(in->room.size(), replies.size());
            std::copy_n(replies.begin(), last.bytes, in->room.begin());
            replies.remove_prefix(last.bytes);
        }
    }
}

std::size_t allocations_for(std::size_t recipients) {
    client_engine engine{{}};
    engine.begin_greeting();
    allocations_of(engine, "220 mx\r\n");
    engine.begin_hello();
    allocations_of(engine, "250-mx\r\n250-PIPELINING\r\n250 CHUNKING\r\n");
    one_message mail(recipients);
    engine.begin_send_all(mail);
    std::string replies = "250 2.1.0 Ok\r\n";
    for (std::size_t i = 0; i < recipients; ++i) replies += "250 2.1.5 Ok\r\n";
    auto const counted = allocations_of(engine, replies + "250 2.0.0 Ok\r\n");
    CHECK(mail.all_have_it);
    return counted;
}

}  // namespace

// Its address and the reply in the report, its command, and the reply to that: four, and a few for what grows.
TEST_CASE("one recipient more costs a handful of allocations: nothing of a report or an envelope is copied") {
    auto const few = allocations_for(100), many = allocations_for(300);
    CHECK(many - few <= 5 * 200);
}
