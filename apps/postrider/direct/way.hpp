#pragma once
#include <filesystem>
#include <mutex>
#include <string>

#include "dns/query.hpp"
#include "route_book.hpp"
#include "send/options.hpp"

namespace postrider::app {

/// What all direct deliveries of a run share: DNS, the policies of MTA-STS that a file remembers from run to run, and the
/// ways to domains, while they are known. For many threads.
class direct_way {
public:
    /// errors     app::error: usage, for a resolver that is none; no_input
    explicit direct_way(send_options const&);

    /// Blocks while DNS and the domain's policy server are asked, unless they were of late.
    /// errors     app::error: bad_data for what is no domain
    direct_route route_to(std::string const& domain);

    /// Before anything is sent. `dialogue` must outlive this, and is for one thread.
    void trace_to(trace_sink& dialogue) noexcept { client_.trace = &dialogue; }

    smtp::client_options const& client() const noexcept { return client_; }
    std::uint16_t port() const noexcept { return options_.port; }

    /// Keeps what is now known of policies for the next run. A file that cannot be written is told on stderr.
    void remember() const;

private:
    std::optional<direct_route> known(std::string const& domain) const;

    direct_options options_;
    smtp::client_options client_;
    dns_query dns_;
    delivery::mail_dns calls_;
    std::filesystem::path file_;
    mta_sts::policy_cache policies_;
    std::string former_;
    mta_sts::policy_fetch fetch_;
    mutable std::mutex lock_;
    route_book routes_;  // under lock_
};

}  // namespace postrider::app
