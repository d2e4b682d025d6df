#pragma once
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client_content_pieces.hpp"
#include "client_flight.hpp"
#include "client_transaction.hpp"

/// Messages in the air: what CHUNKING lets a client write before it hears of the first.
namespace postrider::smtp::client_side {

/// A message of which something is ready to be written, or has been, and not everything answered.
struct on_its_way {
    on_its_way(std::unique_ptr<transaction> mail, flight commands, bool with_rset)
        : message(std::move(mail)),
          opening(std::move(commands)),
          begins_with_rset(with_rset),
          content(message->content(), chunk_form(message->is_binary())) {}

    std::unique_ptr<transaction> message;
    flight opening;
    bool begins_with_rset;
    content_pieces<chunk_form> content;
    std::string lines;      ///< commands that are ready to be written, before the chunk if one is
    bool is_ready = false;  ///< a chunk is
    std::size_t chunks = 0, chunks_answered = 0;
    bool whole = false;  ///< the last chunk has been written

    /// It need not wait until the server has answered its commands.
    bool is_eager() const noexcept;

    void add_lines(std::string commands) { lines += commands; }
    void add_chunk(std::string_view command) {
        (lines += command) += "\r\n";
        is_ready = true;
    }
};

class window {
public:
    bool empty() const noexcept { return messages_.empty(); }
    std::size_t size() const noexcept { return messages_.size(); }
    on_its_way& front() noexcept { return messages_.front(); }
    on_its_way& back() noexcept { return messages_.back(); }
    void push_back(on_its_way one) { messages_.push_back(std::move(one)); }
    void pop_front() noexcept { messages_.pop_front(); }

    bool has_room_for(on_its_way const& next, std::size_t messages_ahead) const noexcept;

    /// What is ready, in its order: the chunks at the window's end, each with its lines.
    std::vector<std::string_view> ready() const;
    /// More may be made ready before it is written.
    bool has_room_to_wait() const noexcept;
    /// All that was ready has been written; or else not the last octet of it, and the messages before the last one may
    /// have gone whole.
    void written(bool all);

private:
    std::deque<on_its_way> messages_;
};

}  // namespace postrider::smtp::client_side
