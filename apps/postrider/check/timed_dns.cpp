#include "timed_dns.hpp"

#include <algorithm>
#include <postrider/core/digest.hpp>
#include <utility>

namespace postrider::app {
namespace {

constexpr std::size_t shown_records = 50;

std::string const& words_of(std::string const& text) {
    return text;
}

template <class Record>
std::string words_of(Record const& record) {
    return to_string(record);
}

template <class Record>
std::string joined(std::vector<Record> const& records) {
    std::string line;
    for (std::size_t i = 0; i < std::min(records.size(), shown_records); ++i)
        line += (line.empty() ? "" : ", ") + words_of(records[i]);
    if (records.size() > shown_records) line += ", and " + std::to_string(records.size() - shown_records) + " more";
    return line.empty() ? "none" : line;
}

template <class Record>
std::string said(result<delivery::dns_answer<Record>> const& answer) {
    if (!answer) return answer.error().message();
    std::string const alias = answer->name.empty() ? "" : "alias of " + answer->name + ": ";
    return alias + joined(answer->records) + (answer->authenticated ? " (DNSSEC)" : "");
}

template <class Question>
Question timed(std::string what, Question ask, std::vector<session_step>& steps) {
    return [what = std::move(what), ask = std::move(ask), &steps](std::string const& name) {
        auto const begun = std::chrono::steady_clock::now();
        auto answer = ask(name);
        auto const took = std::chrono::steady_clock::now() - begun;
        steps.push_back({what + " " + name, took, said(answer)});
        return answer;
    };
}

}  // namespace

delivery::mail_dns timed(delivery::mail_dns dns, std::vector<session_step>& steps) {
    return {timed("MX", std::move(dns.mail_exchangers), steps), timed("A", std::move(dns.addresses), steps),
            timed("TLSA", std::move(dns.certificates), steps), timed("TXT", std::move(dns.texts), steps)};
}

std::string to_string(dane::tlsa_record const& record) {
    return std::to_string(record.usage) + " " + std::to_string(record.selector) + " " +
           std::to_string(record.matching) + " " + to_hex(record.data);
}

std::string to_string(delivery::mx_record const& record) {
    return std::to_string(record.preference) + " " + (record.host.empty() ? "." : record.host);
}

}  // namespace postrider::app
