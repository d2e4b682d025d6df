#include "sqlite.hpp"

#include <sqlite3.h>
#include <string.h>

#include <postrider/mime/fold_case.hpp>
#include <system_error>
#include <utility>

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

std::string_view octets_of(sqlite3_value* value) noexcept {
    auto const* data = static_cast<char const*>(sqlite3_value_blob(value));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

// The system's memmem is many times as fast as SQLite's instr, which goes character by character.
void holds(sqlite3_context* call, int, sqlite3_value** arguments) {
    auto const text = octets_of(arguments[0]), part = octets_of(arguments[1]);
    bool const found = part.empty() || ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
    sqlite3_result_int(call, found);
}

void fold_case(sqlite3_context* call, int, sqlite3_value** arguments) {
    auto const folded = mime::fold_case(octets_of(arguments[0]));
    sqlite3_result_text(call, folded.data(), static_cast<int>(folded.size()), SQLITE_TRANSIENT);
}

void add_functions(sqlite3* to) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    int outcome = sqlite3_create_function_v2(to, "holds", 2, flags, nullptr, holds, nullptr, nullptr, nullptr);
    if (outcome == SQLITE_OK)
        outcome = sqlite3_create_function_v2(to, "fold_case", 1, flags, nullptr, fold_case, nullptr, nullptr, nullptr);
    if (outcome != SQLITE_OK) fail(outcome, to);
}

constexpr std::size_t most_idle = 100;

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
    add_functions(handle);
}

void database::run(char const* sql) {
    int outcome = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (outcome != SQLITE_OK) fail(outcome, handle_.get());
}

std::int64_t database::last_insert() const noexcept {
    return sqlite3_last_insert_rowid(handle_.get());
}

void finalizer::operator()(sqlite3_stmt* handle) const noexcept {
    sqlite3_finalize(handle);
}

statement::statement(database& in, std::string_view sql) : database_(in) {
    if (auto idle = in.idle_.find(sql); idle != in.idle_.end()) {
        mine_ = in.idle_.extract(idle);
        return;
    }
    sqlite3_stmt* handle = nullptr;
    check(sqlite3_prepare_v3(in.handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &handle,
                             nullptr));
    statements made;
    made.emplace(sql, handle);
    mine_ = made.extract(made.begin());
}

statement::~statement() {
    auto& done = database_.done_;
    sqlite3_reset(handle());
    sqlite3_clear_bindings(handle());
    done.rows_scanned += static_cast<unsigned>(sqlite3_stmt_status(handle(), SQLITE_STMTSTATUS_FULLSCAN_STEP, 1));
    done.operations += static_cast<unsigned>(sqlite3_stmt_status(handle(), SQLITE_STMTSTATUS_VM_STEP, 1));
    if (database_.idle_.size() < most_idle) database_.idle_.insert(std::move(mine_));
}

void statement::check(int outcome) const {
    if (outcome != SQLITE_OK) fail(outcome, database_.handle());
}

statement& statement::bind(std::string_view text) {
    // A null pointer would bind NULL and not the empty text.
    auto const* data = text.data() ? text.data() : "";
    check(sqlite3_bind_text64(handle(), ++bound_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

statement& statement::bind(std::int64_t number) {
    check(sqlite3_bind_int64(handle(), ++bound_, number));
    return *this;
}

statement& statement::bind_blob(std::string_view octets) {
    auto const* data = octets.data() ? octets.data() : "";
    check(sqlite3_bind_blob64(handle(), ++bound_, data, octets.size(), SQLITE_STATIC));
    return *this;
}

bool statement::step() {
    int outcome = sqlite3_step(handle());
    if (outcome == SQLITE_ROW) return true;
    if (outcome != SQLITE_DONE) fail(outcome, database_.handle());
    return false;
}

void statement::reset() {
    sqlite3_reset(handle());
    bound_ = 0;
}

std::int64_t statement::integer(int column) const noexcept {
    return sqlite3_column_int64(handle(), column);
}

std::string statement::text(int column) const {
    auto const* data = static_cast<char const*>(sqlite3_column_blob(handle(), column));
    auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle(), column));
    return data ? std::string(data, size) : std::string();
}

transaction::transaction(database& of) : database_(of) {
    statement(database_, "BEGIN IMMEDIATE").step();
}

transaction::~transaction() {
    // A failed statement may have rolled back by itself; then there is nothing left to take back.
    if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void transaction::commit() {
    statement(database_, "COMMIT").step();
    open_ = false;
}

}  // namespace postrider::devserver::sqlite
