#pragma once
#include <openssl/bio.h>

#include "patient_socket.hpp"

namespace postrider::net {

/// A BIO over a socket that belongs to someone else. OpenSSL's own calls write(), which kills the program with SIGPIPE
/// when the peer has gone; this one sends with MSG_NOSIGNAL. Null when memory is out.
BIO* new_socket_bio(patient_socket&);

}  // namespace postrider::net
