#pragma once
#include <memory>
#include <string>
#include <string_view>

/// The form in which a message is hashed, so that what mail servers do to blanks and line ends does no harm.
///                                                                                                      RFC 6376 §3.4
namespace postrider::dkim {

enum class canonicalization {
    simple,   ///< nothing may change but empty lines at the end
    relaxed,  ///< a run of blanks is as good as one, at the end of a line as good as none; names know no case
};

/// "simple", "relaxed"
std::string_view to_string(canonicalization) noexcept;

/// Appends one field in canonical form, with its CRLF.                                         RFC 6376 §3.4.1, §3.4.2
/// `field`    as it stands in the message: name, colon, body, folds; its own final line end may be missing. Line ends
///            that are LF alone count as CRLF.
void append_canonical_field(std::string& out, std::string_view field, canonicalization how);

/// Takes octets in pieces.
class octet_sink {
public:
    virtual void put(std::string_view octets) = 0;

protected:
    ~octet_sink() = default;
};

/// Brings a body into canonical form while it passes.                                          RFC 6376 §3.4.3, §3.4.4
/// Chunks may be of any size and cut anywhere: what comes out is the same. It comes as views of the chunk wherever nothing
/// changes; nothing is held back but numbers, however many empty lines there are. LF alone counts as CRLF, as it does to
/// mime::parse; a CR alone is content.
class body_canonicalizer {
public:
    /// `to`       outlives this.
    body_canonicalizer(canonicalization how, octet_sink& to);
    ~body_canonicalizer();
    body_canonicalizer(body_canonicalizer&&) noexcept;
    body_canonicalizer& operator=(body_canonicalizer&&) noexcept;

    void put(std::string_view chunk);
    void finish();  ///< once, behind the last chunk

private:
    struct stages;
    std::unique_ptr<stages> stages_;
};

}  // namespace postrider::dkim
