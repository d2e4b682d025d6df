#pragma once
#include <cstddef>
#include <postrider/mime/parse.hpp>
#include <string>
#include <vector>

/// A message as a person sees it: what to show, and what to offer for download.
namespace postrider::mime {

/// The three lists of RFC 8621 §4.1.4, each in the order of the parts in the message. A part may stand in both bodies,
/// and an image of one body also among the attachments of the other.
///
/// One thing is added to the RFC's rules, so that nothing of a message is lost: a multipart that could not be taken apart
/// is an attachment.
struct body_view {
    std::vector<parsed_part> text_body;  ///< to show where plain text is wanted: text/plain, text/html if there is
                                         ///< nothing else, and media between them
    std::vector<parsed_part> html_body;  ///< to show where HTML is wanted
    std::vector<parsed_part> attachments;

    /// Whether one of the attachments is more than a picture inside the HTML: some part that is not `inline` and that
    /// the HTML cannot show by its Content-ID.                                     RFC 8621 §4.1.4, hasAttachment
    bool has_attachment() const { return attachment_count() > 0; }
    std::size_t attachment_count() const;  ///< how many such parts there are

    /// The beginning of the text body, at most `characters` of it, blanks collapsed, for a line in a list.
    std::string preview(std::size_t characters = 256) const;
};

/// Linear in the number of parts, without recursion. The view's parts live as long as any of the message's.
body_view view_body(parsed_message const& message);

/// A text leaf for people, in UTF-8: text/html as html_to_text makes it, at `width` columns; other text as it is.
std::string readable_text(parsed_part const& part, std::size_t width = 78);

}  // namespace postrider::mime
