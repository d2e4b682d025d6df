#pragma once
#include <postrider/mime/parse.hpp>
#include <string>

namespace postrider::mime {

/// A message's structure for people, a line for each part, each ended by LF:
///
///     multipart/mixed
///     ├─ multipart/alternative
///     │  ├─ text/plain  utf-8  1.2 KiB
///     │  └─ text/html  utf-8  3.4 KiB
///     └─ application/pdf  "report.pdf"  180 KiB
///
/// type, file name or cid, charset, size of the decoded content (one part is decoded at a time), names of defects. Safe
/// on a terminal: controls are shown as escapes, and characters that turn the direction of writing are left out.
std::string to_tree(parsed_message const&);

}  // namespace postrider::mime
