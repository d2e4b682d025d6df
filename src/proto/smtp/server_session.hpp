#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/smtp/server_engine.hpp>
#include <postrider/proto/smtp/server_fault.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "server_content.hpp"
#include "server_input.hpp"
#include "server_parameters.hpp"
#include "server_slow_answers.hpp"

namespace postrider::smtp::server_side {

/// What the octets that come next are.
enum class reading { command, auth_response, data, chunk };

/// One session: what the verbs read and change. The files beside this one each hold a few verbs, as functions over it.
struct session {
    session(server_engine::options, server_handler&);

    server_engine::options options;
    server_handler& handler;

    // Said by the peer, forgotten when TLS begins                                                 RFC 3207 §4.2
    std::string client_name;
    bool said_hello = false;
    bool esmtp = false;
    std::string user;

    // The transaction, from an accepted MAIL on
    bool in_transaction = false;
    envelope so_far;
    bool smtputf8 = false;
    bool binary = false;       ///< BODY=BINARYMIME: by BDAT alone, and any octet may stand anywhere
    content_receiver content;  ///< of the message that is coming in

    // BDAT, while its chunk comes in
    std::uint64_t chunk_octets = 0, chunk_left = 0;
    bool first_chunk = false, last_chunk = false;
    refusal chunk_refusal;  ///< said once the chunk has been swallowed

    // AUTH, while its exchange goes on
    std::unique_ptr<sasl::server_mechanism> exchange;
    std::size_t exchanges = 0;
    std::size_t auth_failures = 0;

    // Octets in and out
    input_buffer input;
    reading next = reading::command;
    std::string output;
    phase now = phase::greeting;

    bool secure = false;
    sasl::channel_bindings bindings;
    bool tls_due = false;
    std::size_t commands = 0;
    std::size_t refused = 0;             ///< since the last message was accepted
    std::size_t idle = 0;                ///< likewise
    std::chrono::milliseconds delay{0};  ///< before what stands in `output` is written

    // Faults on demand
    std::optional<fault> struck;       ///< met by the command at hand, which is carried out all the same
    std::optional<fault> content_cut;  ///< met by the message that is coming in
    slow_answers slow;                 ///< what is said once `output` is written
    bool turned_away = false;          ///< by the greeting: QUIT is all that is left                RFC 5321 §3.1

    /// Makes the client wait for its answer, unless there is no limit to its errors.
    void hold_back(std::chrono::milliseconds) noexcept;

    /// The session is over once the output is written; what `finished` says.
    std::optional<error_code> over;

    /// Answers a command; 421 ends the session (RFC 5321 §3.8). Class, subject and detail are supplied where a handler
    /// gave none (RFC 2034 §4).
    void say(reply);
    void say(int code, enhanced_code, std::string words);
    /// The end of a message has a reply for each recipient in LMTP; it counts once, however many are refusals.
    void say_all(std::vector<reply>);
    /// What is no reply, or none of this session's own.
    void say_octets(std::string_view);
    /// No word more.
    void hang_up();
    /// The last words: nothing more is read.
    void end(int code, enhanced_code, std::string words, error_code why = {});

    void begin_transaction(envelope);
    /// Without a message; the handler hears of it.
    void abort_transaction() noexcept;
    /// After a message, whatever became of it.
    void forget_transaction() noexcept;
    /// Everything the client told in clear.
    void forget_client();

    void trace(trace_side, std::string_view line) const;

private:
    void write(reply const&);
    void write(std::string octets);
    void trace_lines(std::string_view wire) const;
    void close(error_code why = {});
    void count_refusal();
};

/// What a session begins with.
reply greeting_of(session const&);

/// Reads and runs one command, one line of an AUTH exchange, or what there is of a message.
/// returns    whether it made progress; if not, more octets are needed.
bool read_command(session&);
bool read_auth_response(session&);
bool read_data(session&);
bool read_chunk(session&);

/// Next line of the peer's. A line that is none has been answered, and says nothing.
/// returns    whether there is progress; `line` holds a value when there is a line.
bool take_line(session&, std::optional<std::string_view>& line, std::size_t limit, enhanced_code too_long);

}  // namespace postrider::smtp::server_side
