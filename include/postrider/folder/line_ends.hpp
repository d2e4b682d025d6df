#pragma once

namespace postrider::folder {

/// What becomes of a message's line ends when it is stored.
enum class line_ends {
    lf,           ///< CRLF becomes LF, as mail is kept on Unix; a CR that stands elsewhere stays
    as_they_are,  ///< octet for octet
};

}  // namespace postrider::folder
