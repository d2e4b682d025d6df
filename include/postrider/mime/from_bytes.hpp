#pragma once
#include <memory>
#include <postrider/core/mapped_file.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/policy.hpp>
#include <string>
#include <string_view>

/// A message as a value, from octets. Parsing is total (mime/parse.hpp): whatever the octets are, there is a message,
/// its defects beside it. Fields and contents are decoded when they are asked for; what is not touched goes out octet
/// for octet.
namespace postrider::mime {

/// `octets`   are moved in; the message, its copies and its parts share them.
/// `with`     stays with the message, for its as_bytes and as_string.
/// Throws mime::error: defective, for a policy with raise_on_defect only.
message message_from_bytes(std::string octets, policy const& with = policy::default_);
message message_from_bytes(shared_octets octets, policy const& with = policy::default_);

/// The same: text is octets here, UTF-8 or what else its charsets say.
message message_from_string(std::string text, policy const& with = policy::default_);

/// Octets that somebody else keeps. `owner` lives as long as the message and what was copied from it; null for octets
/// that outlive them all.
message message_from_shared(std::shared_ptr<void const> owner, std::string_view octets,
                            policy const& with = policy::default_);

/// A file as core/mapped_file gives it. It stays mapped as long as the message lives.
message message_from_file(mapped_file file, policy const& with = policy::default_);

/// What is parsed already, or one part of it with all below it. `owner` keeps the octets, as above.
message message_from_parsed(parsed_message const& parsed, std::shared_ptr<void const> owner,
                            policy const& with = policy::default_);
message message_from_part(parsed_message const& parsed, parsed_part const& part, std::shared_ptr<void const> owner,
                          policy const& with = policy::default_);

}  // namespace postrider::mime
