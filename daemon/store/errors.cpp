#include "store/errors.hpp"

#include <lmdb.h>

#include <cerrno>
#include <string>

namespace accrue::store {
namespace {

struct Reaction {
  int code;
  ErrorCode kind;
  std::string_view cure;
};

constexpr Reaction kReactions[] = {
    {MDB_MAP_FULL, ErrorCode::exhausted, "raise the setting store.map_gb and start again"},
    {ENOSPC, ErrorCode::exhausted, "make room on this file system; nothing of this was stored"},
    {EDQUOT, ErrorCode::exhausted, "raise the disk quota; nothing of this was stored"},
    {MDB_READERS_FULL, ErrorCode::exhausted,
     "too many tools read at one time; wait for some to end"},
    {MDB_TXN_FULL, ErrorCode::exhausted, "commit smaller transactions"},
    {EMFILE, ErrorCode::exhausted, "raise the limit of open files (LimitNOFILE)"},
    {ENFILE, ErrorCode::exhausted, "raise the system's limit of open files (fs.file-max)"},
    {ENOMEM, ErrorCode::exhausted, "allow more address space, or lower store.map_gb"},
    {MDB_INVALID, ErrorCode::corrupt, "this is not a store; remove it and run accrue rebuild"},
    {MDB_CORRUPTED, ErrorCode::corrupt, "remove the store and run accrue rebuild"},
    {MDB_PAGE_NOTFOUND, ErrorCode::corrupt, "remove the store and run accrue rebuild"},
    {MDB_VERSION_MISMATCH, ErrorCode::unsupported,
     "it was written by another LMDB; remove the store and run accrue rebuild"},
    {MDB_BAD_VALSIZE, ErrorCode::reject_input, "a key has 1 to 511 bytes"},
    {MDB_PANIC, ErrorCode::internal, "the process must be started anew"},
    {EIO, ErrorCode::internal, "the disk failed; check it and start the process anew"},
    {EACCES, ErrorCode::internal, "give this user the right to read and write it"},
};

}  // namespace

Error error_of(int code, std::string_view doing) {
  std::string message = "cannot " + std::string(doing) + ": " + ::mdb_strerror(code);
  for (const auto& reaction : kReactions) {
    if (reaction.code != code) continue;
    return Error{reaction.kind, message + "; " + std::string(reaction.cure)};
  }
  return Error{ErrorCode::internal, std::move(message)};
}

bool is_fatal_at_commit(int code) {
  return code != ENOSPC && code != EDQUOT && code != MDB_MAP_FULL && code != MDB_BAD_TXN &&
         code != MDB_TXN_FULL && code != ENOMEM;
}

}  // namespace accrue::store
