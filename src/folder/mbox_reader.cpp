#include <postrider/folder/mbox.hpp>
