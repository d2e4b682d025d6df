#include "letter.hpp"

#include <postrider/mime/error.hpp>
#include <postrider/mime/merge.hpp>

#include "eml.hpp"
#include "exit_codes.hpp"
#include "files.hpp"
#include "send/compose.hpp"

namespace postrider::app {
namespace {

/// Addresses with holes are no addresses yet: they go in as they are.
void set_people(mime::message& mail, char const* name, std::string const& list) {
    if (!list.empty()) mail.set_field({name, mime::merge_addresses(list)});
}

std::string joined(std::vector<std::string> const& lists, std::string const& file) {
    std::string all;
    auto const add = [&](std::string const& list) { all += (all.empty() ? "" : ", ") + list; };
    for (auto const& list : lists) add(list);
    if (!file.empty())
        for (auto const& list : read_list(file)) add(list);
    return all;
}

void set_everybody(mime::message& mail, send_options const& o, std::string const& from) {
    set_people(mail, "From", from);
    set_people(mail, "To", joined(o.to, o.to_file));
    set_people(mail, "Cc", joined(o.cc, {}));
    set_people(mail, "Bcc", joined(o.bcc, o.bcc_file));
    set_people(mail, "Reply-To", joined(o.reply_to, {}));
}

}  // namespace

mime::message compose_letter(send_options const& o, std::string const& default_from) {
    need_one_stdin(o);
    try {
        mime::message mail;
        if (o.eml.empty()) {
            std::string const& from = o.from.empty() ? default_from : o.from;
            if (from.empty()) throw error(exit_code::usage, "no sender is given", "add --from");
            set_everybody(mail, o, from);
            add_content(mail, o);
        } else {
            mail = letter_from_eml(read_file(o.eml));
            set_everybody(mail, o, o.from);
        }
        if (!mail.contains("To") && !mail.contains("Cc") && !mail.contains("Bcc"))
            throw error(exit_code::usage, "no recipient is given",
                        "add --to '{{email}}', or what the column is called");
        return mail;
    } catch (mime::error const& wrong) {
        throw error(exit_code_of(wrong), wrong.what());
    }
}

}  // namespace postrider::app
