#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <postrider/lint/check.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What the checks of a message came to.
namespace postrider::lint {

/// Where in the message. What does not apply is absent.
struct place {
    std::optional<std::size_t> part;    ///< number of the body part, as in mime::parsed_message::part
    std::string header;                 ///< name of the field
    std::optional<std::size_t> line;    ///< from 1: of the message, or of the decoded text of `part`
    std::optional<std::size_t> offset;  ///< in octets from the beginning of the message
    friend bool operator==(place const&, place const&) = default;
};

/// A value in a finding's sentence. Text comes from the message: cut short, in UTF-8 and without controls, and yet
/// whatever its writer liked.
struct argument {
    argument(std::string_view name_of, std::string_view text);
    argument(std::string_view name_of, std::integral auto number)
        : name(name_of), value(static_cast<std::int64_t>(number)) {}

    std::string name;
    std::variant<std::string, std::int64_t> value;
};

/// What one check said: that all is well, or what is not. A check that found the same fault many times is one finding.
struct finding {
    check const* of = nullptr;
    lint::level level = level::pass;
    std::vector<argument> arguments;  ///< of the first fault, and `count`
    std::size_t count = 0;            ///< how often the fault was found; 0: it was not
    std::vector<place> places;        ///< of the first limits::lint_places of them

    std::string_view title() const noexcept;
    std::string detail() const;  ///< empty for a pass
};

/// How a mail client copes with the HTML and CSS that the message uses.
struct client_support {
    std::string name, platform;
    std::vector<std::string> supported, partial, unsupported;  ///< features, by their titles
};

/// Something that the message uses and that mail clients may not know.
struct used_feature {
    std::string_view id, title;
    std::string url;  ///< of caniemail.com, where the facts are from
};

/// SpamAssassin's opinion.
struct spam_verdict {
    struct rule {
        double score = 0;
        std::string name, description;
    };
    double score = 0, threshold = 5;
    std::vector<rule> rules;
};

struct report {
    std::vector<finding> findings;  ///< in the order of checks(); of checks that did not apply there is none
    std::vector<client_support> clients;
    std::vector<used_feature> features;
    std::optional<spam_verdict> spam;

    finding const* find(std::string_view id) const noexcept;
    std::array<std::size_t, levels> counts() const noexcept;  ///< by level
};

}  // namespace postrider::lint
