#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

/// SQLite in as few words as the store needs. What fails here is the disk or the memory, not the caller: it throws
/// std::system_error with std::errc::no_space_on_device, ::read_only_file_system, ::device_or_resource_busy or
/// ::io_error.
namespace postrider::devserver::sqlite {

class database {
public:
    /// `file`     made if it is not there; empty: in memory.
    explicit database(std::string const& file);

    /// Runs statements that give no rows.
    void run(char const* sql);

    sqlite3* handle() const noexcept { return handle_.get(); }

private:
    struct closer {
        void operator()(sqlite3*) const noexcept;
    };
    std::unique_ptr<sqlite3, closer> handle_;
};

/// One statement, prepared, given its values in order and stepped through. Values never become part of the SQL.
class statement {
public:
    statement(database&, std::string_view sql);

    /// `text` and `blob` must outlive the statement.
    statement& bind(std::string_view text);
    statement& bind(std::int64_t number);
    statement& bind_blob(std::string_view octets);

    /// Whether there is a (next) row.
    bool step();
    /// Runs it again from the start with new values.
    void reset();

    std::int64_t integer(int column) const noexcept;
    std::string text(int column) const;  ///< text or blob

private:
    void check(int outcome) const;

    struct finalizer {
        void operator()(sqlite3_stmt*) const noexcept;
    };
    std::unique_ptr<sqlite3_stmt, finalizer> handle_;
    sqlite3* database_;
    int bound_ = 0;
};

/// Takes back everything since its start unless `commit` was reached.
class transaction {
public:
    explicit transaction(database&);
    ~transaction();
    transaction(transaction const&) = delete;
    void commit();

private:
    database& database_;
    bool open_ = true;
};

}  // namespace postrider::devserver::sqlite
