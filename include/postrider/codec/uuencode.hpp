#pragma once
#include <string>
#include <string_view>

/// uuencode, from before MIME: a content-transfer-encoding that nobody registered and some mailers still write.
///     uuencoded = "begin" SP mode SP file-name line-end *(length 60*60(%d32-96) line-end) "end" line-end
namespace postrider::codec {

/// Total, in linear time. What stands before "begin" and behind "end" is passed over. A length says how many octets a
/// line gives, and blanks that relays have cut off a line's end count as zeros, up to hardly more octets than the text
/// has; what is on a line behind its octets is passed over too.
struct decoded_uuencode {
    std::string octets;
    std::string file_name;       ///< as the "begin" line has it; untrusted
    bool missing_begin = false;  ///< nothing was decoded
    bool missing_end = false;    ///< cut short: decoded as far as it goes
    bool malformed =
        false;  ///< a character that is none of the encoding's, read as zero; or lines without end of blanks
};
decoded_uuencode decode_uuencode(std::string_view text);

}  // namespace postrider::codec
