#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace postrider::smtp {

/// Which of a server's answers can be made to go wrong.
enum class fault_stage {
    greeting,
    ehlo,  ///< HELO and LHLO too
    starttls,
    auth,  ///< the verdict on what the client has shown
    mail,
    rcpt,
    data,         ///< DATA, or the first chunk
    content,      ///< while the message comes in
    end_of_data,  ///< the final dot, or the last chunk
    rset,
    quit,
    other,  ///< NOOP, VRFY, a chunk between the first and the last, ...
};

/// What a client meets in the place of a right answer.
struct fault {
    enum class kinds {
        answer,      ///< `octets`
        delay,       ///< the right answer, `time` later
        drip,        ///< the right answer, each octet `time` after the one before
        drop,        ///< the end of the connection; nothing is carried out
        lose_reply,  ///< the same, once the command is carried out
    };
    kinds kind = kinds::answer;
    std::string name;          ///< told to the trace
    std::string octets;        ///< as on the wire; 421 ends the session
    bool carried_out = false;  ///< the command is, though the answer is not its own
    std::chrono::milliseconds time{0};
    std::size_t size = 0;  ///< of a message's content that may come in before the connection ends
};

/// Makes a server fail as others do by themselves: for those who test clients.
class fault_injector {
public:
    virtual ~fault_injector() = default;

    /// Asked at each answer, in the order of the dialogue, once the command is known to be in order.
    /// `about`    the client's name at EHLO, the user at AUTH, the reverse-path at MAIL, the forward-path at RCPT, the
    ///            accepted ones from DATA on (in LMTP's end of data, which answers each, one of them); else nothing.
    virtual std::optional<fault> strike(fault_stage, std::span<std::string_view const> about) = 0;
};

}  // namespace postrider::smtp
