#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/client/mail_run.hpp>
#include <postrider/core/host.hpp>
#include <postrider/core/octets.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>

namespace postrider::smtp {

/// A message on its way: who gets it, and its octets, in the form that suits the server once that is known.
struct outgoing {
    std::shared_ptr<smtp::envelope const> envelope;  ///< shared with the engine, and with each round; never null
    std::shared_ptr<mime::message const>
        message;  ///< what may be rendered otherwise; null: the octets are all there is
    std::string message_id;
    std::uint64_t size = 0;
    std::optional<mime::wire> wire;  ///< nothing when the caller reads the content itself
    content_watch watch;
    std::unique_ptr<octet_reader> owned;  ///< reads the wire
    octet_reader* content = nullptr;
    bool has_8bit = false;
    bool needs_smtputf8 = false;
};

outgoing pack(addressed_wire mail, content_watch watch = {});

/// To be read from the front once more. False for what the caller reads, which cannot be.
bool rewind(outgoing& mail);

/// As the engine takes it.
/// `mail`     must outlive the operation; what the server offers decides on its form
/// `from`     whose randomness and clock a new rendering has
outgoing_message for_engine(outgoing& mail, host const& from);

}  // namespace postrider::smtp
