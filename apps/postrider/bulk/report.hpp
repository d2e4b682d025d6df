#pragma once
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iosfwd>
#include <mutex>
#include <string>

#include "json_report.hpp"
#include "merge/progress.hpp"
#include "queue.hpp"

namespace postrider::app {

/// What became of the messages of a folder, told while it happens and in the order in which it becomes known: to people
/// a line for each that did not go through; to machines a line of JSON for each in a file, and one document on stdout.
///     a line:        {"file","offset","outcome":"sent|partly|refused|failed|in_doubt|unsent","message_id","size",
///                     "accepted":[...],"refused":[...],"error":null|{...}}, and "domains" where it went directly
///     the document:  {"server","messages":[those],"sent","partly","refused","failed","in_doubt","unsent","seconds",
///                     "error":null|{...}}
/// `failed` are messages that cannot be sent as they are, `unsent` those that were not tried or may be tried again.
/// Lists and errors are those of `send --json`. For many threads.
class bulk_report {
public:
    struct options {
        bool as_json = false, quiet = false, shows_progress = false;
        std::string file;  ///< for the lines of JSON; empty: none
    };
    /// errors     app::error: io_error for a file that cannot be written
    bulk_report(std::ostream& out, options);

    void tell(bulk_place const&, send_outcome const&);
    void tell(bulk_place const&, error const&);  ///< this message cannot be sent
    void tell_unsent(bulk_place const&);

    /// Why what is unsent is: of no account where nothing is. The first time counts.
    void stop(smtp::failure const&, std::string const& advice);
    /// The run itself broke off.
    void stop(error const&);

    std::uint64_t unsent();

    /// Ends the report; the code that the program ends with.
    exit_code end(std::string const& server);

private:
    void tell_one(bulk_place const&, char const* outcome, boost::json::object more);
    void print(char const* outcome, bulk_place const&, std::string const& words);
    exit_code code() const;
    std::string summary() const;

    std::ostream& out_;
    options options_;
    std::ofstream lines_;
    merge_progress progress_;
    std::chrono::steady_clock::time_point begun_;
    std::mutex mutex_;
    std::uint64_t told_ = 0;
    std::uint64_t sent_ = 0, partly_ = 0, refused_ = 0, failed_ = 0, in_doubt_ = 0, unsent_ = 0, transient_ = 0;
    boost::json::value error_;
    std::string why_stopped_;
    std::optional<exit_code> stopped_with_;
    bool broke_off_ = false;
};

}  // namespace postrider::app
