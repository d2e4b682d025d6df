#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

/// SQLite in as few words as the store needs. What fails here is the disk or the memory, not the caller: it throws
/// std::system_error with std::errc::no_space_on_device, ::read_only_file_system, ::device_or_resource_busy or
/// ::io_error.
namespace postrider::devserver::sqlite {

struct finalizer {
    void operator()(sqlite3_stmt*) const noexcept;
};
/// Prepared statements by their text.
using statements = std::map<std::string, std::unique_ptr<sqlite3_stmt, finalizer>, std::less<>>;

/// What statements did, for tests that count.
struct effort {
    std::uint64_t rows_scanned = 0;  ///< steps of loops over a whole table
    std::uint64_t operations = 0;    ///< of SQLite's virtual machine
};

class database {
public:
    /// `file`     made if it is not there; empty: in memory.
    explicit database(std::string const& file);

    /// Runs statements that give no rows.
    void run(char const* sql);

    std::int64_t last_insert() const noexcept;  ///< the key of the row that was inserted last

    sqlite3* handle() const noexcept { return handle_.get(); }
    effort const& done() const noexcept { return done_; }

private:
    friend class statement;

    struct closer {
        void operator()(sqlite3*) const noexcept;
    };
    std::unique_ptr<sqlite3, closer> handle_;
    statements idle_;  // to be used again
    effort done_;
};

/// One statement, prepared, given its values in order and stepped through. Values never become part of the SQL. At its
/// end it goes back to its database, where the next one of the same text finds it prepared.
///
/// Beside SQLite's own functions there are holds(text, part), whether `part` stands in `text`, octet for octet, and
/// fold_case(text).
class statement {
public:
    statement(database&, std::string_view sql);
    ~statement();
    statement(statement const&) = delete;

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

    sqlite3_stmt* handle() const noexcept { return mine_.mapped().get(); }

    database& database_;
    statements::node_type mine_;  // taken from those that are idle
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
