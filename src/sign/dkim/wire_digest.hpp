#pragma once
#include <array>
#include <optional>
#include <postrider/core/octets.hpp>
#include <postrider/core/result.hpp>
#include <postrider/sign/dkim/canonical.hpp>
#include <string>

namespace postrider::dkim {

/// What signatures need of a message that is read once: its header, and a hash of its body for each way of
/// canonicalization that is asked for.
struct wire_digest {
    std::string header;  ///< its fields, each with its line end
    std::array<std::string, 2> body_hashes;

    std::string& body_hash(canonicalization how) noexcept { return body_hashes[static_cast<std::size_t>(how)]; }
};

/// Reads to the end, a chunk at a time.
/// errors     errc::header_limit; those of the reader
result<wire_digest> digest_wire(octet_reader& reader, bool simple, bool relaxed);

}  // namespace postrider::dkim
