#pragma once
#include <initializer_list>
#include <postrider/mime/message.hpp>
#include <string>
#include <string_view>
#include <vector>

/// The kinds of Python's email.mime as functions that return a message: MIMEText is mime::text, and so on.
namespace postrider::mime {

/// text/<subtype>. Without a charset: us-ascii where that is enough, else utf-8.      errors: unencodable
message text(std::string content, std::string_view subtype = "plain", std::string_view charset = {});

/// multipart/<subtype>. The boundary is chosen when the message is rendered.
message multipart(std::string_view subtype = "mixed", std::vector<message> parts = {},
                  std::initializer_list<parameter> parameters = {});

/// image/<subtype>, audio/<subtype>; without a subtype it follows from the data.      errors: unknown_type
message image(std::string octets, std::string_view subtype = {});
message audio(std::string octets, std::string_view subtype = {});

/// application/<subtype>
message application(std::string octets, std::string_view subtype = "octet-stream",
                    std::initializer_list<parameter> parameters = {});

/// message/rfc822, never base64-encoded: Python's MIMEMessage.
message rfc822(message enclosed);

/// maintype/subtype without content; set_payload gives it some.
message base(std::string_view maintype, std::string_view subtype, std::initializer_list<parameter> parameters = {});

// As email.encoders has them. A payload is kept decoded: these say how it is to travel, instead of what rendering
// would choose.
void encode_base64(message& leaf);
void encode_quopri(message& leaf);
void encode_7or8bit(message& leaf);
void encode_noop(message& leaf);

}  // namespace postrider::mime
