#include "charset_table.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>

#include "iconv_handle.hpp"

namespace postrider::codec::detail {
namespace {

struct row {
    std::string_view key;  ///< squeezed: see below
    std::string_view name;
    char const* reading;
    char const* writing;
    resume after_bad_octets;
};

// gb2312 and gbk are read as gb18030, shift_jis as CP932, Korean as CP949: mailers under Windows write the larger set
// under the smaller one's name.
constexpr row rows[] = {
    {"gb2312", "gb2312", "GB18030", "GB2312", resume::behind_pair},
    {"eucgb2312cn", "gb2312", "GB18030", "GB2312", resume::behind_pair},
    {"euccn", "gb2312", "GB18030", "GB2312", resume::behind_pair},
    {"xeuccn", "gb2312", "GB18030", "GB2312", resume::behind_pair},
    {"csgb2312", "gb2312", "GB18030", "GB2312", resume::behind_pair},
    {"gb231280", "gb2312", "GB18030", "GB2312", resume::behind_pair},
    {"chinese", "gb2312", "GB18030", "GB2312", resume::behind_pair},
    {"gbk", "gbk", "GB18030", "GBK", resume::behind_pair},
    {"xgbk", "gbk", "GB18030", "GBK", resume::behind_pair},
    {"cp936", "gbk", "GB18030", "GBK", resume::behind_pair},
    {"ms936", "gbk", "GB18030", "GBK", resume::behind_pair},
    {"windows936", "gbk", "GB18030", "GBK", resume::behind_pair},
    {"gb18030", "gb18030", "GB18030", "GB18030", resume::behind_pair},
    {"big5", "big5", "BIG5", "BIG5", resume::behind_pair},
    {"big5tw", "big5", "BIG5", "BIG5", resume::behind_pair},
    {"csbig5", "big5", "BIG5", "BIG5", resume::behind_pair},
    {"xxbig5", "big5", "BIG5", "BIG5", resume::behind_pair},
    {"big5hkscs", "big5-hkscs", "BIG5-HKSCS", "BIG5-HKSCS", resume::behind_pair},
    {"iso2022kr", "iso-2022-kr", "ISO-2022-KR", "ISO-2022-KR", {}},
    {"shiftjis", "shift_jis", "CP932", "SJIS", {}},
    {"sjis", "shift_jis", "CP932", "SJIS", {}},
    {"xsjis", "shift_jis", "CP932", "SJIS", {}},
    {"mskanji", "shift_jis", "CP932", "SJIS", {}},
    {"windows31j", "windows-31j", "CP932", "CP932", {}},
    {"cp932", "windows-31j", "CP932", "CP932", {}},
    {"ms932", "windows-31j", "CP932", "CP932", {}},
    {"eucjp", "euc-jp", "EUC-JP-MS", "EUC-JP", {}},
    {"xeucjp", "euc-jp", "EUC-JP-MS", "EUC-JP", {}},
    {"ujis", "euc-jp", "EUC-JP-MS", "EUC-JP", {}},
    {"cseucpkdfmtjapanese", "euc-jp", "EUC-JP-MS", "EUC-JP", {}},
    {"extendedunixcodepackedformatforjapanese", "euc-jp", "EUC-JP-MS", "EUC-JP", {}},
    {"csshiftjis", "shift_jis", "CP932", "SJIS", {}},
    {"cp949", "ks_c_5601-1987", "CP949", "EUC-KR", resume::behind_pair},
    {"ms949", "ks_c_5601-1987", "CP949", "EUC-KR", resume::behind_pair},
    {"windows949", "ks_c_5601-1987", "CP949", "EUC-KR", resume::behind_pair},
    {"uhc", "ks_c_5601-1987", "CP949", "EUC-KR", resume::behind_pair},
    {"korean", "ks_c_5601-1987", "CP949", "EUC-KR", resume::behind_pair},
    {"isoir149", "ks_c_5601-1987", "CP949", "EUC-KR", resume::behind_pair},
    {"isoir58", "gb2312", "GB18030", "GB2312", resume::behind_pair},
    {"euctw", "euc-tw", "EUC-TW", "EUC-TW", resume::behind_pair},
    {"cp950", "big5", "CP950", "BIG5", resume::behind_pair},
    {"ms950", "big5", "CP950", "BIG5", resume::behind_pair},
    {"iso10646ucs2", "iso-10646-ucs-2", "UTF-16BE", "UTF-16BE", resume::behind_two_octets},
    {"iso10646ucs4", "iso-10646-ucs-4", "UTF-32BE", "UTF-32BE", resume::behind_four_octets},
    {"unicode11", "utf-16", "UTF-16", "UTF-16", resume::behind_two_octets},
    {"utf32", "utf-32", "UTF-32", "UTF-32", resume::behind_four_octets},
    {"utf32be", "utf-32be", "UTF-32BE", "UTF-32BE", resume::behind_four_octets},
    {"utf32le", "utf-32le", "UTF-32LE", "UTF-32LE", resume::behind_four_octets},
    {"iso88596i", "iso-8859-6-i", "ISO-8859-6", "ISO-8859-6", {}},
    {"iso88596e", "iso-8859-6-e", "ISO-8859-6", "ISO-8859-6", {}},
    {"iso88591windows3.0latin1", "windows-1252", "CP1252", "CP1252", {}},
    {"iso88591windows3.1latin1", "windows-1252", "CP1252", "CP1252", {}},
    {"iso88592windowslatin2", "windows-1250", "CP1250", "CP1250", {}},
    {"iso88599windowslatin5", "windows-1254", "CP1254", "CP1254", {}},
    {"windows874", "windows-874", "CP874", "CP874", {}},
    {"cp874", "windows-874", "CP874", "CP874", {}},
    {"l9", "iso-8859-15", "ISO-8859-15", "ISO-8859-15", {}},
    {"macroman", "macintosh", "MACINTOSH", "MACINTOSH", {}},
    {"maccyrillic", "x-mac-cyrillic", "MAC-CYRILLIC", "MAC-CYRILLIC", {}},
    {"macce", "x-mac-ce", "MAC-CENTRALEUROPE", "MAC-CENTRALEUROPE", {}},
    {"euckr", "euc-kr", "CP949", "EUC-KR", resume::behind_pair},
    {"cseuckr", "euc-kr", "CP949", "EUC-KR", resume::behind_pair},
    {"ksc56011987", "ks_c_5601-1987", "CP949", "EUC-KR", resume::behind_pair},
    {"ksc5601", "ks_c_5601-1987", "CP949", "EUC-KR", resume::behind_pair},
    {"koi8r", "koi8-r", "KOI8-R", "KOI8-R", {}},
    {"koi8u", "koi8-u", "KOI8-U", "KOI8-U", {}},
    {"utf7", "utf-7", "UTF-7", "UTF-7", {}},
    {"unicode11utf7", "utf-7", "UTF-7", "UTF-7", {}},
    {"utf16", "utf-16", "UTF-16", "UTF-16", resume::behind_two_octets},
    {"utf16be", "utf-16be", "UTF-16BE", "UTF-16BE", resume::behind_two_octets},
    {"utf16le", "utf-16le", "UTF-16LE", "UTF-16LE", resume::behind_two_octets},
    {"iso88598i", "iso-8859-8-i", "ISO-8859-8", "ISO-8859-8", {}},
    {"iso88598e", "iso-8859-8-e", "ISO-8859-8", "ISO-8859-8", {}},
    {"latin2", "iso-8859-2", "ISO-8859-2", "ISO-8859-2", {}},
    {"latin9", "iso-8859-15", "ISO-8859-15", "ISO-8859-15", {}},
    {"tis620", "tis-620", "TIS-620", "TIS-620", {}},
    {"macintosh", "macintosh", "MACINTOSH", "MACINTOSH", {}},
    {"xmacroman", "macintosh", "MACINTOSH", "MACINTOSH", {}},
};

constexpr std::string_view ascii_keys[] = {"usascii", "ascii", "us", "ansix3.41968", "iso646us", "646", "csascii"};
constexpr std::string_view latin1_keys[] = {"iso88591", "latin1", "l1", "cp819", "ibm819", "8859", "isolatin1"};
constexpr std::string_view jis_keys[] = {"iso2022jp", "csiso2022jp", "iso2022jpms", "cp50220",
                                         "cp50221",   "jis",         "jis7"};
constexpr std::string_view hz_keys[] = {"hzgb2312", "hz", "hzgb"};

/// In lower case, without hyphens, underscores, blanks, quotes and a year behind a colon ("ISO_8859-1:1987").
std::string squeeze(std::string_view name) {
    std::string key = ascii::lower(name.substr(0, name.find(':')));
    std::erase_if(key, [](char c) { return std::string_view("-_ \"'").find(c) != std::string_view::npos; });
    return key;
}

bool is_one_of(std::string_view key, auto const& keys) {
    return std::ranges::find(keys, key) != std::end(keys);
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The families that mail spells in many ways: iso-8859-N, windows-125N, and the code pages of DOS and IBM.
std::string family_name(std::string_view key) {
    for (std::string_view prefix : {"iso8859", "xiso8859", "8859"})
        if (key.starts_with(prefix) && all_digits(key.substr(prefix.size())))
            return "iso-8859-" + std::string(key.substr(prefix.size()));
    for (std::string_view prefix : {"windows125", "cp125", "xcp125", "win125"})
        if (key.starts_with(prefix) && key.size() == prefix.size() + 1 && all_digits(key.substr(prefix.size())))
            return "windows-125" + std::string(key.substr(prefix.size()));
    for (std::string_view prefix : {"ibm", "dos", "cp", "windows", "ccsid"})
        if (key.starts_with(prefix) && all_digits(key.substr(prefix.size()))) {
            std::string_view const digits = key.substr(prefix.size());
            return "ibm" + std::string(digits.substr(std::min(digits.find_first_not_of('0'), digits.size())));
        }
    return {};
}

/// Keeps iconv's own suffixes ("//TRANSLIT") and anything that is no name away from it.
bool is_charset_name(std::string_view name) {
    constexpr std::size_t longest = 40;  // RFC 2978 §2.3
    return !name.empty() && name.size() <= longest && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("+-_.:()").find(c) != std::string_view::npos;
    });
}

}  // namespace

