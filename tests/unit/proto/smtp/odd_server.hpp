#pragma once
#include <doctest/doctest.h>
#include <algorithm>
#include <array>
#include <postrider/proto/step.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::smtp::testing {

enum class step_of { greeting, hello, mail, rcpt, data, chunk, end };

struct behaviour {
    char const* name;
    char const* reply;  ///< empty where there is none
    enum kind { says, says_and_closes, endless, closes, silent } how = says;

    bool is_a_reply() const { return how == says || how == says_and_closes; }
    bool is_421() const { return how == says_and_closes; }
    bool is_class(char digit) const { return how == says && reply[0] == digit; }
    bool is_garbage() const { return how == says && reply[0] == 'w'; }
};

inline constexpr std::array behaviours = {
    behaviour{"2xx", "299 odd"},
    behaviour{"3xx", "355 odd"},
    behaviour{"4xx", "450 4.2.1 later"},
    behaviour{"421", "421 4.3.2 going", behaviour::says_and_closes},
    behaviour{"5xx", "550 5.7.1 no"},
    behaviour{"garbage", "what is that"},
    behaviour{"endless line", "x", behaviour::endless},
    behaviour{"endless reply", "250-and\r\n", behaviour::endless},
    behaviour{"close", "", behaviour::closes},
    behaviour{"silence", "", behaviour::silent},
};

/// A server that keeps to the order of things, and once answers a step as it is told. In LMTP each recipient has a
/// reply to the whole message, and it is the first of them that is odd.
class odd_server {
public:
    odd_server(step_of where, behaviour const& what, bool lmtp) : where_(where), what_(what), lmtp_(lmtp) {
        say(step_of::greeting, "220 mx");
    }

    void hear(std::string_view octets) {
        unread_ += octets;
        while (!stopped_ && (reads_content_ ? read_content() : read_command())) {
        }
    }

    io_done give(need_bytes const& in) {
        if (said_.empty() && stopped_ && what_.how == behaviour::endless) said_ = what_.reply;
        bool const is_quiet = said_.empty() && (!stopped_ || what_.how == behaviour::silent);
        if (is_quiet && !in.may_wait) return {};
        if (said_.empty()) {
            REQUIRE(stopped_);
            return {what_.how == behaviour::silent ? io_errc::timed_out : io_errc::end_of_stream};
        }
        auto const count = std::min(in.room.size(), said_.size());
        std::copy_n(said_.begin(), count, in.room.begin());
        said_.erase(0, count);
        return {{}, count};
    }

    /// Who has the message whose content that is.
    std::vector<std::string> who_has(std::string const& content) const {
        for (auto const& [what, whom] : messages_)
            if (what == content) return whom;
        return {};
    }

private:
    /// Whether the step went well.
    bool say(step_of step, std::string const& usual) {
        bool const is_odd = step == where_ && !was_odd_;
        if (!is_odd) return said_ += usual + "\r\n", true;
        was_odd_ = true;
        if (what_.is_a_reply()) said_ += std::string(what_.reply) + "\r\n";
        stopped_ = what_.how != behaviour::says;
        return false;
    }

    bool read_command() {
        auto const end = unread_.find("\r\n");
        if (end == unread_.npos) return false;
        auto const line = unread_.substr(0, end);
        if (line.starts_with("BDAT ") && unread_.size() < end + 2 + std::stoul(line.substr(5))) return false;
        unread_.erase(0, end + 2);
        obey(line);
        return true;
    }

    void obey(std::string const& line) {
        auto const is = [&](std::string_view verb) { return line.starts_with(verb); };
        if (is("EHLO") || is("LHLO")) {
            say(step_of::hello, "250-mx\r\n250-PIPELINING\r\n250 CHUNKING");
        } else if (is("MAIL")) {
            has_sender_ = say(step_of::mail, "250 ok");
        } else if (is("RCPT")) {
            if (!has_sender_) return refuse();
            if (say(step_of::rcpt, "250 ok")) whom_.push_back(line.substr(9, line.size() - 10));
        } else if (is("DATA")) {
            if (whom_.empty()) return refuse();
            reads_content_ = say(step_of::data, "354 go on");
        } else if (is("BDAT ")) {
            auto const size = std::stoul(line.substr(5));
            content_ += unread_.substr(0, size);
            unread_.erase(0, size);
            line.ends_with(" LAST") ? end_content() : end_chunk();
        } else {
            reset();
            said_ += "250 ok\r\n";  // RSET, HELO
        }
    }

    bool read_content() {
        auto const end = unread_.starts_with(".\r\n") ? 0 : unread_.find("\r\n.\r\n") + 2;
        if (end == 1) return false;  // npos + 2
        reads_content_ = false;
        content_ = unread_.substr(0, end);
        unread_.erase(0, end + 3);
        end_content();
        return true;
    }

    /// A chunk that was not taken leaves nothing but RSET.                                            RFC 3030 §2
    void end_chunk() {
        if (whom_.empty()) return refuse();
        if (!say(step_of::chunk, "250 go on") && !what_.is_class('2')) whom_.clear();
    }

    void end_content() {
        if (whom_.empty()) return refuse();
        messages_.emplace_back(content_, lmtp_ ? judge_each() : judge_all());
        reset();
    }

    std::vector<std::string> judge_all() {
        return say(step_of::end, "250 queued") ? whom_ : std::vector<std::string>();
    }

    std::vector<std::string> judge_each() {
        std::vector<std::string> have;
        for (auto one = whom_.begin(); one != whom_.end() && !stopped_; ++one)
            if (say(step_of::end, "250 queued")) have.push_back(*one);
        return have;
    }

    void refuse() { said_ += "503 5.5.1 order\r\n"; }
    void reset() {
        has_sender_ = false;
        whom_.clear();
        content_.clear();
    }

    step_of where_;
    behaviour what_;
    bool lmtp_;
    bool was_odd_ = false, stopped_ = false, has_sender_ = false, reads_content_ = false;
    std::string unread_, said_, content_;
    std::vector<std::string> whom_;
    std::vector<std::pair<std::string, std::vector<std::string>>> messages_;
};

}  // namespace postrider::smtp::testing
