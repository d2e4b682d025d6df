#pragma once
#include <cstdint>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/mime/parse.hpp>
#include <span>
#include <string>

/// A message that was cut into several.                                                               RFC 2046 §5.2.2
namespace postrider::mime {

struct partial_fragment {
    std::string id;                      ///< the same in all fragments of a message
    std::uint32_t number = 0;            ///< from 1
    std::optional<std::uint32_t> total;  ///< of the last fragment at least
    friend bool operator==(partial_fragment const&, partial_fragment const&) = default;
};

/// Of a message/partial with an id and a number; never read as a message, since it is none by itself.
std::optional<partial_fragment> partial_of(parsed_part const&);

/// The message that was cut, from all its fragments in any order: header fields of the first one's, but those that
/// describe content and subject, which are the enclosed message's.                                  RFC 2046 §5.2.2.1
/// errors     codec::errc::malformed unless the roots are the fragments 1 to total of one id, once each;
///            errc::limit_reached beyond limits::raw_message_octets.
result<std::string> join_fragments(std::span<parsed_message const> fragments);

}  // namespace postrider::mime
