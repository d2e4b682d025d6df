#pragma once
#include <optional>
#include <postrider/core/result.hpp>
#include <set>
#include <string>
#include <system_error>

namespace postrider::devserver {

/// Which maildrops POP3 sessions have open. For one thread; outlives those who hold one.              RFC 1939 §4
class maildrop_locks {
public:
    /// A maildrop that is nobody else's, until its holder's scope ends.
    class holder {
    public:
        explicit holder(maildrop_locks& in) noexcept : locks_(in) {}
        ~holder() {
            if (name_) locks_.taken_.erase(*name_);
        }
        holder(holder const&) = delete;

        /// Once it has one it is to keep that.
        /// errors     std::errc::device_or_resource_busy: another session has it
        error_code take(std::string const& name) {
            if (!locks_.taken_.insert(name).second) return std::make_error_code(std::errc::device_or_resource_busy);
            name_ = name;
            return {};
        }

    private:
        maildrop_locks& locks_;
        std::optional<std::string> name_;
    };

private:
    std::set<std::string> taken_;
};

}  // namespace postrider::devserver
