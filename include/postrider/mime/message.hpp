#pragma once
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/core/octets.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace postrider::mime {

/// A message, or a body part of one: header fields and a body, as a value. Copies are cheap and independent. Two ways to build
/// one, which may be mixed:
///
/// - the front door: `from`, `subject`, `text`, `html` replace; `to`, `cc`, `bcc`, `attach*`, `inline*` add. Their order never
///   matters; the structure (mixed, related, alternative) follows from what is there when the message is rendered.
/// - Python's: `mime::multipart("mixed")`, `mime::text("...")`, `operator[]`, `attach(part)`, `add_header`, `set_payload`.
///
/// Bad input throws mime::error at the call. Rendering supplies Date, Message-ID and MIME-Version where they are missing,
/// chooses a transfer encoding for each leaf and never writes Bcc.
class message;

}  // namespace postrider::mime
