#include "session_steps.hpp"

namespace postrider::app {

step_clock::step_clock(trace_sink* also, clock now)
    : also_(also), now_(std::move(now)), begun_(now_()), heard_(begun_) {}

void step_clock::begin(std::string_view command) {
    std::string const verb(command.substr(0, command.find(' ')));
    bool const continues_login = name_ == "AUTH" && verb != "MAIL" && verb != "QUIT";
    if (continues_login) return;
    if (name_ == "STARTTLS") steps_.push_back({"TLS", now_() - heard_, {}});
    name_ = verb;
    begun_ = now_();
}

void step_clock::line(trace_side side, std::string_view line) {
    if (also_) also_->line(side, line);
    if (side == trace_side::client) return begin(line);
    heard_ = now_();
    bool const goes_on = line.size() > 3 && line[3] == '-';
    if (goes_on) return;
    if (!steps_.empty() && steps_.back().name == name_) steps_.pop_back();  // a login's next challenge
    steps_.push_back({name_, heard_ - begun_, std::string(line)});
}

}  // namespace postrider::app
