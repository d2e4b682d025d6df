#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace postrider::mime {

/// The fields of a report, one block behind another. What they hold comes from strangers: it is made ASCII, one line,
/// and short.                                                                                     RFC 3464 §2.1
class status_fields {
public:
    void put(std::string_view name, std::string_view value);  ///< nothing, where the value is empty
    void put_typed(std::string_view name, std::string_view type, std::string_view value);
    void put_address(std::string_view name, std::string_view address);  ///< rfc822; or utf-8;        RFC 6533 §3
    void put_date(std::string_view name, std::chrono::system_clock::time_point when);
    void next_block() { out_ += "\r\n"; }

    std::string const& octets() const noexcept { return out_; }

private:
    std::string out_;
};

}  // namespace postrider::mime
