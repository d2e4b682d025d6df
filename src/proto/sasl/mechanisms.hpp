#pragma once
#include <memory>
#include <postrider/proto/sasl/mechanism.hpp>
#include <string>

#include "scram.hpp"

/// Each mechanism's two sides; mechanism.cpp holds the table that finds them by name.
namespace postrider::sasl {

using client_factory = std::unique_ptr<client_mechanism>(credentials const&, client_context const&);
using server_factory = std::unique_ptr<server_mechanism>(server_context);

client_factory make_plain_client, make_login_client, make_cram_md5_client;
client_factory make_external_client, make_anonymous_client, make_digest_md5_client;
server_factory make_plain_server, make_login_server, make_cram_md5_server;
server_factory make_external_server, make_anonymous_server, make_digest_md5_server;

std::unique_ptr<client_mechanism> make_scram_client(scram::kind, credentials const&, client_context const&);
std::unique_ptr<server_mechanism> make_scram_server(scram::kind, server_context);

enum class token_kind { oauthbearer, xoauth2 };
std::unique_ptr<client_mechanism> make_token_client(token_kind, credentials const&, client_context const&);
std::unique_ptr<server_mechanism> make_token_server(token_kind, server_context);

/// errors     errc::bad_credentials_form when user, secret or identity holds a NUL: it separates them on the wire.
error_code check_form(credentials const&) noexcept;

/// Whether `secret` is that of `user`. A user who is not there costs the same comparison as one who is.
bool is_right(server_context const&, std::string_view user, std::string_view secret);

/// Whether everybody is let in: nothing is known of anybody.
bool lets_everybody_in(server_context const&) noexcept;

}  // namespace postrider::sasl
