# The page is built into the program: each of its files is an entry of the table in page.cpp.
set(page_files
  index.html page.css icon.svg
  api.js departures.js dialogs.js dom.js errors.js faults.js first_mail.js format.js i18n.js icons.js image_size.js keys.js list.js live.js main.js many.js message.js
  news.js one.js parts.js release.js route.js row_cache.js search.js selection.js sidebar.js smtp_meaning.js theme.js toast.js
  views/attachments.js views/calendar.js views/checks.js views/delivery.js views/dialogue.js views/headers.js views/html.js
  views/lookups.js views/parts.js views/raw.js views/text.js
  words/checks_zh.js words/en.js words/errors_zh.js words/smtp_en.js words/smtp_zh.js words/zh.js)
set(type_of_html text/html)
set(type_of_css text/css)
set(type_of_js text/javascript)
set(type_of_svg image/svg+xml)

foreach(file ${page_files})
  file(READ page/${file} octets)
  cmake_path(GET file EXTENSION LAST_ONLY extension)
  string(SUBSTRING ${extension} 1 -1 extension)
  string(APPEND page_entries
    "    {\"${file}\", {\"${type_of_${extension}}; charset=utf-8\", R\"POSTRIDER(${octets})POSTRIDER\"}},\n")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/page/${file})
endforeach()
configure_file(page.cpp.in page.cpp @ONLY)
