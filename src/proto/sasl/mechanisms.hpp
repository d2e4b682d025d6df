#pragma once
#include <memory>
#include <postrider/proto/sasl/mechanism.hpp>
#include <string>

/// Each mechanism's two sides; mechanism.cpp holds the table that finds them by name.
namespace postrider::sasl {

std::unique_ptr<client_mechanism> make_plain_client(credentials const&);
std::unique_ptr<client_mechanism> make_login_client(credentials const&);
std::unique_ptr<client_mechanism> make_cram_md5_client(credentials const&);

std::unique_ptr<server_mechanism> make_plain_server(secret_lookup, std::string challenge_seed);
std::unique_ptr<server_mechanism> make_login_server(secret_lookup, std::string challenge_seed);
std::unique_ptr<server_mechanism> make_cram_md5_server(secret_lookup, std::string challenge_seed);

/// errors     errc::bad_credentials_form when user, secret or identity holds a NUL: it separates them on the wire.
error_code check_form(credentials const&) noexcept;

/// Whether `secret` is that of `user`. A user who is not there costs the same comparison as one who is.
bool is_right(secret_lookup const& secret_of, std::string_view user, std::string_view secret);

}  // namespace postrider::sasl
