// "My program reads mail: what does it cost?"
//
//   corpus      the messages of Python's own tests and this project's golden ones: every header field decoded, every leaf
//               decoded, every text in UTF-8
//   attachment  one message of 36 MB whose attachment is decoded
//   list        From, To, Subject, Date and Message-ID, decoded, of the 10,000 messages in an mbox of 14 MB
//
// GMime and Python answer the same. Before the clock starts, what they read is compared with what we read; messages of
// the corpus that GMime reads otherwise are told, and left out. All take turns; the figures are medians of CPU time.
//
//     bench_parse [ROUNDS]        ROUNDS is 7; without Python where /usr/bin/python3 is not
#include <stdlib.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cstdio>
#include <functional>
#include <optional>

#include <timing.hpp>
#include "inputs.hpp"
#include "peers.hpp"
#include "python.hpp"

namespace {

using namespace parse_bench;

struct question {
    double bar;       // times GMime
    double messages;  // in one turn
    double octets;
    std::size_t turns;  // of ours in a round; GMime has fewer
    std::function<void()> ours, gmime;
    std::optional<python_peer> python;
};

void print(char const* who, question const& asked, double seconds, double ours) {
    if (seconds <= 0) return;
    std::printf("  %-10s %10.3f ms %12.0f messages/s %8.0f MB/s %7.1f x\n", who, seconds * 1e3,
                asked.messages / seconds, asked.octets / seconds * 1e-6, seconds / ours);
}

void race(question const& asked, int rounds) {
    std::vector<double> ours, gmime, python;
    for (int round = 0; round < rounds; ++round) {
        ours.push_back(bench::seconds_each(asked.turns, asked.ours));
        if (has_gmime) gmime.push_back(bench::seconds_each((asked.turns + 7) / 8, asked.gmime));
        if (asked.python && round < 3) python.push_back(asked.python->seconds());
    }
    print("postrider", asked, bench::median(ours), bench::median(ours));
    print("GMime", asked, bench::median(gmime), bench::median(ours));
    print("Python", asked, bench::median(python), bench::median(ours));
    if (has_gmime) std::printf("  the bar is %.0f times GMime\n", asked.bar);
}

/// The messages that both read alike.
std::vector<std::string> read_alike(std::vector<std::string> all) {
    if (!has_gmime) return all;
    std::size_t const count = all.size();
    std::erase_if(all, [](std::string const& message) {
        reading ours, theirs;
        read_with_postrider(message, &ours);
        read_with_gmime(message, &theirs);
        return ours != theirs;
    });
    std::printf("  %zu of %zu messages are read alike by GMime and us\n", all.size(), count);
    return all;
}

double size_of(std::vector<std::string> const& messages) {
    double octets = 0;
    for (auto const& message : messages) octets += static_cast<double>(message.size());
    return octets;
}

void ask_for_the_corpus(int rounds) {
    std::puts("the corpus, all decoded");
    auto const messages = read_alike(corpus());
    auto const each = [&](auto read) {
        return [&messages, read] {
            for (auto const& message : messages) bench::keep(read(message, nullptr));
        };
    };
    race({8, static_cast<double>(messages.size()), size_of(messages), 100, each(read_with_postrider),
          each(read_with_gmime), python_peer::over("corpus", corpus_file(messages))},
         rounds);
}

bool ask_for_the_attachment(int rounds) {
    std::puts("an attachment of 36 MB");
    std::string const message = large_message();
    reading ours, theirs;
    read_with_postrider(message, &ours);
    read_with_gmime(message, &theirs);
    if (has_gmime && ours != theirs) return std::puts("  GMime reads it otherwise"), false;
    race({4, 1, static_cast<double>(message.size()), 3, [&] { bench::keep(read_with_postrider(message)); },
          [&] { bench::keep(read_with_gmime(message)); }, python_peer::over("corpus", corpus_file({message}))},
         rounds);
    return true;
}

list_line line_of(std::string const& json) {
    auto const told = boost::json::parse(json).as_object();
    auto const text = [&](char const* key) { return std::string(told.at(key).as_string()); };
    return {text("from"), text("to"), text("subject"), told.at("date").as_int64(), text("message_id")};
}

bool python_reads(python_peer const& python, std::vector<list_line> const& lines) {
    return std::ranges::equal(python.read(), lines, {}, line_of);
}

bool ask_for_the_list(int rounds) {
    std::puts("a list of 10,000 messages");
    std::string const mbox = large_mbox();
    std::vector<list_line> ours, theirs;
    double const count = static_cast<double>(list_with_postrider(mbox, &ours));
    list_with_gmime(mbox, &theirs);
    if (has_gmime && ours != theirs) return std::puts("  GMime reads it otherwise"), false;
    auto python = python_peer::over("mbox", mbox);
    if (python && !python_reads(*python, ours)) return std::puts("  Python reads it otherwise"), false;
    race({8, count, static_cast<double>(mbox.size()), 8, [&] { bench::keep(list_with_postrider(mbox)); },
          [&] { bench::keep(list_with_gmime(mbox)); }, std::move(python)},
         rounds);
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    int const rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
    ask_for_the_corpus(rounds);
    bool const decoded = ask_for_the_attachment(rounds);
    bool const listed = ask_for_the_list(rounds);
    return decoded && listed ? 0 : 1;
}
