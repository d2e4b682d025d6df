#pragma once
#include <cstddef>
#include <postrider/core/result.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// Reads the grammar of RFC 5322 §3.4 and §4.4 from left to right, each octet once. Words are gathered first; the
/// character behind them tells whether they were a display name ("<"), the name of a group (":") or a local-part ("@").
class address_reader {
public:
    /// What a caller wrote is read by the letter. In mail, encoded-words are decoded inside quoted-strings too, may hold
    /// the specials that Q should have encoded, and show their control characters as escapes.
    enum class source { caller, mail };

    explicit address_reader(std::string_view text, source from = source::caller) noexcept : text_(text), from_(from) {}

    /// errors     errc::bad_address, limit_reached (limits::addresses)
    result<std::vector<address_entry>> read_list();

    /// One mailbox and nothing behind it.
    result<mailbox> read_one();

    /// What was wrong with encoded-words, a kind once.
    std::vector<defect_kind> const& word_defects() const noexcept { return word_defects_; }

private:
    bool at_end() const noexcept { return at_ == text_.size(); }
    char peek() const noexcept { return at_end() ? '\0' : text_[at_]; }
    bool take(char c) noexcept;
    void take_atext() noexcept;

    error_code skip_to_member();
    error_code skip_cfws();
    error_code skip_comment();
    error_code skip_route();

    error_code read_entry(address_entry& entry);
    error_code read_members(std::vector<mailbox>& members);
    error_code read_member(mailbox& one);
    error_code read_mailbox(mailbox& one);
    error_code finish_mailbox();
    error_code read_angle_addr(std::string& address);
    error_code read_addr_spec(std::string& address);
    error_code read_domain(std::string& address);
    error_code read_domain_literal(std::string& address);

    bool take_plain_mailbox(mailbox& one);
    bool take_plain_bare_address(std::string& address);
    bool take_plain_addr_spec(std::string& address);

    error_code read_words();
    void add_dot();
    error_code read_word();
    error_code read_quoted_string();
    void decode_phrase(bool quoted);

    std::string_view text_;
    source from_;
    std::size_t at_ = 0;
    std::size_t mailboxes_ = 0;
    std::string_view comment_;     // the last one skipped
    std::string phrase_;           // the words as a display name
    std::size_t undecoded_ = 0;    // where in the phrase encoded-words may still stand
    std::string local_;            // the words as a local-part
    bool local_is_dotted_ = true;  // word *("." word)
    bool after_dot_ = true;
    std::vector<defect_kind> word_defects_;
};

}  // namespace postrider::mime
