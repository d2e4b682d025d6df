#pragma once
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "net/test_server.hpp"

namespace postrider::test {

/// A proxy on loopback that speaks SOCKS 5 or HTTP, notes where it is asked to lead, and leads to one port of loopback
/// whatever the name.
class relay_proxy {
public:
    enum class kind { socks5, http };

    relay_proxy(kind, std::uint16_t target_port, std::string user = {}, std::string password = {});

    /// With the login that it wants.
    std::string url() const;
    std::string address() const { return server_.address(); }
    std::vector<std::string> asked_for() const;
    void refuse_from_now_on() { refuses_ = true; }

private:
    void serve(connection&);
    bool serve_socks5(connection&);
    bool serve_http(connection&);
    void note(std::string target);

    kind kind_;
    std::uint16_t target_port_;
    std::string user_, password_;
    std::atomic<bool> refuses_ = false;
    mutable std::mutex lock_;
    std::vector<std::string> asked_for_;
    test_server server_;  // last: its thread uses all of the above
};

}  // namespace postrider::test
