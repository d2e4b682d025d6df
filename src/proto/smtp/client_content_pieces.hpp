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

/// Behind BDAT: lines that end with CRLF; in BINARYMIME what is there, and nothing else.                  RFC 3030 §3
class chunk_form {
public:
    explicit chunk_form(bool is_binary) noexcept : is_binary_(is_binary) {}

    void put(std::string_view octets, std::vector<std::string_view>& out) {
        if (!is_binary_)
            lines_.canonicalize(octets, out);
        else if (!octets.empty())
            out.push_back(octets);
    }
    void finish(std::vector<std::string_view>& out) {
        if (!is_binary_) lines_.finish(out);
    }

private:
    bool is_binary_;
    codec::crlf_canonicalizer lines_;
};

// The forms of content on the wire: behind DATA, and behind BDAT.
inline void put(codec::dot_stuffer& form, std::string_view octets, std::vector<std::string_view>& out) {
    form.stuff(octets, out);
}
inline void put(chunk_form& form, std::string_view octets, std::vector<std::string_view>& out) {
    form.put(octets, out);
}

/// Octets out of a reader and into their form on the wire, a step's worth at a time, without copying them.
template <class Form>
class content_pieces {
public:
    explicit content_pieces(octet_reader& content, Form form = Form()) : content_(content), form_(form) {}

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
