#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <postrider/mime/header_field.hpp>
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

struct origin_table;

/// One part of a message that was parsed: where its octets lie, and its fields once somebody asked for them. Shared by
/// all copies of the message, and safe from many threads.
struct origin {
    origin(origin_table const& in, parsed_part of) noexcept : table(in), part(of) {}
    origin(origin const&) = delete;
    origin& operator=(origin const&) = delete;

    std::vector<field> const& fields() const;

    std::string_view octets() const noexcept;  ///< of the whole message
    octet_range all() const noexcept;          ///< from the part's first field to its body's end
    std::string_view cut(std::size_t begin, std::size_t end) const noexcept {
        return octets().substr(begin, end - begin);
    }
    std::string_view header() const noexcept { return cut(part.header_range().begin, part.header_range().end); }
    /// The blank line between them; empty where it is missing.
    std::string_view separator() const noexcept { return cut(part.header_range().end, part.body_range().begin); }

    std::string boundary() const;  ///< of a multipart, as its field has it; else empty

    origin_table const& table;
    parsed_part part;

private:
    std::vector<field> read_fields() const;

    mutable std::once_flag read_;
    mutable std::vector<field> fields_;
};

/// All parts of one parsed message. A part's origin keeps its table alive.
struct origin_table {
    origin_table(parsed_message of, std::shared_ptr<void const> keeper)
        : parsed(std::move(of)), owner(std::move(keeper)) {}

    parsed_message parsed;
    std::shared_ptr<void const> owner;  ///< of the octets
    std::deque<origin> parts;           ///< as many as were asked for, from `first` on
    std::size_t first = 0;
};

}  // namespace postrider::mime
