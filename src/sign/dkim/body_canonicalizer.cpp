#include <algorithm>
#include <array>
#include <cstdint>
#include <postrider/sign/dkim/canonical.hpp>

#include "blanks.hpp"

namespace postrider::dkim {
namespace {

constexpr std::string_view crlf = "\r\n";

/// Line ends that are LF alone become CRLF.
class line_end_stage final : public octet_sink {
public:
    explicit line_end_stage(octet_sink& next) noexcept : next_(&next) {}

    void put(std::string_view piece) override {
        std::size_t begin = 0;
        for (std::size_t lf = piece.find('\n'); lf != piece.npos; lf = piece.find('\n', lf + 1)) {
            if (lf > 0 ? piece[lf - 1] == '\r' : after_cr_) continue;
            next_->put(piece.substr(begin, lf - begin));
            next_->put(crlf);
            begin = lf + 1;
        }
        next_->put(piece.substr(begin));
        if (!piece.empty()) after_cr_ = piece.back() == '\r';
    }

private:
    octet_sink* next_;
    bool after_cr_ = false;
};

/// A run of blanks becomes one SP, and nothing at the end of a line.
class blank_stage final : public octet_sink {
public:
    explicit blank_stage(octet_sink& next) noexcept : next_(&next) {}

    void put(std::string_view piece) override {
        while (!piece.empty()) {
            if (in_run_) piece = end_run(piece);
            std::size_t const same = unchanged(piece);
            if (same > 0) next_->put(piece.substr(0, same));
            piece.remove_prefix(same);
            if (!piece.empty() && is_blank(piece.front())) in_run_ = true;
        }
    }

    void finish() {
        if (after_run_cr_) next_->put(" \r");
    }

private:
    /// Passes over the rest of a run, and decides what becomes of it as soon as it is clear what stands behind.
    std::string_view end_run(std::string_view piece) {
        if (!after_run_cr_) {
            while (!piece.empty() && is_blank(piece.front())) piece.remove_prefix(1);
            if (piece.empty()) return piece;
            if (piece.front() == '\r') {
                after_run_cr_ = true;
                piece.remove_prefix(1);
                if (piece.empty()) return piece;
            }
        }
        bool const at_line_end = after_run_cr_ && piece.front() == '\n';
        if (!at_line_end) next_->put(" ");
        if (after_run_cr_) next_->put("\r");
        in_run_ = after_run_cr_ = false;
        return piece;
    }

    /// How many octets come before a run that does not stay as it is. One SP with another octet behind it does, but for a
    /// CR, which may be of a line end.
    static std::size_t unchanged(std::string_view piece) noexcept {
        std::size_t at = find_blank(piece, 0);
        while (at + 1 < piece.size() && piece[at] == ' ' && !is_blank(piece[at + 1]) && piece[at + 1] != '\r')
            at = find_blank(piece, at + 1);
        return at;
    }

    octet_sink* next_;
    bool in_run_ = false;        // blanks were read that are not written yet
    bool after_run_cr_ = false;  // and a CR behind them
};

/// Holds line ends back until something comes behind them: the empty lines at the end of a body do not count.
class empty_line_stage final : public octet_sink {
public:
    explicit empty_line_stage(octet_sink& next) noexcept : next_(&next) {}

    void put(std::string_view piece) override {
        if (piece.empty()) return;
        if (held_cr_ && piece.front() == '\n') {
            held_cr_ = false;
            ++line_ends_;
            piece.remove_prefix(1);
        }
        std::size_t const end = without_line_ends(piece);
        if (end > 0) release();
        if (end > 0) next_->put(piece.substr(0, end));
        hold(piece.substr(end));
    }

    /// An empty body is one line end in simple form, and nothing in relaxed form.
    void finish(canonicalization how) {
        if (held_cr_) release();
        if (has_content_ || how == canonicalization::simple) next_->put(crlf);
    }

private:
    /// Where the line ends at the end begin, with a CR that may become one.
    static std::size_t without_line_ends(std::string_view piece) noexcept {
        std::size_t end = piece.size();
        if (end > 0 && piece[end - 1] == '\r') --end;
        while (end >= 2 && piece.substr(end - 2, 2) == crlf) end -= 2;
        return end;
    }

    void hold(std::string_view line_ends) {
        if (line_ends.empty()) return;
        if (held_cr_) release();
        line_ends_ += line_ends.size() / crlf.size();
        held_cr_ = line_ends.size() % crlf.size() != 0;
    }

    void release() {
        static constexpr auto many = [] {
            std::array<char, 1024> filled{};
            for (std::size_t i = 0; i < filled.size(); ++i) filled[i] = crlf[i % crlf.size()];
            return filled;
        }();
        has_content_ = true;
        while (line_ends_ > 0) {
            std::uint64_t const some = std::min<std::uint64_t>(line_ends_, many.size() / crlf.size());
            next_->put({many.data(), static_cast<std::size_t>(some) * crlf.size()});
            line_ends_ -= some;
        }
        if (held_cr_) next_->put("\r");
        held_cr_ = false;
    }

    octet_sink* next_;
    std::uint64_t line_ends_ = 0;
    bool held_cr_ = false;  // behind them
    bool has_content_ = false;
};

}  // namespace

struct body_canonicalizer::stages {
    stages(canonicalization wanted, octet_sink& to) : how(wanted), empty_lines(to) {}

    canonicalization how;
    empty_line_stage empty_lines;
    blank_stage blanks{empty_lines};
    line_end_stage line_ends{how == canonicalization::relaxed ? static_cast<octet_sink&>(blanks) : empty_lines};
};

body_canonicalizer::body_canonicalizer(canonicalization how, octet_sink& to)
    : stages_(std::make_unique<stages>(how, to)) {}
body_canonicalizer::~body_canonicalizer() = default;
body_canonicalizer::body_canonicalizer(body_canonicalizer&&) noexcept = default;
body_canonicalizer& body_canonicalizer::operator=(body_canonicalizer&&) noexcept = default;

void body_canonicalizer::put(std::string_view chunk) {
    stages_->line_ends.put(chunk);
}

void body_canonicalizer::finish() {
    if (stages_->how == canonicalization::relaxed) stages_->blanks.finish();
    stages_->empty_lines.finish(stages_->how);
}

}  // namespace postrider::dkim
