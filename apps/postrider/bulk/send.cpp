#include "send.hpp"

#include <iostream>
#include <map>
#include <optional>

#include "connections.hpp"
#include "direct/connections.hpp"
#include "mail_source.hpp"
#include "send/eml.hpp"
#include "terminal/stop_on_signal.hpp"
#include "terminal/transcript.hpp"

namespace postrider::app {
namespace {

constexpr std::size_t waiting_for_each = 4;  // messages read ahead for each connection

/// A folder's way out: this thread reads, others send. They begin with the first message, whose sender chooses the
/// server.
class folder_run {
public:
    folder_run(send_options const& o, config const& c, bulk_report& report)
        : o_(o),
          configured_(c),
          report_(report),
          dialogue_(std::cerr),
          queue_(o.connections * waiting_for_each),
          pace_(parse_hold_rate(o.hold_rate)) {}

    ~folder_run() { queue_.close(); }  // whatever was thrown, nobody waits for more
    folder_run(folder_run const&) = delete;
    folder_run& operator=(folder_run const&) = delete;

    void run(mail_source const& source) {
        try {
            source.for_each([this](found_message const& found) { take(found); });
        } catch (error const& wrong) {
            report_.stop(wrong);
        }
        queue_.no_more();
        connections_.reset();  // waits for them
        direct_connections_.reset();
        if (way_) way_->remember();
        on_signal_.reset();
        for (auto const& left : queue_.take_rest()) report_.tell_unsent(left.place);
        if (stop_.stop_requested() && report_.unsent() > 0)
            report_.stop(error(exit_code::try_later, "interrupted", "what is unsent can be sent again"));
    }

    std::string server() const { return where_ ? to_string(where_->url) : std::string(); }

private:
    void take(found_message const& found) {
        bulk_place place{found.file, found.offset};
        if (stop_.stop_requested()) return report_.tell_unsent(place);
        bulk_message one{std::move(place), {}, false};
        try {
            one.mail = message_of(o_, std::string(found.octets), found.file);
            smtp::ask_for(options_of(o_.delivery), one.mail.envelope);
            one.mail.wire = signed_by(signers_of(one.mail.envelope.reverse_path), std::move(one.mail.wire));
        } catch (error const& wrong) {
            if (wrong.code() != exit_code::bad_data) throw;  // it would be so of every message
            return report_.tell(one.place, wrong);
        }
        if (!std::exchange(has_begun_, true)) begin(one.mail.envelope.reverse_path);
        if (auto const refused = queue_.push(std::move(one))) report_.tell_unsent(refused->place);
    }

    std::vector<dkim::signer> const& signers_of(std::string const& sender) {
        auto const known = signers_.find(sender);
        if (known != signers_.end()) return known->second;
        auto made = signers_for(o_.dkim, configured_.chosen(o_.server.account, sender), sender);
        return signers_.emplace(sender, std::move(made)).first->second;
    }

    void begin(std::string const& sender) {
        if (o_.direct) return begin_directly();
        where_ = choose_server(o_.server, configured_, sender);
        if (shows_dialogue()) where_->options.trace = &dialogue_;
        if (pace_.is_slow()) one_command_at_a_time(*where_);
        auto secret = secret_for(*where_, std::cerr);
        heed_signals();
        connections_.emplace(o_.connections, *where_, std::move(secret), queue_, report_, pace_, stop_.get_token());
    }

    void begin_directly() {
        way_.emplace(o_);
        if (shows_dialogue()) way_->trace_to(dialogue_);
        heed_signals();
        direct_connections_.emplace(o_.connections, *way_, queue_, report_, pace_, stop_.get_token());
    }

    bool shows_dialogue() const { return o_.server.transcript && o_.connections == 1; }

    /// Not before there are connections: until then Ctrl-C simply ends the program.
    void heed_signals() {
        on_signal_.emplace();
        on_signal_->call([this] {
            stop_.request_stop();
            queue_.close();
        });
    }

    send_options const& o_;
    config const& configured_;
    bulk_report& report_;
    transcript dialogue_;
    bulk_queue queue_;
    pace pace_;
    bool has_begun_ = false;
    std::optional<server_choice> where_;
    std::optional<direct_way> way_;
    std::map<std::string, std::vector<dkim::signer>> signers_;
    std::stop_source stop_;
    std::optional<stop_on_signal> on_signal_;
    std::optional<bulk_connections> connections_;
    std::optional<direct_connections> direct_connections_;
};

}  // namespace

bool names_a_folder(send_options const& o) {
    return !o.eml.empty() && o.eml != "-" && mail_source(o.eml, mail_format::automatic).is_collection();
}

exit_code send_folder(send_options const& o, config const& configured) {
    if (o.dry_run || o.end.any())
        throw error(exit_code::usage, "a folder is sent whole", "name one of its messages to try it");
    mail_source const source(o.eml, mail_format::automatic);
    bool const lines_may_mix = o.server.transcript;
    bulk_report report(std::cout, {o.json, o.quiet, !lines_may_mix, o.report_file});
    folder_run run(o, configured, report);
    run.run(source);
    return report.end(run.server());
}

}  // namespace postrider::app
