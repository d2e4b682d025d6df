#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// The attributes that matter to text, as they are written; a null view where there is none, an empty one where it has
/// no value.
struct html_attributes {
    std::string_view alt, hidden, href, start, style;
};

/// One attribute as it is written, undecoded; without a value, an empty one.
struct html_attribute {
    std::string_view name, value;
};

/// Cuts HTML into tags and the text between them, as browsers do, from left to right without going back. Comments,
/// declarations and processing instructions are passed over; a tag that the text ends in is dropped. Views point into
/// the text.
class html_reader {
public:
    enum class token : std::uint8_t { text, start_tag, end_tag, end };

    explicit html_reader(std::string_view html) noexcept : html_(html) {}

    token next() noexcept;

    std::string_view text() const noexcept { return text_; }  ///< undecoded, not empty
    std::string_view name() const noexcept { return name_; }  ///< of a tag, as written
    html_attributes const& attributes() const noexcept { return attributes_; }
    /// All of the tag just read, in order, also several of one name, of which the first counts; at most
    /// limits::html_attributes of them.
    std::vector<html_attribute> all_attributes() const;

    /// Passes over what stands behind the start tag just read, up to the end tag of that name or the end: the content
    /// of a script or style, where "<" means nothing.
    void skip_raw_text() noexcept;

    std::size_t token_begin() const noexcept { return token_begin_; }
    std::size_t position() const noexcept { return at_; }        ///< behind the token
    std::size_t comments() const noexcept { return comments_; }  ///< that were passed over so far
    std::size_t remaining() const noexcept { return html_.size() - at_; }

private:
    char peek(std::size_t ahead = 0) const noexcept { return at_ + ahead < html_.size() ? html_[at_ + ahead] : '\0'; }
    bool begins_markup(std::size_t at) const noexcept;
    bool read_text() noexcept;
    void skip_markup() noexcept;
    bool read_tag() noexcept;
    bool at_attribute() noexcept;
    html_attribute read_attribute() noexcept;
    std::string_view read_value() noexcept;
    void skip_blanks() noexcept;
    void skip_behind(std::string_view mark) noexcept;

    std::string_view html_;
    std::size_t at_ = 0, token_begin_ = 0, attributes_begin_ = 0, comments_ = 0;
    std::string_view text_, name_;
    html_attributes attributes_;
};

}  // namespace postrider::mime
