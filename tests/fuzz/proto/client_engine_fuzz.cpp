#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>

// A server that says whatever the input holds, in pieces of any size. The client must come to an end, send nothing
// after it, be in doubt only behind the end of its message, and claim nobody whom no reply has accepted.

using namespace postrider;
using namespace postrider::smtp;

namespace {

class peer {
public:
    peer(std::uint8_t const* data, std::size_t size) : octets_(reinterpret_cast<char const*>(data), size) {}

    error_code drive(client_engine& engine) {
        io_done last;
        for (int steps = 0;; ++steps) {
            if (steps > 100'000) std::abort();
            auto const asked = engine.resume(last);
            last = {};
            if (auto* end = std::get_if<finished>(&asked)) return check_end(engine, *end);
            if (auto* out = std::get_if<send_bytes>(&asked)) note(*out);
            if (auto* in = std::get_if<need_bytes>(&asked)) last = give(*in);
        }
    }

    bool whole_sent() const { return whole_sent_; }

private:
    error_code check_end(client_engine& engine, finished const& end) {
        if (!std::holds_alternative<finished>(engine.resume({}))) std::abort();
        if (end.ec != engine.failure().code) std::abort();
        if (end.ec && engine.failure().detail.empty()) std::abort();
        if (end.ec && engine.failure().radius == blast_radius::session && engine.usable()) std::abort();
        if (engine.failure().in_doubt && !whole_sent_) std::abort();
        return end.ec;
    }

    void note(send_bytes const& out) {
        if (out.pieces.empty()) std::abort();
        tail_.clear();
        for (auto piece : out.pieces) tail_ += piece;
        bool const whole = tail_.ends_with("\r\n.\r\n") || tail_.ends_with("BDAT 7 LAST\r\nhello\r\n");
        whole_sent_ |= out.why == phase::content && whole;
    }

    io_done give(need_bytes const& in) {
        if (octets_.empty()) return {io_errc::end_of_stream};
        auto const wanted = std::size_t{static_cast<unsigned char>(octets_.back())} + 1;
        auto const count = std::min({wanted, octets_.size(), in.room.size()});
        std::copy_n(octets_.begin(), count, in.room.begin());
        octets_.remove_prefix(count);
        return {{}, count};
    }

    std::string_view octets_;
    std::string tail_;
    bool whole_sent_ = false;
};

void check_report(client_engine const& engine, bool whole_sent) {
    for (auto const& r : engine.report().recipients) {
        if (!whole_sent && (r.what == outcome::accepted || r.what == outcome::in_doubt)) std::abort();
        if (r.what == outcome::accepted && (!r.said || r.said->code != 250)) std::abort();
        if (r.what == outcome::refused && !r.said) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    client_engine::options options;
    options.lmtp = data[0] & 1;
    client_engine engine(options);
    peer server(data + 1, size - 1);

    engine.begin_greeting();
    server.drive(engine);
    if (data[0] & 2) {
        engine.begin_starttls();
        server.drive(engine);
    }
    if (data[0] & 4) {
        engine.begin_login({"user", "secret", {}}, true);
        server.drive(engine);
    }
    view_reader content("hello\r\n");
    envelope e;
    e.reverse_path = "f@x";
    for (auto address : {"a@x", "b@x", "c@x"}) e.forward_paths.push_back({address, {}});
    engine.begin_send({std::make_shared<envelope>(std::move(e)), &content, false, false});
    auto const sent = server.drive(engine);
    check_report(engine, server.whole_sent());
    if (!sent && engine.report().accepted().empty()) std::abort();
    engine.begin_quit();
    server.drive(engine);
    if (engine.usable()) std::abort();
    return 0;
}
