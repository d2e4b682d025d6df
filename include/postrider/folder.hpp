#pragma once
/// Mail kept in files: mbox and Maildir, read and written.
#include <postrider/folder/extraction.hpp>
#include <postrider/folder/maildir.hpp>
#include <postrider/folder/mbox.hpp>
#include <postrider/folder/mbox_writer.hpp>
