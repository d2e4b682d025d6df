#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <postrider/client/smtp.hpp>
#include <string>

#include "deliver.hpp"

namespace postrider::app {

/// One connection for many messages. Where the server ends it between two, or says that it has had enough, it is opened
/// again, once for each message, and only where that cannot double one.
class merge_session {
public:
    merge_session(server_choice const&, std::string secret, tell_step const&);
    ~merge_session();
    merge_session(merge_session const&) = delete;
    merge_session& operator=(merge_session const&) = delete;

    /// What became of the message. After an outcome that leaves the session over, nothing more can be sent.
    send_outcome send(outgoing const& mail);

    /// In doubt, or no connection and none to be had.
    bool is_over() const noexcept { return failure_.has_value(); }
    std::optional<smtp::failure> const& failure() const noexcept { return failure_; }
    std::string const& advice() const noexcept { return advice_; }

private:
    send_outcome attempt(outgoing const& mail);

    server_choice const& where_;
    std::string secret_;
    tell_step const& tell_;
    smtp::client client_;
    std::string advice_;
    std::optional<smtp::failure> failure_;
};

/// One line on stderr, where that is a terminal: how many rows, how much of the data, how fast. From the second second
/// on and ten times a second at most.
class merge_progress {
public:
    explicit merge_progress(bool wanted);
    ~merge_progress() { wipe(); }
    merge_progress(merge_progress const&) = delete;
    merge_progress& operator=(merge_progress const&) = delete;

    void show(std::uint64_t rows, std::optional<double> share);
    void wipe();

private:
    std::optional<std::size_t> columns_;
    std::chrono::steady_clock::time_point begun_, drawn_;
    bool drew_ = false;
};

/// "[====>     ]  45%  1234 rows  210/s  7 s left"; without a share no bar and no time left.
std::string merge_progress_line(std::uint64_t rows, std::optional<double> share, std::chrono::duration<double> elapsed,
                                std::size_t columns);

}  // namespace postrider::app
