#include "submission.hpp"

#include <algorithm>
#include <postrider/core/host.hpp>
#include <postrider/mime/address_field.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/utils.hpp>

#include "local_name.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

/// Who is sent to when a program names a user of this machine.
std::string recipient_of(mime::mailbox const& local, submitter const& who) {
    return who.local_mail_to.empty() ? local.address + "@" + who.domain : who.local_mail_to;
}

/// The reverse-path for -f: empty stays empty.
std::string sender_named(std::string const& text, submitter const& who) {
    if (text.empty()) return {};
    if (auto const local = parse_local_name(text))
        return who.has_account ? who.self.address : local->address + "@" + who.domain;
    if (auto const mailbox = mime::parse_mailbox(text)) return mailbox->address;
    throw error(exit_code::bad_data, "-f '" + text + "' is no address");
}

struct from_field {
    mime::field_view field;
    std::vector<mime::mailbox> people;
    std::optional<mime::mailbox> local;  ///< instead of people
    bool says_nothing = false;
};

std::optional<from_field> from_in(mime::header_view fields) {
    auto const found = fields.find("From");
    if (found == fields.end()) return std::nullopt;
    auto const read = mime::parse_address_field(mime::unfold(found->body));
    from_field from{*found, mime::mailboxes(read.entries), std::nullopt, read.entries.empty() && read.rejected.empty()};
    if (from.people.empty() && read.rejected.size() == 1) from.local = parse_local_name(read.rejected.front());
    return from;
}

/// Strict: what a command line names is meant, and nothing in it is guessed at.
std::vector<std::string> addresses_named(std::string const& list, submitter const& who) {
    std::vector<std::string> all;
    if (auto const read = mime::parse_address_list(list)) {
        for (auto const& mailbox : mime::mailboxes(*read)) all.push_back(mailbox.address);
        return all;
    }
    for (auto const& text : split(list, ',')) {
        auto const local = parse_local_name(text);
        auto const mailbox = mime::parse_mailbox(text);
        if (!local && !mailbox) throw error(exit_code::bad_data, "recipient '" + text + "' is no address");
        all.push_back(local ? recipient_of(*local, who) : mailbox->address);
    }
    return all;
}

/// What From says when its program did not, or named a user of this machine.
mime::mailbox author(std::optional<mime::mailbox> const& local, submitter const& who, std::string const& full_name) {
    mime::mailbox author = who.self;
    if (local && !who.has_account) author.address = local->address + "@" + who.domain;
    if (local) author.name = local->name;
    if (!full_name.empty()) author.name = full_name;
    return author;
}

std::vector<std::string> addresses_in(mime::field_view const& field, submitter const& who) {
    auto const read = mime::parse_address_field(mime::unfold(field.body));
    std::vector<std::string> all;
    for (auto const& mailbox : mime::mailboxes(read.entries)) all.push_back(mailbox.address);
    for (auto const& text : read.rejected) {
        auto const local = parse_local_name(text);
        if (!local) throw error(exit_code::bad_data, std::string(field.name) + ": '" + text + "' is no address");
        all.push_back(recipient_of(*local, who));
    }
    return all;
}

/// To, Cc and Bcc, or the same of whoever sent it on.                                            RFC 5322 §3.6.3, §3.6.6
std::vector<std::string> recipients_in(mime::header_view fields, submitter const& who) {
    bool const was_resent = std::any_of(fields.begin(), fields.end(), [](auto const& field) {
        return field.name.size() > 7 && mime::same_name(field.name.substr(0, 7), "Resent-");
    });
    std::vector<std::string> all;
    for (auto const& field : fields)
        for (std::string const name : {"To", "Cc", "Bcc"})
            if (mime::same_name(field.name, was_resent ? "Resent-" + name : name))
                for (auto& address : addresses_in(field, who)) all.push_back(std::move(address));
    return all;
}

std::string sender_of(sendmail_arguments const& asked, mime::header_view fields, submitter const& who) {
    if (asked.sender) return sender_named(*asked.sender, who);
    auto const from = from_in(fields);
    return who.has_account || !from || from->people.empty() ? who.self.address : from->people.front().address;
}

}  // namespace

submitter submitter_for(account const* a) {
    submitter who;
    who.domain = a && !a->local_hostname.empty() ? a->local_hostname : system_host().name();
    who.self = this_user();
    who.self.address += "@" + who.domain;
    if (!a) return who;
    who.local_mail_to = a->local_mail_to;
    if (auto const from = mime::parse_mailbox(a->from)) {
        who.has_account = true;
        who.self = {from->name.empty() ? who.self.name : from->name, from->address};
    }
    return who;
}

std::string stated_sender(sendmail_arguments const& asked, std::string_view octets) {
    if (asked.sender) {
        auto const mailbox = mime::parse_mailbox(*asked.sender);
        return mailbox ? mailbox->address : std::string();
    }
    auto const message = mime::parse(octets, {.headers_only = true});
    auto const from = from_in(message.root().fields());
    return from && !from->people.empty() ? from->people.front().address : std::string();
}

std::string completed(std::string octets, submitter const& who, std::string const& full_name) {
    auto const message = mime::parse(octets, {.headers_only = true});
    auto const fields = message.root().fields();
    bool const has_header = fields.begin() != fields.end();
    bool const has_blank_line = octets.starts_with("\n") || octets.starts_with("\r\n");

    std::string added;
    auto const from = from_in(fields);
    if (!from) added += "From: " + mime::to_string(author(std::nullopt, who, full_name)) + "\n";
    if (fields.find("Date") == fields.end()) added += "Date: " + mime::formatdate({}, true) + "\n";
    if (fields.find("Message-ID") == fields.end()) added += "Message-ID: " + mime::make_msgid({}, who.domain) + "\n";
    if (!has_header && !has_blank_line) added += "\n";

    if (from && (from->local || from->says_nothing)) {
        auto const end = static_cast<std::size_t>(from->field.body.data() + from->field.body.size() - octets.data());
        octets.replace(from->field.offset, end - from->field.offset,
                       "From: " + mime::to_string(author(from->local, who, full_name)));
    }
    std::size_t const behind_envelope_line = message.envelope_line().empty() ? 0 : octets.find('\n') + 1;
    return octets.insert(behind_envelope_line, added);
}

smtp::envelope envelope_of(sendmail_arguments const& asked, std::string_view octets, submitter const& who) {
    auto const message = mime::parse(octets, {.headers_only = true});
    auto const fields = message.root().fields();
    std::vector<std::string> all;
    for (auto const& list : asked.recipients)
        for (auto& address : addresses_named(list, who)) all.push_back(std::move(address));
    if (asked.recipients_in_header)
        for (auto& address : recipients_in(fields, who)) all.push_back(std::move(address));
    if (all.empty())
        throw error(
            exit_code::usage, "no recipient is given",
            asked.recipients_in_header ? "the message has none in To, Cc and Bcc either" : "name one, or use -t");
    smtp::envelope envelope;
    envelope.reverse_path = sender_of(asked, fields, who);
    for (auto& address : all) {
        smtp::forward_path path{std::move(address), {}};
        auto const& paths = envelope.forward_paths;
        if (std::find(paths.begin(), paths.end(), path) == paths.end())
            envelope.forward_paths.push_back(std::move(path));
    }
    return envelope;
}

}  // namespace postrider::app
