#include "compose.hpp"

#include <algorithm>
#include <memory>
#include <postrider/mime/envelope.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/render.hpp>

#include "eml.hpp"
#include "exit_codes.hpp"
#include "files.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

std::pair<std::string, std::string> split_once(std::string const& text, char separator, char const* option,
                                               char const* form) {
    auto const at = text.find(separator);
    if (at == text.npos || at == 0)
        throw error(exit_code::usage, std::string(option) + " '" + text + "' is not of the form " + form);
    return {text.substr(0, at), text.substr(at + 1)};
}

void add_people(mime::message& mail, send_options const& o, std::string const& default_from) {
    std::string const& from = o.from.empty() ? default_from : o.from;
    if (from.empty()) throw error(exit_code::usage, "no sender is given", "add --from");
    mail.from(from);
    for (auto const& who : o.to) mail.to(who);
    for (auto const& who : o.cc) mail.cc(who);
    for (auto const& who : o.bcc) mail.bcc(who);
    if (!o.to_file.empty())
        for (auto const& who : read_list(o.to_file)) mail.to(who);
    if (!o.bcc_file.empty())
        for (auto const& who : read_list(o.bcc_file)) mail.bcc(who);
    std::string answers;
    for (auto const& who : o.reply_to) answers += (answers.empty() ? "" : ", ") + who;
    if (!answers.empty()) mail.reply_to(answers);
}

outgoing compose_new(send_options const& o, std::string const& default_from) {
    auto const mail = std::make_shared<mime::message>();
    add_people(*mail, o, default_from);
    add_content(*mail, o);
    mime::mail_envelope who = mime::envelope_of(*mail);
    outgoing out;
    out.envelope.reverse_path = std::move(who.reverse_path);
    for (auto& path : who.forward_paths) out.envelope.forward_paths.push_back({std::move(path), {}});
    out.wire = mime::render(*mail);
    out.message = mail;
    return out;
}

}  // namespace

void need_one_stdin(send_options const& o) {
    auto const from_stdin = {o.text_file, o.html_file, o.to_file, o.bcc_file, o.eml};
    if (std::count(from_stdin.begin(), from_stdin.end(), "-") > 1)
        throw error(exit_code::usage, "only one thing can be read from stdin");
}

void add_content(mime::message& mail, send_options const& o) {
    mail.subject(o.subject);
    if (!o.text_file.empty()) {
        mail.text(read_file(o.text_file));
    } else if (!o.text.empty() || (o.html.empty() && o.html_file.empty())) {
        mail.text(o.text);
    }
    if (!o.html_file.empty()) {
        mail.html(read_file(o.html_file));
    } else if (!o.html.empty()) {
        mail.html(o.html);
    }
    for (auto const& one : o.inline_files) {
        auto const [cid, file] = split_once(one, '=', "--inline", "CID=FILE");
        mail.inline_file(cid, file);
    }
    for (auto const& file : o.attachments) mail.attach_file(file);
    for (auto const& one : o.headers) {
        auto const [name, value] = split_once(one, ':', "--header", "'Name: value'");
        mail.header(name, trimmed(value));
    }
}

exit_code exit_code_of(mime::error const& wrong) {
    switch (wrong.code()) {
        case mime::errc::unreadable_file: return exit_code::no_input;
        case mime::errc::no_recipient: return exit_code::usage;
        default: return exit_code::bad_data;
    }
}

outgoing compose(send_options const& o, std::string const& default_from) {
    need_one_stdin(o);
    try {
        outgoing out = o.eml.empty() ? compose_new(o, default_from) : read_eml(o);
        smtp::ask_for(options_of(o.delivery), out.envelope);
        return out;
    } catch (mime::error const& wrong) {
        bool const nobody = wrong.code() == mime::errc::no_recipient;
        throw error(exit_code_of(wrong), wrong.what(), nobody ? "add --to, --cc or --bcc" : "");
    }
}

}  // namespace postrider::app
