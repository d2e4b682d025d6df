#include <algorithm>
#include <iterator>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/media_type.hpp>

#include "characters.hpp"

namespace postrider::mime {
namespace {

using namespace std::string_view_literals;

struct named_type {
    std::string_view ending;
    std::string_view type;
};

// In the order of their endings. Names as IANA registers them, where it does.
constexpr named_type named_types[] = {
    {"7z", "application/x-7z-compressed"},
    {"aac", "audio/aac"},
    {"aif", "audio/aiff"},
    {"aiff", "audio/aiff"},
    {"apk", "application/vnd.android.package-archive"},
    {"avi", "video/x-msvideo"},
    {"avif", "image/avif"},
    {"bin", "application/octet-stream"},
    {"bmp", "image/bmp"},
    {"bz2", "application/x-bzip2"},
    {"c", "text/x-c"},
    {"cpp", "text/x-c++"},
    {"css", "text/css"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"epub", "application/epub+zip"},
    {"exe", "application/vnd.microsoft.portable-executable"},
    {"exr", "image/x-exr"},
    {"flac", "audio/flac"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"h", "text/x-c"},
    {"heic", "image/heic"},
    {"hpp", "text/x-c++"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"ico", "image/vnd.microsoft.icon"},
    {"ics", "text/calendar"},
    {"jar", "application/java-archive"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript"},
    {"json", "application/json"},
    {"log", "text/plain"},
    {"m4a", "audio/mp4"},
    {"md", "text/markdown"},
    {"mid", "audio/midi"},
    {"mkv", "video/matroska"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"mpeg", "video/mpeg"},
    {"mpg", "video/mpeg"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"ogg", "audio/ogg"},
    {"opus", "audio/ogg"},
    {"p7m", "application/pkcs7-mime"},
    {"p7s", "application/pkcs7-signature"},
    {"pbm", "image/x-portable-bitmap"},
    {"pdf", "application/pdf"},
    {"pgm", "image/x-portable-graymap"},
    {"pgp", "application/pgp-encrypted"},
    {"png", "image/png"},
    {"ppm", "image/x-portable-pixmap"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"ps", "application/postscript"},
    {"py", "text/x-python"},
    {"rar", "application/vnd.rar"},
    {"rtf", "application/rtf"},
    {"sh", "application/x-sh"},
    {"sql", "application/sql"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"tgz", "application/gzip"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"toml", "application/toml"},
    {"tsv", "text/tab-separated-values"},
    {"txt", "text/plain"},
    {"vcf", "text/vcard"},
    {"wav", "audio/x-wav"},
    {"webm", "video/webm"},
    {"webp", "image/webp"},
    {"wps", "application/vnd.ms-works"},
    {"xhtml", "application/xhtml+xml"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"xz", "application/x-xz"},
    {"yaml", "application/yaml"},
    {"yml", "application/yaml"},
    {"zip", "application/zip"},
    {"zst", "application/zstd"},
};

static_assert(std::is_sorted(std::begin(named_types), std::end(named_types),
                             [](auto const& a, auto const& b) { return a.ending < b.ending; }));

// Where several endings have one type: the one that people expect, if it is not the first.
constexpr named_type usual_endings[] = {
    {"html", "text/html"}, {"jpg", "image/jpeg"}, {"mpg", "video/mpeg"}, {"ogg", "audio/ogg"}, {"txt", "text/plain"},
};

struct magic {
    std::size_t at;
    std::string_view octets;
    std::string_view type;
};

constexpr magic magics[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {8, "WEBP"sv, "image/webp"},
    {0, "BM"sv, "image/bmp"},
    {0, "\x01\xda"sv, "image/rgb"},
    {0, "P1\n"sv, "image/x-portable-bitmap"},
    {0, "P4\n"sv, "image/x-portable-bitmap"},
    {0, "P2\n"sv, "image/x-portable-graymap"},
    {0, "P5\n"sv, "image/x-portable-graymap"},
    {0, "P3\n"sv, "image/x-portable-pixmap"},
    {0, "P6\n"sv, "image/x-portable-pixmap"},
    {0, "\x59\xa6\x6a\x95"sv, "image/x-cmu-raster"},
    {0, "#define "sv, "image/x-xbitmap"},
    {0, "\x76\x2f\x31\x01"sv, "image/x-exr"},
    {8, "WAVE"sv, "audio/x-wav"},
    {8, "AIFF"sv, "audio/aiff"},
    {8, "AIFC"sv, "audio/aiff"},
    {0, ".snd"sv, "audio/basic"},
    {0, "ID3"sv, "audio/mpeg"},
    {0, "\xff\xfb"sv, "audio/mpeg"},
    {0, "fLaC"sv, "audio/flac"},
    {0, "OggS"sv, "audio/ogg"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "PK\x03\x04"sv, "application/zip"},
    {0, "\x1f\x8b"sv, "application/gzip"},
    {0, "BZh"sv, "application/x-bzip2"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar"},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     "application/x-xz"},
    {4, "ftyp"sv, "video/mp4"},
};

}  // namespace

std::string_view type_of_name(std::string_view file_name) noexcept {
    auto dot = file_name.rfind('.');
    if (dot == file_name.npos || file_name.size() - dot > 8) return {};
    char lower[8];
    auto* end = std::transform(file_name.begin() + static_cast<std::ptrdiff_t>(dot) + 1, file_name.end(), lower,
                               ascii::to_lower);
    std::string_view ending(lower, static_cast<std::size_t>(end - lower));
    auto found = std::lower_bound(std::begin(named_types), std::end(named_types), ending,
                                  [](auto const& one, std::string_view wanted) { return one.ending < wanted; });
    return found != std::end(named_types) && found->ending == ending ? found->type : std::string_view();
}

std::string_view ending_of_type(std::string_view type) noexcept {
    auto const has_type = [type](named_type const& one) { return ascii::equal_without_case(one.type, type); };
    auto const usual = std::find_if(std::begin(usual_endings), std::end(usual_endings), has_type);
    if (usual != std::end(usual_endings)) return usual->ending;
    auto const found = std::find_if(std::begin(named_types), std::end(named_types), has_type);
    return found != std::end(named_types) ? found->ending : std::string_view();
}

std::string_view type_of_octets(std::string_view first) noexcept {
    for (auto const& one : magics)
        if (first.size() >= one.at + one.octets.size() && first.substr(one.at, one.octets.size()) == one.octets)
            return one.type;
    return {};
}

std::string_view guess_type(std::string_view file_name, std::string_view first) noexcept {
    if (auto type = type_of_name(file_name); !type.empty()) return type;
    if (auto type = type_of_octets(first); !type.empty()) return type;
    return "application/octet-stream";
}

}  // namespace postrider::mime
