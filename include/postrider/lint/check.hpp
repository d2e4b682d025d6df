#pragma once
#include <cstdint>
#include <span>
#include <string_view>

/// What a message is checked for.
namespace postrider::lint {

enum class level : std::uint8_t {
    pass,
    notice,   ///< worth a look
    warning,  ///< some readers or servers will mind
    error,    ///< breaks a rule that all go by
};
inline constexpr unsigned levels = 4;

enum class group : std::uint8_t { authentication, content, images, headers, size, links, bulk, compatibility, spam };

/// "pass", "notice", ... and "authentication", "content", ...
std::string_view to_string(level) noexcept;
std::string_view to_string(group) noexcept;

/// One check. Sentences are English; `{name}` in them stands for an argument of the finding, `{name:image has:images
/// have}` for a number with what goes with one and with more; those who want another language have the id and the
/// arguments.
struct check {
    std::string_view id;  ///< never changes, nor does the order in which checks are told
    lint::group group;
    lint::level level;               ///< of what it finds, mostly: a finding may be of less weight
    std::string_view rule;           ///< the RFC and its section, or the vendor's rule
    std::string_view rule_url;       ///< where it can be read
    std::string_view passes, fails;  ///< a title for each outcome
    std::string_view detail;         ///< what was found, why it matters and what to do
};

/// All there are, in order.
std::span<check const> checks() noexcept;

}  // namespace postrider::lint
