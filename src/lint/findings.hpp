#pragma once
#include <postrider/lint/report.hpp>
#include <vector>

#include "catalogue.hpp"

namespace postrider::lint {

/// What the checks have said so far, one finding for each check that was made.
class findings {
public:
    findings();

    /// The check was made; it passes unless a fault follows.
    void made(check_id id);
    void fault(check_id id, std::vector<argument> arguments = {}, place where = {}) {
        fault_of(id, all_checks[id.index].level, std::move(arguments), std::move(where));
    }
    /// The same with another weight.
    void fault_of(check_id id, level weight, std::vector<argument> arguments = {}, place where = {});
    /// Made, and a fault unless `good`.
    void judge(check_id id, bool good, std::vector<argument> arguments = {}, place where = {}) {
        made(id);
        if (!good) fault(id, std::move(arguments), std::move(where));
    }

    bool has_fault(check_id id) const noexcept { return by_check_[id.index].count > 0; }

    /// Those that were made, in the order of the checks; places that know their offset get the line of it.
    std::vector<finding> take(std::string_view octets);

private:
    std::vector<finding> by_check_;
};

}  // namespace postrider::lint
