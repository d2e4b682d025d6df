#pragma once
#include <string>

/// OpenDKIM's library, which most mail servers sign with.
namespace dkim_bench {

/// Signs with SELECTOR sign of example.com, relaxed/relaxed; returns the DKIM-Signature field's body.
std::string sign_with_opendkim(std::string const& message, std::string const& key_pem, bool is_rsa);

/// Whether it was there when this was built.
extern bool const has_opendkim;

}  // namespace dkim_bench
