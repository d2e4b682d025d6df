#include "socket_bio.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstddef>

namespace postrider::net {
namespace {

// OpenSSL asks for the end of the stream after a read of nothing: the BIO remembers it in its flags' user part.
constexpr int at_end = BIO_FLAGS_IN_EOF;

patient_socket& socket_of(BIO* bio) {
    return *static_cast<patient_socket*>(BIO_get_data(bio));
}

int send_octets(BIO* bio, char const* octets, int size) {
    BIO_clear_retry_flags(bio);
    auto sent = ::send(socket_of(bio).get(), octets, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
    return static_cast<int>(sent);
}

int receive_octets(BIO* bio, char* room, int size) {
    BIO_clear_retry_flags(bio);
    auto got = socket_of(bio).receive({room, static_cast<std::size_t>(size)});
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
    if (got == 0) BIO_set_flags(bio, at_end);
    return static_cast<int>(got);
}

long control(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, at_end) != 0;
    return command == BIO_CTRL_FLUSH;
}

int create(BIO* bio) {
    BIO_set_init(bio, 1);
    return 1;
}

BIO_METHOD* new_method() {
    auto* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE");
    if (!method) return nullptr;
    BIO_meth_set_write(method, send_octets);
    BIO_meth_set_read(method, receive_octets);
    BIO_meth_set_ctrl(method, control);
    BIO_meth_set_create(method, create);
    return method;
}

}  // namespace

BIO* new_socket_bio(patient_socket& socket) {
    static BIO_METHOD const* const method = new_method();
    auto* bio = method ? BIO_new(method) : nullptr;
    if (bio) BIO_set_data(bio, &socket);
    return bio;
}

}  // namespace postrider::net
