#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <postrider/codec/dot_stuffing.hpp>
#include <postrider/proto/pop3/server_engine.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

// Any octets are a dialogue: each line said is a response or stands in one that a dot ends, how the octets were cut
// changes nothing, and nothing is removed unless the session ended in good order.
//     input = options-octet cut-octet client-octets

using namespace postrider;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

struct maildrop final : pop3::server_handler {
    result<std::vector<pop3::stored_message>> open(std::string_view user) override {
        require(!user.empty());
        if (user == "busy") return std::make_error_code(std::errc::device_or_resource_busy);
        std::vector<pop3::stored_message> found;
        for (auto const& [id, octets] : kept) found.push_back({id, octets.size()});
        return found;
    }
    std::optional<std::string> read(std::string const& id) override {
        require(kept.count(id) == 1);
        if (id == "gone") return std::nullopt;
        return kept.at(id);
    }
    bool remove(std::vector<std::string> const& ids) override {
        require(!std::exchange(removed, true) && !ids.empty());
        for (auto const& id : ids) require(kept.erase(id) == 1);
        return true;
    }

    std::map<std::string, std::string> kept{
        {"a", "Subject: dots\r\n\r\n.\r\n..\r\nx"}, {"b", "no header\n.\r\r\n"}, {"gone", "x"}, {"z", ""}};
    bool removed = false;
};

struct outcome {
    std::string said;
    error_code end;
    std::map<std::string, std::string> kept;
    friend bool operator==(outcome const&, outcome const&) = default;
};

pop3::server_engine::options options_of(std::uint8_t bits) {
    pop3::server_engine::options o;
    o.login_in_clear = bits & 1;
    o.offer_stls = bits & 2;
    o.max_errors = bits & 4 ? 3 : 0;
    if (bits & 16) o.apop_seed = "1@mx.example";
    if (bits & 8)
        o.secret_of = [](std::string_view user) {
            return user == "u" ? std::optional<std::string>("p") : std::nullopt;
        };
    return o;
}

/// `cut`      at most so many octets at a time; 0: as many as there is room for.
outcome run(pop3::server_engine::options o, std::string_view client, std::size_t cut) {
    maildrop drop;
    outcome result;
    pop3::server_engine engine(std::move(o), drop);
    for (io_done last;;) {
        auto const next = engine.resume(last);
        last = {};
        if (auto const* out = std::get_if<send_bytes>(&next)) {
            require(!out->pieces.empty());
            for (auto const piece : out->pieces) result.said += piece;
        } else if (auto const* in = std::get_if<need_bytes>(&next)) {
            require(!in->room.empty());
            auto const wanted = std::min({client.size(), in->room.size(), cut == 0 ? client.size() : cut});
            client.copy(in->room.data(), wanted);
            client.remove_prefix(wanted);
            last = wanted == 0 ? io_done{io_errc::end_of_stream} : io_done{{}, wanted};
        } else if (auto const* end = std::get_if<finished>(&next)) {
            result.end = end->ec;
            break;
        }
    }
    require(!drop.removed || !result.end);
    result.kept = drop.kept;
    return result;
}

bool begins_many_lines(std::string_view response) {
    for (std::string_view heading : {"+OK what can be done", "+OK sizes", "+OK unique ids", "+OK its top"})
        if (response == heading) return true;
    return response.ends_with(" octets");
}

void are_responses(std::string_view said) {
    while (!said.empty()) {
        auto const end = said.find("\r\n");
        require(end != said.npos);
        auto const line = said.substr(0, end);
        require(line.starts_with("+OK ") || line.starts_with("-ERR ") || line.starts_with("+ "));
        said.remove_prefix(end + 2);
        if (!begins_many_lines(line)) continue;
        codec::dot_unstuffer content;
        std::vector<std::string_view> pieces;
        require(content.unstuff(said, pieces) && !content.saw_bare_cr_or_lf());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) return 0;
    auto const options = options_of(data[0]);
    std::string_view const client(reinterpret_cast<char const*>(data) + 2, size - 2);
    auto const whole = run(options, client, 0);
    are_responses(whole.said);
    // What follows STLS in one piece with it ends the session; in a piece of its own it is the driver's affair.
    if (options.offer_stls) return 0;
    require(run(options, client, 1) == whole);
    require(run(options, client, data[1]) == whole);
    return 0;
}
