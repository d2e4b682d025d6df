#pragma once
/// Signing mail, and checking who signed it: DKIM.                                         RFC 6376, RFC 8301, RFC 8463
#include <postrider/sign/dkim/canonical.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/key.hpp>
#include <postrider/sign/dkim/key_record.hpp>
#include <postrider/sign/dkim/signature.hpp>
#include <postrider/sign/dkim/signer.hpp>
#include <postrider/sign/dkim/verify.hpp>
