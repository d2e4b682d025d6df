#pragma once
#include <boost/json.hpp>
#include <memory>
#include <postrider/net/endpoint.hpp>
#include <postrider/net/stream.hpp>
#include <string>
#include <string_view>

/// One side of a conversation over a blocking stream, line by line, as a person at a keyboard would have it.
class dialogue {
public:
    explicit dialogue(postrider::net::endpoint const&);

    void write(std::string_view octets);
    /// One line without its CRLF; "(closed)" when the peer has closed.
    std::string line();
    /// A whole reply: its last line.
    std::string reply();
    /// Says a command and returns the reply's last line.
    std::string say(std::string_view command);
    /// Until `end` has come, `end` included.
    std::string until(std::string_view end);
    /// Exactly so many octets.
    std::string octets(std::size_t count);
    std::string rest();

    /// TLS from here on; `ca_pem` is who is trusted.
    void start_tls(std::string const& ca_pem);
    postrider::net::blocking_stream& stream() { return *stream_; }

private:
    bool fill();

    std::unique_ptr<postrider::net::blocking_stream> stream_;
    std::string read_;
};

struct http_answer {
    int status = 0;
    std::string head;
    std::string body;
    boost::json::value json() const { return boost::json::parse(body); }
};

/// One request on a connection of its own. `fields`   lines of a header, each ended by CRLF
http_answer ask(postrider::net::endpoint const&, std::string_view method, std::string_view target,
                std::string_view fields = {}, std::string_view body = {});
