#pragma once
#include <map>
#include <postrider/dkim.hpp>
#include <string>
#include <string_view>
#include <vector>

// The keys and messages of the RFCs' appendices.

/// DNS for tests: a table.
class record_table {
public:
    void add(std::string const& name, std::string const& record) { records_[name].push_back(record); }
    void fail(std::string const& name) { failing_ = name; }

    postrider::dkim::txt_lookup lookup() const {
        return [this](std::string const& name) -> postrider::result<std::vector<std::string>> {
            ++asked;
            if (name == failing_) return make_error_code(std::errc::timed_out);
            auto const found = records_.find(name);
            return found == records_.end() ? std::vector<std::string>() : found->second;
        };
    }

    mutable int asked = 0;

private:
    std::map<std::string, std::vector<std::string>> records_;
    std::string failing_;
};

// RFC 6376 Appendix C
inline constexpr std::string_view rfc6376_record =
    "v=DKIM1; "
    "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5i"
    "jSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

// RFC 8463 Appendix A.1, A.2
inline constexpr std::string_view rfc8463_ed25519_secret = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
inline constexpr std::string_view rfc8463_ed25519_record =
    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
inline constexpr std::string_view rfc8463_rsa_record =
    "v=DKIM1; k=rsa; "
    "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/b"
    "yYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/"
    "K4w3QIDAQAB";
