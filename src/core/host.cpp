#include <postrider/core/error.hpp>
#include <postrider/core/host.hpp>

#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <memory>
#include <new>
#include <utility>

namespace postrider {
namespace {

error_code last_error() {
    return {errno, std::generic_category()};
}

class file final : public octet_source {
public:
    file(int descriptor, std::uint64_t size) noexcept : descriptor_(descriptor), size_(size) {}
    ~file() override { ::close(descriptor_); }
    file(file const&) = delete;
    file& operator=(file const&) = delete;

    std::uint64_t size() const noexcept override { return size_; }

    // Read, never mapped: a mapped file that shrinks kills the program with SIGBUS.
    result<std::size_t> read_at(std::uint64_t offset, std::span<char> room) const override {
        if (offset >= size_) return std::size_t{0};
        auto wanted = std::min<std::uint64_t>(room.size(), size_ - offset);
        std::size_t done = 0;
        while (done < wanted) {
            auto got = ::pread(descriptor_, room.data() + done, wanted - done, static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return last_error();
            if (got == 0) return make_error_code(errc::source_changed);
            done += static_cast<std::size_t>(got);
        }
        return done;
    }

private:
    int descriptor_;
    std::uint64_t size_;
};

// One system call fills a pool for many small draws; a fork must not hand the same octets to both sides.
struct random_pool {
    char octets[1024];
    std::size_t used = sizeof octets;
    unsigned filled_after_forks = 0;
};

void fill(char* room, std::size_t size) {
    while (size > 0) {
        auto got = ::getrandom(room, size, 0);
        if (got < 0) continue;
        room += got;
        size -= static_cast<std::size_t>(got);
    }
}

class system final : public host {
public:
    system() {
        auto const in_child = [] { forks.fetch_add(1, std::memory_order_relaxed); };
        if (::pthread_atfork(nullptr, nullptr, in_child) != 0) throw std::bad_alloc();
    }

    time_point now() const override { return std::chrono::system_clock::now(); }

    std::chrono::seconds utc_offset(time_point when) const override {
        // localtime_r takes a lock and reads the zone; within one quarter of an hour the answer cannot change.
        thread_local std::time_t known_quarter = -1;
        thread_local long known_offset = 0;
        auto seconds = std::chrono::system_clock::to_time_t(when);
        if (auto quarter = seconds / 900; quarter != known_quarter) {
            std::tm local{};
            localtime_r(&seconds, &local);
            known_quarter = quarter;
            known_offset = local.tm_gmtoff;
        }
        return std::chrono::seconds{known_offset};
    }

    void random(std::span<char> room) const override {
        thread_local random_pool pool;
        if (room.size() > sizeof pool.octets / 4) return fill(room.data(), room.size());
        auto const forked = forks.load(std::memory_order_relaxed);
        if (sizeof pool.octets - pool.used < room.size() || pool.filled_after_forks != forked) {
            fill(pool.octets, sizeof pool.octets);
            pool.used = 0;
            pool.filled_after_forks = forked;
        }
        std::memcpy(room.data(), pool.octets + pool.used, room.size());
        std::memset(pool.octets + pool.used, 0, room.size());
        pool.used += room.size();
    }

    std::string name() const override {
        static const std::string known = find_name();
        return known;
    }

    result<octet_source_ptr> open(std::filesystem::path const& path) const override {
        int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (descriptor < 0) return last_error();
        struct stat info {};
        if (::fstat(descriptor, &info) != 0) {
            auto ec = last_error();
            ::close(descriptor);
            return ec;
        }
        if (!S_ISREG(info.st_mode)) {
            ::close(descriptor);
            return make_error_code(S_ISDIR(info.st_mode) ? std::errc::is_a_directory : std::errc::invalid_argument);
        }
        return octet_source_ptr{std::make_shared<file>(descriptor, static_cast<std::uint64_t>(info.st_size))};
    }

private:
    inline static std::atomic<unsigned> forks{0};  ///< between the first process and this one; no system call tells it

    static std::string find_name() {
        char bare[256] = {};
        if (::gethostname(bare, sizeof bare - 1) != 0) return "localhost";
        addrinfo hints{};
        hints.ai_flags = AI_CANONNAME;
        addrinfo* found = nullptr;
        std::string name = bare;
        if (::getaddrinfo(bare, nullptr, &hints, &found) == 0 && found) {
            std::string_view canonical = found->ai_canonname ? found->ai_canonname : "";
            if (canonical.find('.') != canonical.npos) name = canonical;
            ::freeaddrinfo(found);
        }
        return name;
    }
};

}  // namespace

host const& system_host() noexcept {
    static const system instance;
    return instance;
}

result<std::string> read_all(octet_source const& source, std::uint64_t limit) {
    if (source.size() > limit) return make_error_code(errc::limit_reached);
    std::string octets(source.size(), '\0');
    for (std::size_t done = 0; done < octets.size();) {
        auto got = source.read_at(done, {octets.data() + done, octets.size() - done});
        if (!got) return got.error();
        if (*got == 0) return make_error_code(errc::source_changed);
        done += *got;
    }
    return octets;
}

}  // namespace postrider
