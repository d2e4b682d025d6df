#pragma once
#include <boost/json/object.hpp>
#include <postrider/mime/parse.hpp>

namespace postrider::mime {

/// A body part and all that is in it, as `postrider parse --json` prints it:
///
///     {"headers":[{"name","value"}],"content_type","charset","disposition","filename","content_id","size","sha256",
///      "text","parts":[..],"defects":[{"name","offset"}]}
///
/// `value` decoded and unfolded; `content_type` the effective one, in lower case. Leaves have `size` and `sha256`
/// (hexadecimal) of the content after transfer decoding, text leaves also `text`; containers have `parts`. What is
/// absent is null. All strings are UTF-8.
boost::json::object to_json(parsed_message const&);
boost::json::object to_json(parsed_part const&);

}  // namespace postrider::mime
