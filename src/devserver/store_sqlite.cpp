#include "store_sqlite.hpp"

#include <sqlite3.h>

#include <system_error>

namespace postrider::devserver::sqlite {
namespace {

std::errc meaning_of(int outcome) noexcept {
    switch (outcome & 0xff) {
        case SQLITE_FULL: return std::errc::no_space_on_device;
        case SQLITE_READONLY: return std::errc::read_only_file_system;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return std::errc::device_or_resource_busy;
        default: return std::errc::io_error;
    }
}

[[noreturn]] void fail(int outcome, sqlite3* database) {
    throw std::system_error(make_error_code(meaning_of(outcome)),
                            database ? sqlite3_errmsg(database) : sqlite3_errstr(outcome));
}

}  // namespace

void database::closer::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

database::database(std::string const& file) {
    sqlite3* handle = nullptr;
    int outcome = sqlite3_open_v2(file.empty() ? ":memory:" : file.c_str(), &handle,
                                  SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(handle);
    if (outcome != SQLITE_OK) fail(outcome, handle);
    sqlite3_busy_timeout(handle, 5000);
}

void database::run(char const* sql) {
    int outcome = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (outcome != SQLITE_OK) fail(outcome, handle_.get());
}

void statement::finalizer::operator()(sqlite3_stmt* handle) const noexcept {
    sqlite3_finalize(handle);
}

statement::statement(database& in, std::string_view sql) : database_(in.handle()) {
    sqlite3_stmt* handle = nullptr;
    check(sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &handle, nullptr));
    handle_.reset(handle);
}

void statement::check(int outcome) const {
    if (outcome != SQLITE_OK) fail(outcome, database_);
}

statement& statement::bind(std::string_view text) {
    // A null pointer would bind NULL and not the empty text.
    auto const* data = text.data() ? text.data() : "";
    check(sqlite3_bind_text64(handle_.get(), ++bound_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

statement& statement::bind(std::int64_t number) {
    check(sqlite3_bind_int64(handle_.get(), ++bound_, number));
    return *this;
}

statement& statement::bind_blob(std::string_view octets) {
    auto const* data = octets.data() ? octets.data() : "";
    check(sqlite3_bind_blob64(handle_.get(), ++bound_, data, octets.size(), SQLITE_STATIC));
    return *this;
}

bool statement::step() {
    int outcome = sqlite3_step(handle_.get());
    if (outcome == SQLITE_ROW) return true;
    if (outcome != SQLITE_DONE) fail(outcome, database_);
    return false;
}

void statement::reset() {
    sqlite3_reset(handle_.get());
    bound_ = 0;
}

std::int64_t statement::integer(int column) const noexcept {
    return sqlite3_column_int64(handle_.get(), column);
}

std::string statement::text(int column) const {
    auto const* data = static_cast<char const*>(sqlite3_column_blob(handle_.get(), column));
    auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return data ? std::string(data, size) : std::string();
}

transaction::transaction(database& of) : database_(of) {
    database_.run("BEGIN IMMEDIATE");
}

transaction::~transaction() {
    // A failed statement may have rolled back by itself; then there is nothing left to take back.
    if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void transaction::commit() {
    database_.run("COMMIT");
    open_ = false;
}

}  // namespace postrider::devserver::sqlite
