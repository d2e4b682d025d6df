#pragma once
#include <cstdint>
#include <postrider/codec/dot_stuffing.hpp>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/core/octets.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace postrider::smtp::client_side {

/// BINARYMIME: what is there, and nothing else.                                                          RFC 3030 §3
struct as_it_is {
    void finish(std::vector<std::string_view>&) const noexcept {}
};

// The forms of content on the wire: behind DATA, and two behind BDAT.
inline void put(codec::dot_stuffer& form, std::string_view octets, std::vector<std::string_view>& out) {
    form.stuff(octets, out);
}
inline void put(codec::crlf_canonicalizer& form, std::string_view octets, std::vector<std::string_view>& out) {
    form.canonicalize(octets, out);
}

inline void put(as_it_is, std::string_view octets, std::vector<std::string_view>& out) {
    if (!octets.empty()) out.push_back(octets);
}

/// Octets out of a reader and into their form on the wire, a step's worth at a time, without copying them.
template <class Form>
class content_pieces {
public:
    explicit content_pieces(octet_reader& content) : content_(content) {}

    /// Puts the next pieces in `pieces()`; behind the last of the octets that were promised stands what ends them.
    error_code advance() {
        if (auto ec = content_.next(raw_, limits::file_chunk_octets)) return ec;
        pieces_.clear();
        for (auto piece : raw_) {
            done_ += piece.size();
            put(form_, piece, pieces_);
        }
        if (done_ > content_.size() || (raw_.empty() && !is_whole())) return postrider::errc::source_changed;
        if (is_whole()) form_.finish(pieces_);
        return {};
    }

    std::span<std::string_view const> pieces() const noexcept { return pieces_; }
    bool is_whole() const noexcept { return done_ == content_.size(); }
    std::uint64_t done() const noexcept { return done_; }  ///< octets that were read
    std::uint64_t octets() const noexcept {                ///< of pieces()
        std::uint64_t all = 0;
        for (auto piece : pieces_) all += piece.size();
        return all;
    }
    void append(std::string_view octets) {
        if (!octets.empty()) pieces_.push_back(octets);
    }

private:
    octet_reader& content_;
    Form form_;
    std::vector<std::string_view> raw_, pieces_;
    std::uint64_t done_ = 0;
};

}  // namespace postrider::smtp::client_side
