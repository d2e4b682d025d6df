#pragma once
#include <memory>
#include <postrider/mime/parse.hpp>
#include <string_view>

namespace postrider::mime {

/// Parses a message that arrives in pieces, cut anywhere: what is complete is read at once, and each octet once. Keeps
/// the octets, in memory of at most one and a half times their size.
///
///     mime::message_parser parser;
///     while (auto const piece = next_piece()) parser.feed(*piece);
///     mime::parsed_message const message = parser.finish();
class message_parser {
public:
    explicit message_parser(parse_options options = {});
    ~message_parser();
    message_parser(message_parser&&) noexcept;
    message_parser& operator=(message_parser&&) noexcept;

    /// Copies the octets: they are the caller's again at the return.
    void feed(std::string_view octets);

    /// Whether the message's own header is complete. Who wants no more than that can finish() now.
    bool header_ended() const noexcept;

    /// What has been fed so far.
    std::string_view octets() const noexcept;

    /// The message: the same, to the last defect, as parse() makes of the whole, whatever the cuts were. It owns its
    /// octets. The parser is then as it was at first, ready for the next message.
    parsed_message finish();

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace postrider::mime
