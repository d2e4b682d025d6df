#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::devserver {

/// What can be wrong with a request, a search or a rule.
struct problem_entry {
    std::string_view code;  ///< what a program branches on; it does not change
    int status;             ///< that HTTP says of it
    std::string_view says;  ///< in English; {names} stand for values
};

inline constexpr problem_entry problem_table[] = {
    {"bad-target", 400, "the request's target makes no sense"},
    {"wrong-host", 421, "this server is not {host}"},
    {"foreign-origin", 403, "this comes from another site's page"},
    {"token", 403, "this changes something: send the token that GET /api/v1/status tells in Postrider-Token"},
    {"no-such-resource", 404, "no such resource"},
    {"method", 405, "this takes {methods}"},
    {"malformed-request", 400, "this is no HTTP request"},
    {"request-timeout", 408, "the request did not come to its end in time"},
    {"header-too-large", 431, "the request's header is too large"},
    {"body-too-large", 413, "the request's body is too large"},
    {"store-failed", 500, "the store: {why}"},
    {"failed", 500, "{why}"},

    {"not-json", 415, "the body is to be application/json"},
    {"malformed-json", 400, "the body is no JSON: {why}"},
    {"no-object", 400, "the body is to be a JSON object"},
    {"unknown-member", 400, "nothing here is called \"{name}\""},
    {"member-no-flag", 400, "\"{name}\" is true or false"},
    {"member-no-text", 400, "\"{name}\" is a text"},
    {"member-no-texts", 400, "\"{name}\" is a list of texts"},
    {"member-too-long", 400, "\"{name}\" lists {most} at most"},
    {"member-no-tag", 400, "a tag is one line of {most} octets at most"},

    {"no-such-message", 404, "no such message"},
    {"no-such-part", 404, "no such part"},
    {"no-such-html-part", 404, "no such HTML part"},
    {"header-only", 410, "only the header of this message was kept"},
    {"bad-page", 400, "limit and offset are whole numbers"},
    {"ids-and-query", 400, "either \"ids\", or \"query\" and \"inbox\""},
    {"nothing-chosen", 400, "\"ids\", \"query\" or \"inbox\" is to say which messages"},
    {"bad-timeout", 400, "timeout is in whole seconds, {most} at most: {text}"},
    {"nothing-came", 404, "no such message came in time"},
    {"lookups-off", 403, "lookups are off: allow them with `postrider catch --allow-lookups`"},

    {"import-no-message", 415, "send one message as message/rfc822"},
    {"import-empty", 400, "the message is empty"},
    {"import-no-address", 400, "{name} is no address: {text}"},
    {"import-no-inbox", 400, "no inbox can be called {name}"},
    {"import-no-tag", 400, "no tag can be called {name}"},

    {"release-off", 403, "release is off: name who sends with `postrider catch --release-account NAME`"},
    {"release-no-list", 400, "'to' is a list of 1 to {most} addresses"},
    {"release-no-address", 400, "'to' holds what is no address: {text}"},
    {"release-recipient", 403, "mail may not be released to {address}, only to {allowed}"},
    {"release-account", 403, "no account '{account}' is open for this, only {allowed}"},
    {"release-from", 400, "'from' is no address: {text}"},

    {"search-too-slow", 503, "the search took longer than {most} seconds: ask for less, as with inbox: or after:"},
    {"search-too-long", 400, "at character {at}: this search is too long: {most} octets at most"},
    {"search-too-many-words", 400, "at character {at}: too many words: {most} at most"},
    {"search-open-quote", 400, "at character {at}: this quotation mark has no other that closes it"},
    {"search-no-field", 400,
     "at character {at}: there is no field \"{name}\" (from, to, cc, subject, tag, inbox, has, is, before, after, "
     "larger, smaller); to look for the words put them in quotation marks"},
    {"search-no-word", 400, "at character {at}: {name}: wants a word behind it"},
    {"search-no-size", 400, "at character {at}: {name}: wants a size, as in 500K or 1M"},
    {"search-no-day", 400, "at character {at}: {name}: wants a day, as in 2026-11-21 or 2026-11-21T08:30"},
    {"search-no-state", 400, "at character {at}: what can be asked is has:attachment, is:unread and is:read"},

    {"no-such-rule", 404, "no such rule"},
    {"too-many-rules", 409, "there are too many rules; delete some"},
    {"fault-no-rule", 400, "the body is {\"rule\": \"STAGE=ACTION\"}; GET faults/help tells stages and actions"},
    {"fault-too-long", 400, "column {at}: a rule has {most} octets at most"},
    {"fault-control", 400, "column {at}: a rule is text without control characters"},
    {"fault-no-probability", 400, "column {at}: p is a probability from 0 to 1, as in p=0.3"},
    {"fault-no-count", 400, "column {at}: a number of times stands behind {name}"},
    {"fault-no-stage", 400, "column {at}: \"{name}\" is no stage; stages are {known}"},
    {"fault-no-equals", 400, "column {at}: \"=\" and an action are missing"},
    {"fault-no-action", 400, "column {at}: no action; it is a reply as in \"451 4.7.1 later\", or one of {known}"},
    {"fault-no-pattern", 400, "column {at}: a pattern is missing behind the space; \"*\" stands for everything"},
    {"fault-pattern-at", 400, "column {at}: there is no address at {stage}"},
    {"fault-action-at", 400, "column {at}: {action} cannot be at {stage}"},
    {"fault-behind-action", 400, "column {at}: nothing stands behind {action}"},
    {"fault-enhanced-code", 400, "column {at}: an enhanced code begins with the digit of its reply code"},
    {"fault-no-time", 400, "column {at}: a time is like 50ms, 5s or 2m"},
    {"fault-long-time", 400, "column {at}: an hour is the longest time"},
    {"fault-octets-at", 400, "column {at}: a number of octets has a meaning at content alone"},
    {"fault-no-octets", 400, "column {at}: that is no number of octets"},
    {"fault-no-certificate", 400, "column {at}: a bad certificate is one of {known}"},
};

constexpr problem_entry const& problem_of(std::string_view code) {
    for (auto const& entry : problem_table)
        if (entry.code == code) return entry;
    throw "there is no such problem";
}

/// An entry of the table by its code; a code that is not there does not compile.
class problem {
public:
    consteval problem(char const* code) : entry_(&problem_of(code)) {}
    constexpr problem_entry const* operator->() const noexcept { return entry_; }

private:
    problem_entry const* entry_;
};

/// The values in a sentence, by name.
using problem_values = std::vector<std::pair<std::string, std::string>>;

/// A problem as it was met: by code and values a program, or a page in another language, can say it too.
struct complaint {
    std::string_view code;
    int status = 400;
    problem_values values;
    std::string text;  ///< the whole sentence, in English

    complaint() = default;
    complaint(problem, problem_values = {});
};

}  // namespace postrider::devserver
