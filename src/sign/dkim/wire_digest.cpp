#include "wire_digest.hpp"

#include <postrider/core/limits.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <vector>

#include "body_hash.hpp"

namespace postrider::dkim {
namespace {

/// Keeps what stands before the first empty line.
class header_keeper {
public:
    /// The part of the chunk that belongs to the body.
    std::string_view put(std::string_view chunk) {
        if (is_whole_) return chunk;
        std::size_t const before = header_.size();
        header_ += chunk;
        std::size_t const begin = before < 3 ? 0 : before - 3;  // the empty line may have begun in an earlier chunk
        std::size_t end = 0;
        if (!header_.starts_with("\r\n")) {
            end = header_.find("\r\n\r\n", begin);
            if (end == header_.npos) return {};
            end += 2;
        }
        is_whole_ = true;
        header_.resize(end);
        return chunk.substr(end + 2 - before);
    }

    bool is_too_long() const noexcept { return header_.size() > limits::header_octets; }
    std::string take() && { return std::move(header_); }

private:
    std::string header_;
    bool is_whole_ = false;
};

}  // namespace

result<wire_digest> digest_wire(octet_reader& reader, bool simple, bool relaxed) {
    header_keeper header;
    std::optional<body_hash> in_simple, in_relaxed;
    if (simple) in_simple.emplace(canonicalization::simple);
    if (relaxed) in_relaxed.emplace(canonicalization::relaxed);

    std::vector<std::string_view> pieces;
    do {
        if (error_code const failed = reader.next(pieces, limits::file_chunk_octets)) return failed;
        for (std::string_view const piece : pieces) {
            std::string_view const body = header.put(piece);
            if (header.is_too_long()) return make_error_code(errc::header_limit);
            if (in_simple) in_simple->put(body);
            if (in_relaxed) in_relaxed->put(body);
        }
    } while (!pieces.empty());

    wire_digest digest{std::move(header).take(), {}};
    if (in_simple) digest.body_hash(canonicalization::simple) = in_simple->finish();
    if (in_relaxed) digest.body_hash(canonicalization::relaxed) = in_relaxed->finish();
    return digest;
}

}  // namespace postrider::dkim
