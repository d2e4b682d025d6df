#include "pop3_sessions.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/server/async_pop3_session.hpp>
#include <system_error>
#include <utility>

namespace postrider::devserver {
namespace {

/// The messages of one user, as POP3 numbers them: the oldest first.
class maildrop final : public pop3::server_handler {
public:
    explicit maildrop(catch_services const& services) : services_(services) {}

    result<std::vector<pop3::stored_message>> open(std::string_view user) override try {
        std::vector<pop3::stored_message> found;
        for (auto const& message : services_.messages.list(UINT64_MAX, 0).messages)
            if (!message.discarded && is_mail_of(user, services_.options.inboxes, message))
                found.push_back({message.id, message.size});
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
};

}  // namespace

bool is_mail_of(std::string_view user, std::vector<inbox_rule> const& inboxes, caught_message const& message) {
    auto const is_named = [&](inbox_rule const& one) { return ascii::equal_without_case(one.name, user); };
    if (auto const own = std::find_if(inboxes.begin(), inboxes.end(), is_named); own != inboxes.end())
        return message.inbox == own->name;
    if (user.find('@') == user.npos) return true;
    return std::any_of(message.to.begin(), message.to.end(),
                       [&](std::string const& address) { return matches_pattern(user, address); });
}

boost::asio::awaitable<void> serve_pop3(net::async_stream stream, catch_services const& services,
                                        net::tls_context_ptr tls, bool on_loopback) {
    ++services.counted.pop3_sessions;
    maildrop mail(services);
    pop3::server_engine::options options;
    options.banner = "Postrider catch";
    options.offer_stls = true;
    options.login_in_clear = on_loopback;
    if (auto const& login = services.options.login)
        options.secret_of = [login](std::string_view user) {
            return user == login->first ? std::optional(login->second) : std::nullopt;
        };
    co_await server::serve_pop3(std::move(stream), std::move(options), mail, std::move(tls));
}

}  // namespace postrider::devserver
