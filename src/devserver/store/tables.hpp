#pragma once
#include <cstddef>
#include <map>
#include <string>

#include "ledger.hpp"
#include "sqlite.hpp"
#include "store.hpp"

namespace postrider::devserver {

/// What a store holds: its database, what is counted beside it, and what is not written down yet.
struct store::tables {
    explicit tables(std::string const& file);
    void put_off(place at, std::string packed);

    sqlite::database database;
    bool lasting;  // outlives us
    ledger account;
    std::map<place, std::string> unsettled;  // packed lines that are not written yet
    std::size_t unsettled_octets = 0;
};

}  // namespace postrider::devserver
