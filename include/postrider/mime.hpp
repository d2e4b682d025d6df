#pragma once
/// Composing mail, and reading it: everything that needs no network.
#include <postrider/mime/address.hpp>
#include <postrider/mime/envelope.hpp>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/html_to_text.hpp>
#include <postrider/mime/kinds.hpp>
#include <postrider/mime/media_type.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/policy.hpp>
#include <postrider/mime/raw.hpp>
#include <postrider/mime/render.hpp>
#include <postrider/mime/safe_name.hpp>
#include <postrider/mime/tree.hpp>
#include <postrider/mime/utils.hpp>
#include <postrider/mime/wire.hpp>
