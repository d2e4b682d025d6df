#pragma once
#include <functional>
#include <postrider/proto/smtp/server_fault.hpp>

#include "faults/book.hpp"

namespace postrider::devserver {

/// What a book's rules come to in one session.
class session_faults final : public smtp::fault_injector {
public:
    using show_certificate = std::function<void(fault_rule::certificates)>;

    /// `show`     what lets the session's next handshake fail
    session_faults(fault_book& book, show_certificate show) : book_(book), show_(std::move(show)) {}

    std::optional<smtp::fault> strike(smtp::fault_stage, std::span<std::string_view const> about) override;

private:
    fault_book& book_;
    show_certificate show_;
};

}  // namespace postrider::devserver