namespace {

std::optional<charset> find_in_tables(std::string_view key) {
    if (key == "utf8" || key == "utf8mb4" || key == "cp65001") return charset{"utf-8", charset_kind::utf8, {}, {}};
    if (is_one_of(key, ascii_keys)) return charset{"us-ascii", charset_kind::us_ascii, {}, {}};
    if (is_one_of(key, latin1_keys)) return charset{"iso-8859-1", charset_kind::latin1, {}, {}};
    if (is_one_of(key, jis_keys)) return charset{"iso-2022-jp", charset_kind::iso2022jp, "EUC-JP-MS", "ISO-2022-JP"};
    if (is_one_of(key, hz_keys)) return charset{"hz-gb-2312", charset_kind::hz, "GB2312", "GB2312"};
    if (auto found = std::ranges::find(rows, key, &row::key); found != std::end(rows))
        return charset{std::string(found->name), charset_kind::iconv, found->reading, found->writing,
                       found->after_bad_octets};
    return std::nullopt;
}

/// A name that iconv knows; of a code page, "ibm850" or "cp850".
std::optional<charset> find_in_iconv(std::string const& name) {
    if (!is_charset_name(name)) return std::nullopt;
    if (iconv_handle("UTF-8", name.c_str())) return charset{name, charset_kind::iconv, name, name};
    std::string const page = "cp" + name.substr(name.starts_with("ibm") ? 3 : name.size());
    if (page != "cp" && iconv_handle("UTF-8", page.c_str())) return charset{name, charset_kind::iconv, page, page};
    return std::nullopt;
}

}  // namespace

result<charset> find_charset(std::string_view name) {
    if (name == "utf-8") return charset{"utf-8", charset_kind::utf8, {}, {}};  // nearly always, and so without a search
    std::string const key = squeeze(name);
    if (auto found = find_in_tables(key)) return std::move(*found);
    if (std::string const family = family_name(key); !family.empty())
        if (auto found = find_in_iconv(family)) return std::move(*found);
    if (auto found = find_in_iconv(ascii::lower(name))) return std::move(*found);
    if (key.starts_with('x'))  // "x-gb18030", from before it was registered
        if (auto found = find_in_tables(std::string_view(key).substr(1))) return std::move(*found);
    return errc::unknown_charset;
}

}  // namespace postrider::codec::detail

namespace postrider::codec {

result<std::string> charset_name(std::string_view charset) {
    auto found = detail::find_charset(charset);
    if (!found) return found.error();
    return std::move(found->name);
}

}  // namespace postrider::codec
