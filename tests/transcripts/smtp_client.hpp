#pragma once
#include <memory>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>

#include "transcript.hpp"

/// The engine as a transcript names its verbs, and what it comes to in the transcript's words.
namespace transcripts {

class smtp_client {
public:
    explicit smtp_client(transcript const&);
    ~smtp_client();

    void begin(verb const&);
    postrider::smtp::client_engine& engine() { return *engine_; }

    std::string result() const;  ///< "ok" or "failure: ..."
    std::string report() const;
    std::string const& trace() const;

private:
    class recorder;
    std::unique_ptr<recorder> recorder_;
    std::unique_ptr<postrider::octet_reader> content_;
    std::string octets_;
    std::unique_ptr<postrider::smtp::client_engine> engine_;
};

}  // namespace transcripts
