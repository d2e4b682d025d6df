#include "arguments.hpp"

#include <postrider/core/ascii.hpp>

#include "exit_codes.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

using mode = sendmail_arguments::mode;

constexpr std::string_view letters_with_value = "ABCFLNORVXbefhopr";
constexpr std::string_view letters_alone = "GIUimnstvx";
constexpr std::string_view letters_with_value_attached = "dq";  // "-q", "-q30m"

mode mode_of(std::string const& value) {
    if (value == "m") return mode::message;
    if (value == "s") return mode::session;
    if (value == "p") return mode::queue;
    if (value == "i") return mode::aliases;
    throw error(exit_code::usage, "-b" + value + " is not there", "only -bm, -bs, -bp and -bi are");
}

/// -N never, or a list of success, failure and delay.                                              RFC 3461 §4.1
std::vector<std::string> notify_of(std::string const& value) {
    auto words = split(ascii::lower(value), ',');
    for (auto const& word : words)
        if (word != "never" && word != "success" && word != "failure" && word != "delay")
            throw error(exit_code::usage, "-N '" + value + "' is no list of never, success, failure and delay");
    return words;
}

std::string returned_of(std::string const& value) {
    std::string const word = ascii::lower(value);
    if (word == "hdrs") return "headers";
    if (word == "full") return "full";
    throw error(exit_code::usage, "-R '" + value + "' is neither hdrs nor full");
}

void take(sendmail_arguments& into, char letter, std::string const& value) {
    switch (letter) {
        case 'F': into.full_name = value; break;
        case 'I': into.what = mode::aliases; break;
        case 'N': into.wishes.notify = notify_of(value); break;
        case 'R': into.wishes.return_content = returned_of(value); break;
        case 'V': into.wishes.envelope_id = value; break;
        case 'b': into.what = mode_of(value); break;
        case 'f':
        case 'r': into.sender = value == "<>" ? "" : value; break;
        case 'i': into.dot_is_content = true; break;
        case 'o': into.dot_is_content |= value == "i"; break;
        case 'q': into.what = mode::queue; break;
        case 't': into.recipients_in_header = true; break;
        case 'v': into.verbose = true; break;
        default: break;  // steers what is not there
    }
}

bool is_in(std::string_view letters, char letter) noexcept {
    return letters.find(letter) != letters.npos;
}

/// "-ti", "-f a@b", "-fa@b". Returns whether the argument behind it was taken as its value.
bool take_letters(sendmail_arguments& into, std::string const& word, std::string const* behind) {
    for (std::size_t at = 1; at < word.size(); ++at) {
        char const letter = word[at];
        std::string const attached = word.substr(at + 1);
        if (is_in(letters_with_value_attached, letter)) return take(into, letter, attached), false;
        if (is_in(letters_with_value, letter)) {
            if (attached.empty() && !behind)
                throw error(exit_code::usage, "-" + std::string(1, letter) + " wants a value");
            return take(into, letter, attached.empty() ? *behind : attached), attached.empty();
        }
        if (!is_in(letters_alone, letter)) throw error(exit_code::usage, "'" + word + "' is no option of sendmail");
        take(into, letter, {});
    }
    return false;
}

}  // namespace

sendmail_arguments parse_sendmail_arguments(std::vector<std::string> const& arguments) {
    sendmail_arguments read;
    std::size_t at = 0;
    for (; at < arguments.size(); ++at) {
        std::string const& word = arguments[at];
        if (word == "--") {
            ++at;
            break;
        }
        if (word.size() < 2 || word.front() != '-') break;
        std::string const* const behind = at + 1 < arguments.size() ? &arguments[at + 1] : nullptr;
        if (take_letters(read, word, behind)) ++at;
    }
    read.recipients.assign(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
    return read;
}

}  // namespace postrider::app
