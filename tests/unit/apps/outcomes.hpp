#pragma once
#include <postrider/proto/smtp/failure.hpp>
#include <postrider/proto/smtp/report.hpp>
#include <string>
#include <utility>
#include <vector>

namespace postrider::app {

inline smtp::failure failed(smtp::errc code, phase where, std::optional<smtp::reply> said = {}) {
    smtp::failure f;
    f.code = code;
    f.where = where;
    f.said = std::move(said);
    return f;
}

inline smtp::recipient_report recipient(std::string address, smtp::outcome what, std::optional<smtp::reply> said = {}) {
    smtp::recipient_report r;
    r.address = std::move(address);
    r.what = what;
    r.said = std::move(said);
    return r;
}

inline smtp::report report_of(std::vector<smtp::recipient_report> recipients) {
    smtp::report r;
    r.recipients = std::move(recipients);
    return r;
}

}  // namespace postrider::app
