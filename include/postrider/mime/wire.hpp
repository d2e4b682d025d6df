#pragma once
#include <cstdint>
#include <memory>
#include <postrider/core/octets.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace postrider::mime {

/// A rendered message, as it goes to a server: a rope of pieces whose size is known before an octet moves. Every line
/// ends with CRLF, but in attachments that go out as octets. Copies share their pieces. Immutable once rendered.
class wire {
public:
    /// Octets that several wires share, and the part of them meant.
    struct shared_piece {
        std::shared_ptr<void const> owner;  ///< none: the wire itself keeps them, see set_pieces
        std::string_view octets;
    };
    /// A source, base64-encoded in 76-column lines on its way out.
    struct base64_piece {
        octet_source_ptr source;
    };
    /// A source whose octets go out as they are.
    struct plain_piece {
        octet_source_ptr source;
    };
    using piece = std::variant<std::string, shared_piece, base64_piece, plain_piece>;

    void append(piece);
    void prepend(piece);  ///< header fields in front of the others: a trace field, a signature

    /// Instead of what stands here. Strings are shared from here on, as after `append`.
    /// `owner`    keeps alive what shared pieces without an owner of their own point at, for this wire, its copies and
    ///            their readers: to share one owner is cheaper than many.
    void set_pieces(std::vector<piece>, std::shared_ptr<void const> owner = nullptr);

    /// Empties the wire, for `set_pieces` to fill it again in the memory it has.
    std::vector<piece> take_pieces() noexcept;

    std::uint64_t size() const noexcept { return size_; }
    std::vector<piece> const& pieces() const noexcept { return pieces_; }

    bool has_8bit() const noexcept { return has_8bit_; }              ///< needs BODY=8BITMIME
    bool is_binary() const noexcept { return is_binary_; }            ///< needs BDAT and BODY=BINARYMIME (RFC 3030)
    bool needs_smtputf8() const noexcept { return needs_smtputf8_; }  ///< its header holds UTF-8 (RFC 6532)
    std::string const& message_id() const noexcept { return message_id_; }

    /// Hands the octets over once, in order. Peak memory does not depend on the size: source pieces are read and
    /// encoded limits::file_chunk_octets at a time. The wire's pieces are shared with the reader, which may outlive it.
    std::unique_ptr<octet_reader> reader() const;

    /// Everything in one string.           errors: those of octet_source::read_at
    result<std::string> str() const&;
    /// The same; where it stands in one string that nobody else has, that string itself. The wire is empty afterwards.
    result<std::string> str() &&;

    void set_has_8bit(bool yes) noexcept { has_8bit_ = yes; }
    void set_is_binary(bool yes) noexcept { is_binary_ = yes; }
    void set_needs_smtputf8(bool yes) noexcept { needs_smtputf8_ = yes; }
    void set_message_id(std::string&& id) noexcept { message_id_ = std::move(id); }
    void set_message_id(std::string_view id) { message_id_ = id; }

private:
    std::vector<piece> pieces_;
    std::shared_ptr<void const> owner_;  // of shared pieces that name none
    std::shared_ptr<std::string> sole_;  // what the only piece is all of
    std::uint64_t size_ = 0;
    std::string message_id_;
    bool has_8bit_ = false;
    bool is_binary_ = false;
    bool needs_smtputf8_ = false;
};

}  // namespace postrider::mime
