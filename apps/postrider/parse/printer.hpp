#pragma once
#include <cstddef>
#include <optional>
#include <postrider/dkim.hpp>
#include <postrider/folder/extraction.hpp>
#include <postrider/mime/parse.hpp>
#include <string>

#include "exit_codes.hpp"
#include "message_page.hpp"
#include "options.hpp"

namespace postrider::app {

/// Prints messages on stdout, one after the other, as the options say. Memory does not grow with their number.
class parse_printer {
public:
    /// errors     app::error: no_permission, io_error where the folder to extract to cannot be made.
    explicit parse_printer(parse_options const& options);

    /// From here on messages come from a collection: each is told where it was found, and JSON is an array.
    void expect_several() noexcept { several_ = !options_.message; }

    /// errors     app::error: usage where the message lacks the part asked for; io_error where output ends.
    void print(found_message const& found);
    void finish();

    std::size_t printed() const noexcept { return printed_; }
    bool found_defects() const noexcept { return found_defects_; }
    exit_code worst_verdict() const noexcept { return worst_verdict_; }

private:
    void print_view(found_message const& found, mime::parsed_message const& message);
    void print_heading(found_message const& found);
    void print_json(found_message const& found, mime::parsed_part const& part);
    void print_text(mime::parsed_message const& message);
    void print_html(mime::parsed_message const& message);
    void print_part(mime::parsed_message const& message);
    void print_defects(found_message const& found, mime::parsed_message const& message);
    void print_verdicts(mime::parsed_message const& message);
    void extract(mime::parsed_message const& message);
    void write(std::string_view octets);

    parse_options const& options_;
    palette paint_;
    bool on_terminal_;
    bool several_ = false;
    bool found_defects_ = false;
    std::size_t seen_ = 0;
    std::size_t printed_ = 0;
    std::optional<folder::extraction> extraction_;
    dkim::txt_lookup lookup_;
    exit_code worst_verdict_ = exit_code::ok;
};

}  // namespace postrider::app
