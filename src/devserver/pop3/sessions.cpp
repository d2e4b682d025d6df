#include "sessions.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/server/async_pop3_session.hpp>
#include <system_error>
#include <utility>

namespace postrider::devserver {
namespace {

/// The messages of one user, as POP3 numbers them: the oldest first.
class maildrop final : public pop3::server_handler {
public:
    maildrop(catch_services const& services, maildrop_locks& locks) : services_(services), lock_(locks) {}

    result<std::vector<pop3::stored_message>> open(std::string_view user) override try {
        auto const& inboxes = services_.options.inboxes;
        if (auto const taken = lock_.take(maildrop_of(user, inboxes))) return taken;
        auto const other_sizes = services_.messages.sizes_with_crlf();
        auto const size_of = [&](caught_message const& message) {
            auto const other = other_sizes.find(message.id);
            return other == other_sizes.end() ? message.size : other->second;
        };
        std::vector<pop3::stored_message> found;
        for (auto const& message : services_.messages.list(UINT64_MAX, 0).messages)
            if (!message.discarded && is_mail_of(user, inboxes, message))
                found.push_back({message.id, size_of(message)});
        std::reverse(found.begin(), found.end());
        return found;
    } catch (std::system_error const& failure) {
        return failure.code();
    }

    std::optional<std::string> read(std::string const& id) override try {
        return services_.messages.octets(id);
    } catch (std::system_error const&) {
        return std::nullopt;
    }

    bool remove(std::vector<std::string> const& ids) override try {
        // One that somebody else has removed meanwhile is gone as well.
        auto const gone = services_.messages.remove(services_.messages.places_of(ids));
        services_.changes.publish(change::removed, gone);
        return true;
    } catch (std::system_error const&) {
        return false;
    }

private:
    catch_services const& services_;
    maildrop_locks::holder lock_;
};

inbox_rule const* inbox_of(std::string_view user, std::vector<inbox_rule> const& inboxes) {
    auto const is_named = [&](inbox_rule const& one) { return ascii::equal_without_case(one.name, user); };
    auto const own = std::find_if(inboxes.begin(), inboxes.end(), is_named);
    return own == inboxes.end() ? nullptr : &*own;
}

std::string timestamp_seed(host const& machine) {
    std::array<char, 12> octets;
    machine.random(octets);
    return to_hex({octets.data(), octets.size()}) + "@localhost";
}

}  // namespace

std::string maildrop_of(std::string_view user, std::vector<inbox_rule> const& inboxes) {
    if (auto const* own = inbox_of(user, inboxes)) return "inbox " + own->name;
    return user.find('@') == user.npos ? "everything" : "address " + ascii::lower(user);
}

bool is_mail_of(std::string_view user, std::vector<inbox_rule> const& inboxes, caught_message const& message) {
    if (auto const* own = inbox_of(user, inboxes)) return message.inbox == own->name;
    if (user.find('@') == user.npos) return true;
    return std::any_of(message.to.begin(), message.to.end(),
                       [&](std::string const& address) { return matches_pattern(user, address); });
}

boost::asio::awaitable<void> serve_pop3(net::async_stream stream, catch_services const& services, maildrop_locks& locks,
                                        net::tls_context_ptr tls, bool on_loopback) {
    ++services.counted.pop3_sessions;
    maildrop mail(services, locks);
    pop3::server_engine::options options;
    options.banner = "Postrider catch";
    options.offer_stls = true;
    options.apop_seed = timestamp_seed(services.machine);
    options.login_in_clear = on_loopback;
    if (auto const& login = services.options.login)
        options.secret_of = [login](std::string_view user) {
            return user == login->first ? std::optional(login->second) : std::nullopt;
        };
    co_await server::serve_pop3(std::move(stream), std::move(options), mail, std::move(tls));
}

}  // namespace postrider::devserver
