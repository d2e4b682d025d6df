#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/proto/smtp/server_engine.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// Any octets are a dialogue: the handler's verbs come in a legal order, the replies are replies, and how the octets
// were cut changes neither what was said nor what was kept.
//     input = options-octet cut-octet client-octets

using namespace postrider;
using namespace postrider::smtp;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// Refuses by what it is told, so that all its ways are walked, and knows what may come next.
class strict_handler final : public server_handler {
public:
    reply hello(std::string_view name) override {
        require(now_ == place::outside && !name.empty());
        return reply_of(name == "no" ? 550 : 250, {}, "hello");
    }
    reply mail(envelope const& e) override {
        require(now_ == place::outside && e.forward_paths.empty() && is_clean(e.reverse_path));
        for (auto const& p : e.parameters) require(is_clean(p.keyword) && is_clean(p.value.value_or("")));
        if (e.reverse_path.starts_with("no")) return reply_of(550, {}, "not you");
        now_ = place::envelope;
        return server_handler::mail(e);
    }
    reply rcpt(envelope const&, forward_path const& asked) override {
        require(now_ == place::envelope && !asked.address.empty() && is_clean(asked.address));
        return reply_of(asked.address.starts_with("no") ? 450 : 250, {}, "words\r\nand more");
    }
    reply begin_content(envelope const& e) override {
        require(now_ == place::envelope && !e.forward_paths.empty());
        bool const refuse = e.forward_paths[0].address.starts_with("stop");
        now_ = refuse ? place::refused : place::content;
        failing_ = false;
        incoming_.clear();
        return refuse ? reply_of(451, {}, "not now") : server_handler::begin_content(e);
    }
    error_code content(std::string_view octets) override {
        require(now_ == place::content && !octets.empty() && !failing_);
        incoming_ += octets;
        failing_ = octets.find('!') != octets.npos;
        return failing_ ? std::make_error_code(std::errc::no_space_on_device) : error_code();
    }
    reply end_content(envelope const& e) override {
        require(now_ == place::content && !failing_ && !e.forward_paths.empty());
        now_ = place::outside;
        kept += incoming_ + '\x1e';
        return server_handler::hello("");
    }
    void abort() noexcept override {
        require(now_ != place::outside);
        now_ = place::outside;
    }

    bool outside() const noexcept { return now_ == place::outside; }
    std::string kept;

private:
    enum class place { outside, envelope, refused, content } now_ = place::outside;

    static bool is_clean(std::string_view text) {
        return std::none_of(text.begin(), text.end(),
                            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    }

    bool failing_ = false;
    std::string incoming_;
};

server_engine::options options_of(std::uint8_t bits) {
    server_engine::options o;
    o.lmtp = bits & 1;
    o.strict_line_ends = bits & 2;
    o.offer_auth = bits & 4;
    o.auth_in_clear = bits & 8;
    o.offer_starttls = bits & 16;
    o.require_tls = (bits & 48) == 48;
    o.require_auth = (bits & 36) == 36;
    o.max_message = bits & 64 ? 20 : 0;
    o.max_recipients = 3;
    o.max_errors = bits & 128 ? 0 : 4;
    o.max_idle_commands = bits & 128 ? 0 : 4;
    o.cram_seed = "seed";
    o.auth_secret = "pepper";
    o.allow_anonymous = bits & 128;
    o.user_of_token = [](std::string_view, std::string_view token) {
        return token == "t" ? std::optional<std::string>("u") : std::nullopt;
    };
    o.secret_of = [](std::string_view user) -> std::optional<std::string> {
        if (user.starts_with('u')) return "p";
        return std::nullopt;
    };
    return o;
}

struct session_result {
    std::string said, kept;
    friend bool operator==(session_result const&, session_result const&) = default;
};

/// `cut`      at most so many octets at a time; 0: as many as there is room for.
session_result run(server_engine::options o, std::string_view client, std::size_t cut) {
    strict_handler handler;
    session_result result;
    server_engine engine(std::move(o), handler);
    for (io_done last;;) {
        auto const next = engine.resume(last);
        last = {};
        if (auto const* out = std::get_if<send_bytes>(&next)) {
            for (auto const piece : out->pieces) result.said += piece;
        } else if (auto const* in = std::get_if<need_bytes>(&next)) {
            require(in->room.size() >= 1024);
            auto const wanted = std::min({client.size(), in->room.size(), cut == 0 ? client.size() : cut});
            client.copy(in->room.data(), wanted);
            client.remove_prefix(wanted);
            last = wanted == 0 ? io_done{io_errc::end_of_stream} : io_done{{}, wanted};
        } else if (std::holds_alternative<finished>(next)) {
            break;
        }
    }
    require(handler.outside());
    result.kept = handler.kept;
    return result;
}

/// Every reply is whole, of a known class, and has an enhanced status code of that class where there may be one.
void are_replies(std::string_view said) {
    reply_reader reader;
    for (bool greeting = true; !said.empty(); greeting = false) {
        require(reader.consume(said) == reply_reader::state::done);
        auto const r = reader.take();
        require(r.code >= 200 && r.code < 600 && !r.lines.empty());
        bool const is_hello = r.code == 250 && r.lines[0] == "localhost";
        bool const may_be_bare = greeting || is_hello || r.code / 100 == 3;
        require(may_be_bare || r.enhanced);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) return 0;
    auto const options = options_of(data[0]);
    std::string_view const client(reinterpret_cast<char const*>(data) + 2, size - 2);
    auto const whole = run(options, client, 0);
    are_replies(whole.said);
    // What follows STARTTLS in one piece with it ends the session; in a piece of its own it is the driver's affair.
    if (options.offer_starttls) return 0;
    require(run(options, client, 1) == whole);
    require(run(options, client, data[1]) == whole);
    return 0;
}
