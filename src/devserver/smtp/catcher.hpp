#pragma once
#include <cstdint>
#include <functional>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/proto/smtp/server_engine.hpp>
#include <postrider/server/async_session.hpp>
#include <string>
#include <utility>

#include "caught_envelope.hpp"
#include "faults/book.hpp"
#include "feed.hpp"
#include "metrics.hpp"
#include "store/store.hpp"
#include "transcript_recorder.hpp"

namespace postrider::devserver {

/// How many messages are still wanted, for all sessions together.
class quota {
public:
    explicit quota(std::uint64_t most) noexcept : left_(most), bounded_(most != 0) {}
    bool used_up() const noexcept { return bounded_ && left_ == 0; }
    void take() noexcept { left_ -= bounded_; }

private:
    std::uint64_t left_;
    bool bounded_;
};

/// What all sessions share.
struct catch_services {
    catch_options const& options;
    store& messages;
    feed& changes;
    host const& machine;
    quota& wanted;
    fault_book& faults;
    std::function<void()> on_kept;  ///< after each message; must not throw
    metrics& counted;
};

/// One session's mail, which it keeps.
class catcher final : public smtp::server_handler {
public:
    explicit catcher(catch_services const& services)
        : services_(services), recorder_(services.messages, services.machine), counting_(services.counted, recorder_) {}

    void stands_for(std::vector<smtp::parameter> const& told) override;
    smtp::reply mail(smtp::envelope const&) override;
    smtp::reply rcpt(smtp::envelope const&, smtp::forward_path const&) override;
    error_code content(std::string_view octets) override;
    smtp::reply end_content(smtp::envelope const&) override;
    void abort() noexcept override;

    /// Takes the dialogue.
    trace_sink& recorder() noexcept { return counting_; }
    /// To be said before the session runs: where to ask for what it knows.
    void belongs_to(server::async_session const& session, std::string peer, bool lmtp) {
        session_ = &session;
        peer_ = std::move(peer);
        lmtp_ = lmtp;
    }

private:
    smtp::reply outcome_of(smtp::envelope const&);
    smtp::reply keep(smtp::envelope const&);
    session_facts facts() const;

    catch_services const& services_;
    transcript_recorder recorder_;
    counting_sink counting_;
    server::async_session const* session_ = nullptr;
    std::string peer_;
    bool lmtp_ = false;
    std::string octets_;      // the message so far; when content is dropped, its first octets
    std::uint64_t size_ = 0;  // octets so far, dropped ones included
};

}  // namespace postrider::devserver
