#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <postrider/core/host.hpp>
#include <postrider/mime/error.hpp>

#include "commands.hpp"
#include "config.hpp"
#include "data.hpp"
#include "explain.hpp"
#include "letter.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "report.hpp"
#include "run.hpp"
#include "send/compose.hpp"
#include "send/pace.hpp"
#include "terminal/print_octets.hpp"
#include "terminal/transcript.hpp"

namespace postrider::app {
namespace {

std::string default_from(send_options const& o, config const& c) {
    std::string const& name = o.server.account.empty() ? c.default_account : o.server.account;
    return name.empty() ? std::string() : c.named(name).from;
}

/// Holes that JSON's first object need not have a member for.
std::vector<std::string> optional_columns(mime::message const& letter) {
    std::vector<std::string> names;
    for (auto const& hole : mime::merge_holes(letter))
        if (hole.has_fallback) names.push_back(hole.name);
    return names;
}

/// The letter and its rows.
class run_of_rows {
public:
    run_of_rows(merge_options const& o, mime::message const& letter, std::vector<dkim::signer> signers)
        : o_(o),
          signers_(std::move(signers)),
          data_(o.data, o.format, optional_columns(letter)),
          plan_(letter, data_.columns()) {}

    /// The next row that was asked for. A row that cannot be filled is one, for its failure must be told.
    bool next() {
        while (data_.next(row_)) {
            if (o_.row > 0 ? row_.number > o_.row : false) return false;
            if (row_.number < o_.from_row || (o_.row > 0 && row_.number != o_.row)) continue;
            envelope_ = plan_.envelope(row_);
            if (o_.only.empty() || is_for(o_.only)) return true;
        }
        return false;
    }

    row_place place() const noexcept { return {row_.number, row_.line}; }
    std::optional<double> share_read() const noexcept { return data_.share_read(); }

    /// Who gets the row and what, or why nobody does.
    result<outgoing, mime::merge_failure> make() {
        if (!envelope_) return envelope_.error();
        auto const now = system_host().now();
        plan_.date(now, system_host().utc_offset(now));
        auto wire = plan_.render(row_);
        if (!wire) return wire.error();
        outgoing mail;
        mail.envelope.reverse_path = envelope_->reverse_path;
        for (auto& path : envelope_->forward_paths) mail.envelope.forward_paths.push_back({std::move(path), {}});
        smtp::ask_for(options_of(o_.letter.delivery), mail.envelope);
        mail.wire = signed_by(signers_, std::move(*wire));
        return mail;
    }

private:
    bool is_for(std::string const& address) const {
        if (!envelope_) return false;
        auto const& all = envelope_->forward_paths;
        return std::find(all.begin(), all.end(), address) != all.end();
    }

    merge_options const& o_;
    std::vector<dkim::signer> signers_;
    merge_data data_;
    mime::merge_plan plan_;
    mime::merge_row row_;
    result<mime::mail_envelope, mime::merge_failure> envelope_{mime::mail_envelope()};
};

exit_code print_one(run_of_rows& rows) {
    if (!rows.next()) throw error(exit_code::bad_data, "there is no such row");
    auto const mail = rows.make();
    if (!mail) throw error(exit_code::bad_data, to_string(rows.place()) + ": " + mail.error().what);
    print_octets(mail->wire);
    return exit_code::ok;
}

exit_code merge(merge_options const& o) {
    send_options const& letter = o.letter;
    config const configured = load_config(letter.server.config_file);
    if (o.data == "-" && (letter.text_file == "-" || letter.html_file == "-" || letter.eml == "-"))
        throw error(exit_code::usage, "only one thing can be read from stdin");
    try {
        auto const mail = compose_letter(letter, default_from(letter, configured));
        auto const senders = mail.addresses("From");
        std::string const sender = senders.empty() ? std::string() : senders.front().address;
        run_of_rows rows(o, mail, signers_for(letter.dkim, configured.chosen(letter.server.account, sender), sender));
        if (letter.dry_run) return print_one(rows);

        server_choice where = choose_server(letter.server, configured, sender);
        pace steady(parse_hold_rate(letter.hold_rate));
        if (steady.is_slow()) one_command_at_a_time(where);
        transcript dialogue(std::cerr);
        if (letter.server.transcript) where.options.trace = &dialogue;
        tell_step const say = [&](std::string_view line) {
            if (letter.verbose) std::cerr << "postrider: " << line << '\n';
        };
        merge_report report(std::cout, letter.json, letter.quiet, to_string(where.url));
        merge_progress progress(!letter.server.transcript && !letter.json);
        auto const next_row = [&]() -> std::optional<filled_row> {
            if (!rows.next()) return std::nullopt;
            filled_row row{rows.place(), rows.make()};
            if (row.mail) steady.wait();
            return row;
        };
        merge_watch const watch{[&] { progress.wipe(); }, [&] { progress.show(report.rows(), rows.share_read()); }};
        std::error_code not_there;
        // A pipe may have its next row at any time, a file has it now.
        bool const at_hand = steady.is_free() && std::filesystem::is_regular_file(o.data, not_there);
        merge_run run(next_row, at_hand, watch, where, report);
        try {
            send_rows(run, where, secret_for(where, std::cerr), say);
        } catch (error const& wrong) {
            report.stop(wrong);
            tell_person(wrong);
        }
        progress.wipe();
        if (auto const& failure = run.failure())
            std::cerr << "postrider: " << explain(*failure, std::string(advice_for(where.login))) << '\n';
        return report.end();
    } catch (mime::error const& wrong) {
        throw error(exit_code_of(wrong), wrong.what());
    }
}

}  // namespace

command add_merge(CLI::App& program) {
    auto const options = std::make_shared<merge_options>();
    CLI::App* const called = program.add_subcommand("merge", "Send one letter to many, each with values of its own");
    add_merge_options(*called, *options);
    return {called, [options] { return merge(*options); }, tell_error};
}

}  // namespace postrider::app
