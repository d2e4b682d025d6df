#include "mail_source.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <postrider/core/mapped_file.hpp>
#include <postrider/folder/maildir.hpp>
#include <postrider/folder/mbox.hpp>

#include "exit_codes.hpp"
#include "files.hpp"

namespace postrider::app {
namespace {

using folder::mbox_variant;

[[noreturn]] void fail(folder::failure const& why) {
    throw error(exit_code::no_input, "cannot read " + to_string(why), "check the folder's name and rights");
}

std::shared_ptr<mapped_file const> map(std::string const& name) {
    auto mapped = mapped_file::open(name);
    // What has no size may yet have octets: a pipe, or a file below /proc.
    if (!mapped || mapped->octets().empty()) return nullptr;
    return std::make_shared<mapped_file const>(std::move(*mapped));
}

folder::mbox_read_options dated_lines() {
    folder::mbox_read_options options;
    options.needs_time = true;
    return options;
}

/// Begins with a From_ line and has another one. A lone message may begin with one too: many programs leave it there.
bool looks_like_mbox(std::string_view octets) {
    if (!octets.starts_with("From ")) return false;
    folder::mbox_reader const reader(octets, dated_lines());
    auto entry = reader.begin();
    return entry != reader.end() && entry->offset == 0 && ++entry != reader.end();
}

mbox_variant variant_of(mail_format format, std::string_view octets) {
    switch (format) {
        case mail_format::mbox: return folder::guess_mbox_variant(octets);
        case mail_format::mboxo: return mbox_variant::mboxo;
        case mail_format::mboxcl: return mbox_variant::mboxcl;
        case mail_format::mboxcl2: return mbox_variant::mboxcl2;
        default: return mbox_variant::mboxrd;
    }
}

void read_mbox(std::string const& name, std::string_view octets, folder::mbox_read_options options,
               mail_source::take const& take) {
    for (folder::mbox_entry const& entry : folder::mbox_reader(octets, options)) {
        if (options.variant != mbox_variant::mboxrd) {
            take({entry.octets, name, entry.offset, std::nullopt});
            continue;
        }
        auto const unquoted = folder::unquote_from_lines(entry.octets);
        take({unquoted.octets(), name, entry.offset, std::nullopt});
    }
}

void read_maildir(std::string const& name, mail_source::take const& take) {
    auto const box = folder::maildir::open(name);
    if (!box) fail(box.error());
    auto const entries = box->entries();
    if (!entries) fail(entries.error());
    for (folder::maildir_entry const& entry : *entries) {
        auto const message = box->open(entry);
        if (!message && message.error().code == std::errc::no_such_file_or_directory) continue;
        if (!message) fail(message.error());
        take({message->octets(), box->path_of(entry).string(), std::nullopt, entry.flags()});
    }
}

bool is_message_file(std::filesystem::directory_entry const& entry) {
    std::error_code ignored;
    return entry.path().extension() == ".eml" && entry.is_regular_file(ignored);
}

/// And no folder of new mail, which makes it a Maildir whatever else is in it.
bool holds_message_files(std::string const& name) {
    std::error_code failed;
    if (std::filesystem::is_directory(std::filesystem::path(name) / "new", failed)) return false;
    for (std::filesystem::directory_iterator at(name, failed), end; !failed && at != end; at.increment(failed))
        if (is_message_file(*at)) return true;
    return false;
}

void read_files(std::string const& name, mail_source::take const& take) {
    std::vector<std::string> files;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(name, failed), end; !failed && at != end; at.increment(failed))
        if (is_message_file(*at)) files.push_back(at->path().string());
    if (failed) throw error(exit_code::no_input, "cannot read " + name + ": " + failed.message());
    std::sort(files.begin(), files.end());
    for (auto const& file : files) take({read_file(file), file, std::nullopt, std::nullopt});
}

}  // namespace

mail_source::mail_source(std::string name, mail_format format) : name_(std::move(name)), format_(format) {
    std::error_code ignored;
    if (format_ == mail_format::automatic && name_ != "-" && std::filesystem::is_directory(name_, ignored))
        format_ = holds_message_files(name_) ? mail_format::files : mail_format::maildir;
    if (format_ == mail_format::maildir || format_ == mail_format::files) return;

    if (auto const mapped = name_ == "-" ? nullptr : map(name_)) {
        owner_ = mapped;
        octets_ = mapped->octets();
    } else {
        auto const read = std::make_shared<std::string const>(read_file(name_));
        owner_ = read;
        octets_ = *read;
    }
    if (format_ != mail_format::automatic) return;
    dated_ = looks_like_mbox(octets_);
    format_ = dated_ ? mail_format::mboxrd : mail_format::message;
}

void mail_source::for_each(take const& each) const {
    if (format_ == mail_format::maildir) return read_maildir(name_, each);
    if (format_ == mail_format::files) return read_files(name_, each);
    if (format_ == mail_format::message) return each({octets_, name_, std::nullopt, std::nullopt});
    folder::mbox_read_options options;
    options.variant = variant_of(format_, octets_);
    options.needs_time = dated_;
    read_mbox(name_, octets_, options, each);
}

}  // namespace postrider::app
